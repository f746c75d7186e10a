"""Data protection impact assessments."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "impact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("residual", sa.Text(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_impact_partnership_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_impact_recorded_by")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_impact_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact")),
        sa.UniqueConstraint("survey_id", "number", name=op.f("uq_impact_survey_id_number")),
    )
    with op.batch_alter_table("impact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_impact_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_impact_survey_id"), ["survey_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("impact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_impact_survey_id"))
        batch_op.drop_index(batch_op.f("ix_impact_partnership_id"))

    op.drop_table("impact")
