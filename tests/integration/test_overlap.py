"""Who answers in two surveys: declared by a person, held to by every release of either (D2, D8)."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core import audit, clock
from engage.core.database import db
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.holds import Held
from engage.core.transaction import Saved, transaction, transactional
from engage.listening.surveys import blanking, forgetting, keeping
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import service as survey_service
from engage.listening.surveys.models import Response
from engage.migrations import run
from engage.people.kinds import Role
from engage.rules.disclosure import Rule, Tables, ladder
from engage.rules.disclosure.audit import Budget, Source, Verdict
from engage.rules.disclosure.ladder import Counted, Descent, Public, descend
from engage.rules.disclosure.overlap import Relation
from engage.rules.keeping import Cutoff
from engage.understanding.releases import queries, queries_ledger, service, service_overlap
from tests.factories.responses import add_responses
from tests.factories.surveys import open_as_it_is, open_survey
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.people import sign_in, staff
from tests.support.results import ALIKE


@pytest.fixture
def two(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    """Two surveys that ask alike, each with answers; who declares."""
    for slug, people in (("sample", 60), ("second", 40)):
        open_as_it_is(app, partnership, ALIKE, slug)
        add_responses(app, partnership, slug, people)
    return staff(app, partnership, "ana", Role.ANALYST)


def _make(app: Flask, partnership: uuid.UUID, slug: str, folder: Path) -> uuid.UUID:
    with within(app, partnership), transaction():
        return service.make_release(slug, service.Place(folder / "snapshots", 1, lambda: 0.0), None)


def _declare(app: Flask, partnership: uuid.UUID, by: uuid.UUID, relation: Relation, slug: str = "second") -> None:
    with within(app, partnership), transaction():
        [other] = [each for each in queries_ledger.candidates(_survey("sample")) if each.slug == slug]
        service_overlap.declare("sample", other.id, relation, by)


def _take_back(app: Flask, partnership: uuid.UUID, by: uuid.UUID, other: uuid.UUID) -> None:
    """One asks, another agrees."""
    with within(app, partnership), transaction():
        [one] = queries_ledger.declared(_survey("sample").id)
        service_overlap.give_up("sample", one.id, by)
        service_overlap.take_back(one.other.slug, one.id, other)


def _survey(slug: str) -> surveys.SurveyRow:
    survey = surveys.get_survey(slug)
    assert survey is not None
    return survey


def test_d2_another_survey_of_the_same_people_stands_beside_the_next_release(
    app: Flask, partnership: uuid.UUID, two: uuid.UUID, tmp_path: Path
) -> None:
    """Its background is the same column, its questions are others; and from its side the relation is turned round."""
    _make(app, partnership, "second", tmp_path)
    with within(app, partnership):
        sample_row = _survey("sample")
        assert sample_row.version is not None
        assert queries_ledger.public_so_far(sample_row.version.id, sample_row.id).sources == ()
    _declare(app, partnership, two, Relation.AROUND)
    with within(app, partnership):
        public = queries_ledger.public_so_far(sample_row.version.id, sample_row.id)
        [other] = public.sources
        asked = {table.question for table in other.tables.tables}
        assert other.people < public.people
        assert "joins" in asked
        assert "second:mood" in asked
        assert "mood" not in asked
        assert other.everyone is not None
        assert [one.relation for one in queries_ledger.declared(_survey("second").id)] == [Relation.WITHIN]


def test_d2_a_release_beside_another_survey_is_audited_with_it(
    app: Flask, partnership: uuid.UUID, two: uuid.UUID, tmp_path: Path, audited: None
) -> None:
    """D2, the way it is really called: what nobody's numbers can be is refused in words, what can be is published."""
    _make(app, partnership, "second", tmp_path)
    _declare(app, partnership, two, Relation.SAME)
    with pytest.raises(Refused, match="release-overlap_wrong"):
        _make(app, partnership, "sample", tmp_path)
    _take_back(app, partnership, two, staff(app, partnership, "ben", Role.ANALYST))
    _declare(app, partnership, two, Relation.AROUND)
    _make(app, partnership, "sample", tmp_path)
    with within(app, partnership):
        [release] = queries.list_releases(_survey("sample").id)
    assert release.audit[-1].asked > 0
    assert (release.audit[-1].found, release.audit[-1].in_time, release.audit[-1].fits) == (0, True, True)


def _delete_one(app: Flask, partnership: uuid.UUID, _folder: Path) -> None:
    with within(app, partnership), transaction():
        version = _survey("sample").version
        assert version is not None
        first = db.session.scalars(sa.select(Response.id).where(Response.version_id == version.id).limit(1)).one()
        keeping.delete_response(first)


