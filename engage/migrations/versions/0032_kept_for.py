"""Whoever is kept from a matter as a manager: for whom of those it is about."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Plain ADD and DROP COLUMN: a batch would rebuild the table, and the rebuilt one would keep the order of its rows.
    # Of what stands there nobody knows any more for whom: it stays while anybody is named who was.
    op.add_column("concerned", sa.Column("kept_for", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("concerned", "kept_for")
