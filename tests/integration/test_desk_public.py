"""The public home, and coming back with six words (N4, N7, N8)."""

import re
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.answering.you_said import service as you_said
from engage.answering.you_said.kinds import Reason, Verdict
from engage.answering.you_said.service import AnswerText
from engage.core import clock
from engage.core.database import db
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.rules.themes import Group
from engage.safeguarding import queries as matters
from engage.safeguarding import receipts, service_apart, service_duty
from engage.safeguarding import service as flags
from engage.safeguarding import service_triage as triage
from engage.safeguarding.kinds import Decision
from engage.safeguarding.models import Receipt
from engage.voices import queries as voices
from engage.web.limits import Act, Limiter
from tests.factories.surveys import open_survey
from tests.support.answering import send, start, walk, words_on
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import staff
from tests.support.queries import count_queries
from tests.support.themes import code, heard, theme

pytestmark = pytest.mark.one_database

SURVEY = "/larkmoor/surveys/your-voice"
PUBLIC = [
    "/",
    "/larkmoor/",
    "/larkmoor/codes",
    "/larkmoor/what-we-keep",
    "/larkmoor/computer-check",
    "/larkmoor/accessibility",
    "/larkmoor/credits",
    "/comfort",
    SURVEY,
]


@pytest.fixture
def words(app: Flask, client: PageClient, partnership: uuid.UUID) -> str:
    open_survey(app, partnership)
    walk(client, start(client))
    send(client)
    return " ".join(words_on(client.get(f"{SURVEY}/sent")))


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_n8_public_pages_set_no_cookie(
    app: Flask, client: PageClient, partnership: uuid.UUID, address: str, language: str
) -> None:
    open_survey(app, partnership)
    page = client.get(address, headers={"Accept-Language": language})
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert "no-store" in page.headers["Cache-Control"]
    assert "ETag" not in page.headers
    assert f'lang="{language}"' in page.get_data(as_text=True)


