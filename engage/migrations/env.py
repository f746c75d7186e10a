"""Alembic's own entry: runs on the connection that `run` gives it."""

from collections.abc import Iterable
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from engage.core.database import Base, UtcDateTime
from engage.core.scope import PartnershipId
from engage.migrations import tables

TABLES = tables.ALL


def _render(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    # Old steps must not import living code: our own types are written as what they are underneath.
    if kind == "type" and isinstance(item, PartnershipId):
        return "sa.Uuid()"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _named(_migration: Any, _revision: Any, directives: Iterable[Any]) -> None:
    for script in directives:
        script.rev_id = context.config.attributes.get("number", script.rev_id)


connection: sa.Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_render,
    process_revision_directives=_named,
    transaction_per_migration=False,
)
context.run_migrations()
