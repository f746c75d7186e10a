"""A release counts the answers to every version of a survey that no release holds, each question of those asked it."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core import clock
from engage.core.database import begin_write, db
from engage.core.errors import Conflict, Refused
from engage.core.transaction import transaction
from engage.listening.surveys import service as survey_service
from engage.listening.surveys.kinds import SurveyState
from engage.listening.surveys.models import Response, Survey
from engage.people.kinds import Role
from engage.rules.disclosure import ladder
from engage.rules.disclosure.audit import ANSWERED, UNKNOWN
from engage.rules.disclosure.ladder import Counted
from engage.rules.questionnaire.answers import SKIP
from engage.rules.questionnaire.definition import Definition
from engage.understanding.releases import queries, service, service_tries
from tests.factories.responses import add_responses
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff
from tests.unit.questionnaire.samples import sample
from tests.unit.questionnaire.test_nested import SERVICE, asked

WHERE: dict[str, Any] = {**SERVICE, "id": "where", "text": {"en": "Where?"}}
FIRST = sample(SERVICE, asked(), {**asked(), "id": "gone"}, {**asked(), "id": "said", "text": {"en": "Was it good?"}})
SECOND = sample(SERVICE, asked(), {**asked(), "id": "said", "text": {"en": "Was it bad?"}}, WHERE)
"""Two questions stayed the same; one is worded otherwise, one is gone, and a background is new."""


@pytest.fixture
def survey(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    survey_id = open_as_it_is(app, partnership, FIRST, "sample")
    add_responses(app, partnership, "sample", 40)
    return survey_id


def publish(app: Flask, partnership: uuid.UUID, survey: uuid.UUID, second: Definition = SECOND) -> None:
    """The second version, whatever would have to be put right in it first; it is open."""
    with within(app, partnership), transaction():
        row = begin_write().get_one(Survey, survey)
        row.state = SurveyState.DRAFT
        db.session.flush()
        survey_service.publish_version(survey, second)
        row.state = SurveyState.OPEN


def make(app: Flask, partnership: uuid.UUID, folder: Path) -> dict[str, Any]:
    with within(app, partnership), transaction():
        service.make_release("sample", service.Place(folder / "snapshots", 1, lambda: 0.0), None)
    with within(app, partnership):
        shown = queries.show("sample")
    assert shown is not None
    return shown


def bases(shown: dict[str, Any], **filters: str) -> dict[str, int | None]:
    found = {table["question"]: table["base"] for table in shown["tables"] if table["filters"] == filters}
    return {key: base for key, base in found.items() if not key.startswith("how.")}


def test_d1_answers_to_the_version_before_are_counted_where_they_answer_the_same(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path
) -> None:
    """Of each question those who were asked it: a hundred in all, sixty of what is new or says something else."""
    publish(app, partnership, survey)
    add_responses(app, partnership, "sample", 60)
    shown = make(app, partnership, tmp_path)
    assert set(shown) == {"survey", "release", "version_sha256", "frozen_on", "rule", "base", "tables"}
    assert shown["base"] == 100
    assert bases(shown) == {"service": 100, "team": 100, "said": 60, "where": 60}
    with within(app, partnership):
        [release] = queries.list_releases(survey)
        newest, oldest = (one.id for one in service.surveys.list_versions(survey))
        assert release.version_id == newest
        days = [queries.counted_on(version, clock.iso_week()) for version in (newest, oldest)]
    assert days == [release.frozen_on] * 2, "none of them can be taken back without a word any more"
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    assert "Answers to versions 1, 2" in client.get("/staff/results/sample").text


def test_d2_what_each_version_asked_is_known_to_the_audit(
    app: Flask,
    partnership: uuid.UUID,
    survey: uuid.UUID,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    audited: None,
) -> None:
    """The way it is really called, beside a release of the first version alone; nobody is in two versions."""
    given: list[tuple[Counted, ladder.Public]] = []
    monkeypatch.setattr(service, "descend", lambda *all_of: given.append(all_of[::2]) or ladder.descend(*all_of))
    with time_machine.travel(clock.now().replace(day=3), tick=False) as travel:
        make(app, partnership, tmp_path)
        publish(app, partnership, survey)
        add_responses(app, partnership, "sample", 60)
        travel.shift(timedelta(days=31))
        shown = make(app, partnership, tmp_path)
        add_responses(app, partnership, "sample", 30)
        travel.shift(timedelta(days=31))
        again = make(app, partnership, tmp_path)
    assert [bases(one)["team"] for one in (shown, again)] == [100, 130]
    _, (counted, public), (_, later) = given
    second, first = counted.parts.values()
    assert (first.never, second.never) == ({"said", "where"}, frozenset())
    assert {"service", "team"} <= first.always & second.always
    assert sum(table.base for table in counted.tables if table.question == "said" and not table.filters) == 60
    whole = counted.leaves[""]
    where = whole.names.index("where")
    assert sum(people[ANSWERED] for leaf, people in whole.counts.items() if leaf[where] == UNKNOWN) == 40
    with within(app, partnership):
        rows = queries.rows_of(survey)
        assert [len(queries.counted_lines(row)) for row in rows] == [1, 2, 2]
    [earlier] = public.sources
    assert {"said@1", "gone"} <= {table.question for table in earlier.tables.tables}, "another question by that name"
    assert earlier.people < public.people
    old, new = public.lines.values()
    assert not old[0] & new[0]
    assert [len(source.people) < len(later.people) for source in later.sources] == [True, True]


def test_d2_a_version_whose_answers_a_release_holds_is_not_counted_again(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path
) -> None:
    """Frozen at the close it is done with; another year's answers stand by themselves."""
    with time_machine.travel(clock.now().replace(day=3), tick=False) as travel:
        with within(app, partnership), transaction():
            survey_service.close_survey("sample")
        make(app, partnership, tmp_path)
        travel.shift(timedelta(days=62))
        publish(app, partnership, survey)
        add_responses(app, partnership, "sample", 60)
        assert make(app, partnership, tmp_path)["base"] == 60


