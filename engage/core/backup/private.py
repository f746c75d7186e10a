"""Where plain copies lie while a backup is made or put back: a folder for its owner alone, one run at a time.

The lock is on the home itself: it goes with its process, however that ends, and there is no file that somebody could
delete under it. Whoever holds it may throw away what a killed run left.
"""

import fcntl
import os
import shutil
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path

from engage.core.backup.sealed import BackupError

FOLDER = "backup-work"
MARK = ".made-by-engage"
"""A file that says that a folder of that name is ours: nothing else is ever thrown away."""
_FORMER = ("backup-copy.sqlite3", "engage.sqlite3.restoring")
BUSY = "Another backup or restore is at work here. Wait for it, then try again."


@contextmanager
def alone(home: Path) -> Generator[None]:
    """Nobody else makes or restores a backup in this home meanwhile, or BackupError; new files are their owner's."""
    before = os.umask(0o077)
    try:
        with _locked(home) as is_mine:
            if not is_mine:
                raise BackupError(BUSY)
            yield
    finally:
        os.umask(before)


@contextmanager
def folder(beside: Path) -> Generator[Path]:
    """The private folder in a folder, empty but for its mark; gone afterwards with all that is in it. Only while
    `alone`; BackupError while another home uses it, FileExistsError where it is somebody else's.
    """
    work = beside / FOLDER
    if not _throw_away(work):
        raise BackupError(BUSY)
    if work.is_dir() and not any(work.iterdir()):
        work.rmdir()  # of a run that was killed before it could mark it
    work.mkdir(mode=0o700)
    with _locked(work):
        (work / MARK).touch()
        try:
            yield work
        finally:
            _delete(work)


def sweep(home: Path, places: Iterable[Path]) -> None:
    """Throw away plain copies that a killed run left in these folders, unless a run is at work; also where an earlier
    Engage put them.
    """
    with suppress(OSError), _locked(home) as is_mine:  # a home that cannot be used is told of by what comes next
        for place in places if is_mine else ():
            _throw_away(place / FOLDER)
            for name in _FORMER:
                (place / name).unlink(missing_ok=True)


def _throw_away(work: Path) -> bool:
    """Delete a private folder that a killed run left; False where a run of another home is at work in it."""
    if work.is_symlink() or not (work / MARK).is_file():
        return True
    with _locked(work) as is_mine:
        if is_mine:
            _delete(work)
        return is_mine


def _delete(work: Path) -> None:
    """The mark goes last: whoever is killed here leaves what can still be known as ours."""
    for each in work.iterdir():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        elif each.name != MARK:
            each.unlink()
    shutil.rmtree(work)


@contextmanager
def _locked(home: Path) -> Generator[bool]:
    descriptor = os.open(home, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
