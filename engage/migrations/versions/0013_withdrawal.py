"""What somebody took back and that waits to be deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("origin_kind", sa.Text(), nullable=False),
        sa.Column("origin_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_withdrawal_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
        sa.UniqueConstraint("origin_id", "origin_kind", name=op.f("uq_withdrawal_origin_id_origin_kind")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("withdrawal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withdrawal_partnership_id"), ["partnership_id"], unique=False)

    # Plain ADD and DROP COLUMN: a batch would rebuild the table, and the rebuilt one would keep the order of its rows.
    op.add_column("voice", sa.Column("is_taken_back", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("voice", "is_taken_back")

    with op.batch_alter_table("withdrawal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_withdrawal_partnership_id"))

    op.drop_table("withdrawal")
