"""Exact numbers for a few people by name: a second person, the same audit, sealed, an end (D2, D8)."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from engage.core import audit, clock, erasing, holds
from engage.core.database import db
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.holds import HoldOn, Target
from engage.core.transaction import transaction
from engage.listening.surveys import queries as surveys
from engage.people.kinds import Role
from engage.rules.disclosure.ladder import Counted, Descent, Public, Step, descend
from engage.understanding.releases import (
    jobs,
    queries,
    queries_ledger,
    queries_restricted,
    service,
    service_restricted,
)
from engage.understanding.releases.models import Restricted, RestrictedReader
from engage.understanding.releases.queries_restricted import State
from engage.understanding.releases.service_restricted import Wish
from tests.factories.responses import add_responses
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.machines import API, bearer, key_for
from tests.support.people import sign_in, staff
from tests.support.results import declared_and_asked
from tests.unit.questionnaire.samples import QUESTIONS, sample

SHORT = sample(*(question for question in QUESTIONS if question["id"] in {"mood", "joins"}))
Asking = Callable[..., uuid.UUID]


@pytest.fixture
def people(app: Flask, partnership: uuid.UUID) -> dict[str, uuid.UUID]:
    """A survey with answers; who asks, who agrees, who reads."""
    open_as_it_is(app, partnership, SHORT, "sample")
    add_responses(app, partnership, "sample", 63)
    return {name: staff(app, partnership, name, Role.ANALYST) for name in ("ana", "ben", "cy")}


@pytest.fixture
def asking(app: Flask, partnership: uuid.UUID, people: dict[str, uuid.UUID]) -> Asking:
    def ask(*, agreed: bool = True) -> uuid.UUID:
        with within(app, partnership), transaction():
            wish = Wish(frozenset({people["cy"]}), "to weight the sample", clock.today() + timedelta(days=30))
            made = service_restricted.ask("sample", wish, people["ana"], people.values())
            if agreed:
                service_restricted.agree(made, people["ben"])
        return made

    return ask


def _make(app: Flask, partnership: uuid.UUID, folder: Path) -> None:
    with within(app, partnership), transaction():
        service.make_release("sample", service.Place(folder / "snapshots", 1, lambda: 0.0), None)


def _state(app: Flask, partnership: uuid.UUID, restricted_id: uuid.UUID) -> State:
    with within(app, partnership):
        return queries_restricted.get_restricted(restricted_id).state


def test_d8_exact_numbers_are_made_with_a_release_and_audited_beside_it(
    app: Flask, partnership: uuid.UUID, asking: Asking, people: dict[str, uuid.UUID], tmp_path: Path, audited: None
) -> None:
    """D8, the way it is really called: the public numbers are rounded, the exact ones add up and none is under five."""
    wanted = asking()
    _make(app, partnership, tmp_path)
    with within(app, partnership), transaction():
        tables = service_restricted.read(wanted, people["cy"], "page")
        row = db.session.get_one(Restricted, wanted)
        [release] = queries.list_releases()
        assert row.sha256 == service_restricted.digest(release.sha256, tables)
        assert row.audit[-1]["found"] == 0
        assert row.audit[-1]["asked"] > 0
    assert (tables.rule.threshold, tables.rule.rounding) == (5, 1)
    assert tables.base == 63
    counts = [cell.count for table in tables.tables for cell in table.cells if cell.count is not None]
    assert min(counts) >= 5
    assert any(count % 5 for count in counts)
    with within(app, partnership):
        shown = queries.show("sample")
    assert shown is not None
    assert shown["base"] == 65
    got = FlaskClient(app).get(f"{API}/surveys/sample/releases/1", headers=bearer(key_for(app, partnership)))
    assert got.json == shown


def test_d8_what_would_give_somebody_away_is_not_made_and_the_release_is(
    app: Flask,
    partnership: uuid.UUID,
    asking: Asking,
    people: dict[str, uuid.UUID],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = asking()
    steps = (Step("totals", asked=3, found=1, in_time=True, is_whole=True),)
    monkeypatch.setattr(service_restricted, "descend", lambda *_: Descent("nothing", None, steps))
    _make(app, partnership, tmp_path)
    assert _state(app, partnership, wanted) is State.REFUSED
    with within(app, partnership), transaction():
        assert len(queries.list_releases()) == 1
        with pytest.raises(NotFound):
            service_restricted.read(wanted, people["cy"], "page")


def test_d8_a_second_person_agrees_who_neither_asked_nor_reads(
    app: Flask, partnership: uuid.UUID, asking: Asking, people: dict[str, uuid.UUID], tmp_path: Path
) -> None:
    wanted = asking(agreed=False)
    with within(app, partnership), transaction():
        with pytest.raises(Refused, match="restricted-second-person"):
            service_restricted.agree(wanted, people["ana"])
        with pytest.raises(Refused, match="restricted-reader-agrees"):
            service_restricted.agree(wanted, people["cy"])
    _make(app, partnership, tmp_path)
    assert _state(app, partnership, wanted) is State.ASKED
    with within(app, partnership), transaction():
        service_restricted.agree(wanted, people["ben"])
        with pytest.raises(Conflict):
            service_restricted.drop(wanted)


@pytest.mark.parametrize(
    ("readers", "purpose", "days", "reason"),
    [
        ((), "x", 30, "restricted-readers"),
        (("nobody",), "x", 30, "restricted-readers"),
        (("cy",), "  ", 30, "restricted-purpose"),
        (("cy",), "x", 0, "restricted-day"),
        (("cy",), "x", 400, "restricted-day"),
    ],
)
def test_a_wish_names_people_a_purpose_and_an_end(
    app: Flask,
    partnership: uuid.UUID,
    people: dict[str, uuid.UUID],
    readers: tuple[str, ...],
    purpose: str,
    days: int,
    reason: str,
) -> None:
    named = frozenset(people.get(name, uuid.UUID(int=0)) for name in readers)
    wish = Wish(named, purpose, clock.today() + timedelta(days=days))
    with within(app, partnership), transaction(), pytest.raises(Refused, match=reason):
        service_restricted.ask("sample", wish, people["ana"], people.values())


def test_d8_only_those_named_read_until_the_day_and_each_reading_is_written_down(
    app: Flask, partnership: uuid.UUID, asking: Asking, people: dict[str, uuid.UUID], tmp_path: Path
) -> None:
    wanted = asking()
    _make(app, partnership, tmp_path)
    with within(app, partnership), transaction():
        with pytest.raises(NotFound):
            service_restricted.read(wanted, people["ana"], "page")
        service_restricted.read(wanted, people["cy"], "csv")
        events = audit.trail(wanted)
        assert [event.action.removeprefix("restricted-") for event in events] == ["asked", "agreed", "made", "read"]
        assert [set(event.detail) for event in events] == [{"readers"}, set(), {"release", "sha256"}, {"form"}]
        sealed = db.session.get_one(Restricted, wanted).sealed
        assert sealed is not None
        assert b"mood" not in sealed
    later = time_machine.travel(clock.now() + timedelta(days=31))
    with later, within(app, partnership), transaction(), pytest.raises(NotFound):
        service_restricted.read(wanted, people["cy"], "page")


def test_p6_the_worker_deletes_what_has_ended_unless_a_hold_keeps_it(
    app: Flask, partnership: uuid.UUID, asking: Asking, people: dict[str, uuid.UUID], tmp_path: Path
) -> None:
    wanted = asking()
    _make(app, partnership, tmp_path)
    with within(app, partnership), transaction():
        survey = surveys.get_survey("sample")
        assert survey is not None
        hold = holds.place(Target(HoldOn.SURVEY, survey.id, "sample"), "a court", people["ana"])
        assert service_restricted.delete_ended() == 0
    with time_machine.travel(clock.now() + timedelta(days=31)):
        with within(app, partnership):
            jobs.end_restricted()
        with within(app, partnership), transaction():
            assert db.session.scalar(sa.select(Restricted.sealed)) is not None
            holds.lift(hold, people["ana"])
        with within(app, partnership):
            jobs.end_restricted()
        with within(app, partnership):
            row = db.session.get_one(Restricted, wanted)
            assert (row.sealed, row.deleted_on) == (None, clock.today())
            assert len(row.sha256) == 64


def test_p5_what_is_not_to_be_made_is_erased_and_its_purpose_with_it(
    app: Flask, partnership: uuid.UUID, asking: Asking
) -> None:
    wanted = asking(agreed=False)
    with within(app, partnership), transaction():
        service_restricted.drop(wanted)
        assert erasing.mark(wanted) in erasing.marks()
        assert db.session.scalars(sa.select(Restricted.id)).all() == []
        assert db.session.scalars(sa.select(RestrictedReader.id)).all() == []
        with pytest.raises(NotFound):
            service_restricted.agree(wanted, uuid.uuid4())


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Public]:
    """What each descent from now on is held to."""
    found: list[Public] = []

    def watched(counted: Counted, rule: object, public: Public, budget: object) -> Descent:
        found.append(public)
        return descend(counted, rule, public, budget)  # type: ignore[arg-type] # handed on as it came

    for module in (service, service_restricted):
        monkeypatch.setattr(module, "descend", watched)
    return found


def test_d2_a_further_release_is_held_against_exact_numbers_that_stand(
    app: Flask,
    partnership: uuid.UUID,
    asking: Asking,
    people: dict[str, uuid.UUID],
    tmp_path: Path,
    seen: list[Public],
) -> None:
    """What some were shown is not public, and is held to what they may learn; after its day too, once it was read."""
    wanted = asking()
    _make(app, partnership, tmp_path)
    with time_machine.travel(clock.now() + timedelta(days=62)):
        add_responses(app, partnership, "sample", 30, seed=2)
        with within(app, partnership), transaction():
            db.session.execute(sa.update(Restricted).values(ends_on=clock.today() + timedelta(days=9)))
        again = asking()
        _make(app, partnership, tmp_path)
        [public, closed] = seen[-2:]
        assert len(public.sources) == len(public.closed) == 1
        assert public.closed[0].people == public.sources[0].people
        assert (len(closed.sources), closed.closed, closed.threshold) == (3, (), 5)
        assert _state(app, partnership, again) is State.READABLE
        with within(app, partnership), transaction():
            service_restricted.read(wanted, people["cy"], "page")
            db.session.get_one(Restricted, wanted).ends_on = clock.today()
    with time_machine.travel(clock.now() + timedelta(days=80)):
        with within(app, partnership), transaction():
            assert service_restricted.delete_ended() == 1
            with pytest.raises(NotFound):
                service_restricted.read(wanted, people["cy"], "page")
        add_responses(app, partnership, "sample", 30, seed=3)
        last = asking()
        _make(app, partnership, tmp_path)
        public, closed = seen[-2:]
        assert [len(one.sources) for one in (public, closed)] == [2, 5]
        assert len(public.closed) == 2, "the one whose day is over, and the one that stands"
        assert _state(app, partnership, last) is State.READABLE


def test_d8_asked_for_agreed_to_and_read_on_its_pages(
    app: Flask, client: PageClient, partnership: uuid.UUID, people: dict[str, uuid.UUID], tmp_path: Path
) -> None:
    there, day = "/staff/results/restricted/of/sample", clock.today() + timedelta(days=30)
    clients = {"ana": client, "ben": app.test_client(), "cy": app.test_client()}
    for name, each in clients.items():
        sign_in(each, name)
    assert "Choose at least one person" in clients["ana"].submit(there, {"purpose": "x", "ends_on": day}).text
    wish = {"readers": [str(people["cy"])], "purpose": "to weight the sample", "ends_on": day.isoformat()}
    assert clients["ana"].submit(there, wish).status_code == 303
    with within(app, partnership):
        sample = surveys.get_survey("sample")
        assert sample is not None
        [row] = queries_restricted.list_restricted(sample.id)
    acts = f"/staff/results/restricted/{row.id}"
    assert "A second person must agree" in clients["ana"].submit(there, to=f"{acts}/agree").text
    assert clients["ben"].submit(there, to=f"{acts}/agree").status_code == 303
    _make(app, partnership, tmp_path)
    assert clients["ben"].submit(there, to=f"{acts}/read").status_code == 404
    assert "to weight the sample" in clients["ben"].get(there).text
    page = clients["cy"].submit(there, to=f"{acts}/read")
    assert page.status_code == 200
    assert "That you read this is written down" in page.text
    file = clients["cy"].submit(there, to=f"{acts}/download.csv")
    assert file.text.lstrip('\ufeff"').startswith("Restricted: exact numbers")
    assert "mood" in file.text
    assert file.headers["Cache-Control"] == "no-store"


def test_d8_exact_numbers_of_another_survey_of_the_same_people_are_held_against_too(
    app: Flask, partnership: uuid.UUID, people: dict[str, uuid.UUID], tmp_path: Path
) -> None:
    """Under the same names as that survey's public tables: its background is shared, its questions are its own."""
    declared_and_asked(app, partnership, people["cy"])
    for slug in ("alike", "alike-too"):
        add_responses(app, partnership, slug, 63)
    with within(app, partnership), transaction():
        [asked] = db.session.scalars(sa.select(Restricted.id)).all()
        service_restricted.agree(asked, people["ben"])
    with within(app, partnership), transaction():
        service.make_release("alike", service.Place(tmp_path / "snapshots", 1, lambda: 0.0), None)
    with within(app, partnership):
        other = surveys.get_survey("alike-too")
        assert other is not None
        assert other.version is not None
        public = queries_ledger.public_so_far(other.version.id, other.id)
        closed = service_restricted.closed_so_far(public, service_restricted.Asked(other.id, other.version.id)).closed
    [exact], [shown] = closed, public.sources
    assert exact.people == shown.people
    assert (exact.tables.rule.rounding, shown.tables.rule.rounding) == (1, 5)
    named = {table.question for table in exact.tables.tables}
    assert {"joins", "alike:mood"} <= named <= {table.question for table in shown.tables.tables}


