"""A page of a survey of 200 questions beside the same page of one of 10: reading it, and keeping an answer on it."""

import statistics
import time
from pathlib import Path

from flask.testing import FlaskClient

from engage.core.database import db
from engage.people import queries as people
from engage.rules.questionnaire.definition import Definition
from tests.bench.measure import Line
from tests.factories.surveys import open_as_it_is
from tests.support.apps import build
from tests.support.client import token_of
from tests.support.serving import set_up

SHORT, LONG, ROUNDS = 10, 200, 5
_WORDS = {"en": {"plain": "Say which", "easy": "Say which"}}


def measure(folder: Path) -> list[Line]:
    """Both surveys in this process, in turns, each page of them once a round."""
    app = build(set_up(folder))
    with app.app_context():
        place = people.list_partnerships()[0]
    for count in (SHORT, LONG):
        open_as_it_is(app, place.id, _survey(count), f"of-{count}")
    times: dict[tuple[str, int], list[float]] = {(what, n): [] for what in ("GET", "POST") for n in (SHORT, LONG)}
    for _ in range(ROUNDS):
        for count in (SHORT, LONG):
            for what, seconds in _walk(app.test_client(), f"/{place.slug}/surveys/of-{count}", count).items():
                times[what, count].append(seconds)
    with app.app_context():
        db.engine.dispose()
    return [_line(what, times) for what in ("GET", "POST")]


def _line(what: str, times: dict[tuple[str, int], list[float]]) -> Line:
    long, short = (statistics.median(times[what, count]) for count in (LONG, SHORT))
    name = f"{what} a page of {LONG} questions / of {SHORT}"
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
    spent: dict[str, list[float]] = {"GET": [], "POST": []}
    for number in range(count):
        address = f"{survey}/q/q{number}"
        began = time.process_time()
        page = client.get(address)
        spent["GET"].append(time.process_time() - began)
        form = {"csrf_token": token_of(page), f"q{number}": "a"}
        began = time.process_time()
        kept = client.post(address, data=form)
        spent["POST"].append(time.process_time() - began)
        assert kept.status_code == 303, kept.status_code
    return {what: statistics.median(each) for what, each in spent.items()}
