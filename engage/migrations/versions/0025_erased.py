"""Marks of what was erased; and one proposal to delete what is old at a time, also when two are made at once."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_WAITING = sa.text("done_on IS NULL")
# Of several that wait, the one that somebody has approved stays, else any one.
_SPARE = """
DELETE FROM retention_run WHERE done_on IS NULL AND approved_by IS NULL AND EXISTS (
    SELECT 1 FROM retention_run other
    WHERE other.partnership_id = retention_run.partnership_id AND other.done_on IS NULL
    AND (other.approved_by IS NOT NULL OR other.id < retention_run.id)
)
"""


def upgrade() -> None:
    op.create_table(
        "tombstone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstone")),
        sqlite_with_rowid=False,
    )
    op.execute(_SPARE)
    op.create_index(
        "uq_retention_run_waiting",
        "retention_run",
        ["partnership_id"],
        unique=True,
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )


def downgrade() -> None:
    op.drop_index("uq_retention_run_waiting", table_name="retention_run")
    op.drop_table("tombstone")
