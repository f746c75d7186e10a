"""T8, small: a release of 20,000 responses beside writing the same rows to Parquet and counting them by hand."""

import json
import statistics
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import duckdb
import sqlalchemy as sa
from flask import Flask

from engage.core.database import db, end_write
from engage.listening.surveys import queries
from engage.listening.surveys.models import Response
from engage.people import queries as people
from engage.understanding.releases import service
from engage.understanding.releases.service import Place
from tests.bench.measure import Line
from tests.factories.responses import add_responses
from tests.support.apps import build, within
from tests.support.serving import set_up

RESPONSES, ROUNDS = 20_000, 3


def measure(folder: Path) -> list[Line]:
    """The line of T8; both sides in this process, in turns."""
    app = build(set_up(folder))
    with app.app_context():
        place = people.list_partnerships()[0].id
    add_responses(app, place, "your-voice", RESPONSES)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(lambda: _release(app, place, folder)))
        theirs.append(_seconds(lambda: _by_hand(app, place, folder)))
    with app.app_context():
        db.engine.dispose()
    mine, floor = statistics.median(ours), statistics.median(theirs)
    what = f"T8 release of {RESPONSES:,} responses / Parquet and group-bys by hand"
    return [Line(what, f"{mine:.2f} s", f"{floor:.2f} s", f"{mine / floor:.2f}x", "3.0x", "1.5x")]


def _seconds(act: Callable[[], None]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _release(app: Flask, place: uuid.UUID, folder: Path) -> None:
    """A whole release that is then not kept, so that it can be made again."""
    with within(app, place):
        service.make_release("your-voice", Place(folder / "snapshots", 1), None)
        end_write(commit=False)


def _by_hand(app: Flask, place: uuid.UUID, folder: Path) -> None:
    """Rows out of the database, into Parquet, and every question counted alone and by each background question."""
    with within(app, place):
        survey = queries.get_survey("your-voice")
        assert survey is not None
        definition = survey.definition
        assert definition is not None
        rows = [json.dumps(row) for row in db.session.scalars(sa.select(Response.answers))]
        db.session.rollback()
    file = folder / "hand.parquet"
    engine = duckdb.connect()
    engine.execute("CREATE TABLE raw (a VARCHAR)")
    engine.execute("INSERT INTO raw SELECT unnest(string_split(?, chr(10)))", ["\n".join(rows)])
    # ids of questions are lower-case words of our own
    closed = [question for question in definition.asked if question.options() and question.kind != "multiple"]
    columns = ", ".join(f"json_extract_string(a, '$.{one.id}.value') AS {one.id}" for one in closed)
    engine.execute(f"COPY (SELECT {columns} FROM raw) TO '{file}' (FORMAT parquet)")  # noqa: S608
    for one in closed:
        for by in ("", *(f", {other.id}" for other in closed if other.background and other is not one)):
            engine.execute(f"SELECT {one.id}{by}, count(*) FROM '{file}' GROUP BY {one.id}{by}").fetchall()  # noqa: S608
    engine.close()