def _release_the_other(app: Flask, partnership: uuid.UUID, folder: Path) -> None:
    _make(app, partnership, "second", folder)


@pytest.mark.parametrize("change", [_delete_one, _release_the_other])
def test_d2_what_changes_while_a_release_is_audited_stops_it(
    app: Flask,
    partnership: uuid.UUID,
    two: uuid.UUID,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Flask, uuid.UUID, Path], None],
) -> None:
    """It was not audited beside what came meanwhile, and counts somebody who took their answers back meanwhile."""
    _declare(app, partnership, two, Relation.AROUND)

    def interrupted(counted: Counted, rule: Rule, public: Public, budget: Budget) -> Descent:
        monkeypatch.setattr(service, "descend", descend)
        change(app, partnership, tmp_path)
        return descend(counted, rule, public, budget)

    monkeypatch.setattr(service, "descend", interrupted)

    @transactional
    def freeze() -> Saved:
        return Saved(str(service.make_release("sample", service.Place(tmp_path / "snapshots", 1, lambda: 0.0), None)))

    with within(app, partnership), pytest.raises(Conflict):
        freeze()
    with within(app, partnership):
        assert queries.list_releases(_survey("sample").id) == []
    _make(app, partnership, "sample", tmp_path)


def test_d2_what_was_deleted_or_blanked_between_releases_is_known(
    app: Flask, partnership: uuid.UUID, two: uuid.UUID, tmp_path: Path
) -> None:
    """As numbers alone: the earlier release holds people whom the next does not, and a column that is no more."""
    _make(app, partnership, "sample", tmp_path)
    with within(app, partnership), transaction():
        version = _survey("sample").version
        assert version is not None
        mine = Response.version_id == version.id
        first, second = db.session.scalars(sa.select(Response.id).where(mine).order_by(Response.id).limit(2)).all()
        keeping.delete_response(first)
        keeping.delete_response(uuid.uuid4())
        db.session.execute(sa.update(Response).where(Response.id == second).values(channel="poster"))
        blanking.blank_small_groups(_survey("sample").id, Rule.for_audience("children"))
        gone = forgetting.gone(version.id)
        assert (gone.deleted, gone.blanked["channel"]) == (1, 1)
        public = queries_ledger.public_so_far(version.id, _survey("sample").id)
    [earlier] = public.sources
    assert earlier.people - public.people
    assert public.most == ((earlier.people - public.people, 1),)
    assert {"how.channel@0"} <= {table.question for table in earlier.tables.tables}


def test_d2_old_answers_that_are_kept_no_longer_are_counted_as_gone(
    app: Flask, partnership: uuid.UUID, two: uuid.UUID
) -> None:
    with within(app, partnership), transaction():
        version = _survey("sample").version
        assert version is not None
        for slug in ("sample", "second"):
            survey_service.close_survey(slug)
        assert keeping.RESPONSES.delete(Cutoff(clock.today(), "9999-W01"), Held()) == 100
        assert forgetting.gone(version.id).deleted == 60
        assert forgetting.gone(uuid.uuid4()).deleted == 0


def test_only_surveys_that_are_alike_can_be_declared(app: Flask, partnership: uuid.UUID, two: uuid.UUID) -> None:
    open_survey(app, partnership, "staff-voice")
    with within(app, partnership), transaction():
        assert [row.slug for row in queries_ledger.candidates(_survey("sample"))] == ["second"]
        with pytest.raises(Refused, match="overlap-not-alike"):
            service_overlap.declare("sample", _survey("staff-voice").id, Relation.SAME, two)
        with pytest.raises(NotFound):
            service_overlap.declare("not-there", _survey("sample").id, Relation.SAME, two)


def test_a_person_declares_it_and_takes_it_back(
    app: Flask, client: PageClient, partnership: uuid.UUID, two: uuid.UUID
) -> None:
    sign_in(client, "ana")
    there = "/staff/results/sample/same-people"
    with within(app, partnership):
        other = _survey("second").id
    assert "Choose who they are" in client.submit(there, {"other": str(other)}).get_data(as_text=True)
    assert client.submit(there, {"other": str(other), "relation": "within"}).status_code == 303
    assert "Everybody who answered this survey also answered the other" in client.get(there).get_data(as_text=True)
    with within(app, partnership):
        [one] = queries_ledger.declared(other)
        assert (one.relation, one.declared_by) == (Relation.AROUND, two)
    act = f"{there}/{one.id}"
    assert client.submit(there, to=f"{act}/take-back").status_code == 409, "nobody asked"
    again = {"other": str(other), "relation": "same"}
    assert "declared already" in client.submit(there, again).text
    assert client.submit(there, to=f"{act}/give-up").status_code == 303
    assert "Ana asks to take this back" in client.get(there).get_data(as_text=True)
    assert "A second person must agree" in client.submit(there, to=f"{act}/take-back").text
    assert client.submit(there, to=f"{act}/keep").status_code == 303
    assert client.submit(there, to=f"{act}/give-up").status_code == 303
    staff(app, partnership, "ben", Role.ANALYST)
    second = browser_of(app)
    sign_in(second, "ben")
    assert "Agree: take this back" in second.get(there).get_data(as_text=True)
    assert second.submit(there, to=f"{act}/take-back").status_code == 303
    assert second.submit(there, to=f"{act}/take-back").status_code == 404
    with within(app, partnership):
        assert queries_ledger.declared(other) == []
        acts = [event.action for event in audit.trail(_survey("sample").id) if "overlap" in event.action]
        said = ("declared", "given-up", "kept", "given-up", "taken-back")
        assert acts == [f"overlap-{each}" for each in said]
    assert client.submit(there, again).status_code == 303


