"""N1: what gives somebody away is nowhere afterwards: no database, log, mail, export or temporary file holds it."""

import io
import logging as stdlib_logging
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
import sqlalchemy as sa
import structlog
import time_machine
from click.testing import CliRunner
from flask import Flask
from sqlalchemy.exc import OperationalError

from engage import worker
from engage.adapters import mail
from engage.adapters.mail import MemoryMail
from engage.cli.main import main
from engage.core import logging, outbox
from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.surveys import drafts, sending
from engage.people.kinds import Role
from engage.understanding.releases import queries as releases
from engage.understanding.releases import service as making
from tests.factories.responses import add_responses
from tests.factories.surveys import open_survey
from tests.integration.anonymity.canaries import MARK, TEXT, Canary, files_below, hits, of_request
from tests.integration.anonymity.saying import WORDS, be_refused, say_everything, somebody
from tests.support import backups, postgres
from tests.support.answering import send, start, walk
from tests.support.apps import within
from tests.support.client import browser_of, token_of
from tests.support.people import sign_in, staff

# An odd moment: no tick, no full hour, a year that nothing else in the database has.
WHEN = datetime(2031, 3, 12, 14, 17, 23, 987654, tzinfo=UTC)
# Never a part that the real clock, or the digits of a hash in a dump, could show by themselves.
MOMENTS = (
    "14:17:23.987654",
    *(f"{day}14:17" for day in ("2031-03-12 ", "2031-03-12T", "12 Mar 2031 ", "12/Mar/2031:", "Mar 12 ")),
    str(int(WHEN.timestamp())),
)


