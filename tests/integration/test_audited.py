"""A release goes through the audit, keeps what it said, and is refused when nothing passes (D2)."""

import uuid
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core.database import db
from engage.core.errors import Refused
from engage.core.transaction import transaction
from engage.listening.surveys import queries as surveys
from engage.listening.surveys.models import Response
from engage.people.kinds import Role
from engage.rules.disclosure import RawTable, ladder
from engage.rules.disclosure.ladder import Counted, Descent, Public, Step
from engage.understanding.releases import queries, queries_ledger, service, service_counting
from engage.understanding.releases.views_words import rung_words
from tests.factories.responses import add_responses
from tests.factories.surveys import open_as_it_is
from tests.support import backups
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff
from tests.unit.questionnaire.samples import QUESTIONS, sample
from tests.unit.questionnaire.test_nested import SERVICE, asked

SHORT = sample(*(question for question in QUESTIONS if question["id"] in {"mood", "joins", "about"}))


@pytest.fixture
def survey(app: Flask, partnership: uuid.UUID) -> None:
    open_as_it_is(app, partnership, SHORT, "sample")
    add_responses(app, partnership, "sample", 60)


def _make(app: Flask, partnership: uuid.UUID, folder: Path) -> None:
    with within(app, partnership), transaction():
        service.make_release("sample", service.Place(folder / "snapshots", 1, lambda: 0.0), None)


def test_d2_a_release_keeps_its_rung_and_what_the_audit_said(
    app: Flask, partnership: uuid.UUID, survey: None, tmp_path: Path, audited: None
) -> None:
    """D2, the way it is really called; and what may be seen says nothing of it."""
    _make(app, partnership, tmp_path)
    with within(app, partnership):
        [release] = queries.list_releases()
        shown = queries.show("sample")
    assert shown is not None
    assert set(shown) == {"survey", "release", "version_sha256", "frozen_on", "rule", "base", "tables"}
    assert release.audit[-1].rung == release.rung
    assert (release.audit[-1].found, release.audit[-1].in_time) == (0, True)
    assert release.audit[-1].asked > 0
    assert any(cell["count"] for table in shown["tables"] for cell in table["cells"])


def test_d2_a_further_release_is_held_against_the_earlier_ones(
    app: Flask, partnership: uuid.UUID, survey: None, tmp_path: Path
) -> None:
    """The ledger: the earlier tables with the people they have; the next release has those and some more."""
    _make(app, partnership, tmp_path)
    with within(app, partnership):
        [release] = queries.list_releases()
        public = queries_ledger.public_so_far(release.version_id, release.survey_id)
        [earlier] = public.sources
        assert list(earlier.tables.tables) == queries.all_tables(release.id)
        assert earlier.people < public.people
        assert queries_ledger.public_so_far(uuid.uuid4(), uuid.uuid4()).sources == ()


