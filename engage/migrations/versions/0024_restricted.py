"""Unrounded counts for a few people by name."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "restricted_release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("purpose_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("audit", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("deleted_on", sa.Date(), nullable=True),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("agreed_by <> asked_by", name=op.f("ck_restricted_release_second_person")),
        sa.CheckConstraint(
            "release_id IS NULL OR agreed_by IS NOT NULL", name=op.f("ck_restricted_release_made_is_agreed")
        ),
        sa.CheckConstraint(
            "sealed IS NULL OR (release_id IS NOT NULL AND deleted_on IS NULL)",
            name=op.f("ck_restricted_release_sealed_is_made"),
        ),
        sa.ForeignKeyConstraint(["agreed_by"], ["account.id"], name=op.f("fk_restricted_release_agreed_by")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_restricted_release_asked_by")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_restricted_release_partnership_id")
        ),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_restricted_release_release_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_restricted_release_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restricted_release")),
    )
    with op.batch_alter_table("restricted_release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_restricted_release_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_restricted_release_release_id"), ["release_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_restricted_release_survey_id"), ["survey_id"], unique=False)

    op.create_table(
        "restricted_reader",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("restricted_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_restricted_reader_account_id")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_restricted_reader_partnership_id")
        ),
        sa.ForeignKeyConstraint(
            ["restricted_id"], ["restricted_release.id"], name=op.f("fk_restricted_reader_restricted_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restricted_reader")),
        sa.UniqueConstraint("restricted_id", "account_id", name=op.f("uq_restricted_reader_restricted_id_account_id")),
    )
    with op.batch_alter_table("restricted_reader", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_restricted_reader_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_restricted_reader_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_restricted_reader_restricted_id"), ["restricted_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("restricted_reader", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_restricted_reader_restricted_id"))
        batch_op.drop_index(batch_op.f("ix_restricted_reader_partnership_id"))
        batch_op.drop_index(batch_op.f("ix_restricted_reader_account_id"))

    op.drop_table("restricted_reader")
    with op.batch_alter_table("restricted_release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_restricted_release_survey_id"))
        batch_op.drop_index(batch_op.f("ix_restricted_release_release_id"))
        batch_op.drop_index(batch_op.f("ix_restricted_release_partnership_id"))

    op.drop_table("restricted_release")
