"""D6: the partnership's own list of names: kept as a whole, looked for in words, hers alone, and never in the trail."""

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from engage.core import erasing
from engage.core.audit import AuditEvent
from engage.core.database import db
from engage.core.errors import Refused
from engage.core.transaction import transaction
from engage.people import service as people
from engage.people.kinds import Role
from engage.rules.redaction import PlaceKind, find
from engage.understanding.themes import queries_names, service_names, service_quotes
from engage.understanding.themes.kinds import LONGEST_NAME, MOST_NAMES
from engage.understanding.themes.models import KnownName
from tests.support import themes
from tests.support.apps import within
from tests.support.client import PageClient, browser_of, parse_strictly
from tests.support.people import sign_in, staff

HOME = "/staff/themes/known-names"
SAID = "they laugh at me in hilcrest"


@pytest.fixture
def analyst(app: Flask, client: PageClient, partnership: uuid.UUID) -> PageClient:
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    return client


def save(client: PageClient, typed: dict[str, str]) -> TestResponse:
    """Open the list, type, and save it."""
    return client.submit(HOME, {"seen": seen_on(client.get(HOME)), **typed})


def seen_on(page: TestResponse) -> str:
    return page.get_data(as_text=True).split('name="seen" type="hidden" value="')[1].split('"')[0]


def kept(app: Flask, partnership: uuid.UUID) -> dict[PlaceKind, list[str]]:
    with within(app, partnership):
        return {kind: names for kind, names in queries_names.known_names().items() if names}


def pointed_out(app: Flask, partnership: uuid.UUID) -> list[tuple[str, str]]:
    with within(app, partnership):
        return [(one.kind, SAID[one.start : one.end]) for one in find(SAID, service_quotes.own_names())]


def test_d6_the_list_is_saved_and_read_back_sorted_as_it_was_written(
    app: Flask, analyst: PageClient, partnership: uuid.UUID
) -> None:
    typed = {"school": " larkmoor High\r\n\r\nHillcrest Primary\r\nlarkmoor High", "person": "Dr <b>Okoro</b>"}
    assert save(analyst, typed).status_code == 303
    wanted = {PlaceKind.SCHOOL: ["Hillcrest Primary", "larkmoor High"], PlaceKind.PERSON: ["Dr <b>Okoro</b>"]}
    assert kept(app, partnership) == wanted
    page = analyst.get(f"{HOME}?done=saved").get_data(as_text=True)
    assert "Hillcrest Primary\nlarkmoor High</textarea>" in page.replace("\r", "")
    assert "Dr &lt;b&gt;Okoro&lt;/b&gt;</textarea>" in page
    assert "Saved." in page
    with within(app, partnership):
        [person] = db.session.scalars(sa.select(KnownName.id).where(KnownName.kind == PlaceKind.PERSON))
    save(analyst, {"school": "Hillcrest Primary", "person": "", "home": "Garden Lodge"})
    with within(app, partnership):
        assert erasing.mark(person) in erasing.marks()
    assert kept(app, partnership) == {PlaceKind.SCHOOL: ["Hillcrest Primary"], PlaceKind.HOME: ["Garden Lodge"]}


def test_d6_the_trail_keeps_how_many_and_never_which(app: Flask, analyst: PageClient, partnership: uuid.UUID) -> None:
    save(analyst, {"school": "Hillcrest Primary", "street": "Tannery Lane"})
    save(analyst, {"school": "Hillcrest Primary", "street": "Tannery Lane"})
    save(analyst, {"school": "Hillcrest Primary", "street": "Foundry Lane\nMill Lane"})
    with within(app, partnership):
        kept_acts = sa.select(AuditEvent).where(AuditEvent.action == "known-names-kept").order_by(AuditEvent.position)
        details = [event.detail for event in db.session.scalars(kept_acts)]
    none = {"home": 0, "person": 0, "other": 0}
    assert details == [
        {"added": 2, "removed": 0, "school": 1, "street": 1, **none},
        {"added": 2, "removed": 1, "school": 1, "street": 2, **none},
    ]


