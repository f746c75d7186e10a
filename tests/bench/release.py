"""T6, T7, T8: a release of a million responses beside writing the same rows to Parquet and counting them by hand.

The release's own audit has a budget of its own and is no part of T8.
"""

import itertools
import json
import random
import secrets
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import sqlalchemy as sa
from flask import Flask

from engage.core import clock
from engage.core.database import begin_write, db
from engage.core.ids import new_id
from engage.core.transaction import transaction
from engage.listening.surveys import queries
from engage.listening.surveys import queries_closed as closed
from engage.listening.surveys.models import Response
from engage.people import queries as people
from engage.people.kinds import Role
from engage.rules.disclosure import RawTable, Rule, publish
from engage.rules.questionnaire.definition import Definition
from engage.understanding.releases import service, service_counting
from engage.understanding.releases.service import Place
from engage.understanding.releases.snapshot import Snapshot
from tests.bench.measure import Line
from tests.factories.responses import answers_of
from tests.support.apps import build, within
from tests.support.people import sign_in, staff
from tests.support.serving import set_up

RESPONSES, ROUNDS, PAGES = 1_000_000, 3, 20
_BATCH, _DIFFERENT = 50_000, 5_000


def measure(folder: Path) -> list[Line]:
    """The lines of T6 to T8; both sides in this process, in turns, by processor time."""
    app = build(set_up(folder))
    with app.app_context():
        place = people.list_partnerships()[0].id
    _fill(app, place)
    times: dict[str, list[float]] = {name: [] for name in ("write", "count", "hide", "hand", "groups")}
    for _ in range(ROUNDS):
        for name, seconds in (*_release(app, place, folder), *_by_hand(app, place, folder)):
            times[name].append(seconds)
    took = {name: statistics.median(found) for name, found in times.items()}
    ours, theirs = took["write"] + took["count"] + took["hide"], took["hand"] + took["groups"]
    lines = [
        _line(f"T8 release of {RESPONSES:,} / Parquet and group-bys by hand", ours, theirs, "3.0x", "1.5x"),
        _line("   all one- and two-filter tables / group-bys by one", took["count"], took["groups"], "2.0x", "1.0x"),
        Line("   what may be seen of them", f"{took['hide']:.2f} s", "", "", "", ""),
        *_pages(app, place, folder, took["groups"]),
    ]
    with app.app_context():
        db.engine.dispose()
    return lines


def _line(what: str, ours: float, theirs: float, must: str, stretch: str) -> Line:
    return Line(what, f"{ours:.3f} s", f"{theirs:.3f} s", f"{ours / theirs:.2f}x", must, stretch)


def _pages(app: Flask, place: uuid.UUID, folder: Path, groups: float) -> Iterator[Line]:
    """A release as it is really made, with its audit; then the results page."""
    with within(app, place), transaction():
        whole = _seconds(lambda: service.make_release("your-voice", Place(folder / "snapshots", 1), None))
    yield Line("   the release as a person makes it, audited and stored", f"{whole:.2f} s", "", "", "", "")
    staff(app, place, "bench", Role.ANALYST)
    client = app.test_client()
    sign_in(client, "bench")
    client.get("/staff/results/your-voice")
    page = _seconds(lambda: [client.get("/staff/results/your-voice?age=11-13") for _ in range(PAGES)]) / PAGES
    yield _line("T6 results page, rendered / the same group-bys again", page, groups, "", "")
    with within(app, place):
        release = service.queries.list_releases()[0].id
        service.queries.tables(release, {"age": "11-13"})
        reading = _seconds(lambda: [service.queries.tables(release, {"age": "11-13"}) for _ in range(PAGES)]) / PAGES
    yield Line("   stored tables read", f"{reading * 1e3:.1f} ms", "", "", "10 ms", "5 ms")


