"""Who was told of a request to be contacted."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_told",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_contact_told_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_contact_told_partnership_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["contact_request.id"], name=op.f("fk_contact_told_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_told")),
        sa.UniqueConstraint(
            "request_id", "account_id", "step", name=op.f("uq_contact_told_request_id_account_id_step")
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("contact_told", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_told_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_told_partnership_id"), ["partnership_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("contact_told", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_told_partnership_id"))
        batch_op.drop_index(batch_op.f("ix_contact_told_account_id"))

    op.drop_table("contact_told")
