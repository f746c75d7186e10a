"""N2: with the codes, the order they were used in, every row and the site's keys, no code is joined to a response."""

import secrets
import uuid
from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import crypto, database, shuffle
from engage.core.database import Base, db
from engage.listening.ballots import queries as ballot_queries
from engage.listening.ballots.box import Box
from engage.listening.surveys import queries
from engage.listening.surveys.models import Response
from engage.web import respondent
from tests.factories.codes import survey_with_codes
from tests.support.answering import send, start, walk
from tests.support.apps import within
from tests.support.client import browser_of

PEOPLE = 200
SURVEY = "/larkmoor/surveys/faces"
ANSWERS = {"safe_here": {"safe_here": "3"}}
# Matches by chance are Poisson with mean 1: seven or more happen once in twelve thousand tries.
MOST_BY_CHANCE = 6
# The rank correlation of two random orders of 200 has a standard deviation of 0.071.
LARGEST_CORRELATION = 0.3
ORDERS = {
    "postgresql": ("ctid", "xmin::text::bigint", "id", "submission_key"),
    "sqlite": ("id", "submission_key", "week"),
}


@pytest.fixture
def answered(app: Flask, partnership: uuid.UUID) -> list[tuple[str, bytes]]:
    """Two hundred people answered one after the other: (code, submission key), in the order they came."""
    drawn = survey_with_codes(app, partnership, PEOPLE, "examples/faces")
    secrets.SystemRandom().shuffle(drawn)  # cards are handed out in no order
    with within(app, partnership):
        survey_id = queries.get_survey("faces")
        assert survey_id is not None
        key = f"survey:{survey_id.id}"
    came = []
    for code in drawn:
        client = browser_of(app)
        walk(client, start(client, SURVEY, code=code), ANSWERS)
        cookie = client.get_cookie("engage-answer")
        assert cookie is not None
        with app.test_request_context(headers={"Cookie": f"engage-answer={cookie.value}"}):
            secret = respondent.present()
        assert secret is not None
        assert send(client, SURVEY).status_code == 303
        came.append((code, crypto.derive(secret, f"submission:{key}")))
    return came


def correlation(truth: Sequence[bytes], guess: Sequence[bytes]) -> float:
    """Spearman's rank correlation of two orders of the same things."""
    place = {key: rank for rank, key in enumerate(guess)}
    squares = sum((rank - place[key]) ** 2 for rank, key in enumerate(truth))
    return 1 - 6 * squares / (len(truth) * (len(truth) ** 2 - 1))


def test_n2_no_order_joins_codes_to_responses(
    app: Flask, partnership: uuid.UUID, answered: list[tuple[str, bytes]]
) -> None:
    truth = [key for _, key in answered]
    with within(app, partnership):
        if db.engine.dialect.name == "postgresql":
            # The attack bites: this is what the files of the server tell until the night.
            assert correlation(truth, responses_in_every_order()["xmin::text::bigint"]) > 1 - LARGEST_CORRELATION
        db.session.rollback()  # the job begins with no transaction of its own
        shuffle.forget_order()
        guesses = responses_in_every_order()
        check_the_box(answered)
    assert len(guesses) > 3
    for name, guess in guesses.items():
        assert sorted(guess) == sorted(truth), name
        for ordered in (guess, guess[::-1]):
            assert sum(a == b for a, b in zip(truth, ordered, strict=True)) <= MOST_BY_CHANCE, name
        assert abs(correlation(truth, guess)) < LARGEST_CORRELATION, name


def responses_in_every_order() -> dict[str, list[bytes]]:
    """The responses as they lie, and by all that could stand for when they came."""
    orders = ORDERS[db.engine.dialect.name]
    options = {"engage_maintenance": True}
    found = {"as they lie": list(db.session.scalars(sa.select(Response.submission_key)))}
    with db.engine.connect().execution_options(**options) as connection:
        for order in orders:
            query = f"SELECT submission_key FROM response ORDER BY {order}"  # noqa: S608 - a list of this file
            found[order] = [bytes(row[0]) for row in connection.exec_driver_sql(query)]
        # Other rows that carry a response's id tell its order too, if they have one.
        for order in orders[:2] if db.engine.dialect.name == "postgresql" else ("id",):
            query = f"SELECT origin_id FROM receipt ORDER BY {order}"  # noqa: S608 - a list of this file
            keys = dict(iter(connection.exec_driver_sql("SELECT id, submission_key FROM response")))
            found[f"receipt {order}"] = [bytes(keys[row[0]]) for row in connection.exec_driver_sql(query)]
    return found


def check_the_box(answered: list[tuple[str, bytes]]) -> None:
    """Opened with the site's own keys it says "used": no order of use, and no value that stands anywhere else."""
    row = queries.get_survey("faces")
    assert row is not None
    [(batch_id, sealed)] = ballot_queries.boxes(row.id)
    box = bytes(Box.unseal(batch_id, sealed).data)
    entries = [box[place : place + 33] for place in range(0, len(box), 33)]
    assert {entry[16] for entry in entries} == {2}
    elsewhere = everything_stored(but="code_batch")
    for entry in entries:
        assert entry[:16] not in elsewhere
        assert entry[17:] not in elsewhere
    assert not any(code.encode() in elsewhere for code, _ in answered)


def everything_stored(but: str) -> bytes:
    """All values of all other tables in one."""
    options = {"engage_maintenance": True}
    tables = [table for table in Base.metadata.sorted_tables if table.name != but]
    with db.engine.connect().execution_options(**options) as connection:
        rows = [row for table in tables for row in connection.execute(sa.select(table))]
    return b"\n".join(v if isinstance(v, bytes) else str(v).encode() for row in rows for v in row)


def test_n3_a_batch_keeps_no_time_but_the_day_it_was_made() -> None:
    columns = Base.metadata.tables["code_batch"].columns
    assert [column.name for column in columns if isinstance(column.type, database.UtcDateTime)] == []
    assert {column.name for column in columns if isinstance(column.type, sa.Date)} == {"made_on", "expires_on"}
