"""Who answers in two surveys, as somebody declared it, and what of a version's answers is no more."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answers_forgotten",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.Column("blanked", sa.JSON(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_answers_forgotten_partnership_id")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["survey_version.id"], name=op.f("fk_answers_forgotten_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers_forgotten")),
        sa.UniqueConstraint("version_id", name=op.f("uq_answers_forgotten_version_id")),
    )
    with op.batch_alter_table("answers_forgotten", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answers_forgotten_partnership_id"), ["partnership_id"], unique=False)

    op.create_table(
        "release_overlap",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum("same", "within", "around", name="relation", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("declared_by", sa.Uuid(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["declared_by"], ["account.id"], name=op.f("fk_release_overlap_declared_by")),
        sa.ForeignKeyConstraint(["other_id"], ["survey.id"], name=op.f("fk_release_overlap_other_id")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_release_overlap_partnership_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_release_overlap_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_overlap")),
        sa.UniqueConstraint("survey_id", "other_id", name=op.f("uq_release_overlap_survey_id_other_id")),
    )
    with op.batch_alter_table("release_overlap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_overlap_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_release_overlap_partnership_id"), ["partnership_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("release_overlap", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_overlap_partnership_id"))
        batch_op.drop_index(batch_op.f("ix_release_overlap_other_id"))

    op.drop_table("release_overlap")
    with op.batch_alter_table("answers_forgotten", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answers_forgotten_partnership_id"))

    op.drop_table("answers_forgotten")
