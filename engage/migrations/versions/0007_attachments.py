"""attachments: files beside drafts and voices; a voice may have no words"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("voice_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_attachment_partnership_id")),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_attachment_voice_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_attachment_partnership_id"), "attachment", ["partnership_id"])
    op.create_index(op.f("ix_attachment_voice_id"), "attachment", ["voice_id"])
    op.create_table(
        "draft_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_file_draft_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_draft_file_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_file")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_draft_file_draft_id"), "draft_file", ["draft_id"])
    op.create_index(op.f("ix_draft_file_partnership_id"), "draft_file", ["partnership_id"])
    op.add_column("voice", sa.Column("is_wordless", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_table("draft_file")
    op.drop_table("attachment")
    with op.batch_alter_table("voice") as batch_op:
        batch_op.drop_column("is_wordless")
