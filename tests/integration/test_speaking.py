"""Read to me (A13): what is rendered and when, and that a page never renders or gives away what is read."""

import json
import uuid

import pytest
import yaml
from flask import Flask

from engage.core.transaction import transaction
from engage.listening.library import queries
from engage.listening.library.kinds import ItemKind
from engage.listening.surveys import service, speaking
from engage.rules.questionnaire.load import dump, load
from engage.rules.speech import speech_key
from tests.factories import library as files
from tests.factories.surveys import open_as_it_is, open_survey, ready_made
from tests.support.answering import SURVEY, question_in, start
from tests.support.apps import within
from tests.support.client import PageClient

pytestmark = pytest.mark.one_database


class Voice:
    """Reads by saying which words it was given."""

    languages = frozenset({"en"})

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str, language: str) -> bytes | None:
        self.said.append(text)
        return b"\0" * 58 + text.encode()


def open_aided(app: Flask, partnership: uuid.UUID) -> None:
    """Open a survey whose promise and first question are recorded and signed."""
    tree = yaml.safe_load(dump(ready_made("staff-voice")))
    aids = {"audio": {"en": "my-sound"}, "bsl": "my-film"}
    tree["intro"] |= aids
    tree["questions"][0] |= aids
    open_as_it_is(app, partnership, load(json.dumps(tree), "aided.yaml"), "aided")


def rendered(app: Flask, partnership: uuid.UUID, most: int = 5000) -> Voice:
    voice = Voice()
    with within(app, partnership):
        speaking.render(voice, most)
    return voice


def test_a13_everything_a_child_hears_is_rendered_once_and_dropped_when_nobody_says_it(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    """A13: question, hint, options, messages, promise, the words of the pages; plain and easy."""
    open_survey(app, partnership)
    voice = rendered(app, partnership)
    for words in (
        "How safe do you feel at school or college?",
        "Is school a safe place for you?",
        "Not safe at all",
        "I would rather not say",
        "Choose one answer",
        "About 8 minutes. Take as long as you like.",
        "4 stars - Good",
        "Thank you. What you said can help to keep you and other children safe.",
    ):
        assert words in voice.said, words
    assert len(voice.said) == len(set(voice.said))
    assert rendered(app, partnership).said == []
    keys = client.get("/larkmoor/sounds/en/all.json").get_json()
    key = speech_key("en", "Not safe at all")
    assert key in keys
    sound = client.get(f"/larkmoor/sounds/en/{key}.wav")
    assert sound.mimetype == "audio/wav"
    assert sound.get_data().endswith(b"Not safe at all")
    with within(app, partnership), transaction():
        service.close_survey("your-voice")
    open_aided(app, partnership)
    rendered(app, partnership)
    assert client.get(f"/larkmoor/sounds/en/{key}.wav").status_code == 404


def test_a13_a_run_renders_no_more_than_it_may(app: Flask, partnership: uuid.UUID) -> None:
    open_survey(app, partnership)
    assert len(rendered(app, partnership, most=7).said) == 7
    assert len(rendered(app, partnership, most=7).said) == 7


def test_a13_no_page_renders(
    app: Flask, partnership: uuid.UUID, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A13: a visit starts no program and writes nothing; without sound a page offers none."""
    monkeypatch.setattr("subprocess.run", lambda *_a, **_k: pytest.fail("a page started a program"))
    open_survey(app, partnership)
    page = client.get(SURVEY).get_data(as_text=True)
    assert "data-sounds" not in page
    assert client.get(f"{SURVEY}/sound/safe_home").status_code == 404
    assert client.get(f"/larkmoor/sounds/en/{'0' * 32}.wav").status_code == 404
    with within(app, partnership):
        assert queries.spoken_keys("en") == []


def test_a13_without_script_a_question_is_one_sound(app: Flask, partnership: uuid.UUID, client: PageClient) -> None:
    """A13, A4: plain controls of the browser, the words in the order of the page, in the reader's words."""
    open_survey(app, partnership)
    rendered(app, partnership)
    app.extensions.pop("engage_sounds", None)
    page = client.get(start(client)).get_data(as_text=True)
    assert f'<noscript><audio class="engage-sound" controls preload="none" src="{SURVEY}/sound/safe_home"' in page
    sound = client.get(f"{SURVEY}/sound/safe_home").get_data()
    assert sound.startswith(b"RIFF")
    places = [sound.index(words) for words in (b"How safe do you feel at home?", b"Not safe at all", b"Very safe")]
    assert places == sorted(places)
    client.post("/comfort", data={"words": "easy", "back": "/"})
    assert b"No, never" in client.get(f"{SURVEY}/sound/safe_home").get_data()
    assert client.get(f"{SURVEY}/sound").mimetype == "audio/wav"
    assert client.get(f"{SURVEY}/sound/no_such").status_code == 404


def test_a13_a16_a_recording_and_a_film_stand_beside_their_question_until_withdrawn(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    """A13, A16: recorded sound with plain controls, BSL with captions and its words; nothing plays by itself."""
    open_aided(app, partnership)
    where = "/larkmoor/surveys/aided"
    first = start(client, where)
    assert "<video" not in client.get(first).get_data(as_text=True)
    files.add(app, partnership, ItemKind.SOUND, "My sound")
    files.add(app, partnership, ItemKind.FILM, "My film")
    for address, region in ((first, f"{question_in(first)}-question"), (where, "promise")):
        page = client.get(address).get_data(as_text=True)
        for wanted in ("Watch in BSL", 'kind="captions"', "Words of My film", f'data-recorded="{region}"'):
            assert wanted in page, wanted
        assert f'id="{region}"' in page
        assert "autoplay" not in page
        assert page.count('preload="none"') == 2
    with within(app, partnership), transaction():
        files.service.withdraw("my-film")
    assert "<video" not in client.get(first).get_data(as_text=True)
    assert "data-recorded" in client.get(first).get_data(as_text=True)


def test_a14_a_survey_shows_the_partnerships_own_pictures_and_films(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    """A14, A16: pictures beside words with what they show; a film with captions and its words; gone when withdrawn."""
    open_as_it_is(app, partnership, ready_made("examples/video"), "shown")
    where = "/larkmoor/surveys/shown"
    first = start(client, where)
    without = client.get(first).get_data(as_text=True)
    assert "Watch this first" in without
    assert "<video" not in without
    for kind, title in (
        (ItemKind.FILM, "Hello film"),
        (ItemKind.PICTURE, "Front door"),
        (ItemKind.PICTURE, "Closed door"),
    ):
        files.add(app, partnership, kind, title)
    assert "<video" in client.get(first).get_data(as_text=True)
    answer = client.submit(first)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert 'alt="A blue front door"' in page
    assert 'alt="A closed door"' in page
    assert "engage-sym--om" in page
    client.post("/comfort", data={"pictures": "off", "back": "/"})
    assert "<img" not in client.get(answer.headers["Location"]).get_data(as_text=True)
    client.post("/comfort", data={"back": "/"})
    with within(app, partnership), transaction():
        files.service.withdraw("front-door")
    assert "A blue front door" not in client.get(answer.headers["Location"]).get_data(as_text=True)