def test_d2_what_came_out_while_it_stood_is_held_for_ever_and_what_comes_later_is_not(
    app: Flask, partnership: uuid.UUID, two: uuid.UUID, tmp_path: Path, audited: None
) -> None:
    """Whoever takes it back differences nothing that is out; said anew in another way, it is held to the stricter."""
    ben = staff(app, partnership, "ben", Role.ANALYST)
    _declare(app, partnership, two, Relation.AROUND)
    _make(app, partnership, "second", tmp_path)
    _take_back(app, partnership, two, ben)
    with time_machine.travel(clock.now() + timedelta(days=62)):
        add_responses(app, partnership, "second", 30, seed=2)
        _make(app, partnership, "second", tmp_path)
        with within(app, partnership):
            sample_row = _survey("sample")
            assert sample_row.version is not None
            first = queries.list_releases(_survey("second").id)[-1].id
            held = queries_ledger.entries(sample_row.version.id, sample_row.id)
            assert [one.release_id for one in held] == [first]
            public = queries_ledger.public_so_far(sample_row.version.id, sample_row.id)
            assert public.sources[0].people < public.people, "as it was declared"
            [taken_back] = queries_ledger.ended(sample_row.id)
            assert queries_ledger.entries(sample_row.version.id, sample_row.id, without=taken_back) == []
        _declare(app, partnership, two, Relation.WITHIN)
        with within(app, partnership):
            public = queries_ledger.public_so_far(sample_row.version.id, sample_row.id)
            assert len(public.sources) == 2
            # The same, while both were said.
            assert all(source.people == public.people for source in public.sources[1:])


def test_d2_a_survey_declared_wrongly_and_taken_back_is_released_in_the_end(
    app: Flask, partnership: uuid.UUID, two: uuid.UUID, tmp_path: Path, audited: None
) -> None:
    """The numbers themselves prove that it never was so: nothing is held that cannot be true."""
    _declare(app, partnership, two, Relation.SAME)
    _make(app, partnership, "second", tmp_path)
    with pytest.raises(Refused, match="release-overlap_wrong"):
        _make(app, partnership, "sample", tmp_path)
    _take_back(app, partnership, two, staff(app, partnership, "ben", Role.ANALYST))
    _make(app, partnership, "sample", tmp_path)
    with within(app, partnership):
        assert len(queries.list_releases(_survey("sample").id)) == 1


@pytest.mark.parametrize("wrong", ["second", "third"])
def test_d2_what_is_true_is_not_shed_by_declaring_beside_it_what_is_impossible(
    app: Flask,
    partnership: uuid.UUID,
    two: uuid.UUID,
    tmp_path: Path,
    audited: None,
    monkeypatch: pytest.MonkeyPatch,
    wrong: str,
) -> None:
    """Two people declare it and take it back, of the same survey or of another: only that is let go of."""
    ben = staff(app, partnership, "ben", Role.ANALYST)
    _declare(app, partnership, two, Relation.AROUND)
    _make(app, partnership, "second", tmp_path)
    _take_back(app, partnership, two, ben)
    if wrong == "third":
        open_as_it_is(app, partnership, ALIKE, wrong)
        add_responses(app, partnership, wrong, 25)
        _make(app, partnership, wrong, tmp_path)
    _declare(app, partnership, two, Relation.SAME, wrong)
    _take_back(app, partnership, two, ben)
    beside: list[tuple[Public, bool]] = []

    def watch(counted: Counted, tables: Tables, public: Public, budget: Budget) -> Verdict:
        verdict = judged_beside(counted, tables, public, budget)
        beside.append((public, verdict.passed))
        return verdict

    judged_beside = ladder.beside
    monkeypatch.setattr(ladder, "beside", watch)
    _make(app, partnership, "sample", tmp_path)
    # As it was truly declared: this survey was answered by more people than that one, and it is that one.
    true = [
        is_passed
        for public, is_passed in beside
        if [max(_bases(one)) for one in public.sources] == [40] and public.sources[0].people < public.people
    ]
    assert true[-1]
    with within(app, partnership):
        [release] = queries.list_releases(_survey("sample").id)
    assert release.audit[-1].ways == 2, "that, and nothing at all"


