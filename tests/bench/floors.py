"""The floors: the least that Flask can do for one question page, one answer, one response. `tests.bench.floors:app`.

FLOOR_DATABASE names the SQLite file. Nothing here is how the product should look; it is what it is measured against.
"""

import fcntl
import json
import os
import re
import sqlite3
import threading
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf

DATABASE = Path(os.environ.get("FLOOR_DATABASE", "floor.sqlite3"))
WORDS = ("Never", "Not often", "Sometimes", "Mostly", "Always")
CLOSED = {f"q{number}": {str(option) for option in range(1, 6)} for number in range(1, 12)}

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ text }}</title>
<link rel="stylesheet" href="/static/a.css"></head><body><a href="#main">Skip to main content</a>
<header><a href="/">Have your say</a><nav><ul>{% for name in menu %}<li><a href="/{{ name }}">{{ name }}</a></li>
{% endfor %}</ul></nav></header><main id="main"><form method="post">
<input type="hidden" name="csrf_token" value="{{ token }}"><fieldset><legend><h1>{{ text }}</h1></legend>
{% for value, label in options %}<div><input type="radio" id="q-{{ value }}" name="q" value="{{ value }}">
<label for="q-{{ value }}">{{ label }}</label></div>{% endfor %}</fieldset><button>Continue</button></form></main>
<footer>{% for line in foot %}<p>{{ line }}</p>{% endfor %}</footer></body></html>"""

tables = sa.MetaData()
response = sa.Table(
    "response",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("survey", sa.Integer),
    sa.Column("week", sa.Text),
)
answer = sa.Table(
    "answer",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("response_id", sa.ForeignKey("response.id"), index=True),
    sa.Column("question", sa.Integer),
    sa.Column("value", sa.Integer),
    sa.Column("text", sa.Text),
    sa.Index("ix_answer_question_value", "question", "value"),
)

app = Flask("floor", static_folder=None)
app.config.update(SECRET_KEY="x" * 32, WTF_CSRF_TIME_LIMIT=None)
CSRFProtect(app)
_page = app.jinja_env.from_string(PAGE)
_engine = sa.create_engine(f"sqlite:///{DATABASE}")
_turn = threading.Lock()
_lock = DATABASE.with_suffix(".lock").open("w")
_mine = threading.local()


@sa.event.listens_for(_engine, "connect")
def _settings(connection: sqlite3.Connection, _entry: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def make() -> None:
    """Make the tables; once, before the server is started."""
    tables.create_all(_engine)
    with _engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE document (id BLOB PRIMARY KEY, body TEXT) WITHOUT ROWID")
    _engine.dispose()


@contextmanager
def _writing() -> Any:
    """One writer at a time, waiting in the kernel."""
    with _turn:
        fcntl.flock(_lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(_lock, fcntl.LOCK_UN)


def _raw() -> sqlite3.Connection:
    if not hasattr(_mine, "connection"):
        _mine.connection = sqlite3.connect(DATABASE, isolation_level=None, timeout=5)
        _settings(_mine.connection, None)
    found: sqlite3.Connection = _mine.connection
    return found


@app.get("/question")
def question() -> str:
    """One question page, its fields written by hand in Jinja, with a form token."""
    return _page.render(
        token=generate_csrf(),
        text="How safe do you feel at home?",
        options=[(str(value), word) for value, word in enumerate(WORDS, start=1)],
        menu=("home", "help", "privacy", "leave"),
        foot=[f"Line {number} about help and who reads what you tell us." for number in range(6)],
    )


@app.post("/question")
def keep() -> ResponseReturnValue:
    """One answer, checked by hand, as one JSON row on the disk."""
    if request.form.get("q") not in CLOSED["q1"]:
        return "", 422
    body = json.dumps({"q": request.form["q"]})
    with _writing():
        _raw().execute("BEGIN IMMEDIATE")
        _raw().execute("INSERT INTO document VALUES (?, ?)", (uuid.uuid4().bytes, body))
        _raw().execute("COMMIT")
    return redirect("/question", 303)


@app.post("/answers")
def answers() -> ResponseReturnValue:
    """Twelve answers, checked by hand, as a response and twelve rows through SQLAlchemy Core on the disk."""
    given = request.form
    if any(given.get(name) not in allowed for name, allowed in CLOSED.items()) or len(given.get("q12", "")) > 2000:
        return "", 422
    rows = [{"question": number, "value": int(given[f"q{number}"]), "text": None} for number in range(1, 12)]
    rows.append({"question": 12, "value": None, "text": given["q12"]})
    with _writing(), _engine.begin() as connection:
        done = connection.execute(sa.insert(response), {"survey": 1, "week": "2026-W48"})
        (key,) = done.inserted_primary_key or (0,)
        connection.execute(sa.insert(answer), [{"response_id": key, **row} for row in rows])
    return redirect("/question", 303)


def token_in(page: bytes) -> str:
    """The form token of a page of this floor."""
    found = re.search(rb'name="csrf_token" value="([^"]+)"', page)
    return found.group(1).decode() if found else ""
