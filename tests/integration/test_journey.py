"""The child's journey: promise, one question a page, check, send, receipt; what goes wrong loses nothing."""

import re
import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.surveys import queries, service
from engage.listening.surveys.models import Draft, Response
from engage.safeguarding.kinds import FlagReason
from engage.safeguarding.models import Flag, Receipt
from engage.voices.models import Voice
from tests.factories.surveys import assess, open_survey
from tests.support.answering import ANSWERS, SURVEY, WITH_WORKER, answer_page, question_in, send, start, walk, words_on
from tests.support.apps import within
from tests.support.client import PageClient, token_of


@pytest.fixture
def survey(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return open_survey(app, partnership)


def rows(app: Flask, partnership: uuid.UUID, model: type) -> list:
    with within(app, partnership):
        return list(db.session.scalars(sa.select(model)))


def test_a_child_answers_and_gets_a_receipt(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    assert "Before you start" in client.get(SURVEY).get_data(as_text=True)
    first = start(client)
    assert question_in(first) == "safe_home"
    page = client.get(first).get_data(as_text=True)
    assert "Question 1 of about 12" in page
    check = walk(client, first)
    shown = client.get(check).get_data(as_text=True)
    assert "Mostly safe" in shown
    assert "My dog and the purple swing" in shown
    assert shown.count("Not provided") == 3  # two left out, and how it was answered
    answer = send(client)
    assert answer.headers["Location"].endswith("/sent")
    sent = client.get(answer.headers["Location"])
    text = sent.get_data(as_text=True)
    assert len(words_on(sent)) == 6
    assert "purple swing" not in text
    assert "Mostly safe" not in text
    (response,) = rows(app, partnership, Response)
    assert response.answers["safe_home"] == {"value": "4"}
    assert response.answers["safe_outside"] == {"skipped": True}
    assert response.answers["tell"] == {"values": ["family", "friend"]}
    assert "going_well" not in response.answers
    assert (response.language, response.easy, response.channel) == ("en", "no", "link")
    (voice,) = rows(app, partnership, Voice)
    assert (voice.question_key, voice.origin_id, voice.read_on) == ("going_well", response.id, None)
    (receipt,) = rows(app, partnership, Receipt)
    assert (receipt.origin_kind, receipt.origin_id) == ("response", response.id)
    assert rows(app, partnership, Draft) == []
    assert [flag.reason for flag in rows(app, partnership, Flag) if flag.reason == FlagReason.LOW_ANSWER] == []


def test_changing_an_answer_opens_and_closes_the_way(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    """A change leads back to check by way of new questions; what falls off the path is not stored."""
    walk(client, start(client))
    changed = answer_page(client, f"{SURVEY}/q/helped?change=1", {"helped": "yes"})
    assert question_in(changed.headers["Location"]) == "know_why"
    walk(client, changed.headers["Location"], WITH_WORKER)
    answer_page(client, f"{SURVEY}/q/helped?change=1", {"helped": "no"})
    send(client)
    (response,) = rows(app, partnership, Response)
    assert "know_why" not in response.answers
    assert response.answers["helped"] == {"value": "no"}


def test_a_low_answer_to_a_safety_question_raises_a_flag(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    walk(client, start(client), {**ANSWERS, "safe_home": {"safe_home": "1"}})
    send(client)
    (flag,) = [flag for flag in rows(app, partnership, Flag) if flag.reason == FlagReason.LOW_ANSWER]
    assert flag.categories == ["safe_home"]


def test_an_empty_choice_is_explained_and_the_page_kept(client: PageClient, survey: uuid.UUID) -> None:
    first = start(client)
    page = answer_page(client, first, {})
    text = page.get_data(as_text=True)
    assert page.status_code == 422
    assert "<title>Error: How safe do you feel at home?" in text
    assert 'href="#safe_home-1"' in text
    assert text.count("Choose one answer, or choose “I would rather not say”") == 2
    for question in ("safe_home", "safe_school", "safe_outside", "safe_online", "tell", "listened", "helped"):
        first = answer_page(client, first, ANSWERS[question]).headers["Location"]
    wrong = answer_page(client, first, {"going_well": "x" * 2001 + " kept"}).get_data(as_text=True)
    assert 'href="#going_well-box"' in wrong
    assert "xxx kept</textarea>" in wrong
    both = {"going_well": "My dog", "going_well-skip": "rather-not"}
    unsure = answer_page(client, first, both).get_data(as_text=True)
    assert unsure.count("You wrote something and also ticked “I would rather not say”. Choose one of them") == 2
    assert "My dog</textarea>" in unsure
    assert re.search(r'name="going_well-skip"[^>]* checked', unsure)
    assert answer_page(client, first, {**both, "going_well": " "}).status_code == 303


def test_the_same_receipt_for_sending_twice(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    """F7: back and send again, two tabs, a refresh: one response, the same six words."""
    walk(client, start(client))
    token = token_of(client.get(f"{SURVEY}/check"))
    send(client)
    words = words_on(client.get(f"{SURVEY}/sent"))
    again = client.post(f"{SURVEY}/send", data={"csrf_token": token})
    assert again.headers["Location"].endswith("/sent")
    assert words_on(client.get(f"{SURVEY}/sent")) == words
    late = client.post(f"{SURVEY}/q/safe_home", data={"csrf_token": token, "safe_home": "1"})
    assert late.headers["Location"].endswith("/sent")
    for page in ("q/safe_home", "q/safer", "check"):
        assert client.get(f"{SURVEY}/{page}").headers["Location"].endswith("/sent")
    (response,) = rows(app, partnership, Response)
    assert response.answers["safe_home"] == {"value": "4"}
    assert rows(app, partnership, Draft) == []


def test_starting_after_sending_is_a_new_person(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    """On a shared device the next child never answers under the last one's secret."""
    words = []
    for _ in range(2):
        walk(client, start(client))
        send(client)
        words.append(words_on(client.get(f"{SURVEY}/sent")))
    assert words[0] != words[1]
    assert len(rows(app, partnership, Response)) == 2


def test_begun_answers_can_be_gone_on_with_or_thrown_away(client: PageClient, survey: uuid.UUID) -> None:
    answer_page(client, start(client), ANSWERS["safe_home"])
    assert "Go on with my answers" in client.get(SURVEY).get_data(as_text=True)
    assert question_in(start(client)) == "safe_school"
    assert question_in(start(client, again="1")) == "safe_home"
    assert "checked" not in client.get(f"{SURVEY}/q/safe_home").get_data(as_text=True)


@pytest.mark.parametrize("page", ["q/safe_home", "q/tell", "check", "sent"])
@pytest.mark.parametrize("cookie", [None, "nonsense", "AAAA", "A" * 22 + "=="])
def test_without_a_secret_one_is_led_back_to_the_intro(
    client: PageClient, survey: uuid.UUID, page: str, cookie: str | None
) -> None:
    if cookie:
        client.set_cookie("engage-answer", cookie)
    answer = client.get(f"{SURVEY}/{page}")
    assert answer.headers["Location"] == f"{SURVEY}?lost=1"
    assert "not on this device" in client.get(answer.headers["Location"]).get_data(as_text=True)


@pytest.mark.parametrize("address", ["q/nothing", "q/know_why", "check", "sent"])
def test_a_page_that_is_not_on_the_way_leads_to_what_waits(client: PageClient, survey: uuid.UUID, address: str) -> None:
    start(client)
    answer = client.get(f"{SURVEY}/{address}")
    if address == "sent":
        answer = client.get(answer.headers["Location"])
    assert question_in(answer.headers["Location"]) == "safe_home"


def test_a_closed_and_an_unknown_survey_are_kind(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    open_survey(app, partnership, "young-people")
    start(client)
    with within(app, partnership), transaction():
        service.close_survey("your-voice")
    for address, status in ((SURVEY, 410), (f"{SURVEY}/q/safe_home", 410), ("/larkmoor/surveys/no-such", 404)):
        page = client.get(address)
        text = page.get_data(as_text=True)
        assert page.status_code == status
        assert "0800 1111" in text
        assert "/larkmoor/surveys/young-people" in text
    assert client.post(f"{SURVEY}/start").status_code == 410


def test_a_draft_keeps_the_version_it_was_begun_with(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    answer_page(client, start(client), ANSWERS["safe_home"])
    with within(app, partnership), transaction():
        row = queries.get_survey("your-voice")
        assert row is not None
        assert row.definition is not None
        shorter = row.definition.model_copy(update={"questions": row.definition.questions[:2]})
        assess("your-voice", shorter)
        service.publish_version(row.id, shorter)
    walk(client, f"{SURVEY}/q/safe_school")
    send(client)
    (response,) = rows(app, partnership, Response)
    assert len(response.answers) == 11
    assert response.version_id == row.version.id
