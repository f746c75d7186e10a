"""One response a person without identity: a code is exchanged for a ballot that only the respondent holds (W18, F7)."""

import re
import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import clock
from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.ballots import service as ballots
from engage.listening.ballots.kinds import Entry
from engage.listening.ballots.models import CodeBatch
from engage.listening.surveys import queries
from engage.listening.surveys.models import Draft
from engage.rules import codes
from tests.factories.codes import survey_with_codes
from tests.support.answering import ANSWERS, SURVEY, answer_page, send, start, walk
from tests.support.apps import within
from tests.support.client import PageClient, browser_of, token_of
from tests.support.queries import count_queries

FIRST = {"safe_home": "4"}


def browser(app: Flask) -> PageClient:
    return browser_of(app)


def opens(client: PageClient, code: str, **form: str) -> bool:
    """Press Start with a code: did it lead to a question?"""
    answer = client.post(f"{SURVEY}/start", data={"code": code, **form})
    assert answer.status_code == 303
    return "/q/" in answer.headers["Location"]


def count(app: Flask, partnership: uuid.UUID) -> int:
    with within(app, partnership):
        row = queries.get_survey("your-voice")
        assert row is not None
        return queries.count_responses(row.id)


def finish(client: PageClient, code: str) -> int:
    """Answer everything and send; the status of sending."""
    walk(client, start(client, code=code))
    return send(client).status_code


def test_a_code_lets_one_person_answer_once(app: Flask, partnership: uuid.UUID, client: PageClient) -> None:
    code = survey_with_codes(app, partnership)[0]
    assert finish(client, codes.shown(code).lower()) == 303
    assert client.get(f"{SURVEY}/sent").status_code == 200
    assert not opens(client, code)
    assert not opens(browser(app), code)
    assert count(app, partnership) == 1


def test_without_a_code_nobody_begins(app: Flask, partnership: uuid.UUID, client: PageClient) -> None:
    survey_with_codes(app, partnership)
    assert not opens(client, "")
    page = client.get(client.post(f"{SURVEY}/start").headers["Location"]).get_data(as_text=True)
    assert "Type the code from your card" in page
    assert not client.get_cookie("engage-answer")


def test_wrong_used_and_expired_codes_get_the_same_page(app: Flask, partnership: uuid.UUID) -> None:
    """N4's rule for receipts, kept for codes: the page tells nothing about which it is."""
    used, past, _ = survey_with_codes(app, partnership)
    other = browser(app)
    answer_page(other, start(other, code=used), FIRST)
    never = codes.draw()
    pages = [refusal(app, typed) for typed in (used, never, "nonsense")]
    with within(app, partnership), transaction():
        db.session.execute(sa.update(CodeBatch).values(expires_on=clock.in_days(-1)))
    pages.append(refusal(app, past))
    assert len(set(pages)) == 1
    assert "This code does not open the questions" in pages[0]


def refusal(app: Flask, typed: str) -> str:
    """The page a code gets that opens nothing, without what was typed and what changes with every page."""
    answer = browser(app).post(f"{SURVEY}/start", data={"code": typed})
    page = browser(app).get(answer.headers["Location"])
    assert page.status_code == 200
    text = page.get_data(as_text=True).replace(typed, "")
    return re.sub(r'nonce="[^"]*"|href="/comfort[^"]*"', "", text)


