"""Row level security of scoped tables on PostgreSQL, for the step that makes such a table. On SQLite nothing happens.

Steps that are done use these two as they stand: another policy is another function, and a step.
"""

from alembic import op

_POLICY = "partnership"
# Each setting is asked for once a statement (a subquery), not once a row. After a transaction that set it a setting is
# empty, not missing.
_RULE = (
    "(SELECT current_setting('engage.every', true)) = 'on'"
    " OR partnership_id = (SELECT nullif(current_setting('engage.partnership', true), '')::uuid)"
)


def put_up(*tables: str) -> None:
    """From here on these tables show and take only rows of the partnership that a transaction names, their owner too.

    A step that makes a table with a `partnership_id` calls it; a test finds the one that did not.
    """
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY "{_POLICY}" ON "{table}" USING ({_RULE}) WITH CHECK ({_RULE})')


def take_down(*tables: str) -> None:
    """Take it away again."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        op.execute(f'DROP POLICY "{_POLICY}" ON "{table}"')
        op.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
