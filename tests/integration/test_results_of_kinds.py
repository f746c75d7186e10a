"""Every counted kind from a table of answers to the results page: loaded, frozen, counted where it belongs (D1)."""

import uuid
from pathlib import Path

from flask import Flask

from engage.core.transaction import transaction
from engage.listening.surveys import importing
from engage.people.kinds import Role
from engage.rules.questionnaire.import_rows import csv_columns, read_csv
from engage.understanding.releases import queries, service
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff
from tests.unit.questionnaire.samples import QUESTIONS, sample

ASKED = {"mood", "line", "sleep", "visit", "moved", "joins", "first", "about", "hurts", "told_this"}
EVERY = sample(*(question for question in QUESTIONS if question["id"] in ASKED))
HEADER = "mood,line,sleep,visit,moved,joins,first,about.play,about.sleep-well,hurts"
ROWS = [
    *["happy,4,8,2025-03-27,2019-05,agree,school|home|friends,1,3,head|tummy"] * 20,
    *["worried,0,12,2026-11-01,2024-01,disagree,friends|school|home,2,,none"] * 20,
    *["rather-not,2,rather-not,rather-not,2024-01,agree,rather-not,2,3,rather-not"] * 20,
]


def test_what_was_loaded_is_counted_by_band_place_and_line(
    app: Flask, client: PageClient, partnership: uuid.UUID, tmp_path: Path
) -> None:
    """A number counts as its band, a date as its year, a ranking by place, a matrix by line; a page read counts not."""
    assert set(HEADER.split(",")) < set(csv_columns(EVERY))
    rows, problems = read_csv(EVERY, "\n".join((HEADER, *ROWS)))
    assert problems == ()
    open_as_it_is(app, partnership, EVERY, "sample")
    with within(app, partnership):
        load = importing.prepare_import("sample", rows)
        with transaction():
            assert importing.store_import(load) == 60
    with within(app, partnership), transaction():
        service.make_release("sample", service.Place(tmp_path / "snapshots", 1), None)
    with within(app, partnership):
        shown = queries.show("sample")
    assert shown is not None
    counts = {
        table["question"]: {cell["option"]: cell["count"] for cell in table["cells"] if cell["count"]}
        for table in shown["tables"]
        if not table["question"].startswith("how.")
    }
    assert counts == {
        "mood": {"happy": 20, "worried": 20, "rather-not": 20},
        "line": {"0": 20, "2": 20, "4": 20},
        "sleep": {"5-8": 20, "9-24": 20, "rather-not": 20},
        "visit": {"2025": 20, "2026": 20, "rather-not": 20},
        "moved": {"2015-2019": 20, "2020-2027": 40},
        "joins": {"agree": 40, "disagree": 20},
        "first.home": {"2": 20, "3": 20, "rather-not": 20},
        "first.school": {"1": 20, "2": 20, "rather-not": 20},
        "first.friends": {"1": 20, "3": 20, "rather-not": 20},
        "about.play": {"1": 20, "2": 40},
        "about.sleep-well": {"3": 40, "rather-not": 20},
        "hurts": {"head": 20, "tummy": 20, "none": 20, "rather-not": 20},
    }
    rows = {table["question"]: [cell["option"] for cell in table["cells"]] for table in shown["tables"]}
    assert rows["joins"] == ["agree", "disagree"], "its page has no third way, so results have no row for one"
    assert rows["about.play"][-1] == rows["mood"][-1] == "rather-not"
    _page_shows_each_once(app, client, partnership)


def _page_shows_each_once(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    page = client.get("/staff/results/sample").get_data(as_text=True)
    assert page.count('id="g-first"') == page.count('id="g-about"') == page.count('id="t-sleep"') == 1
    assert "5–8" in page
    assert "told_this" not in page
    assert 'id="in-words"' not in page
    assert ">1 (top)</th>" in page, "a bare 1 could be the best or the least"
    assert "Was an adult with them?" not in page, "nobody is divided by what the release has no numbers of"
    assert "No numbers for this choice" in client.get("/staff/results/sample?how.adult=yes").get_data(as_text=True)