def reopen(app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey_service, "unanswered", lambda *_: [])
    with within(app, partnership), transaction():
        survey_service.open_survey("sample")


def close(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership), transaction():
        survey_service.close_survey("sample")


def test_d1_answers_after_a_freeze_count_where_the_survey_is_replaced_on_the_same_day(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closed, frozen, opened, answered and replaced within hours: the twenty in between are in no release yet."""
    with time_machine.travel(clock.now().replace(day=3, hour=9), tick=False) as travel:
        close(app, partnership)
        assert make(app, partnership, tmp_path)["base"] == 40
        reopen(app, partnership, monkeypatch)
        travel.shift(timedelta(hours=1))
        add_responses(app, partnership, "sample", 20)
        publish(app, partnership, survey)
        add_responses(app, partnership, "sample", 60)
        travel.shift(timedelta(days=31))
        assert make(app, partnership, tmp_path)["base"] == 120


@pytest.mark.parametrize("shut_again", [False, True])
def test_d2_a_survey_that_is_opened_while_its_release_is_made_is_not_frozen_as_closed(
    app: Flask,
    partnership: uuid.UUID,
    survey: uuid.UUID,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    shut_again: bool,
) -> None:
    """Else answers that come from then on would be taken for counted once the survey is replaced."""
    close(app, partnership)
    passes = service._passed

    def meanwhile(*all_of: Any) -> Any:
        reopen(app, partnership, monkeypatch)
        if shut_again:
            close(app, partnership)
        return passes(*all_of)

    monkeypatch.setattr(service, "_passed", meanwhile)
    with within(app, partnership), pytest.raises(Conflict):
        service.make_release("sample", service.Place(tmp_path / "snapshots", 1, lambda: 0.0), None)


def test_d1_who_would_rather_not_say_counts_where_the_newest_version_has_no_such_way(
    app: Flask, partnership: uuid.UUID, tmp_path: Path
) -> None:
    """The question is the same, whether its page offers that or not."""
    first, second = (sample(SERVICE, asked(required=True, skippable=way)) for way in (True, False))
    survey = open_as_it_is(app, partnership, first, "sample")
    add_responses(app, partnership, "sample", 40)
    with within(app, partnership), transaction():
        rows = begin_write().scalars(sa.select(Response)).all()
        said = next(row.answers["team"] for row in rows if not row.answers["team"].get("skipped"))
        for place, row in enumerate(rows):
            row.answers = {**row.answers, "team": {"skipped": True} if place < 20 else said}
    publish(app, partnership, survey, second)
    add_responses(app, partnership, "sample", 60)
    shown = make(app, partnership, tmp_path)
    assert bases(shown)["team"] == 100
    [team] = [table for table in shown["tables"] if table["question"] == "team" and not table["filters"]]
    assert {cell["option"]: cell["count"] for cell in team["cells"]}[SKIP] == 20


def test_d2_where_nothing_passes_with_the_version_before_the_newest_is_by_itself(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(app, partnership, survey)
    add_responses(app, partnership, "sample", 60)
    refused: list[str] = []

    def audit(counted: Counted, *rest: Any) -> ladder.Descent:
        if not counted.parts:
            return ladder.descend(counted, *rest)
        refused.append("with the first")
        return ladder.Descent("nothing", None, ())

    monkeypatch.setattr(service, "descend", audit)
    assert make(app, partnership, tmp_path)["base"] == 60
    assert refused
    monkeypatch.setattr(service, "descend", lambda *_: ladder.Descent("nothing", None, ()))
    with pytest.raises(Refused):
        make(app, partnership, tmp_path)


def test_d2_what_the_audit_says_of_all_together_is_written_down_where_the_newest_has_too_few(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it could be asked after every answer, until it says something else."""
    publish(app, partnership, survey)
    add_responses(app, partnership, "sample", 5)
    monkeypatch.setattr(service, "descend", lambda *_: ladder.Descent("nothing", None, ()))
    with pytest.raises(Refused) as refusal:
        make(app, partnership, tmp_path)
    assert refusal.value.reason in service_tries.TELLING


def test_d4_whether_anybody_answered_the_version_before_is_not_said(
    app: Flask, client: PageClient, partnership: uuid.UUID, tmp_path: Path
) -> None:
    publish(app, partnership, open_as_it_is(app, partnership, FIRST, "sample"))
    add_responses(app, partnership, "sample", 60)
    assert make(app, partnership, tmp_path)["base"] == 60
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    assert "Answers to versions 1, 2" in client.get("/staff/results/sample").text
