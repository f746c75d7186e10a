"""PostgreSQL's second wall: what a statement that slipped by the scope's guard still does not see or write."""

import shutil
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask

from engage.app import create_app
from engage.cli.main import main
from engage.core import scope, shuffle, wall
from engage.core.database import WRITE, as_owner, begin_write, db
from engage.core.ids import new_id
from engage.core.transaction import transaction
from engage.migrations import run
from engage.people import queries, service
from engage.people.kinds import AgencyKind
from engage.settings import Settings
from tests.support import postgres
from tests.support.apps import within

Two = tuple[uuid.UUID, uuid.UUID]
pytestmark = pytest.mark.skipif(not postgres.available(), reason="there is no PostgreSQL here")
_NAMES = "SELECT name FROM agency ORDER BY name"


@pytest.fixture
def app(app: Flask) -> Flask:
    with app.app_context():
        if db.engine.dialect.name != "postgresql":
            pytest.skip("only PostgreSQL has a second wall")
    return app


@pytest.fixture
def two(app: Flask, partnership: uuid.UUID) -> Two:
    """Two partnerships with an agency each."""
    with app.app_context(), transaction():
        other = service.add_partnership("saltby", "Saltby", "Saltby", ["en"])
        service.add_agency("Theirs", AgencyKind.SCHOOL)
    with within(app, partnership), transaction():
        service.add_agency("Mine", AgencyKind.SCHOOL)
    return partnership, other


@contextmanager
def unguarded(place: uuid.UUID | None = None, *, every: bool = False) -> Generator[sa.Connection]:
    """A write transaction that the guard of the scope does not look at."""
    engine = sa.create_engine(db.engine.url, poolclass=sa.NullPool)
    with engine.connect() as connection, connection.begin():
        wall.begin(connection, write=True, place=place, every=every)
        yield connection


def test_without_a_partnership_nothing_is_seen_changed_or_written(app: Flask, two: Two) -> None:
    with app.app_context():
        with unguarded() as raw:
            assert raw.exec_driver_sql(_NAMES).all() == []
            assert raw.exec_driver_sql("UPDATE agency SET name = 'x'").rowcount == 0
            assert raw.exec_driver_sql("DELETE FROM agency").rowcount == 0
        with pytest.raises(sa.exc.ProgrammingError, match="row-level security"), unguarded() as raw:
            _insert(raw, two[0])


def test_a_transaction_sees_and_writes_rows_of_the_partnership_it_names_alone(app: Flask, two: Two) -> None:
    with app.app_context():
        with unguarded(two[0]) as raw:
            assert raw.exec_driver_sql(_NAMES).scalars().all() == ["Mine"]
            assert raw.exec_driver_sql("UPDATE agency SET name = 'Still mine'").rowcount == 1
            _insert(raw, two[0])
        moved = sa.text("UPDATE agency SET partnership_id = :other")
        for move in (lambda raw: _insert(raw, two[1]), lambda raw: raw.execute(moved, {"other": two[1]})):
            with pytest.raises(sa.exc.ProgrammingError, match="row-level security"), unguarded(two[0]) as raw:
                move(raw)
        with unguarded(every=True) as raw:
            assert raw.exec_driver_sql(_NAMES).scalars().all() == ["Slipped in", "Still mine", "Theirs"]


def _insert(raw: sa.Connection, place: uuid.UUID) -> None:
    row = sa.text("INSERT INTO agency (id, partnership_id, name, kind) VALUES (:id, :place, 'Slipped in', 'school')")
    raw.execute(row, {"id": new_id(), "place": place})


def test_what_a_transaction_named_is_forgotten_with_it(app: Flask, two: Two) -> None:
    """A connection goes from hand to hand: the next request's partnership is not this one's, and none is none."""
    engine = sa.create_engine(app_url(app), pool_size=1, max_overflow=0)
    with engine.begin() as raw:
        wall.name(raw, two[0])
    with engine.begin() as raw:
        assert raw.exec_driver_sql(_NAMES).all() == []
    engine.dispose()


