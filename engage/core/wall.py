"""PostgreSQL's second wall: the database itself shows and takes only rows of the partnership a transaction names.

Steps of the schema give each scoped table a policy (migrations/wall.py); here stands what a transaction says of itself.
It is a second tripwire against our own mistakes, for a statement that slipped by the guard of `scope`: whoever can
write statements of their own can say whatever they like. On SQLite nothing of this exists.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

PARTNERSHIP, EVERY = "engage.partnership", "engage.every"
_READ_ONLY = "SET TRANSACTION READ ONLY"
# Several statements in one message to the server: sent so, they cost one way there and back.
_PLAIN = {"no_parameters": True}


def begin(connection: sa.Connection, *, write: bool, place: uuid.UUID | None, every: bool) -> None:
    """Say at the beginning of a transaction whose it is, in the message that makes one read-only where it is that.

    `every`: work over all partnerships.
    """
    said = [*(() if write else (_READ_ONLY,)), *([_every()] if every else [] if place is None else [_named(place)])]
    if said:
        connection.exec_driver_sql("; ".join(said), execution_options=_PLAIN)


def name(connection: sa.Connection, place: uuid.UUID) -> None:
    """Say whose it is in a transaction that has begun."""
    connection.exec_driver_sql(_named(place), execution_options=_PLAIN)


def _named(place: uuid.UUID) -> str:
    return f"SET LOCAL {PARTNERSHIP} = '{place}'"


def _every() -> str:
    return f"SET LOCAL {EVERY} = 'on'"


def lift(connection: sa.Connection) -> None:
    """Let the owner of the tables by until `close`, in this transaction: COPY does not go through the wall."""
    _force(connection, "NO FORCE")


def close(connection: sa.Connection) -> None:
    """Put the owner behind the wall again."""
    _force(connection, "FORCE")


def _force(connection: sa.Connection, word: str) -> None:
    walled = "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = current_schema()::regnamespace"
    for table in connection.exec_driver_sql(walled).scalars().all():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {word} ROW LEVEL SECURITY')


def let_in(owner: sa.Engine, role: str) -> None:
    """Let a role that owns no table read and write all there are."""
    quoted = owner.dialect.identifier_preparer.quote(role)
    with owner.connect().execution_options(engage_write=True) as connection, connection.begin():
        for what in ("USAGE ON SCHEMA", "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA"):
            schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
            connection.exec_driver_sql(f"GRANT {what} {schema} TO {quoted}")


_ROLE = "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
_WALLED = "FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner WHERE relrowsecurity"
# Whoever is in the owner's role may what it may, VACUUM and CLUSTER too; and a superuser everything.
_OWNERS = f"SELECT DISTINCT rolname, rolsuper OR rolbypassrls, pg_has_role(relowner, 'USAGE') {_WALLED}"


@dataclass(frozen=True)
class _Owner:
    """A role that owns tables behind the wall: whether it goes by that, and whether who looks may act as it."""

    role: str
    goes_by: bool
    is_theirs: bool


@dataclass(frozen=True)
class _Look:
    """The role an engine connects as, whether it goes by the wall, and who owns the tables behind it."""

    role: str
    goes_by: bool
    owners: list[_Owner]


def faults(serving: sa.Engine, owner: sa.Engine) -> Iterator[str]:
    """What makes the wall low under the role that `serving` connects as and the one that owns the tables, and what the
    worker cannot do under `owner` (the same engine, where no other role is named); one line each with what to do.
    """
    if serving.dialect.name != "postgresql":
        return
    served, worked = _looked(serving), _looked(owner)
    role = served.role
    if served.goes_by:
        yield f"The role {role} may read past row level security: connect as one that may not (docs/operations.md)."
    elif any(each.is_theirs for each in served.owners):
        yield (
            f"The role {role} owns the tables it works on and could take row level security away: connect as another,"
            " and name the owner in ENGAGE_DATABASE_OWNER_URL (docs/operations.md)."
        )
    over = {each.role for each in served.owners if each.goes_by} | ({worked.role} if worked.goes_by else set())
    for name in sorted(over - {role}):
        yield (
            f"The role {name}, which owns the tables, may read past row level security: it must not be a superuser or"
            " have BYPASSRLS (docs/operations.md)."
        )
    if not all(each.is_theirs for each in worked.owners):
        yield (
            f"The role {worked.role} does not own the tables: where the worker runs, name the one that does in"
            " ENGAGE_DATABASE_OWNER_URL, or it cannot hide in which order answers came (docs/operations.md)."
        )


def _looked(engine: sa.Engine) -> _Look:
    with engine.connect() as connection:
        role, goes_by = connection.exec_driver_sql(_ROLE).one()
        return _Look(role, goes_by, [_Owner(*row) for row in connection.exec_driver_sql(_OWNERS).all()])
