"""How long things are kept: periods, runs that delete, legal holds; the day a case is kept to."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "target",
            sa.Enum(
                "partnership", "survey", "case", name="holdon", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("target_key", sa.Text(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("placed_by", sa.Uuid(), nullable=False),
        sa.Column("placed_on", sa.Date(), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(target = 'partnership') = (target_id IS NULL)", name=op.f("ck_legal_hold_target_known")),
        sa.CheckConstraint("(lifted_on IS NULL) = (lifted_by IS NULL)", name=op.f("ck_legal_hold_lifter_known")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_legal_hold_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    with op.batch_alter_table("legal_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legal_hold_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_legal_hold_target_id"), ["target_id"], unique=False)

    op.create_table(
        "retention_period",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_retention_period_partnership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_period")),
        sa.UniqueConstraint("partnership_id", "kind", name=op.f("uq_retention_period_partnership_id_kind")),
    )
    with op.batch_alter_table("retention_period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retention_period_partnership_id"), ["partnership_id"], unique=False)

    op.create_table(
        "retention_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("periods", sa.JSON(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("deleted", sa.JSON(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("approved_by <> proposed_by", name=op.f("ck_retention_run_second_person")),
        sa.CheckConstraint(
            "done_on IS NULL OR approved_by IS NOT NULL", name=op.f("ck_retention_run_done_is_approved")
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_retention_run_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
    )
    with op.batch_alter_table("retention_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retention_run_partnership_id"), ["partnership_id"], unique=False)

    # Plain ADD and DROP COLUMN: a batch would rebuild the table, and the rebuilt one would keep the order of its rows.
    op.add_column("case", sa.Column("keep_until", sa.Date(), nullable=True))
    op.add_column("withdrawal", sa.Column("with_answers", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("withdrawal", "with_answers")
    op.drop_column("case", "keep_until")
    with op.batch_alter_table("retention_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retention_run_partnership_id"))

    op.drop_table("retention_run")
    with op.batch_alter_table("retention_period", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retention_period_partnership_id"))

    op.drop_table("retention_period")
    with op.batch_alter_table("legal_hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_legal_hold_target_id"))
        batch_op.drop_index(batch_op.f("ix_legal_hold_partnership_id"))

    op.drop_table("legal_hold")
