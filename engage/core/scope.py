"""Every row belongs to a partnership: one place adds the condition, and the engine refuses a statement without it.

The scope lives on `g` (a request, a job, a command). It is a tripwire against our own mistakes; it must not be
switched off to make a query pass. PostgreSQL keeps a second one of its own (`wall`).
"""

import re
import uuid
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import Flask, g, has_app_context
from sqlalchemy import event
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, declared_attr, mapped_column, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from engage.core import reading
from engage.core.context import kept
from engage.core.database import Base, db, name_place
from engage.core.prepared import Found


class ScopeError(sa.exc.DontWrapMixin, RuntimeError):
    """A statement or a row that leaves the present partnership."""


def enter(partnership_id: uuid.UUID) -> None:
    """From here on this request, job or command belongs to one partnership; it can't be changed to another."""
    here = kept()
    if here.get("engage_partnership", partnership_id) != partnership_id:
        raise ScopeError("the scope is already another partnership's")
    here.engage_partnership = partnership_id
    name_place(partnership_id)


def leave() -> None:
    """End the scope: for a command or a job that goes on to the next partnership, with a session of its own."""
    db.session.rollback()
    db.session.expunge_all()
    g.pop("engage_partnership", None)


def current() -> uuid.UUID:
    """The partnership this request, job or command belongs to; without one, `ScopeError`."""
    value: uuid.UUID | None = kept().get("engage_partnership") if has_app_context() else None
    if value is None:
        raise ScopeError("no partnership is in scope")
    return value


class PartnershipId(sa.TypeDecorator[uuid.UUID]):
    """The id of the present partnership: any other value, read or written, is refused."""

    impl = sa.Uuid
    cache_ok = True

    def process_bind_param(self, value: uuid.UUID | None, dialect: sa.Dialect) -> uuid.UUID | None:
        if value is not None and value != current():
            raise ScopeError("a value of another partnership")
        return value


class Scoped:
    """Mixin of every table whose rows belong to a partnership."""

    @declared_attr
    def partnership_id(self) -> Mapped[uuid.UUID]:
        return mapped_column(
            PartnershipId(), sa.ForeignKey("partnership.id"), index=True, nullable=False, default=current
        )


HERE = sa.bindparam("here", type_=PartnershipId())
"""The present partnership in a statement for `quick`: `.where(Table.partnership_id == HERE)` on every scoped table."""


def quick(statement: sa.Executable, values: Mapping[str, Any] | None = None) -> Found:
    """Run a statement on columns without the session's own work: for the few statements every answer waits for.

    It is built once, names its partnership itself (`HERE`; the engine refuses it otherwise), and sees nothing that the
    session has not flushed; outside a write transaction it sees what is committed. An insert takes its values in
    `values`.
    """
    return reading.run(statement, _placed(statement, values or {}))


def at_once(statement: sa.Executable, values: Mapping[str, Any]) -> Found | None:
    """As `quick`, for one that writes and is a whole transaction: committed when this ends. None, and nothing was
    done, where it must be part of this request's write transaction: the caller begins that and asks `quick`.
    """
    return reading.write_at_once(statement, _placed(statement, values))


def _placed(statement: sa.Executable, values: Mapping[str, Any]) -> dict[str, Any]:
    return dict(values) if isinstance(statement, sa.Insert) else {**values, "here": current()}


def init_app(app: Flask) -> None:
    """Watch the sessions and the engine of `app`."""
    with app.app_context():
        event.listen(db.sessionmaker, "do_orm_execute", _add_scope)
        event.listen(db.sessionmaker, "before_flush", _check_flush)
        event.listen(db.sessionmaker, "after_flush_postexec", _flushed)
        event.listen(db.sessionmaker, "after_soft_rollback", _rolled_back)
        event.listen(db.engine, "before_cursor_execute", _guard)


def _add_scope(state: ORMExecuteState) -> None:
    if state.is_column_load or state.is_relationship_load:
        has_criteria = any(isinstance(option, LoaderCriteriaOption) for option in state.user_defined_options)
        state.update_execution_options(engage_loaded=True)
        if state.is_column_load or has_criteria:
            return
    if not _touches_scope(state):
        return
    now = current()
    state.statement = state.statement.options(
        with_loader_criteria(Scoped, lambda table: table.partnership_id == now, include_aliases=True)
    )


def _touches_scope(state: ORMExecuteState) -> bool:
    # A statement on people's own registry (partnership, account, session) runs before a scope is known.
    if has_app_context() and g.get("engage_partnership") is not None:
        return True
    return any(issubclass(mapper.class_, Scoped) for mapper in state.all_mappers)


def _check_flush(session: Session, _context: Any, _instances: Any) -> None:
    for row in [*session.new, *session.dirty, *session.deleted]:
        if isinstance(row, Scoped) and row.partnership_id not in {None, current()}:
            raise ScopeError("a row of another partnership")
    g.engage_flushing = True


def _flushed(_session: Session, _context: Any) -> None:
    g.pop("engage_flushing", None)


def _rolled_back(_session: Session, _previous: Any) -> None:
    if has_app_context():
        g.pop("engage_flushing", None)


# A table after FROM, JOIN, UPDATE, USING or a comma, with its alias where it has one.
_TABLE = re.compile(
    r"""(?:\bFROM|\bJOIN|\bUPDATE|\bUSING|,)\s+"?(\w+)"?
        (?:\s+AS\s+"?(\w+)"?
         |\s+"?(?!WHERE|SET|JOIN|ON|LEFT|INNER|GROUP|ORDER|LIMIT|RETURNING|USING|WITHOUT|UNION|EXCEPT)(\w+)"?)?""",
    re.IGNORECASE | re.VERBOSE,
)


def scoped_tables() -> frozenset[str]:
    """Names of all tables that carry a partnership."""
    return frozenset(mapper.local_table.name for mapper in Base.registry.mappers if issubclass(mapper.class_, Scoped))  # type: ignore[attr-defined]  # each has one table


_seen: dict[str, str | None] = {}


def _unscoped(statement: str) -> str | None:
    """The first scoped table that `statement` reads or changes without its partnership's condition."""
    if statement not in _seen:
        tables = scoped_tables()
        _seen[statement] = next(
            (
                table
                for table, alias, bare in _TABLE.findall(statement)
                if table in tables
                and not re.search(rf'"?\b{re.escape(alias or bare or table)}"?\.partnership_id =', statement)
            ),
            None,
        )
    return _seen[statement]


def _guard(
    _connection: sa.Connection,
    _cursor: Any,
    statement: str,
    _parameters: Any,
    context: Any,
    _many: bool,  # noqa: FBT001 - SQLAlchemy calls it so
) -> None:
    if not statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
        return
    if has_app_context() and kept().get("engage_flushing"):
        return
    options = getattr(context, "execution_options", {})
    if options.get("engage_loaded") or options.get("engage_maintenance"):
        return
    table = _unscoped(statement)
    if table is not None:
        raise ScopeError(f"a statement on {table} without its partnership")
