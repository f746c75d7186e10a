"""Stop and come back later: words open the same draft anywhere, nothing opens it without them (F7, F8, N4)."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core.crypto import Keyring
from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.surveys import drafts
from engage.listening.surveys.models import Draft, Response
from engage.rules.questionnaire.definition import Definition
from engage.rules.receipts import bits
from engage.safeguarding.codebooks import WORDS_COUNT, Book, word_list
from tests.factories.surveys import open_as_it_is, open_survey, ready_made
from tests.support.answering import ANSWERS, SURVEY, answer_page, question_in, send, start, walk, words_on
from tests.support.apps import within
from tests.support.client import PageClient, token_of

CODES = "/larkmoor/codes"


@pytest.fixture
def survey(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return open_survey(app, partnership)


def stop(client: PageClient, survey: str = SURVEY) -> list[str]:
    """Ask for the words on the page for those who stop; the words."""
    token = token_of(client.get(f"{survey}/stop"))
    asked = client.post(f"{survey}/stop/words", data={"csrf_token": token})
    assert asked.status_code == 303
    return words_on(client.get(f"{survey}/stop"))


def come_back(client: PageClient, words: list[str]) -> str:
    """Type the words on the page for codes; where they lead."""
    answer = client.post(CODES, data={"words": " ".join(words)})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def count(app: Flask, partnership: uuid.UUID, model: type) -> int:
    with within(app, partnership):
        return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def second(app: Flask) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


def test_f7_a_second_device_goes_on_where_the_first_stopped_and_both_end_in_one_response(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    address = start(client)
    first = client.submit(address, {**ANSWERS[question_in(address)], "stop-here": "1"})
    assert first.headers["Location"] == f"{SURVEY}/stop?from={question_in(address)}"
    words = stop(client)
    assert len(words) == 6
    other = second(app)
    assert come_back(other, words) == f"{SURVEY}?back=1"
    page = other.get(f"{SURVEY}?back=1").get_data(as_text=True)
    assert "Your answers are here" in page
    beside, below = (place.start() for place in re.finditer("<span>Go on with my answers</span>", page))
    assert beside < page.index('id="promise"') < below
    onward = start(other)
    assert question_in(onward) != question_in(address)
    walk(other, onward)
    assert send(other).headers["Location"] == f"{SURVEY}/sent"
    # The receipt has the same words; the first device, and a tab that was left open there, are told that it is sent.
    assert words_on(other.get(f"{SURVEY}/sent")) == words
    late = client.post(onward, data={"csrf_token": "x", **ANSWERS[question_in(onward)]})
    assert late.headers["Location"] == f"{SURVEY}/sent"
    assert [count(app, partnership, model) for model in (Response, Draft)] == [1, 0]
    # And now they open what became of it, not the draft.
    assert "You answered questions." in second(app).post(CODES, data={"words": " ".join(words)}).get_data(as_text=True)


def test_n4_words_that_open_nothing_all_get_the_same_page_and_the_same_work(
    app: Flask, client: PageClient, survey: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = start(client)
    answer_page(client, address, ANSWERS[question_in(address)])
    words = stop(client)
    hashed: list[str] = []
    slow = Keyring.slow_hash

    def counted(self: Keyring, code: str, *, purpose: str) -> bytes:
        hashed.append(purpose)
        return slow(self, code, purpose=purpose)

    monkeypatch.setattr(Keyring, "slow_hash", counted)
    token = token_of(client.get(f"{SURVEY}/stop"))
    assert client.post(f"{SURVEY}/stop/delete", data={"csrf_token": token}).headers["Location"] == f"{SURVEY}/finish"
    pages = set()
    for typed in (" ".join(words), " ".join(reversed(words)), "never a code", " ".join(["abacus"] * 7)):
        hashed.clear()
        answer = second(app).post(CODES, data={"words": typed})
        assert (answer.status_code, hashed) == (404, ["receipt", "come-back"])
        pages.add(re.sub(r'value="[^"]*"|nonce="[^"]*"', "", answer.get_data(as_text=True)))
    assert len(pages) == 1


def test_before_anybody_asks_nothing_but_the_cookie_opens_a_draft(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    address = start(client)
    answer_page(client, address, ANSWERS[question_in(address)])

    def ways() -> list[tuple[bytes | None, bytes | None]]:
        with within(app, partnership):
            return [tuple(row) for row in db.session.execute(sa.select(Draft.way_lookup, Draft.way_sealed))]

    assert ways() == [(None, None)]
    words, cookie = stop(client), client.get_cookie("engage-answer")
    assert stop(client) == words
    assert cookie is not None
    ((lookup, sealed),) = ways()
    assert lookup is not None
    assert sealed is not None
    assert not any(word.encode() in lookup + sealed for word in words)
    assert cookie.value.encode() not in sealed
    # Every later page keeps the way open.
    client.submit(f"{SURVEY}/q/safe_school", ANSWERS["safe_school"])
    assert come_back(second(app), words)


def test_leaving_quickly_leaves_a_draft_only_where_somebody_asked_to_come_back_and_the_page_says_so(
    app: Flask, client: PageClient, survey: uuid.UUID
) -> None:
    address = start(client)
    answer_page(client, address, ANSWERS[question_in(address)])
    words = stop(client)
    assert "leaving quickly does not delete your answers" in client.get(f"{SURVEY}/stop").get_data(as_text=True)
    client.get("/leave")
    assert client.get_cookie("engage-answer") is None
    come_back(client, words)
    assert question_in(start(client)) == "safe_school"


def test_a_saved_draft_is_there_on_the_day_the_page_names_and_gone_afterwards(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    with time_machine.travel(datetime(2026, 3, 4, 12, tzinfo=UTC), tick=False):
        open_as_it_is(app, partnership, ready_made("your-voice"), "your-voice")
        address = start(client)
        answer_page(client, address, ANSWERS[question_in(address)])
        words = stop(client)
        assert "until Sunday 5 April" in client.get(f"{SURVEY}/stop").get_data(as_text=True)
        assert drafts.kept_until("2026-W10").isoformat() == "2026-04-05"
    for day, there in ((datetime(2026, 4, 5, 22, tzinfo=UTC), True), (datetime(2026, 4, 6, 1, tzinfo=UTC), False)):
        with time_machine.travel(day, tick=False):
            with within(app, partnership), transaction():
                drafts.delete_old()
            found = second(app).post(CODES, data={"words": " ".join(words)})
            assert (found.status_code == 303) is there


def test_practitioners_get_seven_words_of_ninety_bits(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    """SAFETY 2.2, N4: at least 90 bits where there are no pictures."""
    assert bits(WORDS_COUNT, word_list(Book.WORDS).size) >= 90
    open_survey(app, partnership, "staff-voice")
    survey = "/larkmoor/surveys/staff-voice"
    start(client, survey)
    words = stop(client, survey)
    assert len(words) == 7
    shown = " ".join(words).upper().replace(words[0].upper(), words[0].upper() + "-", 1)
    assert come_back(second(app), [shown]) == f"{survey}?back=1"


def _twenty(slug: str) -> Definition:
    text = {"en": {"plain": "Say something", "easy": "Say something"}}
    questions = [{"id": f"q{n}", "kind": "text", "text": text} for n in range(20)]
    fixed = dict.fromkeys(("who", "why", "reads", "limits", "expectation"), text)
    return Definition.model_validate({
        "survey": slug,
        "audience": "children",
        "ask_how": False,
        "threshold": "children",
        "title": text,
        "intro": {**fixed, "minutes": 5},
        "thanks": text,
        "questions": questions,
    })


def test_f8_at_every_page_of_twenty_an_expired_form_and_a_new_server_key_lose_nothing(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    open_as_it_is(app, partnership, _twenty("twenty"), "twenty")
    survey, said = "/larkmoor/surveys/twenty", []
    address, words = start(client, survey), []
    for number in range(20):
        said.append(f"Line {number} of what I have to say")
        page = client.get(address)
        form = {"csrf_token": token_of(page), f"q{number}": said[-1]}
        with time_machine.travel(datetime.now(UTC) + timedelta(days=2)):
            app.config["SECRET_KEY"] = f"another key {number:02} {'x' * 32}"
            again = client.post(address, data=form)
            assert again.status_code == 400
            assert said[-1] in again.get_data(as_text=True)
            kept = client.post(address, data={**form, "csrf_token": token_of(again)})
            assert kept.status_code == 303
        address = kept.headers["Location"]
        words = stop(client, survey)
        client = second(app)  # the session is gone, with everything the browser held
        come_back(client, words)
        assert start(client, survey) == address
    check = client.get(f"{survey}/check").get_data(as_text=True)
    assert all(line in check for line in said)
    assert send(client, survey).status_code == 303