def test_d2_what_could_be_differenced_is_refused(
    app: Flask, partnership: uuid.UUID, survey: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No rung passes: nothing is stored, and the refusal has no number."""
    steps = (Step("totals", asked=3, found=1, in_time=True, is_whole=True),)
    monkeypatch.setattr(service, "descend", lambda *_: Descent("nothing", None, steps))
    with pytest.raises(Refused, match="release-differencing"):
        _make(app, partnership, tmp_path)
    with within(app, partnership):
        assert queries.list_releases() == []


def test_d2_what_the_survey_asks_of_some_alone_is_known_to_the_audit(
    app: Flask, partnership: uuid.UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, audited: None
) -> None:
    """D2: a team is asked for in its service; unless answers from elsewhere say otherwise."""
    team = asked(background=True, show_if={"question": "service", "is": "home"})
    open_as_it_is(app, partnership, sample(SERVICE, team), "sample")
    add_responses(app, partnership, "sample", 60)
    counted: list[Counted] = []
    monkeypatch.setattr(service, "descend", lambda *given: counted.append(given[0]) or ladder.descend(*given))
    _make(app, partnership, tmp_path)
    [nested] = counted[0].nested
    assert (nested.column, nested.name, nested.values) == ("team", "service", {"home"})
    assert [one.people for one in Public().facts(counted[0]).nested] == [Public().people]
    with within(app, partnership):
        [release] = queries.list_releases()
        definition = surveys.definition_of(release.version_id)
        everywhere = RawTable.make("team", {"red": 4}, multiple=False)
        home, more = (RawTable.make("team", {"red": many}, filters={"service": "home"}) for many in (3, 4))
        away = RawTable.make("team", {"red": 1}, filters={"service": "away"})
        assert len(service_counting.nested_in(definition, [everywhere, more])) == 1
        assert service_counting.nested_in(definition, [everywhere, home, away]) == []
        assert service_counting.nested_in(definition, [everywhere, home]) == [], "one of a team, of no service"


@pytest.mark.parametrize("leaves", [5_000, 1])
def test_d2_answers_that_contradict_what_a_survey_asks_can_be_released(
    app: Flask,
    partnership: uuid.UUID,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    audited: None,
    leaves: int,
) -> None:
    """D2: however many groups there are, answers from elsewhere are no failure for ever."""
    team = asked(background=True, show_if={"question": "service", "is": "home"})
    open_as_it_is(app, partnership, sample(SERVICE, team), "sample")
    add_responses(app, partnership, "sample", 60)
    monkeypatch.setattr(service_counting, "_MOST_LEAVES", leaves)
    with within(app, partnership), transaction():
        for row in db.session.scalars(sa.select(Response)):
            row.answers = {**row.answers, "service": {"value": "away"}}
    _make(app, partnership, tmp_path)
    with within(app, partnership):
        assert len(queries.list_releases()) == 1


@pytest.mark.parametrize("way", ["page", "command"])
def test_d2_answers_that_nobody_can_have_given_are_refused_in_words(
    app: Flask, client: PageClient, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch, audited: None, way: str
) -> None:
    """D2: one release alone that contradicts what is held of its people: no failure, nothing stored, a way on; and
    asked a third time within the week nothing more is said."""
    team = asked(show_if={"question": "service", "is": "home"})
    open_as_it_is(app, partnership, sample(SERVICE, team), "sample")
    add_responses(app, partnership, "sample", 40)
    home = backups.home_of(app)
    monkeypatch.setattr(Counted, "everyone", frozenset({"team"}))
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    said = []
    for _ in range(3):
        if way == "page":
            page = client.submit("/staff/results/sample", to="/staff/results/sample/releases")
            assert page.status_code == 409
            said.append(page.text)
        else:
            refused = home.verb("release", "make", "sample")
            assert (refused.exit_code, len(refused.output.splitlines())) == (1, 1)
            said.append(refused.output)
    assert ["these answers cannot all be true" in one for one in said] == [True, True, False]
    assert "publish a new version of the survey" in said[0]
    with within(app, partnership):
        assert queries.list_releases() == []


def test_d4_a_page_says_that_a_group_was_not_asked(
    app: Flask, client: PageClient, partnership: uuid.UUID, tmp_path: Path
) -> None:
    """Not of the group that was, and with no other word for how many they are."""
    team = asked(background=False, show_if={"question": "service", "is": "home"})
    open_as_it_is(app, partnership, sample(SERVICE, team), "sample")
    add_responses(app, partnership, "sample", 90)
    _make(app, partnership, tmp_path)
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    said = {one: client.get(f"/staff/results/sample?service={one}").text for one in ("home", "away")}
    assert {one: page.count("These people were not asked this.") for one, page in said.items()} == {
        "home": 0,
        "away": 1,
    }
    assert "fewer than 10" in said["away"]


def test_d2_the_page_says_in_words_how_far_the_ladder_was_walked(
    app: Flask,
    client: PageClient,
    partnership: uuid.UUID,
    survey: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(service, "descend", lambda *given: replace(ladder.descend(*given), rung="totals"))
    _make(app, partnership, tmp_path)
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    assert "Shown for everybody together only" in client.get("/staff/results/sample").get_data(as_text=True)


def test_d2_the_page_says_that_the_check_was_stopped(app: Flask) -> None:
    """D2: on a slow machine less may be shown, and then it says so."""
    done = Step("totals", asked=3, found=0, in_time=True, is_whole=True)
    stopped = Step("full", asked=3, found=0, in_time=False, is_whole=True, by_clock=True)
    with app.test_request_context():
        assert rung_words("full", [done]) == []
        assert len(rung_words("totals", [done])) == 1
        [why, slow] = rung_words("totals", [stopped, done])
    assert "for everybody together only" in why
    assert "stopped after a minute" in slow