def test_wrong_and_used_codes_are_the_same_work(
    app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = survey_with_codes(app, partnership)[0]
    other = browser(app)
    answer_page(other, start(other, code=used), FIRST)
    done: list[str] = []
    whole = ballots.Box.mark_of
    monkeypatch.setattr(ballots.Box, "mark_of", lambda box, code: (done.append("look"), whole(box, code))[1])
    work = []
    for typed in (used, codes.draw(), "x"):
        done.clear()
        with count_queries(app) as statements:
            assert not opens(browser(app), typed)
        work.append((list(done), len(statements)))
    assert work[0] == work[1] == work[2]


def test_f7_a_double_click_and_a_lost_connection_cost_nobody_their_turn(app: Flask, partnership: uuid.UUID) -> None:
    """The answer to Start was lost, so the browser has no cookie: the same code opens again."""
    code = survey_with_codes(app, partnership)[0]
    assert opens(browser(app), code)
    assert opens(browser(app), code)
    last = browser(app)
    assert finish(last, code) == 303
    assert count(app, partnership) == 1


def test_f7_one_code_on_two_devices_is_one_response(app: Flask, partnership: uuid.UUID) -> None:
    """Whoever keeps an answer first goes on; the other is told, and can't send."""
    code = survey_with_codes(app, partnership)[0]
    one, two = browser(app), browser(app)
    first_page = start(one, code=code)
    token = token_of(one.get(first_page))
    second_page = start(two, code=code)
    refused = one.post(first_page, data={"csrf_token": token, **FIRST})
    assert "lost=code" in refused.headers["Location"]
    shown = one.get(refused.headers["Location"])
    assert (shown.status_code, 'name="code"' in shown.get_data(as_text=True)) == (200, True)
    walk(two, second_page)
    assert not opens(one, code)
    assert send(two).status_code == 303
    assert one.get(f"{SURVEY}/check").status_code == 303
    assert count(app, partnership) == 1


def test_f7_whose_code_went_to_another_device_types_one_and_goes_on(app: Flask, partnership: uuid.UUID) -> None:
    """The page that asks for a code again has a box for it, also after one that opens nothing."""
    code, spare, _ = survey_with_codes(app, partnership)
    one, two = browser(app), browser(app)
    start(one, code=code, via="qr")  # how they came is kept from the start
    walk(two, start(two, code=code))
    assert not opens(one, code)
    page = one.get(f"{SURVEY}?refused=1&code={code}").get_data(as_text=True)
    assert 'id="code-box"' in page
    assert "This code does not open the questions" in page
    assert opens(one, spare)


def test_whoever_begins_again_keeps_their_ballot(app: Flask, partnership: uuid.UUID, client: PageClient) -> None:
    code = survey_with_codes(app, partnership)[0]
    answer_page(client, start(client, code=code), FIRST)
    assert opens(client, "", again="1")
    assert opens(client, code, again="1")
    walk(client, start(client))
    assert send(client).status_code == 303


def test_the_next_person_on_the_device_uses_their_own_code(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    one, two, _ = survey_with_codes(app, partnership)
    answer_page(client, start(client, code=one), FIRST)
    before = client.get_cookie("engage-answer")
    assert "Go on with my answers" in client.get(f"{SURVEY}?code={one}").get_data(as_text=True)
    assert "Go on with my answers" not in client.get(f"{SURVEY}?code={two}").get_data(as_text=True)
    assert opens(client, two)
    assert client.get_cookie("engage-answer") != before
    walk(client, start(client))
    assert send(client).status_code == 303
    assert not opens(browser(app), one)


def test_a_survey_for_both_asks_and_does_not_insist(app: Flask, partnership: uuid.UUID, client: PageClient) -> None:
    code = survey_with_codes(app, partnership, entry=Entry.BOTH)[0]
    assert opens(client, "")
    assert not opens(browser(app), "wrong")
    walk(client, start(client))
    assert send(client).status_code == 303
    assert finish(browser(app), code) == 303
    assert not opens(browser(app), code)
    assert count(app, partnership) == 2


def test_a_stopped_batch_opens_nothing_and_lets_the_begun_finish(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    one, two, _ = survey_with_codes(app, partnership)
    address = start(client, code=one)
    with within(app, partnership), transaction():
        row = queries.get_survey("your-voice")
        assert row is not None
        ballots.stop_batch(ballots.queries.list_batches(row.id)[0].id)
    walk(client, address)
    assert send(client).status_code == 303
    assert not opens(browser(app), two)


def test_an_answer_past_the_gate_needs_the_ballot(app: Flask, partnership: uuid.UUID, client: PageClient) -> None:
    """W18: nobody comes in through a question's address with a secret from elsewhere."""
    survey_with_codes(app, partnership)
    client.set_cookie("engage-answer", "AAAAAAAAAAAAAAAAAAAAAA")
    assert "lost=code" in client.get(f"{SURVEY}/q/safe_home").headers["Location"]
    assert client.post(f"{SURVEY}/q/safe_home", data=ANSWERS["safe_home"]).status_code == 303
    with within(app, partnership):
        assert db.session.scalars(sa.select(Draft.id)).all() == []
