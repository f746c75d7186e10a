"""The file: a line in the clear (which key, and the day it must be gone by), then sealed pieces of one megabyte.

Each piece is bound to that line, to its place and to whether it is the last one: a file that was cut short, mixed from
two, or changed by one bit opens nowhere. What is inside is a row of named entries; nothing is ever held whole.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from engage.core.crypto import SealError, derive, seal_with, unseal_with

MAGIC = b"engage-backup-1\n"
PIECE = 1024 * 1024
PART = ".part"
_SEALED = PIECE + 29  # what sealing adds: a mark, a nonce, a tag
_LONGEST_LINE = 512
_SALT_BYTES = 16
_LENGTH_BYTES = 4
DAMAGED = "This backup is damaged: it was changed or cut short. Nothing was restored; take another one."
OTHER_KEY = "This backup was sealed under another key file. Put the right engage.key in place; nothing was restored."


class BackupError(Exception):
    """A backup cannot be made or restored; the message says in one or two sentences what is wrong and what to do."""


@dataclass(frozen=True)
class Header:
    """What anybody can read of a file: the last day it may exist, and which key opens it. `line` is all of it."""

    gone_by: date
    salt: bytes
    key_mark: bytes
    line: bytes


def read_header(path: Path) -> Header | None:
    """The header of a backup; None for a file that is none of ours. OSError where it cannot be read."""
    with path.open("rb") as file:
        return _header(file)


class Writer:
    """Writes entries, sealed, into a file. Nothing is whole before `close`."""

    def __init__(self, file: BinaryIO, key: bytes, gone_by: date) -> None:
        """`key`: 32 bytes for all backups; each file derives its own."""
        salt = secrets.token_bytes(_SALT_BYTES)
        facts = {"gone_by": gone_by.isoformat(), "salt": salt.hex(), "key": _mark(key).hex()}
        self._line = MAGIC + json.dumps(facts).encode() + b"\n"
        self._file, self._key = file, _key_of(key, salt)
        self._waiting, self._number = bytearray(), 0
        file.write(self._line)

    def put(self, name: str, data: Iterable[bytes]) -> None:
        """One entry, as it comes."""
        self._frame(name.encode())
        for some in data:
            for start in range(0, len(some), PIECE):
                self._frame(some[start : start + PIECE])
        self._frame(b"")

    def close(self) -> None:
        """Seal the last piece."""
        self._seal(bytes(self._waiting), is_last=True)

    def _frame(self, data: bytes) -> None:
        self._waiting += len(data).to_bytes(_LENGTH_BYTES)
        self._waiting += data
        while len(self._waiting) > PIECE:  # a full piece waits until it is known not to be the last
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]

    def _seal(self, data: bytes, *, is_last: bool) -> None:
        self._file.write(seal_with(self._key, data, aad=_place(self._line, self._number, is_last=is_last)))
        self._number += 1


class Reader:
    """Reads the entries of a file in their order; BackupError for another key and for any change."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        header = _header(file)
        if header is None:
            raise BackupError("This is no backup that this Engage can read.")
        if header.key_mark != _mark(key):
            raise BackupError(OTHER_KEY)
        self.header = header
        self._pieces = self._opened(file, _key_of(key, header.salt))
        self._held = bytearray()

    def entries(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Name and data of each entry; what is left of one is passed over when the next is asked for."""
        while name := self._frame(may_end=True):
            data = self._data()
            yield name.decode(), data
            for _ in data:
                pass

    def _data(self) -> Iterator[bytes]:
        while some := self._frame():
            yield some

    def _frame(self, *, may_end: bool = False) -> bytes:
        length = self._take(_LENGTH_BYTES, may_end=may_end)
        return self._take(int.from_bytes(length)) if length else b""

    def _take(self, count: int, *, may_end: bool = False) -> bytes:
        while len(self._held) < count:
            piece = next(self._pieces, None)
            if piece is None:
                if may_end and not self._held:
                    return b""
                raise BackupError(DAMAGED)
            self._held += piece
        taken = bytes(self._held[:count])
        del self._held[:count]
        return taken

    def _opened(self, file: BinaryIO, key: bytes) -> Iterator[bytes]:
        number, held = 0, file.read(_SEALED)
        while True:
            following = file.read(_SEALED)
            try:
                yield unseal_with(key, held, aad=_place(self.header.line, number, is_last=not following))
            except SealError:
                raise BackupError(DAMAGED) from None
            if not following:
                return
            number, held = number + 1, following


@contextmanager
def opened(path: Path, key: bytes) -> Generator[Reader]:
    """A reader of the backup at `path`; BackupError where it cannot be read."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(f"The backup {path} cannot be read ({error.strerror}).") from None
    with file:
        yield Reader(file, key)


def verify(path: Path, key: bytes) -> None:
    """Open every piece to the last byte; BackupError where one does not open. Nothing is kept of them."""
    with opened(path, key) as reader:
        for _, data in reader.entries():
            for _ in data:
                pass


@contextmanager
def written(path: Path, key: bytes, gone_by: date) -> Generator[Writer]:
    """A writer whose file appears at `path` whole and synced, for its owner alone, or not at all."""
    draft = path.with_name(f"{path.name}{PART}")
    with _draft(draft) as file:
        try:
            writer = Writer(file, key, gone_by)
            yield writer
            writer.close()
            file.flush()
            os.fsync(file.fileno())
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    sync_folder(path.parent)


@contextmanager
def _draft(draft: Path) -> Generator[BinaryIO]:
    """An empty file that this run alone writes; what a killed run left of one is written over."""
    try:
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise BackupError(f"{draft} cannot be made ({error.strerror}).") from None
    with os.fdopen(descriptor, "wb") as file:
        if not _is_mine(descriptor, draft):
            raise BackupError(f"Another backup is being written to {draft}. Wait for it, or choose another name.")
        os.fchmod(descriptor, 0o600)
        os.ftruncate(descriptor, 0)
        yield file


def _is_mine(descriptor: int, path: Path) -> bool:
    """Whether nobody else writes this file now, and it still bears its name: a run that ended renames its own."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except (BlockingIOError, FileNotFoundError):
        return False


def is_left(path: Path) -> bool:
    """Whether this is a part of a backup that nobody finishes any more: its run was killed."""
    if not path.name.endswith(PART):
        return False
    with path.open("rb") as file:
        return _is_mine(file.fileno(), path)


def sync_folder(folder: Path) -> None:
    """Make a new name in this folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _header(file: BinaryIO) -> Header | None:
    if file.read(len(MAGIC)) != MAGIC:
        return None
    line = file.readline(_LONGEST_LINE)
    try:
        facts = json.loads(line)
        values = (bytes.fromhex(facts["salt"]), bytes.fromhex(facts["key"]))
        return Header(date.fromisoformat(facts["gone_by"]), *values, MAGIC + line)
    except (ValueError, KeyError, TypeError):
        return None


def _key_of(key: bytes, salt: bytes) -> bytes:
    return derive(key, f"backup:{salt.hex()}")


def _mark(key: bytes) -> bytes:
    """Tells another key from a damaged file; says nothing about the key."""
    return derive(key, "backup-mark", 8)


def _place(line: bytes, number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(8) + bytes([is_last]) + line
