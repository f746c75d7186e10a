"""Drafts that their owners can open again with words."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Plain ADD COLUMN: a batch would rebuild the table, and the rebuilt one would keep the order of its rows.
    op.add_column("draft", sa.Column("way_lookup", sa.LargeBinary(), nullable=True))
    op.add_column("draft", sa.Column("way_sealed", sa.LargeBinary(), nullable=True))
    op.create_index("ix_draft_way_lookup", "draft", ["way_lookup"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_draft_way_lookup", "draft")
    op.drop_column("draft", "way_sealed")
    op.drop_column("draft", "way_lookup")
