"""F14, N6: a backup is made while the service runs, is sealed, and comes back whole in an empty home, or not at all."""

import shutil
import threading
import uuid
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core import audit, database
from engage.core.audit import AuditEvent
from engage.core.backup import moving, private
from engage.core.crypto import Keyring
from engage.core.database import WRITE, Base, db
from engage.migrations import run
from engage.people.kinds import Role
from engage.voices import queries
from engage.voices import service as voices
from tests.factories.surveys import open_survey
from tests.integration.rights.test_taking_back import CODES, SECRET, send
from tests.support import backups
from tests.support.apps import within
from tests.support.backups import Home
from tests.support.client import PageClient, browser_of
from tests.support.people import sign_in, staff


@pytest.fixture
def home(app: Flask, partnership: uuid.UUID) -> Home:
    open_survey(app, partnership, "your-voice")
    return backups.home_of(app)


@pytest.fixture
def empty(home: Home, tmp_path: Path) -> Generator[Home]:
    with backups.empty_home(home, tmp_path / "empty") as empty:
        yield empty


def is_untouched(home: Home) -> bool:
    """Nothing stands in a home but its key file, and no table in its database."""
    engine = sa.create_engine(home.settings().database, poolclass=sa.NullPool)
    if engine.dialect.name == "postgresql" and sa.inspect(engine).get_table_names():
        return False
    return [path.name for path in home.folder.iterdir()] == ["engage.key"]


def test_f14_what_was_backed_up_comes_back_whole(
    app: Flask, partnership: uuid.UUID, home: Home, empty: Home, client: PageClient, tmp_path: Path
) -> None:
    """F14, F17: tables are the same, words open with the key file, the audit chain is whole and says what was done."""
    staff(app, partnership, "ada", Role.ADMINISTRATOR)
    sign_in(client, "ada")
    code = send(browser_of(app))
    file = tmp_path / "today.backup"
    made = home.verb("backup", file)
    assert made.exit_code == 0, made.output
    assert "MB in" in made.output
    assert file.stat().st_mode & 0o777 == 0o600
    done = empty.verb("restore", file, "--without-erased")
    assert done.exit_code == 0, done.output
    assert backups.sums(empty) == backups.sums(home)
    restored = empty.app()
    again = browser_of(restored)
    assert again.post(CODES, data={"words": code}).status_code == 200
    with within(restored, partnership):
        unread = queries.list_unread(9)
        assert SECRET in [voices.open_text(row.id) for row in unread]
        assert audit.verify() is None
        assert db.session.scalars(sa.select(AuditEvent.action)).all().count("backup-restored") == 1
        assert db.session.scalar(sa.text("SELECT count(*) FROM staff_session")) == 0
    with restored.app_context():
        db.engine.dispose()
    assert sorted(path.name for path in home.folder.glob("backup*")) == []


@pytest.mark.one_database
def test_n6_only_its_own_key_opens_it_and_one_changed_byte_is_noticed(home: Home, empty: Home, tmp_path: Path) -> None:
    """N6, F14: without the key file nothing can be read; another key, a changed or missing byte restores nothing."""
    file, spoilt = tmp_path / "today.backup", tmp_path / "spoilt.backup"
    assert home.verb("backup", file).exit_code == 0
    whole = file.read_bytes()
    assert b"Larkmoor" not in whole
    assert b"CREATE TABLE" not in whole
    for place in (0, 30, 60, 100, len(whole) // 2, len(whole) - 1):
        spoilt.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert empty.verb("restore", spoilt, "--without-erased").exit_code == 1, place
        assert is_untouched(empty)
    spoilt.write_bytes(whole[:-40])
    assert "damaged" in empty.verb("restore", spoilt, "--without-erased").output
    (empty.folder / "engage.key").unlink()
    Keyring.load_or_create(empty.folder / "engage.key")
    assert "another key file" in empty.verb("restore", file, "--without-erased").output
    assert is_untouched(empty)
    (empty.folder / "engage.key").unlink()
    assert "is missing" in empty.verb("restore", file, "--without-erased").output


def test_f14_nothing_is_written_over(home: Home, tmp_path: Path) -> None:
    """F14: neither a database nor a backup that is there, and nothing is made where there is no folder."""
    file = tmp_path / "today.backup"
    assert home.verb("backup", file).exit_code == 0
    before = backups.sums(home)
    assert "already" in home.verb("backup", file).output
    assert "empty" in home.verb("restore", file, "--without-erased").output
    assert backups.sums(home) == before
    assert "cannot be made" in home.verb("backup", tmp_path / "nowhere" / "today.backup").output
    assert "cannot be read" in home.verb("restore", tmp_path / "nowhere", "--without-erased").output
    assert "no backup" in home.verb("restore", home.folder / "engage.key", "--without-erased").output


@pytest.mark.one_database
@pytest.mark.parametrize("part", ["-wal", "-journal", "-shm"])
def test_n13_the_log_of_a_lost_database_is_not_read_into_the_restored_one(
    home: Home, empty: Home, tmp_path: Path, part: str
) -> None:
    """N13: whoever moves a broken database away and leaves its log would have what was erased come back out of it."""
    file, log = tmp_path / "today.backup", empty.folder / f"engage.sqlite3{part}"
    assert home.verb("backup", file).exit_code == 0
    log.write_bytes(b"left")
    assert log.name in empty.verb("restore", file, "--without-erased").output
    assert {path.name for path in empty.folder.iterdir()} == {"engage.key", log.name}


def test_f14_a_backup_holds_one_moment_of_a_busy_service(app: Flask, home: Home, empty: Home, tmp_path: Path) -> None:
    """F14: what one transaction wrote is in it whole or not at all, and nobody waits for it."""
    stop, written = threading.Event(), []
    table = Base.metadata.tables["job_run"]

    def write() -> None:
        while not stop.is_set():
            due_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=len(written))
            with app.app_context(), db.engine.connect().execution_options(**{WRITE: True}) as connection:
                connection.execute(sa.insert(table).values(name="one", due_at=due_at))
                connection.execute(sa.insert(table).values(name="two", due_at=due_at))
                connection.commit()
            written.append(due_at)

    writing = threading.Thread(target=write)
    writing.start()
    try:
        made = [home.verb("backup", tmp_path / name) for name in ("first", "second")]
        seen = len(written)
    finally:
        stop.set()
        writing.join()
    assert [result.exit_code for result in made] == [0, 0]
    assert seen > 1
    assert empty.verb("restore", tmp_path / "second", "--without-erased").exit_code == 0
    engine = sa.create_engine(empty.settings().database, poolclass=sa.NullPool)
    query = "SELECT name, count(*) AS many FROM job_run WHERE name IN ('one', 'two') GROUP BY name"
    with engine.connect() as connection:
        counts = {row.name: row.many for row in connection.exec_driver_sql(query)}
    assert counts["one"] == counts["two"] > 0


