"""Quotes: prepared by one, decided by another; D5 group, D6 places, D7 length; nothing else is ever shown."""

import re
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import audit, clock
from engage.core.database import db
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.rules.themes import Group
from engage.understanding.themes import queries_quotes, service_quotes
from engage.understanding.themes.kinds import Refusal
from engage.understanding.themes.models import Quote
from engage.understanding.themes.queries_quotes import State
from engage.understanding.themes.service_quotes import QuoteText
from engage.voices import keeping
from engage.voices import queries as voices
from engage.voices import service as voice_service
from tests.support import themes
from tests.support.apps import within
from tests.support.client import PageClient, browser_of, token_of
from tests.support.people import sign_in, staff
from tests.support.queries import count_queries
from tests.support.voices import say

HOME = "/staff/themes/quotes"
SAID = "The gate is scary at lunch"


@pytest.fixture
def ana(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return staff(app, partnership, "ana", Role.ANALYST)


@pytest.fixture
def lena(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)


@pytest.fixture
def analyst(client: PageClient, ana: uuid.UUID) -> PageClient:
    sign_in(client, "ana")
    client.submit("/staff/themes/coding", to="/staff/themes/coding/open")
    return client


@pytest.fixture
def lead(app: Flask, lena: uuid.UUID) -> PageClient:
    client = browser_of(app)
    sign_in(client, "lena")
    return client


class Group10:
    """Three themes of which the first was spoken of by `people` children, counted and frozen."""

    def __init__(self, app: Flask, partnership: uuid.UUID, coder: uuid.UUID, people: int = 10, others: int = 2) -> None:
        self.theme = themes.theme(app, partnership, "Unsafe places")
        voices = themes.heard(app, partnership, *[SAID] * people)
        themes.code(app, partnership, [voice.id for voice in voices], [self.theme], coder)
        for number in range(others):
            other = themes.theme(app, partnership, f"Other {number}")
            (voice,) = themes.heard(app, partnership, "something else")
            themes.code(app, partnership, [voice.id], [other], coder)
        themes.count(app, partnership)
        self.voice = voices[0].id

    def prepare(self, app: Flask, partnership: uuid.UUID, by: uuid.UUID, text: str = "The gate is scary") -> uuid.UUID:
        with within(app, partnership), transaction():
            return service_quotes.prepare(self.voice, QuoteText(text, self.theme, is_paraphrase=False), by)


def released(app: Flask, partnership: uuid.UUID) -> list[str | None]:
    with within(app, partnership):
        return [row.text for row in queries_quotes.released_quotes()]


def test_a_quote_is_prepared_by_one_and_released_by_another(
    app: Flask, analyst: PageClient, lead: PageClient, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    group = Group10(app, partnership, ana)
    new = f"{HOME}/new/{group.voice}"
    answer = analyst.submit(new, {"words": "The gate is scary", "theme": str(group.theme)})
    quote = re.search(r"[0-9a-f-]{36}", answer.location)
    assert quote
    page = f"{HOME}/{quote.group()}"
    assert "somebody else has to release it" in analyst.get(page).get_data(as_text=True)
    assert released(app, partnership) == []
    opened = lead.submit(page, to=f"{page}/original").get_data(as_text=True)
    assert SAID in opened
    assert lead.submit(page, to=f"{page}/release").status_code == 303
    with within(app, partnership):
        (row,) = queries_quotes.released_quotes(group.theme, Group.CHILDREN)
        assert (row.text, row.theme, row.prepared_by, row.released_by) == (
            "The gate is scary", "Unsafe places", "Ana", "Lena",
        )  # fmt: skip
        acts = [event.action for event in audit.trail(row.id)]
        assert acts == ["quote-prepared", "quote-original-opened", "quote-released"]
        assert b"gate" not in db.session.scalars(sa.select(Quote.text_sealed)).one()


def test_d5_the_second_person_rule_holds_to_the_database(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID, lena: uuid.UUID
) -> None:
    """Somebody who holds both roles cannot release their own; nor can a statement of ours."""
    group = Group10(app, partnership, ana)
    quote = group.prepare(app, partnership, ana)
    with within(app, partnership):
        with pytest.raises(Refused, match="quote-second-person"), transaction():
            service_quotes.release(quote, ana)
        mine = sa.update(Quote).where(Quote.id == quote).values(released_by=ana, released_on=clock.today())
        with pytest.raises(sa.exc.IntegrityError), transaction():
            db.session.execute(mine)
        with transaction():
            service_quotes.release(quote, lena)
        with pytest.raises(Conflict), transaction():
            service_quotes.release(quote, lena)


@pytest.mark.parametrize(("people", "others", "why"), [(9, 2, "too_few$"), (10, 1, "too_few_themes")])
def test_d5_a_small_group_or_few_themes_show_no_words(
    app: Flask, lead: PageClient, partnership: uuid.UUID, ana: uuid.UUID, lena: uuid.UUID,
    people: int, others: int, why: str,
) -> None:  # fmt: skip
    group = Group10(app, partnership, ana, people, others)
    quote = group.prepare(app, partnership, ana)
    with within(app, partnership), pytest.raises(Refused, match=f"quote-{why}"), transaction():
        service_quotes.release(quote, lena)
    answer = lead.post(f"{HOME}/{quote}/release", data={"csrf_token": token_of(lead.get(HOME + "?state=waiting"))})
    assert answer.status_code == 409
    assert "It cannot be shown yet" in answer.get_data(as_text=True)
    assert released(app, partnership) == []


def test_a_released_quote_goes_when_its_ground_goes(
    app: Flask, lead: PageClient, partnership: uuid.UUID, ana: uuid.UUID, lena: uuid.UUID
) -> None:
    group = Group10(app, partnership, ana)
    quote = group.prepare(app, partnership, ana)
    with within(app, partnership), transaction():
        service_quotes.release(quote, lena)
    assert released(app, partnership) == ["The gate is scary"]
    themes.code(app, partnership, [group.voice], [], ana)
    assert released(app, partnership) == []
    themes.code(app, partnership, [group.voice], [group.theme], ana)
    assert released(app, partnership) == ["The gate is scary"]
    lead.submit(f"{HOME}/{quote}", {"refusal": "identifies"}, to=f"{HOME}/{quote}/refuse")
    assert released(app, partnership) == []
    with within(app, partnership):
        row = queries_quotes.get_quote(quote)
        assert (row.state, row.refusal, row.refused_by) == (State.REFUSED, Refusal.IDENTIFIES, "Lena")


def test_n13_a_quote_goes_when_its_words_are_taken_back_or_kept_apart(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID, lena: uuid.UUID
) -> None:
    """Also while something keeps the words from being deleted (N13), and from everybody they are about (C6)."""
    group = Group10(app, partnership, ana)
    quote = group.prepare(app, partnership, ana)
    with within(app, partnership), transaction():
        service_quotes.release(quote, lena)
    with within(app, partnership), transaction():
        voice_service.withhold([group.voice])
    assert released(app, partnership) == []
    with within(app, partnership), transaction():
        voice_service.mark_read([group.voice], lena)
    assert released(app, partnership) == ["The gate is scary"]
    with within(app, partnership), transaction():
        (row,) = voices.list_by_ids([group.voice])
        keeping.hide(row.origin_kind, row.origin_id)
    assert released(app, partnership) == []
    with within(app, partnership):
        assert queries_quotes.list_quotes(State.RELEASED, 9) == []
        assert queries_quotes.count_quotes(State.RELEASED) == 0
        with pytest.raises(NotFound):
            queries_quotes.get_quote(quote)


def test_a_refusal_needs_a_reason_and_the_preparer_may_take_it_back(
    app: Flask, analyst: PageClient, lead: PageClient, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    quote = Group10(app, partnership, ana).prepare(app, partnership, ana)
    page = f"{HOME}/{quote}"
    assert "Choose why" in lead.submit(page, to=f"{page}/refuse").get_data(as_text=True)
    other = staff(app, partnership, "olu", Role.ANALYST)
    assert other
    olu = browser_of(app)
    sign_in(olu, "olu")
    token = token_of(olu.get("/staff/account"))
    assert olu.post(f"{page}/withdraw", data={"csrf_token": token}).status_code == 403
    analyst.submit(page, to=f"{page}/withdraw")
    assert "It is not needed any more" in analyst.get(page).get_data(as_text=True)


def test_d6_places_are_pointed_out_and_must_be_looked_at(
    app: Flask, analyst: PageClient, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    group = Group10(app, partnership, ana)
    new = f"{HOME}/new/{group.voice}"
    typed: dict[str, Any] = {"words": "Mr Smith shouts at us", "theme": str(group.theme)}
    page = analyst.submit(new, typed).get_data(as_text=True)
    assert "Look at the places pointed out" in page
    assert '<b dir="auto">Mr Smith</b><span>a name</span>' in page
    hidden = analyst.submit(new, {**typed, "act": "hide"}).get_data(as_text=True)
    assert "[a name] shouts at us</textarea>" in hidden
    assert "The suggestions miss things" in page
    both = {**typed, "words": "Mr Smith shouts at my twin, Lena and zorb"}
    chosen = analyst.submit(new, {**both, "out": "my twin"}).get_data(as_text=True)
    assert "Mr Smith shouts at [something few people share], Lena and zorb</textarea>" in chosen, "each by itself"
    hidden = analyst.submit(new, {**both, "act": "hide"}).get_data(as_text=True)
    assert "[a name] shouts at my twin, [a name] and zorb</textarea>" in hidden, "what points at one person"
    seen = re.search(r'name="seen"[^>]* value="(\w+)"', page)
    assert seen
    ticked = {**typed, "looked": "y", "seen": seen.group(1)}
    changed = analyst.submit(new, {**ticked, "words": "Mr Jones shouts at us"})
    assert changed.status_code == 200, "a tick is for the places that were shown"
    assert analyst.submit(new, ticked).status_code == 303


def test_d7_long_words_are_warned_of(app: Flask, analyst: PageClient, partnership: uuid.UUID, ana: uuid.UUID) -> None:
    group = Group10(app, partnership, ana)
    new = f"{HOME}/new/{group.voice}"
    typed = {"words": "so " * 26, "theme": str(group.theme)}
    assert "This is more than 25 words" in analyst.submit(new, typed).get_data(as_text=True)
    assert analyst.submit(new, {**typed, "keep_long": "y"}).status_code == 303
    assert analyst.submit(new, {**typed, "is_paraphrase": "y"}).status_code == 303
    assert analyst.submit(new, {**typed, "words": "so " * 25}).status_code == 303


def test_w2_no_quote_from_an_unread_comment_or_a_foreign_theme(
    app: Flask, analyst: PageClient, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    (unread,) = say(app, partnership, "canary")
    token = token_of(analyst.get("/staff/account"))
    for voice in (unread.id, uuid.uuid4()):
        assert analyst.get(f"{HOME}/new/{voice}").status_code == 404
        data = {"csrf_token": token, "words": "x", "theme": str(uuid.uuid4())}
        assert analyst.post(f"{HOME}/new/{voice}", data=data).status_code == 404
    group = Group10(app, partnership, ana)
    foreign = analyst.submit(f"{HOME}/new/{group.voice}", {"words": "x", "theme": str(uuid.uuid4())})
    assert foreign.status_code == 200
    assert "error" in foreign.get_data(as_text=True)


def test_a_comment_must_be_opened_for_the_day_first(
    app: Flask, client: PageClient, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    group = Group10(app, partnership, ana)
    sign_in(client, "ana")
    assert client.get(f"{HOME}/new/{group.voice}").status_code == 303


def test_a_viewer_sees_only_what_may_be_shown(
    app: Flask, client: PageClient, partnership: uuid.UUID, ana: uuid.UUID, lena: uuid.UUID
) -> None:
    group = Group10(app, partnership, ana)
    shown, waiting = (group.prepare(app, partnership, ana, text) for text in ("the gate is loud", "waits still"))
    with within(app, partnership), transaction():
        service_quotes.release(shown, lena)
    staff(app, partnership, "vera", Role.VIEWER)
    sign_in(client, "vera")
    for state in ("", "?state=waiting", "?state=refused"):
        page = client.get(HOME + state).get_data(as_text=True)
        assert "the gate is loud" in page
        assert "waits still" not in page
    assert client.get(f"{HOME}/{waiting}").status_code == 403
    themes.code(app, partnership, [group.voice], [], ana)
    assert "the gate is loud" not in client.get(HOME).get_data(as_text=True), "its ground is gone"


def test_w12_quotes_are_words_and_nothing_else(
    app: Flask, lead: PageClient, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    group = Group10(app, partnership, ana)
    for words in themes.NASTY:
        quote = group.prepare(app, partnership, ana, words)
        page = lead.submit(f"{HOME}/{quote}", to=f"{HOME}/{quote}/original").get_data(as_text=True)
        assert not re.search(r"<(script>|img|svg/onload)", page)
    assert not re.search(r"<(script>|img|svg/onload)", lead.get(HOME).get_data(as_text=True))


def test_the_list_asks_the_same_at_1_and_20_quotes(
    app: Flask, lead: PageClient, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    group = Group10(app, partnership, ana)
    group.prepare(app, partnership, ana)
    with count_queries(app) as one:
        lead.get(HOME)
    for _ in range(19):
        group.prepare(app, partnership, ana)
    with count_queries(app) as twenty:
        lead.get(HOME)
    assert len(one) == len(twenty), twenty.statements
