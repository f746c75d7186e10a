"""How many people there are in a group."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_total",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("option", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_known_total_partnership_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_known_total_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_total")),
        sa.UniqueConstraint("survey_id", "question", "option", name=op.f("uq_known_total_survey_id_question_option")),
    )
    with op.batch_alter_table("known_total", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_total_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_known_total_survey_id"), ["survey_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("known_total", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_total_survey_id"))
        batch_op.drop_index(batch_op.f("ix_known_total_partnership_id"))

    op.drop_table("known_total")
