"""Notices that wait to be sent keep no order either: on SQLite their table has no rowid."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rebuild(ending="\n WITHOUT ROWID\n\n")


def downgrade() -> None:
    _rebuild(ending="\n\n")


def _rebuild(ending: str) -> None:
    """The same table once more (nothing points to it), its rows copied; on PostgreSQL there is nothing to change."""
    if op.get_bind().dialect.name != "sqlite":
        return
    told = op.get_bind().execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'outbox'")).scalar_one()
    columns = told[told.index("(") : told.rindex(")") + 1]
    op.execute(f"CREATE TABLE outbox_anew {columns}{ending}")
    op.execute("INSERT INTO outbox_anew SELECT * FROM outbox")
    op.execute("DROP TABLE outbox")
    op.execute("ALTER TABLE outbox_anew RENAME TO outbox")
    op.create_index("ix_outbox_partnership_id", "outbox", ["partnership_id"])