def test_d8_exact_numbers_of_another_survey_of_the_same_people_bar_further_ones_when_they_have_ended(
    app: Flask, partnership: uuid.UUID, people: dict[str, uuid.UUID], tmp_path: Path
) -> None:
    """Whoever read them knows them for ever; an older release of the product deleted what could be held against it."""
    declared_and_asked(app, partnership, people["cy"])
    for slug in ("alike", "alike-too"):
        add_responses(app, partnership, slug, 63)
    place = service.Place(tmp_path / "snapshots", 1, lambda: 0.0)
    with within(app, partnership), transaction():
        [asked] = db.session.scalars(sa.select(Restricted.id)).all()
        service_restricted.agree(asked, people["ben"])
    with within(app, partnership), transaction():
        service.make_release("alike", place, None)
    with time_machine.travel(clock.now() + timedelta(days=31)):
        with within(app, partnership), transaction():
            assert service_restricted.delete_ended() == 1
            db.session.execute(sa.update(Restricted).where(Restricted.id == asked).values(is_seen=True))
        with within(app, partnership), transaction():
            wish = Wish(frozenset({people["cy"]}), "to compare", clock.today() + timedelta(days=9))
            other = service_restricted.ask("alike-too", wish, people["ana"], people.values())
            service_restricted.agree(other, people["ben"])
        with within(app, partnership), transaction():
            service.make_release("alike-too", place, None)
        assert _state(app, partnership, asked) is State.ENDED
        assert _state(app, partnership, other) is State.REFUSED


