"""C5, C8: what anybody can read of what was said, what nobody can, and who could find out who said it."""

import uuid
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.answering.you_said import service as answers
from engage.answering.you_said.kinds import Verdict
from engage.answering.you_said.service import AnswerText
from engage.core.database import Base
from engage.core.shuffle import anonymous_tables
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.rules.themes import Group
from engage.understanding.themes import service_quotes
from engage.understanding.themes.service_quotes import QuoteText
from engage.web import access
from engage.web.access import Door
from tests.factories.surveys import open_survey
from tests.integration.test_every_route import address, rules, view_of
from tests.integration.you_said.test_public import ANSWERS
from tests.support import themes
from tests.support.apps import within
from tests.support.client import browser_of
from tests.support.inspections import planned, published, scored
from tests.support.people import staff

pytestmark = pytest.mark.one_database

SAID = ("Marmalade the cat sleeps on my bed", "Tangerine is what the bus smells of")
SHOWN, HELD = "The bus smells of fruit", "A cat sleeps there"
OPEN = (Door.PUBLIC, Door.RESPONDENT)
# Who might be behind something: accounts, codes, those who were invited or asked to be contacted, tablets.
WHOSE = {"account", "staff_session", "password_link", "code_batch", "contact_request", "invited", "tablet"}
ANSWERS_OF_PEOPLE = ("response", "voice", "receipt", "draft", "attachment")
# What somebody on the staff did with it, or who of them it is about: no column says whose words they are.
ABOUT_STAFF = {
    ("case", "handler_id"), ("concerned", "account_id"), ("flag", "decided_by"), ("flag", "opened_by"),
    ("follow_up", "done_by"), ("message", "author_id"), ("told", "account_id"), ("voice", "reader_id"),
}  # fmt: skip
LANE_OF_NAMES = ("contact_request", "contact_told")


def read_by_anybody(app: Flask) -> str:
    """Every page that needs no sign-in, as one text."""
    client = browser_of(app)
    found = [
        address(rule)
        for rule in rules(app)
        if "GET" in (rule.methods or ()) and (policy := access.policy_of(view_of(app, rule))) and policy.door in OPEN
    ]
    assert len(found) > 15
    return "\n".join(client.get(each).get_data(as_text=True) for each in found)


def test_c8_what_children_say_is_seen_by_nobody_until_two_people_have_released_it(
    app: Flask, partnership: uuid.UUID
) -> None:
    """C8, D5: said, read, coded, counted, quoted by one person, answered: nothing; released by a second: that alone."""
    open_survey(app, partnership)
    ana = staff(app, partnership, "ana", Role.ANALYST)
    lena = staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    made = [themes.theme(app, partnership, name) for name in ("Buses", "Rooms", "Workers")]
    voices = themes.heard(app, partnership, *SAID, *["It is dark"] * 9)
    for each, coded in zip(made, (voices, *(themes.heard(app, partnership, "other") for _ in "ab")), strict=True):
        themes.code(app, partnership, [voice.id for voice in coded], [each], ana)
    themes.count(app, partnership)
    with within(app, partnership), transaction():
        answers.publish(answers.add(made[0], ANSWERS[Verdict.DID], ana), ana)
        quotes = [
            service_quotes.prepare(voice.id, QuoteText(text, made[0], is_paraphrase=True), ana)
            for voice, text in zip(voices, (HELD, SHOWN), strict=False)
        ]
    before = read_by_anybody(app)
    assert ANSWERS[Verdict.DID].you_said in before, "the answer itself is there"
    assert [words for words in (*SAID, SHOWN, HELD) if words in before] == []
    with within(app, partnership), transaction():
        service_quotes.release(quotes[1], lena)
    after = read_by_anybody(app)
    assert SHOWN in after
    assert [words for words in (*SAID, HELD) if words in after] == []
    assert "Ana" not in after
    assert "Lena" not in after


def test_c8_d4_numbers_beside_answers_and_stars_are_never_of_a_few(app: Flask, partnership: uuid.UUID) -> None:
    """C8, D4: a theme of four says "fewer than", and a star neither how many gave it nor who gave what."""
    ana = staff(app, partnership, "ana", Role.ANALYST)
    theme = themes.theme(app, partnership, "Buses")
    voices = themes.heard(app, partnership, *["It is dark"] * 4)
    themes.code(app, partnership, [voice.id for voice in voices], [theme], ana)
    themes.count(app, partnership)
    text: AnswerText = replace(ANSWERS[Verdict.DID], audience=Group.CHILDREN)
    with within(app, partnership), transaction():
        answers.publish(answers.add(theme, text, ana), ana)
    visit = planned(app, partnership)
    scored(app, partnership, visit, 3, 4, 4)
    published(app, partnership, visit)
    client = browser_of(app)
    said = client.get("/larkmoor/you-said").get_data(as_text=True)
    assert "Fewer than 10" in said
    assert "About" not in said.split("<article")[1]
    stars = client.get("/larkmoor/ratings").get_data(as_text=True)
    assert "5 stars out of 5" in stars
    assert [name for name in visit.team if name.casefold() in stars.casefold()] == []


def test_c8_nobody_can_answer_or_rate_what_somebody_else_said(app: Flask, partnership: uuid.UUID) -> None:
    """C8: no form that is open to anybody names another's words, an answer or a quote: no users meet here."""
    named = {
        rule.endpoint: set(rule.arguments)
        for rule in rules(app)
        if "POST" in (rule.methods or ()) and (policy := access.policy_of(view_of(app, rule))) and policy.door in OPEN
    }
    assert len(named) > 5
    about_others = {"voice_id", "quote_id", "answer_id", "theme_id", "flag_id", "response_id", "case_id", "receipt_id"}
    assert {endpoint: found & about_others for endpoint, found in named.items() if found & about_others} == {}


def test_c5_there_is_no_glass_to_break_who_answered_stands_nowhere() -> None:
    """C5: in no row of somebody unknown is there a key to an account, a code, a ballot, an address or a request for
    contact; and in none of those a key to what was said. (That nothing else ties them together is N2.)
    """
    tables = Base.metadata.tables
    assert set(ANSWERS_OF_PEOPLE) <= set(anonymous_tables())
    leads = {
        (name, column.name)
        for name in anonymous_tables()
        for column in tables[name].columns
        for key in column.foreign_keys
        if key.column.table.name in WHOSE and name not in LANE_OF_NAMES
    }
    back = {
        (name, column.name, key.column.table.name)
        for name in WHOSE
        for column in tables[name].columns
        for key in column.foreign_keys
        if key.column.table.name in ANSWERS_OF_PEOPLE
    }
    assert set(tables) >= WHOSE
    assert leads == ABOUT_STAFF
    assert back == set()
    for name in ANSWERS_OF_PEOPLE[:2]:
        assert not [column.name for column in tables[name].columns if isinstance(column.type, sa.DateTime)], name
