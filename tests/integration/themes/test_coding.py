"""Coding: read comments only, from every channel; suggestions say why; who and when are kept; a worry is passed on."""

import re
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import audit
from engage.core.database import db
from engage.people.kinds import Role
from engage.safeguarding import queries as safeguarding
from engage.safeguarding.kinds import FlagReason
from engage.understanding.themes import queries_coding
from engage.voices import queries as voices
from engage.voices.kinds import Channel
from tests.support import themes
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff
from tests.support.queries import count_queries
from tests.support.voices import say

HOME = "/staff/themes/coding"


@pytest.fixture
def ana(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return staff(app, partnership, "ana", Role.ANALYST)


@pytest.fixture
def analyst(client: PageClient, ana: uuid.UUID) -> PageClient:
    """Signed in, with the comments opened for today."""
    sign_in(client, "ana")
    client.submit(HOME, to=f"{HOME}/open")
    return client


def text_of(client: PageClient, address: str = HOME) -> str:
    return client.get(address).get_data(as_text=True)


def test_comments_are_opened_once_a_day_and_that_is_written_down(
    app: Flask, client: PageClient, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    themes.heard(app, partnership, "The gate is scary")
    sign_in(client, "ana")
    assert "The gate is scary" not in text_of(client)
    for _ in range(2):
        client.post(f"{HOME}/open", data={"csrf_token": _token(client)})
    assert "The gate is scary" in text_of(client)
    with within(app, partnership):
        assert [event.action for event in audit.trail(ana)].count("comments-opened") == 1


def test_w2_an_analyst_reaches_no_unread_comment_by_any_address(
    app: Flask, analyst: PageClient, partnership: uuid.UUID
) -> None:
    """The list, the comment's own address, saving, passing on, quoting: an unread comment is not there."""
    theme = themes.theme(app, partnership, "Night staff", "canary")
    (unread,) = say(app, partnership, "canary in the coal mine")
    filters = ("", "?show=all", "?show=done", f"?channel=survey&theme={theme}", "?source=your-voice&group=children")
    for address in (HOME + narrowed for narrowed in filters):
        assert "coal" not in text_of(analyst, address)
        assert str(unread.id) not in text_of(analyst, address)
    for address in (f"{HOME}?voice={unread.id}", f"{HOME}?voice={uuid.uuid4()}", f"{HOME}?voice=x"):
        assert analyst.get(address).status_code == 404
    for act in ("", "/worry"):
        answer = analyst.post(f"{HOME}/{unread.id}{act}", data={"csrf_token": _token(analyst), "theme_id": str(theme)})
        assert answer.status_code == 404
    assert "coal" not in text_of(analyst, f"{HOME}?after={unread.id}")
    with within(app, partnership):
        assert queries_coding.given(unread.id) == []


def test_suggestions_say_why_and_a_person_decides(
    app: Flask, analyst: PageClient, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    night = themes.theme(app, partnership, "Night staff", "night staff", "after dark")
    bus = themes.theme(app, partnership, "Buses", "bus")
    first, second = themes.heard(app, partnership, "The NIGHT staff shout", "bus", source_key="a")
    page = text_of(analyst, f"{HOME}?voice={first.id}")
    assert "Matched: night staff" in page
    assert "<mark>NIGHT staff<sup>1</sup></mark>" in page
    assert "checked" not in page
    answer = analyst.post(f"{HOME}/{first.id}", data=_ticked(analyst, night, bus))
    assert f"after={first.id}" in answer.location
    page = text_of(analyst, f"{HOME}?voice={first.id}&show=all")
    assert page.count(" checked") == 2
    assert re.search(r"“Buses”: Ana, \d+ \w+ \d{4}", page)
    analyst.post(f"{HOME}/{first.id}", data=_ticked(analyst, bus))
    with within(app, partnership):
        assert [(one.theme_id, one.coder_id) for one in queries_coding.given(first.id)] == [(bus, ana)]
        assert [event.detail for event in audit.trail(first.id)] == [
            {"added": 2, "removed": 0},
            {"added": 0, "removed": 1},
        ]
        assert queries_coding.progress(queries_coding.Wanted()) == queries_coding.Progress(1, 2)
        assert [row.id for row in queries_coding.list_comments(queries_coding.Wanted(), 9)] == [second.id]


def test_sentiment_is_a_word_and_touches_no_concern(app: Flask, analyst: PageClient, partnership: uuid.UUID) -> None:
    """Without a word it knows: no signal, never neutral."""
    sad, none, other = themes.heard(
        app, partnership, "it is horrible", "the gate", "أكره هذا المكان كثيرا", language="en"
    )
    before = _concerns(app, partnership)
    assert "Sounds unhappy" in text_of(analyst, f"{HOME}?voice={sad.id}")
    for silent in (none, other):
        page = text_of(analyst, f"{HOME}?voice={silent.id}")
        assert "No signal" in page
        assert ">Neutral" not in page
    assert _concerns(app, partnership) == before


def test_every_channel_stands_in_one_list_and_the_address_narrows_it(
    app: Flask, analyst: PageClient, partnership: uuid.UUID
) -> None:
    said: dict[str, dict[str, Any]] = {
        "from a survey": {},
        "from a message": {"channel": Channel.CASE, "origin_kind": "case", "source_key": "worry", "audience": "anyone"},
        "from a visit": {"channel": Channel.INSPECTION, "origin_kind": "inspection", "source_key": "young-inspectors"},
        "from a worker": {"audience": "practitioners", "source_key": "staff-voice"},
    }
    for text, more in said.items():
        themes.heard(app, partnership, text, **more)
    shown = {
        "": set(said),
        "?channel=case": {"from a message"},
        "?group=staff": {"from a worker"},
        "?group=anyone": {"from a message"},
        "?source=young-inspectors": {"from a visit"},
        "?channel=rubbish&group=rubbish&theme=rubbish": set(said),
        "?show=done": set(),
    }
    for narrowed, expected in shown.items():
        page = text_of(analyst, HOME + narrowed)
        assert {text for text in said if text in page} == expected, narrowed


def test_a_worry_reaches_the_safeguarding_lead(app: Flask, analyst: PageClient, partnership: uuid.UUID) -> None:
    (voice,) = themes.heard(app, partnership, "The gate is scary")
    answer = analyst.post(f"{HOME}/{voice.id}/worry", data={"csrf_token": _token(analyst)})
    assert "The safeguarding lead has it now" in text_of(analyst, answer.location)
    with within(app, partnership):
        assert safeguarding.open_flag("response", voice.origin_id, FlagReason.READER) is not None


def test_a_closed_theme_is_not_offered_and_not_taken(app: Flask, analyst: PageClient, partnership: uuid.UUID) -> None:
    shut = themes.theme(app, partnership, "Old buses", "gate")
    (voice,) = themes.heard(app, partnership, "The gate is scary")
    analyst.submit(f"/staff/themes/{shut}", {"open": "no"}, to=f"/staff/themes/{shut}/open")
    assert f'value="{shut}"' not in text_of(analyst).split("<article")[1]
    assert analyst.post(f"{HOME}/{voice.id}", data=_ticked(analyst, shut)).status_code == 404


def test_small_queues_are_words(app: Flask, analyst: PageClient, partnership: uuid.UUID) -> None:
    themes.heard(app, partnership, *["The gate is scary"] * 9)
    assert "Fewer than 10 comments here." in text_of(analyst)
    themes.heard(app, partnership, *["The gate is scary"] * 3)
    assert "Fewer than 10 of 12 done." in text_of(analyst)


def test_the_end_of_the_queue_says_so(app: Flask, analyst: PageClient, partnership: uuid.UUID) -> None:
    (voice,) = themes.heard(app, partnership, "The gate is scary")
    answer = analyst.post(f"{HOME}/{voice.id}", data=_ticked(analyst))
    assert "Every comment that was read has been coded" in text_of(analyst, answer.location)
    assert "Nothing here" in text_of(analyst, f"{HOME}?channel=case")


def test_words_that_do_not_open_are_said_to_be_so(app: Flask, analyst: PageClient, partnership: uuid.UUID) -> None:
    (voice,) = themes.heard(app, partnership, "The gate is scary")
    with within(app, partnership):
        table = sa.table("voice", sa.column("id", sa.Uuid()), sa.column("text_sealed", sa.LargeBinary()))
        with db.engine.connect().execution_options(engage_write=True, engage_maintenance=True) as raw, raw.begin():
            raw.execute(sa.update(table).values(text_sealed=b"broken").where(table.c.id == voice.id))
    assert "These words cannot be opened" in text_of(analyst)


def test_w12_words_of_others_are_words_and_nothing_else(
    app: Flask, analyst: PageClient, partnership: uuid.UUID
) -> None:
    for number, words in enumerate(themes.NASTY):
        themes.theme(app, partnership, words, words)
        (voice,) = themes.heard(app, partnership, words, source_key=f"s{number}")
        page = text_of(analyst, f"{HOME}?voice={voice.id}")
        assert not re.search(r"<(script>|img|svg/onload)", page)
    assert "{{7*7}}" in text_of(analyst)


def test_the_page_asks_the_same_at_1_and_20_comments(app: Flask, analyst: PageClient, partnership: uuid.UUID) -> None:
    themes.theme(app, partnership, "Gates", "gate")
    themes.heard(app, partnership, "The gate is scary")
    with count_queries(app) as one:
        analyst.get(HOME)
    for number in range(19):
        themes.theme(app, partnership, f"Theme {number}", "gate")
    themes.heard(app, partnership, *["The gate is scary"] * 19)
    with count_queries(app) as twenty:
        analyst.get(HOME)
    assert len(one) == len(twenty), twenty.statements


def _token(client: PageClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', text_of(client, "/staff/account"))
    assert found
    return found.group(1)


def _ticked(client: PageClient, *theme_ids: uuid.UUID) -> dict[str, Any]:
    return {"csrf_token": _token(client), "theme_id": [str(theme_id) for theme_id in theme_ids]}


def _concerns(app: Flask, partnership: uuid.UUID) -> dict[uuid.UUID, str]:
    with within(app, partnership):
        return {row.id: row.concern for row in voices.list_read(99)}
