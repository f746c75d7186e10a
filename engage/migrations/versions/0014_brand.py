"""Give a partnership two colours of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("brand_ink", "brand_ground"):
        op.add_column("partnership", sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    for name in ("brand_ground", "brand_ink"):
        op.drop_column("partnership", name)
