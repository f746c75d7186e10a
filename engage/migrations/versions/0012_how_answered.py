"""How a response was given: who was with the person, and in which modes."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NAMES = ("company", "adult", "easy", "symbols", "read_aloud", "large_print", "bsl")


def upgrade() -> None:
    # Plain ADD and DROP COLUMN: a batch would rebuild the table, and the rebuilt one would keep the order of its rows.
    for name in _NAMES:
        op.add_column("response", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.execute("UPDATE response SET easy = CASE WHEN is_easy THEN 'yes' ELSE 'no' END")
    op.drop_column("response", "is_easy")


def downgrade() -> None:
    op.add_column("response", sa.Column("is_easy", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE response SET is_easy = (easy = 'yes')")
    for name in reversed(_NAMES):
        op.drop_column("response", name)
