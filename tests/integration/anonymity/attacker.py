"""Somebody with the whole database who wants the order in which people came: every order there is, tried."""

import subprocess
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from engage.core.database import db
from tests.support import postgres

# Which row of which table leads to a response (or is a draft): SELECT person FROM it, in some order.
ROADS = {
    "response": "SELECT id FROM response t",
    "voice": "SELECT origin_id FROM voice t WHERE question_key <> 'message'",
    "message voice": "SELECT origin_id FROM voice t WHERE question_key = 'message'",
    "flag": "SELECT origin_id FROM flag t",
    "receipt": "SELECT origin_id FROM receipt t",
    "message": "SELECT r.origin_id FROM message t JOIN receipt r ON r.id = t.receipt_id",
    "outbox": "SELECT f.origin_id FROM outbox t JOIN flag f ON f.id = t.subject_id",
    "draft": "SELECT id FROM draft t",
}
LARGE = {"voice": "text_sealed", "message": "text_sealed", "draft": "sealed"}
# The rank correlation of two random orders of n has a standard deviation of 1 / sqrt(n - 1). Some sixty orders are
# tried in a run: five of them, once in 30,000 runs. An order that was kept stands at eight and more.
MOST_SIGMA = 5.0
# Matches by chance are Poisson with mean 1: nine or more happen once in 900,000 tries.
MOST_MATCHES = 8

Person = str


@dataclass(frozen=True)
class Guess:
    """One order the attacker believes in, and how near the truth it comes."""

    name: str
    matches: int
    sigma: float
    people: int

    @property
    def is_chance(self) -> bool:
        return self.matches <= MOST_MATCHES and abs(self.sigma) < MOST_SIGMA

    def __str__(self) -> str:
        return f"{self.name}: {self.matches} matches of {self.people}, {self.sigma:+.1f} standard deviations"


def guesses(truth: Sequence[Person]) -> list[Guess]:
    """How near every order comes to the truth; forwards and backwards."""
    return _judged(orders(), truth)


def guesses_in(backup: Mapping[str, bytes], truth: Sequence[Person]) -> list[Guess]:
    """The same for the orders in which people stand in an opened backup (its entries by name) of this database."""
    is_written = db.engine.dialect.name == "postgresql"  # there bytes are hexadecimal digits
    with db.engine.connect().execution_options(engage_maintenance=True) as connection:
        known = _ids(connection)
    found = {}
    for name, ids in known.items():
        wanted = {key.hex().encode() if is_written and name.startswith("large") else key: ids[key] for key in ids}
        for entry, data in backup.items():
            found[f"{name} in {entry} of a backup"] = _by_place(data, wanted)
            found[f"{name} in {entry} of a backup, within pages"] = _by_place(data, wanted, page=4096)
    return _judged(found, truth)


def _judged(orders: Mapping[str, list[Person]], truth: Sequence[Person]) -> list[Guess]:
    found = [judge(name, order, truth) for name, order in orders.items()]
    return [guess for guess in found if guess.people > 20]


def judge(name: str, order: Sequence[Person], truth: Sequence[Person]) -> Guess:
    """Compare one order with the truth, as far as both name the same people."""
    first = list(dict.fromkeys(order))
    place = {person: rank for rank, person in enumerate(first)}
    real = [person for person in truth if person in place]
    count = len(real)
    if count < 3:
        return Guess(name, 0, 0.0, count)
    guess = sorted(real, key=place.__getitem__)
    rank = {person: at for at, person in enumerate(guess)}
    squares = sum((at - rank[person]) ** 2 for at, person in enumerate(real))
    correlation = 1 - 6 * squares / (count * (count**2 - 1))
    matches = max(sum(a == b for a, b in zip(real, each, strict=True)) for each in (guess, guess[::-1]))
    return Guess(name, matches, correlation * (count - 1) ** 0.5, count)


