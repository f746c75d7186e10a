"""The hour of a request to be contacted, what tells a real one in a flood, and notices that tell of several at once."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_OLD = "('spoken', 'referred', 'not_reached', 'withdrawn')"
_NEW = "('spoken', 'referred', 'not_reached', 'withdrawn', 'not_real')"
_OUTCOME, _HOUR = "ck_contact_request_outcome", "ck_contact_request_hour_blanked"
_DAY = "CONSTRAINT ck_contact_request_day_blanked"
_BLANKED = "(outcome IS NULL OR (came_at IS NULL AND words_key IS NULL))"


def _rewrite(*changes: tuple[str, str]) -> None:
    """Make the table of requests anew from its own words: a batch would lose WITHOUT ROWID and the checks. Its rows
    have no order but that of their random keys.
    """
    bind = op.get_bind()
    kept = list(bind.exec_driver_sql("SELECT type, sql FROM sqlite_master WHERE tbl_name = 'contact_request'"))
    (table,) = [words for kind, words in kept if kind == "table"]
    for before, after in changes:
        if before not in table:
            raise ValueError("the table of requests for contact is not as it was")
        table = table.replace(before, after)
    op.execute(table.replace("contact_request", "new_contact_request", 1))
    op.execute("INSERT INTO new_contact_request SELECT * FROM contact_request")
    op.execute("DROP TABLE contact_request")
    op.execute("ALTER TABLE new_contact_request RENAME TO contact_request")
    for index in [words for kind, words in kept if kind == "index" and words]:
        op.execute(index)


def upgrade() -> None:
    # Plain ADD and DROP COLUMN, as a batch would keep the order of rows.
    op.add_column("contact_told", sa.Column("notice_id", sa.Uuid(), nullable=True))
    op.add_column("contact_told", sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contact_request", sa.Column("came_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contact_request", sa.Column("words_key", sa.LargeBinary(), nullable=True))
    op.add_column("contact_request", sa.Column("is_known", sa.Boolean(), server_default=sa.false(), nullable=False))
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(_OUTCOME, "contact_request")
        op.execute(f"ALTER TABLE contact_request ADD CONSTRAINT {_OUTCOME} CHECK (outcome IN {_NEW})")
        op.execute(f"ALTER TABLE contact_request ADD CONSTRAINT {_HOUR} CHECK {_BLANKED}")
    else:
        _rewrite((_OLD, _NEW), (_DAY, f"CONSTRAINT {_HOUR} CHECK {_BLANKED}, {_DAY}"))


def downgrade() -> None:
    op.execute("UPDATE contact_request SET outcome = 'withdrawn' WHERE outcome = 'not_real'")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(_HOUR, "contact_request")
        op.drop_constraint(_OUTCOME, "contact_request")
        op.execute(f"ALTER TABLE contact_request ADD CONSTRAINT {_OUTCOME} CHECK (outcome IN {_OLD})")
    else:
        _rewrite((_NEW, _OLD), (f"CONSTRAINT {_HOUR} CHECK {_BLANKED}, {_DAY}", _DAY))
    for name in ("is_known", "words_key", "came_at"):
        op.drop_column("contact_request", name)
    for name in ("sent_at", "notice_id"):
        op.drop_column("contact_told", name)
