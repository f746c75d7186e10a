"""The names a partnership looks for in words before they are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "school",
                "home",
                "street",
                "person",
                "other",
                name="placekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 100", name=op.f("ck_known_name_not_long")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_known_name_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_name")),
        sa.UniqueConstraint("partnership_id", "kind", "name", name=op.f("uq_known_name_partnership_id_kind_name")),
    )
    with op.batch_alter_table("known_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_name_partnership_id"), ["partnership_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("known_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_name_partnership_id"))

    op.drop_table("known_name")