def _bases(source: Source) -> set[int]:
    return {table.base or 0 for table in source.tables.tables if not table.filters}


def test_d2_what_contradicts_itself_over_time_has_a_way_on(
    app: Flask, client: PageClient, partnership: uuid.UUID, two: uuid.UUID, tmp_path: Path, audited: None
) -> None:
    """Sixty have everybody of forty among them, it was said, and later that they are all among a hundred: each can be,
    not both of the same two surveys. Whichever is true, nothing is given away; and the page says so."""
    _declare(app, partnership, two, Relation.AROUND)
    _make(app, partnership, "second", tmp_path)
    _take_back(app, partnership, two, staff(app, partnership, "ben", Role.ANALYST))
    with time_machine.travel(clock.now() + timedelta(days=62)):
        add_responses(app, partnership, "second", 60, seed=2)
        _make(app, partnership, "second", tmp_path)
        _declare(app, partnership, two, Relation.WITHIN)
        _make(app, partnership, "sample", tmp_path)
    with within(app, partnership):
        [release] = queries.list_releases(_survey("sample").id)
    assert release.audit[-1].passed
    assert release.audit[-1].ways == 3
    sign_in(client, "ana")
    assert "cannot all be true" in client.get("/staff/results/sample").text


def test_d2_a_team_is_held_to_the_council_that_its_service_lies_within(
    app: Flask, partnership: uuid.UUID, two: uuid.UUID, tmp_path: Path
) -> None:
    """D2: nobody said it of the two, and the service between them has no release; without either word all is free."""
    open_as_it_is(app, partnership, ALIKE, "council")
    add_responses(app, partnership, "council", 120)
    _make(app, partnership, "council", tmp_path)
    with within(app, partnership), transaction():
        service_overlap.declare("second", _survey("council").id, Relation.WITHIN, two)
    _declare(app, partnership, two, Relation.WITHIN)
    with within(app, partnership):
        team, council = _survey("sample"), _survey("council")
        assert team.version is not None
        public = queries_ledger.public_so_far(team.version.id, team.id)
        assert public.people < public.sources[0].people, "all of the team are among the council's, with others"
        assert {(out, True) for out in queries_ledger.made_of([council.id])} < queries_ledger.standing(team.id)
        for one in queries_ledger.everything_said(team.id):
            assert queries_ledger.public_so_far(team.version.id, team.id, without=one).sources == ()


def test_d2_that_nobody_answered_both_is_held_and_goes_with_its_step(
    app: Flask, partnership: uuid.UUID, two: uuid.UUID, tmp_path: Path
) -> None:
    _make(app, partnership, "second", tmp_path)
    open_as_it_is(app, partnership, ALIKE, "third")
    _declare(app, partnership, two, Relation.APART)
    with within(app, partnership):
        team = _survey("sample")
        assert team.version is not None
        public = queries_ledger.public_so_far(team.version.id, team.id)
        assert not public.sources[0].people & public.people
        engine = db.engine
    _declare(app, partnership, two, Relation.WITHIN, "third")
    run.downgrade(engine, "0032")
    run.upgrade(engine)
    with within(app, partnership):
        assert [one.relation for one in queries_ledger.declared(team.id)] == [Relation.WITHIN]


def test_d2_a_refusal_cannot_be_asked_for_after_every_answer(
    app: Flask, client: PageClient, partnership: uuid.UUID, two: uuid.UUID, tmp_path: Path, audited: None
) -> None:
    """D2: when a refusal turns into a release would tell how many have answered, and what the last one said."""
    _make(app, partnership, "second", tmp_path)
    _declare(app, partnership, two, Relation.SAME)
    sign_in(client, "ana")
    for _ in range(2):
        page = client.submit("/staff/results/sample", to="/staff/results/sample/releases")
        assert (page.status_code, "cannot be of the people" in page.text) == (409, True)
    _take_back(app, partnership, two, staff(app, partnership, "ben", Role.ANALYST))
    _declare(app, partnership, two, Relation.AROUND)
    page = client.submit("/staff/results/sample", to="/staff/results/sample/releases")
    assert (page.status_code, "refused twice within a week" in page.text) == (409, True)
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        _make(app, partnership, "sample", tmp_path)