def _seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _fill(app: Flask, place: uuid.UUID) -> None:
    """Believable responses, some thousands of them different, with how they were given."""
    with within(app, place):
        definition, version = _asked()
    chance = random.Random(8)
    different = [answers_of(definition, chance) for _ in range(_DIFFERENT)]
    given = itertools.cycle([("en", "link", "yes"), ("en", "qr", "no"), ("ar", "paper", ""), ("en", "link", "no")])
    for _ in range(RESPONSES // _BATCH):
        rows = [
            {"id": new_id(), "version_id": version, "submission_key": secrets.token_bytes(32),
             "answers": chance.choice(different), "language": language, "channel": channel, "adult": adult,
             "week": clock.iso_week()}
            for language, channel, adult in itertools.islice(given, _BATCH)
        ]  # fmt: skip
        with within(app, place), transaction():
            begin_write().execute(sa.insert(Response), rows)


def _asked() -> tuple[Definition, uuid.UUID]:
    survey = queries.get_survey("your-voice")
    assert survey is not None
    assert survey.version is not None
    return queries.definition_of(survey.version.id), survey.version.id


def _release(app: Flask, place: uuid.UUID, folder: Path) -> Iterator[tuple[str, float]]:
    """The steps of a release up to its audit: snapshot, counts, what may be seen."""
    with within(app, place):
        definition, version = _asked()
        left = {question.id for question in definition.asked if question.left}
        columns, about = service_counting.columns_of(definition.asked, left), service_counting.about_columns(definition)
        dimensions = [*(one.key for one in definition.dividing), *service_counting.dividing_about(definition)]
        values = {one.question: one.options for one in (*columns, *about) if one.question in dimensions}
        with Snapshot(folder / "snapshots", [*columns, *about]) as snapshot:
            asked, put = [question.id for question in definition.asked], partial(service_counting.placed, definition)
            yield "write", _seconds(lambda: snapshot.write_stored(closed.stored_answers(version), asked, put))
            raw: list[RawTable] = []
            yield (
                "count",
                _seconds(
                    lambda: raw.extend(
                        table
                        for one in columns
                        for table in snapshot.count(one.question, [name for name in dimensions if name != one.question])
                    )
                ),
            )
        yield "hide", _seconds(lambda: publish(raw, Rule(), total=RESPONSES, dimensions=values))
        db.session.rollback()


def _by_hand(app: Flask, place: uuid.UUID, folder: Path) -> Iterator[tuple[str, float]]:
    """Rows out of the database, into Parquet, and every question counted alone and by each background question."""
    file = folder / "hand.parquet"
    with within(app, place):
        definition, _version = _asked()
        # ids of questions are lower-case words of our own
        asked = [question for question in definition.asked if question.options() and question.kind != "multiple"]
        yield "hand", _seconds(lambda: _write_by_hand(file, [question.id for question in asked]))
        db.session.rollback()
    with duckdb.connect() as engine:
        by = ["", *(f", {question.id}" for question in asked if question.background)]
        cuts = [f"{one.id}{other}" for one in asked for other in by if other != f", {one.id}"]
        query = "SELECT {0}, count(*) FROM '{1}' GROUP BY {0}"
        yield "groups", _seconds(lambda: [engine.execute(query.format(cut, file)).fetchall() for cut in cuts])


def _write_by_hand(file: Path, asked: list[str]) -> None:
    shape = json.dumps({name: {"value": "VARCHAR"} for name in asked})
    with duckdb.connect() as engine:
        engine.execute("CREATE TABLE raw (a VARCHAR)")
        stored = db.session.scalars(sa.select(sa.cast(Response.answers, sa.Text)).execution_options(yield_per=10_000))
        for batch in stored.partitions():
            engine.execute("INSERT INTO raw SELECT unnest(string_split(?, chr(10)))", ["\n".join(batch)])
        columns = ", ".join(f"j.{name}.value AS {name}" for name in asked)
        inner = f"SELECT from_json(a, '{shape}') AS j FROM raw"  # noqa: S608  # our own ids of questions
        engine.execute(f"COPY (SELECT {columns} FROM ({inner})) TO '{file}' (FORMAT parquet)")  # noqa: S608  # our own names
