"""What a page must not grow with: 200 questions beside 10, and 100,000 who have answered beside nobody."""

import secrets
import statistics
import time
import uuid
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient

from engage.core import scope
from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.surveys.models import Survey, SurveyVersion
from engage.people import queries as people
from engage.rules.questionnaire.definition import Definition
from tests.bench.measure import Line
from tests.factories.surveys import open_as_it_is
from tests.support.apps import build
from tests.support.client import token_of
from tests.support.serving import set_up

SHORT, LONG, ROUNDS, MANY = 10, 200, 5, 100_000
WHAT = ("first GET", "GET", "POST")
_WORDS = {"en": {"plain": "Say which", "easy": "Say which"}}


def measure(folder: Path) -> list[Line]:
    """Both surveys in this process, in turns, each page of them once a round."""
    app = build(set_up(folder))
    with app.app_context():
        place = people.list_partnerships()[0]
    for count in (SHORT, LONG):
        open_as_it_is(app, place.id, _survey(count), f"of-{count}")
    times: dict[tuple[str, int], list[float]] = {(what, n): [] for what in WHAT for n in (SHORT, LONG)}
    for _ in range(ROUNDS):
        for count in (SHORT, LONG):
            for what, seconds in _walk(app.test_client(), f"/{place.slug}/surveys/of-{count}", count).items():
                times[what, count].append(seconds)
    survey = f"/{place.slug}/surveys/of-{SHORT}"
    with app.app_context():
        _answered(place.id, f"of-{SHORT}")
    crowded = [_walk(app.test_client(), survey, SHORT) for _ in range(ROUNDS)]
    with app.app_context():
        db.engine.dispose()
    lines = []
    for what in WHAT:
        short = times[what, SHORT]
        lines += [
            _line(f"{what} a page of {LONG} questions / of {SHORT}", times[what, LONG], short),
            _line(f"{what} a page, {MANY:,} have answered / nobody", [each[what] for each in crowded], short),
        ]
    return lines


def _answered(partnership: uuid.UUID, slug: str) -> None:
    """As many responses as a large place has, by other people."""
    scope.enter(partnership)
    with transaction():
        version = db.session.scalars(sa.select(SurveyVersion.id).join(Survey).where(Survey.slug == slug)).one()
        raw: Any = db.session.connection().connection.driver_connection
        rows = ((uuid.uuid4().hex, version.hex, secrets.token_bytes(32), partnership.hex) for _ in range(MANY))
        raw.executemany(
            "INSERT INTO response (id, version_id, submission_key, answers, language, channel, week, partnership_id)"
            " VALUES (?, ?, ?, '{}', 'en', 'link', '2026-W40', ?)",
            rows,
        )


def _line(name: str, one: list[float], other: list[float]) -> Line:
    long, short = statistics.median(one), statistics.median(other)
    return Line(name, f"{long * 1000:.2f} ms", f"{short * 1000:.2f} ms", f"{long / short:.2f}x", "1.5x", "1.1x")


def _survey(count: int) -> Definition:
    options = [{"id": name, "text": _WORDS} for name in "abc"]
    said = dict.fromkeys(("who", "why", "reads", "limits", "expectation"), _WORDS)
    return Definition.model_validate({
        "survey": f"of-{count}",
        "audience": "staff",
        "threshold": "staff",
        "title": _WORDS,
        "intro": {**said, "minutes": 5},
        "thanks": _WORDS,
        "questions": [{"id": f"q{n}", "kind": "single", "text": _WORDS, "options": options} for n in range(count)],
    })


def _walk(client: FlaskClient, survey: str, count: int) -> dict[str, float]:
    """Seconds of this process for one page, the middle one of all pages on the way."""
    client.post(f"{survey}/start")
    spent: dict[str, list[float]] = {what: [] for what in WHAT}
    for number in range(count):
        address = f"{survey}/q/q{number}"
        began = time.process_time()
        page = client.get(address)
        spent["GET" if number else "first GET"].append(time.process_time() - began)
        form = {"csrf_token": token_of(page), f"q{number}": "a"}
        began = time.process_time()
        kept = client.post(address, data=form)
        spent["POST"].append(time.process_time() - began)
        assert kept.status_code == 303, kept.status_code
    return {what: statistics.median(each) for what, each in spent.items()}
