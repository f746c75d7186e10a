"""Statements on columns that are compiled once a dialect and then given straight to the driver.

SQLAlchemy's way from a statement to the driver costs several times what a look-up by key costs, and every answer of a
child waits for half a dozen of them. What a statement means (types, parameters, names of columns) still comes from
SQLAlchemy; whoever listens to its statements hears of these, too.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

import sqlalchemy as sa

T = TypeVar("T")

_Convert = Callable[[Any], Any]
MOST = 512
_READ_BY_DRIVER = (list, dict)  # JSON as PostgreSQL's has it: nothing to know a row again by
_ONE = False  # what listeners are told: not many at once


@dataclass(frozen=True, eq=False)
class _Prepared:
    """`pick`: puts the parameters as the driver takes them, by place or by name. `known`: those whose value never
    changes; `made`: those that a column makes itself. `results`: the places of a row that are not as the driver has
    them.
    """

    sql: str
    pick: _Convert
    known: Mapping[str, Any]
    made: tuple[tuple[str, _Convert], ...]
    converts: tuple[tuple[str, _Convert], ...]
    results: tuple[tuple[int, _Convert], ...]
    row: Any

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """What the driver takes for these values; KeyError where one is missing."""
        given = {**self.known, **values}
        for name, make in self.made:
            given[name] = make(None)
        for name, convert in self.converts:
            given[name] = convert(given[name])
        return self.pick(given)

    def read(self, raw: Any) -> Any:
        """A row of the driver's as the types of its columns have it."""
        values = list(raw)
        for place, convert in self.results:
            values[place] = convert(values[place])
        return self.row._make(values)


@dataclass(frozen=True)
class Found:
    """What a statement brought: its rows as the driver has them, and how many rows it changed or found."""

    ready: _Prepared
    raw: list[Any]
    rowcount: int

    def first(self) -> Any | None:
        """The first row, with its columns by name; None for none."""
        return self.ready.read(self.raw[0]) if self.raw else None

    def first_as(self, make: Callable[[Any], T]) -> T | None:
        """What `make` (a function of its module) makes of the first row: once a process for rows that are alike in
        every column. For values that every page asks for and that seldom change.
        """
        if not self.raw:
            return None
        raw = tuple(self.raw[0])
        if any(type(value) in _READ_BY_DRIVER for value in raw):
            return make(self.ready.read(raw))
        found: T = _made(self.ready, make, raw)
        return found

    def __iter__(self) -> Iterator[Any]:
        return map(self.ready.read, self.raw)


@lru_cache(maxsize=MOST)
def _made(ready: _Prepared, make: Callable[[Any], Any], raw: tuple[Any, ...]) -> Any:
    return make(ready.read(raw))


@dataclass(frozen=True)
class Way:
    """Where a statement goes: a driver's connection, how to speak to it, who listens, and whose it is, if anybody's."""

    dialect: sa.Dialect
    listeners: Any
    raw: Any
    connection: sa.Connection | None = None


def run(way: Way, statement: sa.Executable, values: Mapping[str, Any]) -> Found:
    """Run a statement that was built once (a constant of its module). An insert takes its columns from `values`.

    Lists of any length (IN) are not for this: ValueError.
    """
    keys = tuple(values) if isinstance(statement, sa.Insert) else None
    ready = _prepare(statement, way.dialect, keys)
    parameters = ready.parameters(values)
    for hear in way.listeners.before_cursor_execute:
        hear(None, None, ready.sql, parameters, None, _ONE)
    try:
        cursor = way.raw.execute(ready.sql, parameters)
        raw = cursor.fetchall() if ready.row._fields else []
    except way.dialect.loaded_dbapi.Error as error:
        if way.connection is not None and way.dialect.is_disconnect(error, way.raw, None):
            way.connection.invalidate()  # the next request gets another one
        raise told(error, way.dialect) from None  # `from None`: a driver's error may quote what was written
    return Found(ready, raw, cursor.rowcount)


def told(error: Exception, dialect: sa.Dialect) -> BaseException:
    """The error as SQLAlchemy raises it, so that whoever catches those catches these; no parameter in it."""
    base = dialect.loaded_dbapi.Error
    return sa.exc.DBAPIError.instance(None, None, error, base, hide_parameters=True, dialect=dialect)


@lru_cache(maxsize=MOST)
def _prepare(statement: sa.Executable, dialect: sa.Dialect, keys: tuple[str, ...] | None) -> _Prepared:
    compiled = statement.compile(dialect=dialect, column_keys=None if keys is None else list(keys))  # type: ignore[attr-defined]  # every executable statement can be compiled
    if any(bind.expanding or bind.literal_execute for bind in compiled.binds.values()):
        raise ValueError("a list of any length cannot be prepared")
    converts = (
        (name, bind.type.dialect_impl(dialect).bind_processor(dialect)) for name, bind in compiled.binds.items()
    )
    fixed, made = _defaults(compiled)
    columns = statement.selected_columns if isinstance(statement, sa.Select) else ()
    results = (column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns)
    return _Prepared(
        sql=str(compiled),
        pick=_by_place(compiled.positiontup) if compiled.positional else _by_name(frozenset(compiled.binds)),
        known={name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required} | fixed,
        made=made,
        converts=tuple((name, convert) for name, convert in converts if convert is not None),
        results=tuple((place, convert) for place, convert in enumerate(results) if convert is not None),
        row=namedtuple("Row", [column.key or "" for column in columns], rename=True),
    )


def _by_place(order: Sequence[str]) -> _Convert:
    if len(order) > 1:
        return itemgetter(*order)
    return lambda given: tuple(given[name] for name in order)  # `itemgetter` of one gives no tuple


def _by_name(names: frozenset[str]) -> _Convert:
    return lambda given: {name: given[name] for name in names}


def _defaults(compiled: Any) -> tuple[dict[str, Any], tuple[tuple[str, _Convert], ...]]:
    """What an insert puts into columns that it was given nothing for: always the same, or made anew."""
    columns = getattr(compiled, "insert_prefetch", ())
    fixed = {column.key: column.default.arg for column in columns if column.default.is_scalar}
    return fixed, tuple((column.key, column.default.arg) for column in columns if column.default.is_callable)
