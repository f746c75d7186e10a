"""Who asks to see who a confidential case is from, what a second person said, and who was told (C5)."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "glass_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "agreed",
                "refused",
                "lapsed",
                name="glassstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_told", sa.Boolean(), nullable=True),
        sa.Column("because_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(decided_by IS NOT NULL) = (state IN ('agreed', 'refused'))",
            name=op.f("ck_glass_request_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "(is_told IS NOT NULL) = (state = 'agreed')", name=op.f("ck_glass_request_agreed_says_told")
        ),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("ck_glass_request_decided_has_time")
        ),
        sa.CheckConstraint("decided_by <> asked_by", name=op.f("ck_glass_request_second_person")),
        sa.CheckConstraint(
            "is_told IS NULL OR is_told OR because_sealed IS NOT NULL",
            name=op.f("ck_glass_request_not_told_has_reason"),
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_glass_request_asked_by")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_glass_request_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_glass_request_decided_by")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_glass_request_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glass_request")),
    )
    with op.batch_alter_table("glass_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_glass_request_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_glass_request_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index(
            "uq_glass_request_waiting",
            ["case_id", "asked_by"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "glass_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_glass_notice_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_glass_notice_partnership_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["glass_request.id"], name=op.f("fk_glass_notice_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glass_notice")),
    )
    with op.batch_alter_table("glass_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_glass_notice_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_glass_notice_request_id"), ["request_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("glass_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_glass_notice_request_id"))
        batch_op.drop_index(batch_op.f("ix_glass_notice_partnership_id"))

    op.drop_table("glass_notice")
    with op.batch_alter_table("glass_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_glass_request_waiting",
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.drop_index(batch_op.f("ix_glass_request_partnership_id"))
        batch_op.drop_index(batch_op.f("ix_glass_request_case_id"))

    op.drop_table("glass_request")