@pytest.mark.one_database
def test_f14_a_disk_that_refuses_is_said_in_words_and_leaves_nothing(home: Home, tmp_path: Path) -> None:
    (home.folder / private.FOLDER).touch()
    try:
        made = home.verb("backup", tmp_path / "today.backup")
    finally:
        (home.folder / private.FOLDER).unlink()
    assert made.exit_code == 1
    assert made.output.startswith("Error: A file cannot be read or written")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.one_database
def test_p6_a_backup_is_not_restored_after_its_day(home: Home, empty: Home, tmp_path: Path) -> None:
    """P6, N13: thirty days by default, counted in London's days over a leap day and a change of the clocks."""
    file, other = tmp_path / "then.backup", tmp_path / "short.backup"
    with time_machine.travel(datetime(2028, 2, 28, 23, 50, tzinfo=UTC), tick=False):
        assert "2028-03-29" in home.verb("backup", file).output
    with time_machine.travel(datetime(2028, 3, 29, 22, 59, tzinfo=UTC), tick=False):  # 23:59 in London by now
        shorter = {"ENGAGE_BACKUP_DAYS": "29"}
        assert "may no longer be kept" in empty.verb("restore", file, "--without-erased", **shorter).output
        assert home.verb("backup", "--prune", tmp_path).output == ""
        assert home.verb("backup", other, ENGAGE_BACKUP_DAYS="1").exit_code == 0
    with time_machine.travel(datetime(2028, 3, 29, 23, 1, tzinfo=UTC), tick=False):
        assert "2028-03-29" in empty.verb("restore", file, "--without-erased").output
        assert is_untouched(empty)
        (tmp_path / "letter").write_text("engage-backup-1")
        (tmp_path / "link").symlink_to(file)
        assert home.verb("backup", "--prune", tmp_path).output == f"{file}: deleted, its time was over.\n"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file() or path.is_symlink()) == [
        "letter",
        "link",
        "short.backup",
    ]


def test_f14_an_older_backup_is_brought_up_and_a_newer_one_is_refused(tmp_path: Path) -> None:
    """F14: a backup of the product before the last step still comes back."""
    old, new = Home(tmp_path / "old", ""), Home(tmp_path / "new", "")
    Keyring.load_or_create(old.folder / "engage.key")
    engine = sa.create_engine(old.settings().database, poolclass=sa.NullPool)
    database.listen(engine)
    run.upgrade(engine, "0020")
    new.folder.mkdir()
    shutil.copy2(old.folder / "engage.key", new.folder)
    key = backups.key_of(old)
    for revision in ("0020", "9999"):
        moving.make(engine, key, tmp_path / revision, home=old.folder, revision=revision, days=30)
    assert "newer Engage" in new.verb("restore", tmp_path / "9999", "--without-erased").output
    done = new.verb("restore", tmp_path / "0020", "--without-erased")
    assert done.exit_code == 0, done.output
    assert run.present(sa.create_engine(new.settings().database, poolclass=sa.NullPool)) == run.HEAD


@pytest.mark.one_database
def test_f14_nothing_is_served_from_a_restore_that_was_not_finished(home: Home) -> None:
    mark = home.folder / "restoring"
    mark.touch()
    try:
        assert "not finished" in home.verb("audit", "verify").output
    finally:
        mark.unlink()
