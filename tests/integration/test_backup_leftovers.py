"""F14, N13: what a killed backup or restore leaves is nobody's to read and soon gone; two at once do not meet."""

import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from engage import worker
from engage.core import clock
from engage.core.backup import erased, private, sealed
from engage.core.backup.sealed import BackupError
from engage.core.crypto import keyring
from tests.factories.surveys import open_survey
from tests.support import backups
from tests.support.backups import Home
from tests.support.serving import ENGAGE, until

pytestmark = pytest.mark.one_database
# A backup that goes no further than its plain copy, and a restore no further than its draft; files are wide by default.
HOLD = """
import os, sys, time
os.umask(0o022)
from engage.core.backup import moving, private, sqlite
def wait(*_):
    print("here", flush=True)
    time.sleep(60)
sqlite._shut_doors = wait
sqlite.SqliteTarget.sums = wait
from engage.cli.main import main
main(sys.argv[1:])
"""


@pytest.fixture
def home(app: Flask, partnership: uuid.UUID) -> Generator[Home]:
    open_survey(app, partnership, "your-voice")
    home = backups.home_of(app)
    yield home
    (home.folder / "erased").unlink(missing_ok=True)


def held(home: Home, *words: object) -> subprocess.Popen[str]:
    """A run of a verb in a process of its own, stopped where people's words lie in a plain file."""
    surroundings = {**os.environ, "ENGAGE_HOME": str(home.folder), "ENGAGE_DATABASE_URL": home.address}
    command = [sys.executable, "-c", HOLD, *map(str, words)]
    process = subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def open_to_others(folder: Path) -> list[str]:
    """What somebody else could reach: a file of wide rights, in folders of wide rights all the way."""
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file()
        and path.stat().st_mode & 0o077
        and not any(each.stat().st_mode & 0o077 == 0 for each in path.parents if each.is_relative_to(folder))
    ]


def test_f14_what_a_killed_backup_left_is_nobodys_and_goes_with_the_next_start(home: Home, tmp_path: Path) -> None:
    """F14: the plain copy while it lies there, a second backup at the same time, and every way to start anew."""
    file, work = tmp_path / "today.backup", home.folder / private.FOLDER
    process = held(home, "backup", file)
    try:
        copy = work / "copy.sqlite3"
        assert copy.stat().st_size > 0
        assert (work.stat().st_mode & 0o777, copy.stat().st_mode & 0o077) == (0o700, 0)
        assert open_to_others(work) == []
        second = home.verb("backup", tmp_path / "second.backup")
        assert (second.exit_code, second.output) == (1, f"Error: {private.BUSY}\n")
        assert home.verb("audit", "verify").exit_code == 0
        assert copy.exists(), "while the run lives its copy is left alone"
    finally:
        kill(process)
    assert copy.exists()
    assert home.verb("backup", file).exit_code == 0, "over the part that is left"
    assert not work.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["today.backup"]
    for verb in (("audit", "verify"), ("migrate",)):
        work.mkdir(mode=0o700)
        (work / private.MARK).touch()
        copy.write_bytes(b"he hits me")
        assert home.verb(*verb).exit_code == 0
        assert not work.exists(), verb


