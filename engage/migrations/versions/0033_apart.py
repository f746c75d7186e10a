"""Of two surveys it may be declared that nobody answered both."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_TABLE, _NAME = "release_overlap", "ck_release_overlap_relation"
_BEFORE = "relation IN ('same', 'within', 'around')"
_AFTER = "relation IN ('same', 'within', 'around', 'apart')"


def _allow(before: str, after: str) -> None:
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.drop_constraint(_NAME, _TABLE)
        op.execute(f"ALTER TABLE {_TABLE} ADD CONSTRAINT {_NAME} CHECK ({after})")
        return
    kept = list(bind.exec_driver_sql("SELECT type, sql FROM sqlite_master WHERE tbl_name = ?", (_TABLE,)))
    (table,) = [words for kind, words in kept if kind == "table"]
    if before not in table:
        raise ValueError("the check of relations is not as it was")
    columns = [column[1] for column in bind.exec_driver_sql(f"PRAGMA table_info('{_TABLE}')")]
    op.execute(table.replace(before, after).replace(_TABLE, f"new_{_TABLE}", 1))
    rows, anew = (sa.table(name, *map(sa.column, columns)) for name in (_TABLE, f"new_{_TABLE}"))
    op.execute(sa.insert(anew).from_select(columns, sa.select(*rows.c)))
    op.execute(f"DROP TABLE {_TABLE}")
    op.execute(f"ALTER TABLE new_{_TABLE} RENAME TO {_TABLE}")
    for beside in [words for kind, words in kept if kind != "table" and words]:
        op.execute(beside)


def upgrade() -> None:
    _allow(_BEFORE, _AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM release_overlap WHERE relation = 'apart'")
    _allow(_AFTER, _BEFORE)
