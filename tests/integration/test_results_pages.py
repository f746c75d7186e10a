"""Results pages: who has not been heard from, what a scale can tell, an adult's presence, releases over time."""

import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask_babel import force_locale

from engage.core import clock
from engage.core.database import begin_write
from engage.core.transaction import transaction
from engage.listening.surveys.models import Response
from engage.people.kinds import Role
from engage.rules.disclosure import Cell, Rule, Table
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.texts import Text
from engage.understanding.releases import queries, service, service_known
from engage.understanding.releases.queries_known import Known
from engage.understanding.releases.views_coverage import coverage
from engage.understanding.releases.views_shape import has_means, shapes
from engage.understanding.releases.views_trend import Frozen, trends
from tests.factories.responses import add_responses
from tests.factories.surveys import open_survey, ready_made
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff

PAGE = "/staff/results/your-voice"
RULE = Rule()


@pytest.fixture
def ana(app: Flask, client: PageClient, partnership: uuid.UUID) -> PageClient:
    """An analyst who is signed in, and an open survey."""
    open_survey(app, partnership)
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    return client


def _make(app: Flask, partnership: uuid.UUID, tmp_path: Path) -> uuid.UUID:
    with within(app, partnership), transaction():
        return service.make_release("your-voice", service.Place(tmp_path / "snapshots", 1), None)


def test_known_totals_are_written_down_with_their_source_and_changed(
    app: Flask, ana: PageClient, partnership: uuid.UUID, tmp_path: Path
) -> None:
    add_responses(app, partnership, "your-voice", 80)
    _make(app, partnership, tmp_path)
    page = ana.get(PAGE).get_data(as_text=True)
    assert "Nobody has written down yet" in page
    assert "<li>What helps you to feel safe now?</li>" in page.split('id="in-words"')[1], "where its words are read"
    whole = {"n-0-0": "640", "source-0": "School census", "day-0": "2026-01-15"}
    answer = ana.submit(f"{PAGE}/known", whole)
    assert answer.status_code == 303
    page = ana.get(PAGE).get_data(as_text=True)
    assert "How many there are: School census, 15 January 2026." in page
    assert '<td role="cell" data-label="There are">640</td>' in page
    assert "12%" in page
    assert 'value="640"' in ana.get(f"{PAGE}/known").get_data(as_text=True)
    ana.submit(f"{PAGE}/known", whole | {"n-0-0": "81"})
    page = ana.get(PAGE).get_data(as_text=True)
    assert "nearly all" in page
    assert "98%" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"n-0-0": "9", "source-0": "x", "day-0": "2026-01-15"}, "Enter at least 10"),
        ({"n-0-0": "90", "day-0": "2026-01-15"}, "Write who counted them"),
        ({"n-0-0": "90", "source-0": "x"}, "Enter the day they were counted"),
        ({"n-0-0": "many", "source-0": "x", "day-0": "2026-01-15"}, "Not a valid integer"),
    ],
)
def test_a_known_total_is_large_enough_and_somebody_says_so(
    app: Flask, ana: PageClient, partnership: uuid.UUID, fields: dict[str, str], words: str
) -> None:
    answer = ana.submit(f"{PAGE}/known", fields)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    with within(app, partnership), transaction(), pytest.raises(ValueError, match="known total"):
        service_known.set_known(uuid.uuid4(), [Known("", "", 9, "x", date(2026, 1, 1))], threshold=10)


def test_w2_only_who_makes_releases_writes_known_totals(
    app: Flask, client: PageClient, ana: PageClient, partnership: uuid.UUID
) -> None:
    staff(app, partnership, "vic", Role.VIEWER)
    viewer = app.test_client()
    sign_in(viewer, "vic")
    assert viewer.get(f"{PAGE}/known").status_code == 403
    assert viewer.get(PAGE).status_code == 200


def test_d4_coverage_hides_what_the_release_hides(app: Flask) -> None:
    """A hidden group is hidden beside its total too, and is called unheard only where that is why."""
    definition = ready_made("your-voice")
    options = [option.id for option in definition.question("care").options() or ()]
    cells = (Cell(options[0], 60), Cell(options[1], None), *(Cell(name, None) for name in options[2:]))
    known = {
        key: Known(*key, people, "census", date(2026, 1, 1))
        for key, people in {("", ""): 640, ("care", options[0]): 600, ("care", options[1]): 40}.items()
    }
    with app.test_request_context(), force_locale("en"):
        for reason, words, flag in (
            ("small", "fewer than 10", "hardly heard"),
            ("secondary", "hidden to protect people", ""),
        ):
            table = Table("care", False, (), cells, 80, reason)  # type: ignore[arg-type]  # one of the reasons
            everybody, care = coverage(definition, [table], 80, known, RULE, "en")
            assert everybody.rows[0].share == "12%"
            assert [(row.heard, row.share, row.flag) for row in care.rows] == [
                ("about 60", "10%", ""),
                (words, "not said", flag),
            ]