@pytest.mark.parametrize("is_held", [True, False])
def test_d2_nothing_is_differenced_from_exact_numbers_whose_day_is_over(
    app: Flask,
    partnership: uuid.UUID,
    asking: Asking,
    people: dict[str, uuid.UUID],
    tmp_path: Path,
    audited: None,
    is_held: bool,
) -> None:
    """What was seen cannot be unseen: side by side, two exact tables tell what the few who came between said. Where
    nobody read the first, the public tables beside it hold that back already.
    """
    wanted = asking()
    _make(app, partnership, tmp_path)
    with within(app, partnership), transaction():
        before = service_restricted.read(wanted, people["cy"], "page")
        db.session.execute(sa.update(Restricted).values(is_seen=is_held))
    with time_machine.travel(clock.now() + timedelta(days=62)):
        with within(app, partnership), transaction():
            service_restricted.delete_ended()
        add_responses(app, partnership, "sample", 30, seed=2)
        again = asking()
        _make(app, partnership, tmp_path)
        with within(app, partnership), transaction():
            is_made = not db.session.get_one(Restricted, again).refused
            after = service_restricted.read(again, people["cy"], "page") if is_made else None
    told = {(one.question, one.filters, cell.option): cell.count for one in before.tables for cell in one.cells}
    small = [
        (table.question, cell.option)
        for table in (after.tables if after else ())
        for cell in table.cells
        if cell.count is not None
        and (then := told.get((table.question, table.filters, cell.option))) is not None
        and cell.count - then in {1, 2, 3, 4}
    ]
    assert not small
