"""The lowest floor: the same page and the same answers with nothing but WSGI and SQL. `tests.bench.raw:app`.

No framework, no form token, no template: what is left is the server, the parsing of a form, and the disk.
FLOOR_DATABASE names the SQLite file, made by `tests.bench.floors`.
"""

import fcntl
import json
import os
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterable
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

DATABASE = Path(os.environ.get("FLOOR_DATABASE", "floor.sqlite3"))
OPTIONS = {str(option) for option in range(1, 6)}
_CHOICES = "".join(
    f'<div><input type="radio" id="q-{value}" name="q" value="{value}"><label for="q-{value}">{word}</label></div>'
    for value, word in enumerate(("Never", "Not often", "Sometimes", "Mostly", "Always"), start=1)
)
_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>How safe do you feel at home?</title></head>'
    '<body><main id="main"><form method="post"><fieldset><legend><h1>How safe do you feel at home?</h1></legend>'
    f"{_CHOICES}</fieldset><button>Continue</button></form></main></body></html>"
).encode()

Start = Callable[[str, list[tuple[str, str]]], object]
_turn = threading.Lock()
_lock = DATABASE.with_suffix(".lock").open("w")
_mine = threading.local()


def _connection() -> sqlite3.Connection:
    if not hasattr(_mine, "connection"):
        _mine.connection = sqlite3.connect(DATABASE, isolation_level=None, timeout=5)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            _mine.connection.execute(f"PRAGMA {pragma}")
    found: sqlite3.Connection = _mine.connection
    return found


@contextmanager
def _writing() -> Any:
    with _turn, closing(_connection().cursor()) as cursor:
        fcntl.flock(_lock, fcntl.LOCK_EX)
        try:
            cursor.execute("BEGIN IMMEDIATE")
            yield cursor
            cursor.execute("COMMIT")
        finally:
            fcntl.flock(_lock, fcntl.LOCK_UN)


def _keep(form: dict[str, list[str]]) -> bool:
    if form.get("q", [""])[0] not in OPTIONS:
        return False
    with _writing() as cursor:
        cursor.execute("INSERT INTO document VALUES (?, ?)", (uuid.uuid4().bytes, json.dumps({"q": form["q"][0]})))
    return True


def _send(form: dict[str, list[str]]) -> bool:
    closed = [form.get(f"q{number}", [""])[0] for number in range(1, 12)]
    words = form.get("q12", [""])[0]
    if not OPTIONS.issuperset(closed) or len(words) > 2000:
        return False
    with _writing() as cursor:
        cursor.execute("INSERT INTO response (survey, week) VALUES (1, '2026-W48')")
        key = cursor.lastrowid
        rows = [(key, number, int(value), None) for number, value in enumerate(closed, start=1)]
        insert = "INSERT INTO answer (response_id, question, value, text) VALUES (?, ?, ?, ?)"
        cursor.executemany(insert, [*rows, (key, 12, None, words)])
    return True


def app(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """GET any address for the page; POST /question for one answer, /answers for twelve."""
    if environ["REQUEST_METHOD"] == "GET":
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(_PAGE)))])
        return [_PAGE]
    form = parse_qs(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode())
    done = _send(form) if environ["PATH_INFO"] == "/answers" else _keep(form)
    start_response(
        "303 See Other" if done else "422 Unprocessable", [("Location", "/question"), ("Content-Length", "0")]
    )
    return [b""]