@pytest.fixture
def log() -> Generator[io.StringIO]:
    """Everything that would have been logged, from the least serious on."""
    stream, before, root = io.StringIO(), structlog.get_config(), stdlib_logging.getLogger()
    kept = list(root.handlers), root.level, stdlib_logging.raiseExceptions, sys.excepthook, threading.excepthook
    logging.configure("DEBUG", stream=stream)
    yield stream
    stdlib_logging.captureWarnings(capture=False)
    root.handlers, level, stdlib_logging.raiseExceptions, sys.excepthook, threading.excepthook = kept
    root.setLevel(level)
    structlog.configure(**before)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def asked(app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Surveys to answer, and somebody to be told of worries; faults are pages, as people meet them."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    with time_machine.travel(WHEN.replace(day=11, minute=10, microsecond=5), tick=False):
        open_survey(app, partnership)
        open_survey(app, partnership, "examples/upload")
    staff(app, partnership, "lena@larkmoor.example", Role.SAFEGUARDING_LEAD)
    return app


def everywhere(app: Flask, log: io.StringIO, temporary: Path, since: float) -> Iterator[tuple[str, bytes]]:
    """Every place that is left of a run, and all it holds."""
    yield "the log", log.getvalue().encode()
    _, held = backups.taken(app, temporary)  # the file itself is among the files below
    yield from ((f"{name} in a backup", data) for name, data in held.items())
    yield from files_below(app.extensions["engage_settings"].home, temporary)
    with app.app_context():
        url = db.engine.url
        if url.get_backend_name() != "postgresql":
            return
        url = postgres.beyond(url)
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            folder = Path(connection.exec_driver_sql("SHOW data_directory").scalar_one())
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run(["psql", "-q", address, "-c", "CHECKPOINT"], check=True)
    yield "a dump", subprocess.run(["pg_dump", address], check=True, capture_output=True).stdout
    yield from files_below(folder.parent, since=since)


def be_failed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """A fault of ours while words are on their way: in the code, and in the database; the statuses that came."""
    client = somebody(app)
    address = start(client)
    statement = f"the draft of {TEXT}"
    faults = (ValueError(TEXT), OperationalError(statement, {"text": TEXT}, sqlite3.OperationalError(TEXT)))
    found = set()
    for fault in faults:
        with monkeypatch.context() as broken:
            broken.setattr(drafts, "write", _raising(fault))
            data = {"csrf_token": token_of(client.get(address)), "safe_home": "4"}
            found.add(client.post(address, data=data).status_code)
    walk(client, address, WORDS)
    with monkeypatch.context() as broken:
        broken.setattr(sending, "send", _raising(ValueError(TEXT)))
        found.add(send(client).status_code)
    return found


def _raising(fault: Exception) -> Callable[..., NoReturn]:
    def fail(*_values: object, **_named: object) -> NoReturn:
        raise fault

    return fail


def taken_out(app: Flask, partnership: uuid.UUID, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Everything that staff can take out without opening somebody's words: definitions, releases, pages."""
    add_responses(app, partnership, "your-voice", 20)
    with within(app, partnership):
        with transaction():
            making.make_release("your-voice", making.Place(folder / "snapshots", 1), None)
        yield "a release", str(releases.show("your-voice")).encode()
    staff(app, partnership, "ada", *Role)
    browser = browser_of(app)
    sign_in(browser, "ada")
    for path in (
        "/staff/today",
        "/staff/results",
        "/staff/safeguarding",
        "/staff/safeguarding/reading",
        "/staff/cases",
    ):
        yield path, browser.get(path).data


def test_n1_nothing_that_gives_somebody_away_is_anywhere(
    asked: Flask, partnership: uuid.UUID, log: io.StringIO, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On success, on 4xx, on 5xx: database files with their log and free pages, dumps, backups sealed and open, logs,
    mail, temporary files.
    """
    post, since = MemoryMail(), time.time() - 2
    worker.find_jobs()
    monkeypatch.setattr(mail, "from_settings", lambda _settings: post)
    settings = asked.extensions["engage_settings"].model_copy(update={"site_url": "https://voice.larkmoor.example"})
    monkeypatch.setitem(asked.extensions, "engage_settings", settings)
    with time_machine.travel(WHEN, tick=False) as clock:
        secrets = say_everything(asked)
        assert {400, 403, 404, 413, 405} <= be_refused(asked)
        assert be_failed(asked, monkeypatch) == {500, 503}
        clock.shift(timedelta(minutes=5))
        with within(asked, partnership):
            assert outbox.deliver() > 0
    canaries = of_request(secrets=secrets, moments=MOMENTS)
    assert log.getvalue()
    assert post.sent
    places = [("a mail", message.as_bytes()) for message in post.sent]
    assert hits(canaries, iter(places)) == []
    assert hits(canaries, everywhere(asked, log, temporary, since)) == []
    # Whoever may read words is shown them; nothing else of the canaries is on any page.
    others = [canary for canary in canaries if canary.name not in {"the words", "the way to reach them"}]
    assert hits(others, taken_out(asked, partnership, temporary)) == []


def test_n1_the_search_finds_what_is_there(app: Flask, log: io.StringIO, temporary: Path) -> None:
    """The test can fail: one value in a table, in the log, in a temporary file, in a deleted row, and each is found."""
    since = time.time() - 2
    _planted(app, "CREATE TABLE planted (words TEXT)")
    _planted(app, "INSERT INTO planted VALUES (:words)", words=TEXT)
    assert hits(of_request(), backups.taken(app, temporary)[1]), "in a backup of then, once it is open"
    _planted(app, "DROP TABLE planted")
    logging.get_logger().info("something-planted", address="198.51.100.231")
    (temporary / "left-behind").write_bytes(uuid.UUID(int=7).bytes + b"2031-03-12T14:17:23")
    found = hits(of_request(moments=MOMENTS), everywhere(app, log, temporary, since))
    assert any("the words" in each for each in found), "in the pages or the log of the database, though it was dropped"
    assert any("the address 198.51.100.231 (as it is) in the log" in each for each in found)
    assert any("the moment" in each and "left-behind" in each for each in found)


def _planted(app: Flask, step: str, **values: str) -> None:
    with app.app_context(), db.engine.connect().execution_options(engage_write=True) as connection:
        connection.execute(sa.text(step), values)
        connection.commit()


@pytest.mark.parametrize("form", ["as it is", "capitals", "wide", "hex", "base64", "sha256", "md5 in hex"])
def test_n1_every_form_is_looked_for(form: str) -> None:
    canary = Canary("the address", b"198.51.100.231", is_key=True)
    assert f"the address ({form}) in here" in hits([canary], {"here": b"\0x" + canary.forms()[form] + b"y\0"})


def test_n1_a_command_prints_nothing_of_anybody(asked: Flask, temporary: Path) -> None:
    """What the command gives out of a home: the definition of a survey, and its release."""
    home = asked.extensions["engage_settings"].home
    with time_machine.travel(WHEN, tick=False):
        say_everything(asked)
    with asked.app_context():
        address = db.engine.url.render_as_string(hide_password=False)
    surroundings = {"ENGAGE_HOME": str(home), "ENGAGE_DATABASE_URL": address}
    printed = [
        CliRunner().invoke(main, words, env=surroundings).output
        for words in (["survey", "export", "your-voice"], ["release", "show", "your-voice", "--json"])
    ]
    assert "going_well" in printed[0]
    assert MARK not in "".join(printed)