def test_the_home_opens_the_survey(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    open_survey(app, partnership)
    page = client.get("/larkmoor/").get_data(as_text=True)
    assert f'href="{SURVEY}"' in page
    assert "For ages 8 to 17." in page


def test_six_words_open_the_story_and_a_conversation(
    app: Flask, client: PageClient, partnership: uuid.UUID, words: str
) -> None:
    page = client.post("/larkmoor/codes", data={"words": words})
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "We have your answers" in text
    assert "purple swing" not in text  # never the answers
    account = staff(app, partnership, "rae", Role.RESPONDER)
    with within(app, partnership), transaction():
        found = receipts.find(words)
        assert found is not None
        receipts.say(found.id, "Thank you. The swing is mended.", author_id=account)
    text = client.post("/larkmoor/codes", data={"words": words.upper()}).get_data(as_text=True)
    assert "The swing is mended." in text
    assert "Rae" not in text  # a name of staff is not the child's business
    ticket = re.search(r'name="ticket" value="([0-9a-f]+)"', text)
    assert ticket
    answer = client.post("/larkmoor/codes/say", data={"ticket": ticket.group(1), "text": "It squeaks"})
    assert answer.status_code == 200
    assert "It squeaks" in answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers
    empty = client.post("/larkmoor/codes/say", data={"ticket": ticket.group(1), "text": " "})
    assert empty.status_code == 422
    assert "Write something first" in empty.get_data(as_text=True)


@pytest.mark.parametrize("typed", ["", "boat", "no such words at all here", "x" * 5000, "<script>alert(1)</script>"])
def test_n4_wrong_words_all_get_the_same_page(
    app: Flask, client: PageClient, partnership: uuid.UUID, typed: str
) -> None:
    page = client.post("/larkmoor/codes", data={"words": typed})
    assert page.status_code == 404
    assert "We could not find those words" in page.get_data(as_text=True)


def test_n4_whoever_writes_slowly_loses_no_word_and_sees_nothing_kept_before_they_send(
    app: Flask, client: PageClient, partnership: uuid.UUID, words: str
) -> None:
    """A page that stood open for twenty minutes comes back with what was typed, and sends; after a day it is over."""
    ticket = ticket_on(client.post("/larkmoor/codes", data={"words": words}).get_data(as_text=True))
    said = {"ticket": ticket, "text": "It squeaks <loudly>"}
    with time_machine.travel(clock.now() + timedelta(minutes=20)):
        again = client.post("/larkmoor/codes/say", data=said)
        page = again.get_data(as_text=True)
        assert (again.status_code, "Set-Cookie" in again.headers) == (422, False)
        assert "Your words are still here. Press Send again." in page
        assert "It squeaks &lt;loudly&gt;" in page
        assert "We have your answers" not in page
        for way in ("take-back", "take-back/now"):
            assert client.post(f"/larkmoor/codes/{way}", data={"ticket": ticket}).status_code == 400
        renewed = {**said, "ticket": ticket_on(page)}
        for way in ("take-back", "take-back/now"):
            assert client.post(f"/larkmoor/codes/{way}", data=renewed).status_code == 400
        empty = client.post("/larkmoor/codes/say", data={**renewed, "text": " "})
        assert (empty.status_code, "Write something first" in empty.text) == (422, True)
        sent = client.post("/larkmoor/codes/say", data={**renewed, "ticket": ticket_on(empty.text)})
        assert "Thank you" in sent.text
        for shown in (empty.text, sent.text):
            assert "What became of it" not in shown
    story = client.post("/larkmoor/codes", data={"words": words}).text
    assert story.count("It squeaks &lt;loudly&gt;") == 1
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert client.post("/larkmoor/codes/say", data=said).status_code == 400


@pytest.mark.parametrize("names_somebody", [False, True])
def test_c6_whoever_is_kept_apart_or_looked_at_again_is_told_that_a_person_has_decided(
    app: Flask, client: PageClient, partnership: uuid.UUID, words: str, *, names_somebody: bool
) -> None:
    """Words that name staff count as unread for ever, and a day to look again is no decision that is missing: whoever
    came back was told that nobody had read them. What they write then is heard by whoever decides.
    """
    lena = staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    boss = staff(app, partnership, "boss", Role.RESPONDER)
    with within(app, partnership), transaction():
        origin = db.session.scalars(sa.select(Receipt.origin_id)).one()
        flags.raise_low_answer("response", origin, ["safe_home"], source_key="your-voice", language="en")
        if names_somebody:
            service_apart.concern("response", origin, [boss])
    assert _story(client, words).count("Not yet") == 4
    with within(app, partnership), transaction():
        [matter] = matters.list_open(9)
        seen = [*matter.ids, *(row.id for row in voices.list_of_origin("response", origin))]
        triage.decide(matter.worst.id, Decision.REPLY, "Rang", by=lena, seen=seen, message="Is it safe now?\nLena")
        service_duty.set_follow_up(matter.worst.id, clock.in_days(14))
    page = _story(client, words)
    assert page.count("Not yet") == 1, "only that all are counted together"
    assert '<p dir="auto">Is it safe now?</p><p dir="auto">Lena</p>' in page
    answer = {"ticket": ticket_on(page), "text": "Yes, at my aunty's"}
    assert client.post("/larkmoor/codes/say", data=answer).status_code == 200
    with within(app, partnership):
        [again] = matters.list_open(9)
        assert again.worst.categories == (f"needs_person:{'apart' if names_somebody else 'again'}",)
    assert _story(client, words).count("Not yet") == 3


def _story(client: PageClient, words: str) -> str:
    return client.post("/larkmoor/codes", data={"words": words}).text


def test_n14_a_message_that_comes_in_a_flood_is_shown_again_as_it_was_typed(
    app: Flask, client: PageClient, partnership: uuid.UUID, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = ticket_on(client.post("/larkmoor/codes", data={"words": words}).get_data(as_text=True))
    full = Limiter(dict.fromkeys(Act, 1))
    full.take(Act.ANSWER, "127.0.0.0/24", str(partnership))
    with monkeypatch.context() as patch:
        patch.setitem(app.extensions, "engage_limits", full)
        refused = client.post("/larkmoor/codes/say", data={"ticket": ticket, "text": "It squeaks"})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "It squeaks" in refused.text
    assert "Wait a minute. Then press Send again." in refused.text
    said = {"ticket": ticket_on(refused.text), "text": "It squeaks"}
    assert "Thank you" in client.post("/larkmoor/codes/say", data=said).text


def ticket_on(page: str) -> str:
    return page.split('name="ticket" value="')[1].split('"', maxsplit=1)[0]


@pytest.mark.parametrize("ticket", ["", "00", "zz", "0" * 80])
def test_a_forged_ticket_opens_nothing(client: PageClient, partnership: uuid.UUID, ticket: str) -> None:
    assert client.post("/larkmoor/codes/say", data={"ticket": ticket, "text": "hello"}).status_code == 400


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", "/\nx"])
def test_w16_back_leads_only_to_our_own_pages(client: PageClient, partnership: uuid.UUID, back: str) -> None:
    answer = client.post("/comfort", data={"back": back, "theme": "dark"})
    assert answer.headers["Location"] == "/"


def test_leave_quickly_forgets_the_secret(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    open_survey(app, partnership)
    start(client)
    answer = client.get("/leave")
    assert answer.status_code == 303
    assert "engage-answer=;" in answer.headers["Set-Cookie"]
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_comfort_offers_the_languages_of_the_place(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    page = client.get("/comfort?back=/larkmoor/").get_data(as_text=True)
    assert "Larkmoor" in page
    assert 'value="ar"' in page
    assert 'value="pl"' not in page
    client.post("/comfort", data={"back": "/larkmoor/", "language": "ar"})
    assert 'lang="ar" dir="rtl"' in client.get("/larkmoor/").get_data(as_text=True)


def test_who_comes_back_sees_what_became_of_it(
    app: Flask, client: PageClient, partnership: uuid.UUID, words: str
) -> None:
    analyst = staff(app, partnership, "ana", Role.ANALYST)
    with within(app, partnership):
        receipt = receipts.find(words)
    assert receipt is not None
    [voice] = heard(app, partnership, "mend the swing", origin_kind=receipt.origin_kind, origin_id=receipt.origin_id)
    swings = theme(app, partnership, "Swings")
    code(app, partnership, [voice.id], [swings], analyst)
    with within(app, partnership), transaction():
        said = AnswerText(
            Group.CHILDREN,
            "The swing is broken",
            Verdict.DID_NOT,
            "The park team",
            clock.today(),
            reason=Reason.MONEY,
            because="There is no money this year.",
        )
        you_said.publish(you_said.add(swings, said, analyst), analyst)
    page = client.post("/larkmoor/codes", data={"words": words}).get_data(as_text=True)
    assert "The swing is broken" in page
    home = client.get("/larkmoor/").get_data(as_text=True)
    assert "Something we could not do" in home
    assert "There is no money this year." in home


def test_a14_the_foot_of_the_home_leads_to_whose_drawings_these_are(client: PageClient, partnership: uuid.UUID) -> None:
    """A14: licence and changes are named, and the text of the licence can be fetched."""
    assert 'href="/larkmoor/credits"' in client.get("/larkmoor/").get_data(as_text=True)
    page = client.get("/larkmoor/credits").get_data(as_text=True)
    assert "OpenMoji" in page
    assert "CC BY-SA 4.0" in page
    assert "What was changed" in page
    with client.get("/static/symbols/LICENSE") as licence:
        assert b"Attribution-ShareAlike 4.0" in licence.get_data()


@pytest.mark.parametrize(("chosen", "mark"), [("large", 'data-symbols="large"'), ("off", 'data-symbols="off"')])
def test_the_comfort_bar_shows_pictures_larger_or_not_at_all(
    client: PageClient, partnership: uuid.UUID, chosen: str, mark: str
) -> None:
    """A14: large pictures stand beside the words; the words stay either way. Only such pages ask for their style."""
    plain = client.get("/larkmoor/").get_data(as_text=True)
    assert "comfort.css" not in plain
    client.post("/comfort", data={"pictures": chosen, "size": "double", "back": "/larkmoor/"})
    page = client.get("/larkmoor/").get_data(as_text=True)
    assert mark in page
    assert 'data-size="double"' in page
    assert "comfort.css" in page
    assert re.sub(r"<[^>]+>|\s+", "", page) == re.sub(r"<[^>]+>|\s+", "", plain)


def test_the_small_mark_that_browsers_ask_for_costs_a_file_and_nothing_else(app: Flask, client: PageClient) -> None:
    """Asked for by itself on every first visit: no page is drawn, no row is read, no cookie is set."""
    with count_queries(app) as counted:
        icon = client.get("/favicon.ico")
        drawn = icon.get_data()
        icon.close()
    assert (icon.status_code, icon.mimetype) == (200, "image/x-icon")
    assert drawn.startswith(b"\x00\x00\x01\x00")
    assert len(drawn) < 4096
    assert "max-age=31536000" in icon.headers["Cache-Control"]
    assert "Set-Cookie" not in icon.headers
    assert len(counted) == 0