def test_d6_a_misspelt_school_in_small_letters_is_pointed_out_in_a_quote(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    ana = staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    theme = themes.theme(app, partnership, "Being laughed at")
    (voice,) = themes.heard(app, partnership, SAID)
    themes.code(app, partnership, [voice.id], [theme], ana)
    client.submit("/staff/themes/coding", to="/staff/themes/coding/open")
    new = f"/staff/themes/quotes/new/{voice.id}"
    assert "<span>a place</span>" not in client.get(new).get_data(as_text=True)
    assert f'href="{HOME}"' in client.get(new).get_data(as_text=True)
    save(client, {"school": "Hillcrest Primary School"})
    assert '<b dir="auto">hilcrest</b><span>a place</span>' in client.get(new).get_data(as_text=True)


def test_w2_another_partnerships_list_is_not_used(app: Flask, partnership: uuid.UUID) -> None:
    with app.app_context(), transaction():
        other = people.add_partnership("saltby", "Saltby", "Saltby", ["en"])
    for place in (partnership, other):
        assert ("place", "hilcrest") not in pointed_out(app, place)
    with within(app, other), transaction():
        service_names.keep_names({PlaceKind.SCHOOL: ["Hillcrest Primary"]})
    assert ("place", "hilcrest") not in pointed_out(app, partnership)
    assert ("place", "hilcrest") in pointed_out(app, other)
    with within(app, partnership), transaction():
        service_names.keep_names({})
    assert kept(app, other) == {PlaceKind.SCHOOL: ["Hillcrest Primary"]}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Good\n" + "x" * (LONGEST_NAME + 1), "Line 2 has more than 100 letters"),
        ("Good\nHill\x00crest", "Line 2 has a sign that cannot be seen"),
        ("Hill\tcrest", "Line 1 has a sign that cannot be seen"),
        ("Hill\ufffdcrest", "Line 1 has a sign that cannot be seen"),
        ("Hill\x0bcrest", "Line 1 has a sign that cannot be seen"),
        ("Hill\u2028crest", "Line 1 has a sign that cannot be seen"),
        ("\u202etserclliH", "Line 1 has a sign that cannot be seen"),
        ("\n".join(f"School {number}" for number in range(MOST_NAMES + 1)), "Use at most 2000 names in all"),
    ],
)  # fmt: skip
def test_hostile_lists_are_refused_with_the_line_and_nothing_is_lost(
    app: Flask, analyst: PageClient, partnership: uuid.UUID, typed: str, said: str
) -> None:
    save(analyst, {"home": "Garden Lodge"})
    page = save(analyst, {"school": typed, "home": ""}).get_data(as_text=True)
    assert said in page
    assert typed.replace("\x00", "\ufffd").replace("\x0b", "\ufffd") in page
    parse_strictly(page)
    assert kept(app, partnership) == {PlaceKind.HOME: ["Garden Lodge"]}


def test_the_fullest_list_passes_the_door_and_a_longer_body_does_not(
    app: Flask, analyst: PageClient, partnership: uuid.UUID
) -> None:
    full = "\r\n".join(f"{number:04}".ljust(LONGEST_NAME, "م") for number in range(MOST_NAMES))
    assert save(analyst, {"street": full}).status_code == 303
    assert len(kept(app, partnership)[PlaceKind.STREET]) == MOST_NAMES
    assert save(analyst, {"street": full * 4}).status_code == 413


def test_the_fullest_list_is_kept_and_one_more_is_refused_whoever_asks(app: Flask, partnership: uuid.UUID) -> None:
    full = [f"{number:04}".ljust(LONGEST_NAME, "é") for number in range(MOST_NAMES)]
    with within(app, partnership):
        with transaction():
            service_names.keep_names({PlaceKind.OTHER: full})
        with pytest.raises(Refused, match="known-names-many"), transaction():
            service_names.keep_names({PlaceKind.OTHER: full, PlaceKind.HOME: ["Garden Lodge"]})
        assert queries_names.known_names()[PlaceKind.OTHER] == sorted(full)
    with within(app, partnership), transaction():
        service_names.keep_names({})
    assert kept(app, partnership) == {}


def test_a_list_that_somebody_else_changed_is_not_written_over_unseen(
    app: Flask, analyst: PageClient, partnership: uuid.UUID
) -> None:
    """What was typed stays on the page, and saving it once more is meant."""
    staff(app, partnership, "ben", Role.ANALYST)
    other = browser_of(app)
    sign_in(other, "ben")
    opened = seen_on(analyst.get(HOME))
    assert save(other, {"home": "Garden Lodge"}).status_code == 303
    for unseen in (opened, "", "0" * 32):
        page = analyst.submit(HOME, {"seen": unseen, "school": "Hillcrest Primary"})
        assert "Somebody else changed this list" in page.get_data(as_text=True)
        assert "Hillcrest Primary</textarea>" in page.get_data(as_text=True)
    assert kept(app, partnership) == {PlaceKind.HOME: ["Garden Lodge"]}
    assert analyst.submit(HOME, {"seen": seen_on(page), "school": "Hillcrest Primary"}).status_code == 303
    assert kept(app, partnership) == {PlaceKind.SCHOOL: ["Hillcrest Primary"]}