def app_url(app: Flask) -> sa.URL:
    with app.app_context():
        return db.engine.url


@pytest.mark.parametrize("begins", ["before", "after", "to write"])
def test_the_scope_names_it_whenever_the_transaction_begins(app: Flask, two: Two, begins: str) -> None:
    """A page finds its partnership by its slug, in the transaction that goes on."""
    with app.app_context():
        if begins == "before":
            assert queries.get_partnership("larkmoor") is not None
            assert db.session.in_transaction()
        scope.enter(two[0])
        if begins == "to write":
            begin_write()
        assert [agency.name for agency in queries.list_agencies()] == ["Mine"]
        named = db.session.connection().exec_driver_sql("SELECT current_setting('engage.partnership')").scalar()
        assert named == str(two[0])
        db.session.rollback()


def test_a_reading_transaction_begins_with_one_message(app: Flask, two: Two) -> None:
    """What it may and whose it is are said at once: the wall costs a page no way to the server and back."""
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        heard.append(statement)

    with within(app, two[0]):
        sa.event.listen(db.engine, "before_cursor_execute", hear)
        try:
            queries.list_agencies()
            queries.list_agencies()
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", hear)
        assert [each for each in heard if each.startswith("SET")] == [
            f"SET TRANSACTION READ ONLY; SET LOCAL engage.partnership = '{two[0]}'"
        ]


def _unwalled() -> set[str]:
    query = (
        "SELECT c.relname FROM pg_class c LEFT JOIN pg_policies p ON p.tablename = c.relname AND p.policyname ="
        " 'partnership' AND p.cmd = 'ALL' AND p.roles = '{public}' AND p.qual = p.with_check AND p.qual ~"
        " 'partnership_id = .*engage\\.partnership' WHERE c.relkind = 'r' AND"
        " c.relnamespace = current_schema()::regnamespace AND"
        " (NOT c.relrowsecurity OR NOT c.relforcerowsecurity OR p.policyname IS NULL)"
    )
    with db.engine.connect() as connection:
        return set(connection.exec_driver_sql(query).scalars())


def test_every_scoped_table_is_behind_the_wall_and_no_policy_stands_beside_its_own(app: Flask) -> None:
    """A step that makes a scoped table calls `migrations.wall.put_up`; a second policy would open what one shuts."""
    with app.app_context():
        assert scope.scoped_tables() & _unwalled() == set(), "its step does not call migrations.wall.put_up"
        with db.engine.connect() as connection:
            policies = connection.exec_driver_sql("SELECT tablename FROM pg_policies").scalars().all()
        assert sorted(policies) == sorted(scope.scoped_tables())


def test_the_check_sees_a_table_without_its_policy_and_the_step_goes_down_and_up(app: Flask, two: Two) -> None:
    with app.app_context():
        try:
            with db.engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
                connection.exec_driver_sql("ALTER TABLE voice NO FORCE ROW LEVEL SECURITY")
                connection.exec_driver_sql("DROP POLICY partnership ON flag")
            assert scope.scoped_tables() & _unwalled() == {"voice", "flag"}
        finally:
            with db.engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
                connection.exec_driver_sql("CREATE POLICY partnership ON flag USING (false)")
            run.downgrade(db.engine, "0030")
        with unguarded() as raw:
            assert raw.exec_driver_sql(_NAMES).scalars().all() == ["Mine", "Theirs"]
        run.upgrade(db.engine)
        assert not scope.scoped_tables() & _unwalled()


@dataclass(frozen=True)
class TwoRoles:
    """An empty server and home, with a role that owns and one that serves."""

    owner: sa.URL
    home: Path

    @property
    def served(self) -> sa.URL:
        return self.owner.set(username="served")

    def says(self, *words: str, under: sa.URL | None = None, owner: sa.URL | None = None) -> str:
        """What the command prints; `under`: served by that role, and only `owner` named beside it."""
        named = (under, owner) if under else (self.served, self.owner)
        addresses = [each.render_as_string(hide_password=False) if each else "" for each in named]
        names = ("ENGAGE_DATABASE_URL", "ENGAGE_DATABASE_OWNER_URL", "ENGAGE_HOME")
        environment = dict(zip(names, [*addresses, str(self.home)], strict=True))
        return CliRunner().invoke(main, list(words), env=environment).output