def orders() -> dict[str, list[Person]]:
    """Every order that this kind of database could have kept."""
    kind: Callable[[sa.Connection], dict[str, list[Person]]]
    kind = _postgresql if db.engine.dialect.name == "postgresql" else _sqlite
    with db.engine.connect().execution_options(engage_maintenance=True) as connection:
        found = {f"{name} as it lies": _ask(connection, road) for name, road in ROADS.items()}
        return found | kind(connection)


def _ask(connection: sa.Connection, query: str) -> list[Person]:
    return [_plain(row[0]) for row in connection.exec_driver_sql(query)]


def _plain(value: object) -> Person:
    """An id as both databases write it: hexadecimal digits."""
    if isinstance(value, uuid.UUID):
        return value.hex
    return bytes(value).hex() if isinstance(value, (bytes, memoryview)) else str(value)


def _postgresql(connection: sa.Connection) -> dict[str, list[Person]]:
    found = {}
    for name, road in ROADS.items():
        for order in ("t.ctid", "t.xmin::text::bigint"):
            found[f"{name} by {order}"] = _ask(connection, f"{road} ORDER BY {order}")
    for name, column in LARGE.items():
        number = f"pg_column_toast_chunk_id(t.{column})"
        if connection.exec_driver_sql(
            "SELECT count(*) FROM pg_proc WHERE proname = 'pg_column_toast_chunk_id'"
        ).scalar():
            found[f"{name} by large value"] = _ask(connection, f"{ROADS[name]} ORDER BY {number}")
    assert connection.exec_driver_sql("SELECT count(*) FROM pg_sequences").scalar() == 0
    address = postgres.beyond(db.engine.url).set(drivername="postgresql").render_as_string(hide_password=False)
    dump = subprocess.run(["pg_dump", "--data-only", address], check=True, capture_output=True, text=True).stdout
    for name, key in (("response", "response"), ("draft", "draft")):
        rows = dump.split(f"COPY public.{key} (", 1)[1].split("\n\\.", 1)[0].splitlines()[1:]
        ids = [row.split("\t")[0].replace("-", "").removeprefix("\\\\x") for row in rows]
        found[f"{name} in a dump"] = ids
    return found


def _sqlite(connection: sa.Connection) -> dict[str, list[Person]]:
    path = Path(str(db.engine.url.database))
    found = {"outbox by rowid": _by_rowid(connection)}
    for ending in ("", "-wal"):
        place = path.with_name(path.name + ending)
        data = place.read_bytes() if place.exists() else b""
        for name, ids in _ids(connection).items():
            found[f"{name} in the file{ending}"] = _by_place(data, ids)
            found[f"{name} in the file{ending}, within pages"] = _by_place(data, ids, page=4096)
    return found


def _by_rowid(connection: sa.Connection) -> list[Person]:
    try:
        return _ask(connection, f"{ROADS['outbox']} ORDER BY t.rowid")
    except sa.exc.OperationalError:
        return []  # it has none


def _ids(connection: sa.Connection) -> dict[str, Mapping[bytes, Person]]:
    """What to look for in the bytes of the file, by table: ids, and the last bytes of values that fill more pages."""
    found: dict[str, Mapping[bytes, Person]] = {}
    for name in ("response", "receipt", "flag"):
        rows = connection.exec_driver_sql(ROADS[name].replace("SELECT ", "SELECT t.id, ", 1))
        found[name] = {str(row[0]).encode(): _plain(row[1]) for row in rows}
    for name, column in LARGE.items():
        query = ROADS[name].replace("SELECT ", f"SELECT t.{column}, ", 1)
        rows = connection.exec_driver_sql(query)
        found[f"large {name}"] = {bytes(row[0])[-24:]: _plain(row[1]) for row in rows if len(row[0]) > 1500}
    return found


def _by_place(data: bytes, ids: Mapping[bytes, Person], page: int = 0) -> list[Person]:
    """People in the order of where their bytes stand; with `page`, by how far from a page's end (pages fill so)."""
    places = {person: data.find(key) for key, person in ids.items()}
    there = {person: at for person, at in places.items() if at >= 0}
    return sorted(there, key=(lambda person: -(there[person] % page)) if page else there.__getitem__)