def test_d4_means_need_every_part_and_faces_none_under_seven(app: Flask) -> None:
    """Rows: counts worst first; whether a mean may be said. One hidden part, or faces under 7, and there is none."""
    definition = ready_made("your-voice")
    young = definition.model_copy(update={"age_min": 5})
    unknown = definition.model_copy(update={"age_min": None})
    question = definition.question("safe_home")
    assert has_means(definition, question)
    assert not has_means(young, question)
    assert not has_means(unknown, question)
    whole = Table("safe_home", False, (), (*(Cell(str(n), 10 * n) for n in range(1, 6)), Cell("skip", None)), 150)
    part = Table("safe_home", False, (), (Cell("1", None), *whole.cells[1:]), 150)
    happy = Table("safe_home", False, (), (*(Cell(str(n), None) for n in range(1, 5)), Cell("5", 130)), 150)
    with app.test_request_context(), force_locale("en"):
        assert shapes(definition, [whole], RULE)["safe_home"].average == "Average: about 3.7 of 5."
        assert shapes(definition, [part], RULE)["safe_home"].average == ""
        for one in (young, unknown):
            shape = shapes(one, [whole], RULE)["safe_home"]
            assert shape.average == ""
            assert "under 7" in shape.notes[0]
        shape = shapes(definition, [happy], RULE)["safe_home"]
        assert shape.average == ""
        assert "best answer" in shape.notes[0]
        assert shapes(definition, [whole], RULE)["safe_home"].notes == ()


def test_results_divide_by_an_adults_presence_where_groups_are_large(
    app: Flask, ana: PageClient, partnership: uuid.UUID, tmp_path: Path
) -> None:
    add_responses(app, partnership, "your-voice", 60)
    with within(app, partnership), transaction():
        begin_write().execute(sa.update(Response).values(adult="yes"))
    add_responses(app, partnership, "your-voice", 40, seed=2)
    with within(app, partnership), transaction():
        begin_write().execute(sa.update(Response).where(Response.adult == "").values(adult="no"))
    release = _make(app, partnership, tmp_path)
    with within(app, partnership):
        bases = {value: queries.tables(release, {"how.adult": value})[0].base for value in ("yes", "no")}
        tables = queries.all_tables(release)
    assert bases == {"yes": 60, "no": 40}
    assert all(len(table.filters) <= 2 for table in tables)
    page = ana.get(f"{PAGE}?how.adult=no").get_data(as_text=True)
    assert "Was an adult with them?" in page
    assert "People: about 40." in page


def test_d4_a_small_group_without_an_adult_is_hidden(
    app: Flask, ana: PageClient, partnership: uuid.UUID, tmp_path: Path
) -> None:
    """Four answered alone: neither they nor, by subtraction, the others can be seen by themselves."""
    add_responses(app, partnership, "your-voice", 4)
    with within(app, partnership), transaction():
        begin_write().execute(sa.update(Response).values(adult="no"))
    add_responses(app, partnership, "your-voice", 40, seed=2)
    with within(app, partnership), transaction():
        begin_write().execute(sa.update(Response).where(Response.adult == "").values(adult="yes"))
    release = _make(app, partnership, tmp_path)
    with within(app, partnership):
        seen = [table for value in ("yes", "no") for table in queries.tables(release, {"how.adult": value})]
    assert seen
    assert all(table.base is None and all(cell.count is None for cell in table.cells) for table in seen)


def _at(number: int, definition: Definition, **counts: tuple[int | None, ...]) -> Frozen:
    """A release of which these questions were published."""
    tables = {
        name: Table(name, False, (), tuple(Cell(str(n), count) for n, count in enumerate(row, 1)), 100)
        for name, row in counts.items()
    }
    return Frozen(number, f"release {number}", definition, tables, RULE)


def test_a_trend_is_only_of_questions_asked_alike_and_of_published_numbers(app: Flask) -> None:
    """The same words: side by side, with what changed. Other words: said so. Hidden: no change and no point."""
    now = ready_made("your-voice")
    home = now.question("safe_home")
    other = home.model_copy(update={"text": Text.english("Is home all right?")})
    before = now.model_copy(update={"questions": (other, *now.questions[1:])})
    before.__dict__.pop("_by_id", None)
    first = _at(1, before, safe_home=(None, None, None, 40, 60), safe_school=(None, None, 20, 40, 40))
    second = _at(2, now, safe_home=(None, None, None, 40, 60), safe_school=(None, None, 20, None, 55))
    with app.test_request_context(), force_locale("en"):
        views = {view.title: view for view in trends([first, second], "en")}
    changed, same = views["How safe do you feel at home?"], views["How safe do you feel at school or college?"]
    assert changed.header[1:-1] == ("release 2",)
    assert "release 1" in changed.changed
    assert changed.points == ()
    assert same.changed == ""
    assert [row[-1] for row in same.rows] == ["", "", "about the same", "", "about 40 → about 55"]
    assert [point["value"] for point in same.points] == [40, 55]
    assert same.rows[3][1:3] == ("about 40", "fewer than 10")


def test_releases_stand_side_by_side_on_their_page(
    app: Flask, ana: PageClient, partnership: uuid.UUID, tmp_path: Path
) -> None:
    add_responses(app, partnership, "your-voice", 40)
    _make(app, partnership, tmp_path)
    assert "Nothing to compare yet" in ana.get(f"{PAGE}/over-time").get_data(as_text=True)
    add_responses(app, partnership, "your-voice", 40, seed=2)
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        _make(app, partnership, tmp_path)
    page = ana.get(f"{PAGE}/over-time").get_data(as_text=True)
    assert "→ about" in page
    assert "Change" in page
    assert "over-time" in ana.get(PAGE).get_data(as_text=True)