def test_f14_what_a_killed_restore_left_goes_too(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "today.backup"
    assert home.verb("backup", file).exit_code == 0
    with backups.empty_home(home, tmp_path / "empty") as empty:
        process = held(empty, "restore", file, "--without-erased")
        try:
            assert open_to_others(empty.folder) == []
            assert private.BUSY in empty.verb("restore", file, "--without-erased").output
        finally:
            kill(process)
        work = empty.folder / private.FOLDER
        assert work.exists()
        assert "not finished" in empty.verb("serve").output
        assert not work.exists()
        (empty.folder / "restoring").unlink()
        done = empty.verb("restore", file, "--without-erased")
        assert done.exit_code == 0, done.output
        assert backups.sums(empty) == backups.sums(home)


@pytest.mark.one_database
def test_f14_a_folder_of_that_name_that_is_not_ours_is_left_alone(home: Home, tmp_path: Path) -> None:
    work = home.folder / private.FOLDER
    work.mkdir()
    (work / "of-the-operator").write_text("keep this")
    try:
        assert home.verb("audit", "verify").exit_code == 0
        made = home.verb("backup", tmp_path / "today.backup")
        assert (made.exit_code, made.output.startswith("Error: A file cannot be read or written")) == (1, True)
        assert (work / "of-the-operator").read_text() == "keep this"
    finally:
        shutil.rmtree(work)
    work.mkdir()  # empty, as a run leaves it that was killed before it could mark it
    assert home.verb("backup", tmp_path / "today.backup").exit_code == 0
    assert not work.exists()


def test_f14_what_another_home_is_at_work_on_is_left_alone(tmp_path: Path) -> None:
    """Two homes whose databases lie in one folder: the lock of either home says nothing of the other's run."""
    homes = [tmp_path / "one", tmp_path / "two"]
    for each in homes:
        each.mkdir()
    with private.alone(homes[0]), private.folder(tmp_path) as work:
        (work / "copy").write_text("he hits me")
        private.sweep(homes[1], [tmp_path])
        assert (work / "copy").exists()
        with pytest.raises(BackupError, match="at work"), private.alone(homes[1]), private.folder(tmp_path):
            pytest.fail("two runs in one folder")
        assert (work / "copy").exists()
    assert not work.exists()


def test_f14_copies_of_an_earlier_engage_are_swept(home: Home) -> None:
    for name in ("backup-copy.sqlite3", "engage.sqlite3.restoring"):
        (home.folder / name).write_bytes(b"he hits me")
    assert home.verb("audit", "verify").exit_code == 0
    assert not list(home.folder.glob("*copy*")) + list(home.folder.glob("*.restoring"))


def test_n13_one_unreadable_file_does_not_keep_the_others(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """N13: every backup whose time is over goes all the same, and the verb's status says that one was not looked at."""
    names = ["a", "b", "c"]
    for name in names:
        assert home.verb("backup", tmp_path / f"{name}.backup").exit_code == 0
    (tmp_path / "b.backup.part").write_bytes((tmp_path / "b.backup").read_bytes()[:200])
    read = sealed.read_header

    def refused(path: Path) -> sealed.Header | None:
        if path.name == "a.backup":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(sealed, "read_header", refused)
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        done = home.verb("backup", "--prune", tmp_path)
    assert done.exit_code == 1
    assert f"Not looked at, because they cannot be read or deleted: {tmp_path / 'a.backup'}" in done.output
    assert "b.backup.part: deleted, it was never finished." in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["a.backup"]


def test_n13_a_part_that_is_being_written_is_left_alone(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "today.backup"
    with sealed.written(file, backups.key_of(home), clock.today()) as writer:
        writer.put("about", [b"x" * 2_000_000])
        assert home.verb("backup", "--prune", tmp_path).output == ""
        with (
            pytest.raises(sealed.BackupError, match="is being written"),
            sealed.written(file, backups.key_of(home), clock.today()),
        ):
            pass
    assert [path.name for path in tmp_path.iterdir()] == ["today.backup"]


def test_n13_of_two_lists_of_one_day_the_older_is_refused(app: Flask, home: Home, tmp_path: Path) -> None:
    """N13: by what the backup knows, and by the list that is at hand; also where the clock stood still between them."""
    listed: Path = app.extensions["engage_settings"].erased
    with time_machine.travel(clock.now(), tick=False):
        lists = []
        for _ in range(3):
            with app.app_context():
                worker.list_erased()
            lists.append(listed.read_bytes())
            if len(lists) == 2:
                assert home.verb("backup", tmp_path / "today.backup").exit_code == 0
    older, same, newest = (tmp_path / name for name in ("older", "same", "newest"))
    for path, data in zip((older, same, newest), lists, strict=True):
        path.write_bytes(data)
    numbers = [number_of(app, path) for path in (older, same, newest)]
    assert numbers == sorted(set(numbers))
    with backups.empty_home(home, tmp_path / "empty") as empty:
        refused = empty.verb("restore", tmp_path / "today.backup", "--erased", older)
        assert (refused.exit_code, "older than the backup" in refused.output) == (1, True)
        assert [path.name for path in empty.folder.iterdir()] == ["engage.key"]
        (empty.folder / "erased").write_bytes(lists[2])
        refused = empty.verb("restore", tmp_path / "today.backup", "--erased", same)
        assert (refused.exit_code, "which says more" in refused.output) == (1, True)
        assert empty.verb("restore", tmp_path / "today.backup", "--erased", newest).exit_code == 0
        restored = empty.app()
        with restored.app_context():
            assert erased.newest() == numbers[2]
            worker.list_erased()
        assert number_of(restored, empty.folder / "erased") > numbers[2]


def test_n13_a_list_of_an_earlier_engage_is_still_read(app: Flask, home: Home) -> None:
    path = home.folder / "erased"
    with app.app_context():
        key = keyring().derive(erased.KEY)
        for line in ("engage-erased-1 2026-11-20", "engage-erased-1 2026-11-20 2026-W40"):
            path.write_bytes(erased._signed(f"{line}\n{uuid.UUID(int=7).hex} 2026-W47\n".encode(), key))
            found = erased.read(path, key)
            assert found is not None
            assert (found.number, found.since, found.marks) == (
                0, "2026-W40" if "W40" in line else "", {uuid.UUID(int=7): "2026-W47"},
            )  # fmt: skip


def number_of(app: Flask, path: Path) -> int:
    with app.app_context():
        found = erased.read(path, keyring().derive(erased.KEY))
    assert found is not None
    return found.number


def test_f14_serve_sweeps_before_it_listens(home: Home) -> None:
    work = home.folder / private.FOLDER
    work.mkdir(mode=0o700)
    (work / private.MARK).touch()
    (work / "copy.sqlite3").write_bytes(b"he hits me")
    surroundings = {**os.environ, "ENGAGE_HOME": str(home.folder), "ENGAGE_DATABASE_URL": home.address}
    process = subprocess.Popen([*ENGAGE, "worker"], env=surroundings)
    try:
        until(lambda: not work.exists())
    finally:
        process.terminate()
        process.wait(30)
