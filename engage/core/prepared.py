"""Statements on columns that are compiled once a dialect and then given straight to the driver.

SQLAlchemy's way from a statement to the driver costs several times what a look-up by key costs, and every answer of a
child waits for half a dozen of them. What a statement means (types, parameters, names of columns) still comes from
SQLAlchemy; whoever listens to its statements hears of these, too.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

_Convert = Callable[[Any], Any] | None
MOST = 512
_ONE = False  # what listeners are told: not many at once


@dataclass(frozen=True)
class Found:
    """What a statement brought: its rows, each with its columns by name, and how many rows it changed or found."""

    rows: list[Any]
    rowcount: int

    def first(self) -> Any | None:
        """The first row; None for none."""
        return self.rows[0] if self.rows else None

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)


@dataclass(frozen=True)
class _Prepared:
    """`order`: names of the parameters where the driver takes them by place, else None. `known`: those whose value
    never changes; `made`: those that a column makes itself.
    """

    sql: str
    order: tuple[str, ...] | None
    known: Mapping[str, Any]
    made: tuple[tuple[str, Callable[[Any], Any]], ...]
    names: frozenset[str]
    converts: tuple[tuple[str, Callable[[Any], Any]], ...]
    results: tuple[_Convert, ...]
    row: Any

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """What the driver takes for these values; KeyError where one is missing."""
        given = {**self.known, **values}
        for name, make in self.made:
            given[name] = make(None)
        for name, convert in self.converts:
            given[name] = convert(given[name])
        if self.order is not None:
            return tuple(given[name] for name in self.order)
        return {name: given[name] for name in self.names}

    def read(self, raw: Any) -> Any:
        """A row of the driver's as the types of its columns have it."""
        pairs = zip(self.results, raw, strict=True)
        return self.row(*[value if convert is None else convert(value) for convert, value in pairs])


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
        rows = cursor.fetchall() if ready.results else []
    except way.dialect.loaded_dbapi.Error as error:
        if way.connection is not None and way.dialect.is_disconnect(error, way.raw, None):
            way.connection.invalidate()  # the next request gets another one
        raise told(error, way.dialect) from None  # `from None`: a driver's error may quote what was written
    return Found([ready.read(row) for row in rows], cursor.rowcount)


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
    return _Prepared(
        sql=str(compiled),
        order=tuple(compiled.positiontup) if compiled.positional else None,
        known={name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required} | fixed,
        made=made,
        names=frozenset(compiled.binds),
        converts=tuple((name, convert) for name, convert in converts if convert is not None),
        results=tuple(column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns),
        row=namedtuple("Row", [column.key or "" for column in columns], rename=True),
    )


def _defaults(compiled: Any) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    """What an insert puts into columns that it was given nothing for: always the same, or made anew."""
    columns = getattr(compiled, "insert_prefetch", ())
    fixed = {column.key: column.default.arg for column in columns if column.default.is_scalar}
    return fixed, tuple((column.key, column.default.arg) for column in columns if column.default.is_callable)