@pytest.fixture(scope="module")
def roles(tmp_path_factory: pytest.TempPathFactory) -> Generator[TwoRoles]:
    with postgres.database() as address:
        made = TwoRoles(sa.make_url(address), tmp_path_factory.mktemp("roles"))
        postgres.statement(postgres.beyond(made.owner), "CREATE ROLE served LOGIN")
        assert made.says("migrate") == f"The database is at step {run.HEAD}.\n"
        yield made


def test_doctor_says_where_the_wall_is_low(roles: TwoRoles) -> None:
    assert roles.says("doctor") == "Nothing is wrong.\n"
    assert "owns the tables" in roles.says("doctor", under=roles.owner)
    assert "may read past" in roles.says("doctor", under=postgres.beyond(roles.owner))


def test_doctor_says_what_the_owner_may_or_may_not(roles: TwoRoles) -> None:
    """N2: without the owner's address the worker skips what hides the order of answers."""
    alone = roles.says("doctor", under=roles.served)
    assert alone.startswith("The role served does not own the tables: where the worker runs")
    assert alone.count("\n") == 1
    assert "The role served does not own" in roles.says("doctor", under=roles.served, owner=roles.served)
    super_user = postgres.beyond(roles.owner)
    over = "The role {}, which owns the tables, may read past row level security"
    assert over.format("postgres") in roles.says("doctor", under=roles.served, owner=super_user)
    for may in ("SUPERUSER", "BYPASSRLS"):
        postgres.statement(super_user, f"ALTER ROLE {roles.owner.username} {may}")
        try:
            assert over.format(roles.owner.username) in roles.says("doctor")
            assert over.format(roles.owner.username) in roles.says("doctor", under=roles.served)
        finally:
            postgres.statement(super_user, f"ALTER ROLE {roles.owner.username} NO{may}")
    assert roles.says("doctor") == "Nothing is wrong.\n"


def test_whoever_serves_may_change_nothing_about_the_tables(roles: TwoRoles) -> None:
    for step in ("DROP POLICY partnership ON voice", "ALTER TABLE voice DISABLE ROW LEVEL SECURITY"):
        with pytest.raises(sa.exc.ProgrammingError, match="must be owner"):
            postgres.statement(roles.served, step)


def test_f14_with_two_roles_a_backup_comes_back_and_the_nightly_work_is_done(roles: TwoRoles, tmp_path: Path) -> None:
    """The role that serves backs up and reads what was restored; only the owner restores and writes files anew."""
    roles.says("partnership", "add", "larkmoor", "Larkmoor")
    made = roles.says("backup", str(tmp_path / "kept"))
    assert "Keep it no longer" in made, made
    postgres.statement(roles.owner, "CREATE DATABASE again")
    again = TwoRoles(roles.owner.set(database="again"), tmp_path / "home")
    again.home.mkdir(mode=0o700)
    shutil.copy2(roles.home / "engage.key", again.home)
    restored = again.says("restore", str(tmp_path / "kept"), "--without-erased")
    assert "is back" in restored, restored
    assert again.says("audit", "verify") == "The audit chain is whole.\n"
    addresses = (each.render_as_string(hide_password=False) for each in (again.served, again.owner))
    settings = dict(zip(("database_url", "database_owner_url"), addresses, strict=True))
    app = create_app(Settings(home=again.home, **settings))  # type: ignore[arg-type]  # texts for those two alone
    with app.app_context():
        assert as_owner() is not db.engine
        shuffle.forget_order()
        shuffle.forget_minutes()
    with app.app_context():
        scope.enter(queries.list_partnerships()[0].id)
        assert [number.number for number in queries.list_help_numbers()]
        db.session.close()
        for engine in db.engines.values():
            engine.dispose()


def test_the_app_owns_its_tables_where_no_other_role_is_named(app: Flask) -> None:
    with app.app_context():
        assert as_owner() is db.engine
