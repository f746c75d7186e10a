"""Words that were decided on in a matter of allegations or whistleblowing are told from what comes to it later."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_FLAG = sa.table("flag", *map(sa.column, ("origin_id", "decision", "week")))
_VOICE = sa.table("voice", *map(sa.column, ("origin_id", "week", "is_handed_on")))
_ROOMS = ("lado", "whistleblowing")


def upgrade() -> None:
    # Plain ADD and DROP COLUMN: a batch would rebuild the table, and the rebuilt one would keep the order of its rows.
    op.add_column("voice", sa.Column("is_handed_on", sa.Boolean(), server_default=sa.false(), nullable=False))
    # Only weeks are known: what came in the week of a flag that waits, or later, may be what it waits for.
    taken = sa.select(_FLAG.c.origin_id).where(_FLAG.c.decision.in_(_ROOMS))
    waits = sa.select(_FLAG.c.origin_id).where(
        _FLAG.c.decision.is_(None), _FLAG.c.origin_id == _VOICE.c.origin_id, _FLAG.c.week <= _VOICE.c.week
    )
    mine = sa.update(_VOICE).where(_VOICE.c.origin_id.in_(taken), ~waits.exists())
    op.execute(mine.values(is_handed_on=sa.true()))


def downgrade() -> None:
    op.drop_column("voice", "is_handed_on")
