"""Small groups that were put together have words, can be picked and are compared only with the same (D2)."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from engage.core import clock
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.rules.disclosure import RawTable, Rule
from engage.rules.disclosure.audit import Budget
from engage.rules.disclosure.ladder import Counted, Descent, Public, Step, descend, merged
from engage.rules.disclosure.suppress import publish
from engage.understanding.releases import queries, service
from engage.understanding.releases.queries_known import Known
from engage.understanding.releases.service_known import set_known
from tests.factories.responses import add_responses
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff
from tests.unit.questionnaire.samples import option, sample

AGES = ("8", "9", "10", "11")
SURVEY = sample(
    {"id": "mood", "kind": "pair", "options": [option("happy", symbol="happy"), option("worried", symbol="worried")]},
    {"id": "age", "kind": "single", "options": [option(f"a{age}") for age in AGES], "background": True},
)


def _put_together(counted: Counted, rule: Rule, public: Public, budget: Budget) -> Descent:
    """As the ladder does on its third rung, whatever the rungs above it would have shown."""
    single = Counted([one for one in counted.tables if len(one.filters) < 2], counted.total, counted.dimensions)
    coarse = merged(single, rule)
    assert isinstance(coarse.tables[0], RawTable)
    tables = publish(coarse.tables, Rule(max_filters=1), total=coarse.total, dimensions=coarse.dimensions)
    return Descent("merged", tables, (Step("merged", asked=1, found=0, in_time=True, is_whole=True),))


@pytest.fixture
def released(
    app: Flask, client: PageClient, partnership: uuid.UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """One release with its ages put together; their groups."""
    open_as_it_is(app, partnership, SURVEY, "sample")
    add_responses(app, partnership, "sample", 45)
    monkeypatch.setattr(service, "descend", _put_together)
    with within(app, partnership), transaction():
        service.make_release("sample", service.Place(tmp_path / "snapshots", 1, lambda: 0.0), None)
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    with within(app, partnership):
        return queries.groups(queries.list_releases()[0])["age"]


def test_groups_put_together_are_picked_and_said_in_words(
    client: PageClient, partnership: uuid.UUID, released: list[str]
) -> None:
    [together, *_] = [group for group in released if "+" in group]
    words = " / ".join(together.split("+"))
    page = client.get("/staff/results/sample").get_data(as_text=True)
    assert f'value="{together}"' in page
    assert words in page
    apart = [age for age in together.split("+") if f'value="{age}"' in page]
    assert apart == []
    picked = client.get("/staff/results/sample", query_string={"age": together}).get_data(as_text=True)
    assert 'id="t-mood"' in picked
    assert f'value="{together}" selected' in picked


def test_groups_put_together_have_words_in_files(
    client: PageClient, partnership: uuid.UUID, released: list[str]
) -> None:
    [together, *_] = [group for group in released if "+" in group]
    words = " / ".join(together.split("+"))
    sheet = client.get("/staff/results/sample/download.csv").get_data(as_text=True)
    assert any(together in line and words in line for line in sheet.splitlines())
    assert words in client.get("/staff/results/sample/download.xml").get_data(as_text=True)


def test_groups_put_together_are_covered_by_the_sum_of_what_is_known(
    app: Flask, client: PageClient, partnership: uuid.UUID, released: list[str]
) -> None:
    [together, *_] = [group for group in released if "+" in group]
    ages = together.split("+")
    with within(app, partnership), transaction():
        survey = queries.list_releases()[0].survey_id
        set_known(survey, [Known("age", one, 100, "Census", clock.today()) for one in ages], threshold=10)
    page = client.get("/staff/results/sample").get_data(as_text=True)
    assert f">{100 * len(ages)}<" in page


def test_groups_put_together_are_not_compared_with_groups_apart(
    app: Flask,
    client: PageClient,
    partnership: uuid.UUID,
    released: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(service, "descend", descend)
    with time_machine.travel(clock.now() + timedelta(days=62)):
        add_responses(app, partnership, "sample", 300, seed=2)
        with within(app, partnership), transaction():
            service.make_release("sample", service.Place(tmp_path / "snapshots", 1, lambda: 0.0), None)
        sign_in(client, "ana")
        page = client.get("/staff/results/sample/over-time").get_data(as_text=True)
    assert page.count("Asked differently, or not at all, in") == 1
