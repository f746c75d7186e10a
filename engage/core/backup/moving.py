"""Making a backup and putting one back: what is written into it, what is checked, and in which order."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from engage.core import clock
from engage.core.backup import sealed
from engage.core.backup.postgres import PostgresSource, PostgresTarget
from engage.core.backup.sealed import DAMAGED, BackupError, Reader
from engage.core.backup.sqlite import SqliteSource, SqliteTarget

_ABOUT, _SUMS = "about", "sums"
EXPIRED = "This backup should have been gone by {day}: what it holds may no longer be kept. Take a younger one."


class _Source(Protocol):
    kind: str
    sums: dict[str, str]

    def entries(self) -> Iterator[tuple[str, Iterable[bytes]]]: ...


class Target(Protocol):
    """A place that a backup is put back into; nothing is served from it before `finish`. `url`: of what is there."""

    kind: str
    url: sa.URL

    def begin(self, revision: str, /) -> None: ...
    def take(self, name: str, data: Iterator[bytes], /) -> None: ...
    def sums(self) -> dict[str, str]: ...
    def keep(self) -> None: ...
    def finish(self) -> None: ...
    def drop(self) -> None: ...


@dataclass(frozen=True)
class About:
    """What a backup says of itself: which database, at which step, and the day it was made (no hour)."""

    kind: str
    revision: str
    made_on: date
    gone_by: date


@dataclass(frozen=True)
class Made:
    """A backup that was made: bytes of the file, seconds it took, and the last day it may exist."""

    size: int
    seconds: float
    gone_by: date


@dataclass(frozen=True)
class Steps:
    """The steps this product knows, and what brings an engine to one of them ("head" for the newest)."""

    known: frozenset[str]
    upgrade: Callable[[sa.Engine, str], None]


def make(engine: sa.Engine, key: bytes, path: Path, *, home: Path, revision: str, days: int) -> Made:
    """Back the database up into a new file, which may be kept `days` days. BackupError where it cannot be."""
    if path.exists():
        raise BackupError(f"{path} is there already; nothing was written over it.")
    began, made_on = time.monotonic(), clock.today()
    source: _Source = SqliteSource(engine, home) if engine.dialect.name == "sqlite" else PostgresSource(engine)
    gone_by = made_on + timedelta(days=days)
    with sealed.written(path, key, gone_by) as writer:
        about = {"kind": source.kind, "revision": revision, "made_on": made_on.isoformat()}
        writer.put(_ABOUT, [json.dumps(about).encode()])
        for name, data in source.entries():
            writer.put(name, data)
        writer.put(_SUMS, [json.dumps(source.sums).encode()])
    return Made(path.stat().st_size, time.monotonic() - began, gone_by)


def examine(path: Path, key: bytes, steps: Steps, *, days: int) -> About:
    """Read a backup to its last byte and keep nothing: BackupError for another key, for any change, for one that may
    no longer exist (by what it says itself, or by the present `days`), and for one of a newer product.
    """
    sealed.verify(path, key)
    with sealed.opened(path, key) as reader:
        about = _about(reader, next(reader.entries(), None))
    gone_by = min(about.gone_by, about.made_on + timedelta(days=days))
    if gone_by < clock.today():
        raise BackupError(EXPIRED.format(day=gone_by))
    if about.revision not in steps.known:
        raise BackupError("This backup was made by a newer Engage. Install that one, or take an older backup.")
    return about


def target_of(url: sa.URL, about: About, steps: Steps) -> Target:
    """The empty place at this address; BackupError where something is there, or where it is another kind."""
    if url.get_backend_name() != about.kind:
        raise BackupError(f"This backup was made from {about.kind}, and ENGAGE_DATABASE_URL names another kind.")
    return SqliteTarget(url) if about.kind == "sqlite" else PostgresTarget(url, steps.upgrade)


def load(path: Path, key: bytes, about: About, target: Target) -> None:
    """Put everything of an examined backup into `target`, and compare every table with what the backup says of it."""
    with sealed.opened(path, key) as reader:
        entries = reader.entries()
        _about(reader, next(entries, None))
        target.begin(about.revision)
        for name, data in entries:
            if name != _SUMS:
                target.take(name, data)
            elif json.loads(b"".join(data)) != target.sums():
                raise BackupError("The restored tables are not those that were backed up. Nothing was restored.")
    target.keep()


@dataclass(frozen=True)
class Pruned:
    """What was deleted because its time was over, what a killed run had left unfinished, and what could not be read
    or deleted.
    """

    gone: list[Path]
    left: list[Path]
    unread: list[Path]


def prune(folder: Path) -> Pruned:
    """Delete the backups in `folder` that may no longer exist or were never finished, and nothing that is no backup of
    ours. A file that cannot be read holds up no other.
    """
    pruned = Pruned([], [], [])
    for path in sorted(folder.iterdir()):
        try:
            _prune(path, pruned)
        except OSError:
            pruned.unread.append(path)
    return pruned


def _prune(path: Path, pruned: Pruned) -> None:
    header = sealed.read_header(path) if path.is_file() and not path.is_symlink() else None
    if header is None:
        return
    if sealed.is_left(path):
        path.unlink()
        pruned.left.append(path)
    elif header.gone_by < clock.today():
        path.unlink()
        pruned.gone.append(path)


def _about(reader: Reader, first: tuple[str, Iterator[bytes]] | None) -> About:
    if first is None or first[0] != _ABOUT:
        raise BackupError(DAMAGED)
    facts = json.loads(b"".join(first[1]))
    return About(facts["kind"], facts["revision"], date.fromisoformat(facts["made_on"]), reader.header.gone_by)
