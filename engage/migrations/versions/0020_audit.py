"""How finely a release could be published, and what its audit asked and found."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("release", sa.Column("rung", sa.Text(), server_default="full", nullable=False))
    op.add_column("release", sa.Column("audit", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    op.drop_column("release", "audit")
    op.drop_column("release", "rung")
