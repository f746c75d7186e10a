"""Taking a declared overlap back needs two people and forgets nothing; exact numbers that somebody read stay for audits."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_OVERLAP, _EXACT = "release_overlap", "restricted_release"
_CHECKS = {
    "ck_release_overlap_second_person": "ended_by <> given_up_by",
    "ck_release_overlap_ended_is_given_up": "ended_by IS NULL OR given_up_by IS NOT NULL",
    "ck_release_overlap_ended_has_day": "(ended_by IS NULL) = (ended_on IS NULL)",
}
_KEYS = {"fk_release_overlap_given_up_by": "given_up_by", "fk_release_overlap_ended_by": "ended_by"}
_PAIR, _PAIR_OF = "uq_release_overlap_survey_id_other_id", ["survey_id", "other_id"]
_SEALED = "ck_restricted_release_sealed_is_made"
_BEFORE = "sealed IS NULL OR (release_id IS NOT NULL AND deleted_on IS NULL)"
_AFTER = "sealed IS NULL OR (release_id IS NOT NULL AND (deleted_on IS NULL OR is_seen))"
_STANDING = sa.text("ended_on IS NULL")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _rewrite(name: str, *changes: tuple[str, str]) -> None:
    """Make a table of SQLite anew from its own words: a batch would lose its checks."""
    bind = op.get_bind()
    kept = list(bind.exec_driver_sql("SELECT type, sql FROM sqlite_master WHERE tbl_name = ?", (name,)))
    (table,) = [words for kind, words in kept if kind == "table"]
    before = [column[1] for column in bind.exec_driver_sql(f"PRAGMA table_info('{name}')")]
    for old, new in changes:
        if old not in table:
            raise ValueError(f"the table {name} is not as it was")
        table = table.replace(old, new)
    op.execute(table.replace(name, f"new_{name}", 1))
    after = {column[1] for column in bind.exec_driver_sql(f"PRAGMA table_info('new_{name}')")}
    same = [column for column in before if column in after]
    rows, anew = (sa.table(each, *map(sa.column, same)) for each in (name, f"new_{name}"))
    op.execute(sa.insert(anew).from_select(same, sa.select(*rows.c)))
    op.execute(f"DROP TABLE {name}")
    op.execute(f"ALTER TABLE new_{name} RENAME TO {name}")
    for index in [words for kind, words in kept if kind == "index" and words]:
        op.execute(index)


_MORE = "given_up_by CHAR(32), given_up_on DATE, ended_by CHAR(32), ended_on DATE, stood_for JSON DEFAULT '[]' NOT NULL"
_COLUMNS = (
    "declared_on DATE NOT NULL",
    f"declared_on DATE NOT NULL, {_MORE}",
)
_UNIQUE = (
    f"CONSTRAINT {_PAIR} UNIQUE (survey_id, other_id)",
    ", ".join([
        *(f"CONSTRAINT {name} CHECK ({words})" for name, words in _CHECKS.items()),
        *(f"CONSTRAINT {name} FOREIGN KEY({column}) REFERENCES account (id)" for name, column in _KEYS.items()),
    ]),
)


def _overlap_up() -> None:
    if not _is_postgresql():
        _rewrite(_OVERLAP, _COLUMNS, _UNIQUE)
        return
    for name in _KEYS.values():
        op.add_column(_OVERLAP, sa.Column(name, sa.Uuid(), nullable=True))
    for name in ("given_up_on", "ended_on"):
        op.add_column(_OVERLAP, sa.Column(name, sa.Date(), nullable=True))
    op.add_column(_OVERLAP, sa.Column("stood_for", sa.JSON(), server_default="[]", nullable=False))
    op.drop_constraint(_PAIR, _OVERLAP)
    for name, words in _CHECKS.items():
        op.execute(f"ALTER TABLE {_OVERLAP} ADD CONSTRAINT {name} CHECK ({words})")
    for name, column in _KEYS.items():
        op.create_foreign_key(name, _OVERLAP, "account", [column], ["id"])


def upgrade() -> None:
    _overlap_up()
    op.create_index(
        "uq_release_overlap_standing",
        _OVERLAP,
        _PAIR_OF,
        unique=True,
        sqlite_where=_STANDING,
        postgresql_where=_STANDING,
    )
    # Whether what was made before was read is not looked up: it is taken to be seen, and stays for the audit.
    op.add_column(_EXACT, sa.Column("is_seen", sa.Boolean(), server_default=sa.true(), nullable=False))
    if _is_postgresql():
        op.drop_constraint(_SEALED, _EXACT)
        op.execute(f"ALTER TABLE {_EXACT} ADD CONSTRAINT {_SEALED} CHECK ({_AFTER})")
    else:
        _rewrite(_EXACT, (_BEFORE, _AFTER))


def downgrade() -> None:
    op.execute("UPDATE restricted_release SET sealed = NULL WHERE deleted_on IS NOT NULL")
    if _is_postgresql():
        op.drop_constraint(_SEALED, _EXACT)
        op.execute(f"ALTER TABLE {_EXACT} ADD CONSTRAINT {_SEALED} CHECK ({_BEFORE})")
    else:
        _rewrite(_EXACT, (_AFTER, _BEFORE))
    op.drop_column(_EXACT, "is_seen")
    op.drop_index("uq_release_overlap_standing", table_name=_OVERLAP)
    op.execute("DELETE FROM release_overlap WHERE ended_on IS NOT NULL")
    if not _is_postgresql():
        _rewrite(_OVERLAP, _COLUMNS[::-1], _UNIQUE[::-1])
        return
    for name in (*_CHECKS, *_KEYS):
        op.drop_constraint(name, _OVERLAP)
    for name in ("given_up_by", "given_up_on", "ended_by", "ended_on", "stood_for"):
        op.drop_column(_OVERLAP, name)
    op.create_unique_constraint(_PAIR, _OVERLAP, _PAIR_OF)
