"""Every row belongs to a partnership: the scope is added in one place and guarded at the engine."""

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import scope
from engage.core.database import begin_write, db
from engage.core.scope import ScopeError
from engage.core.transaction import transaction
from engage.people import queries, service
from engage.people.kinds import AgencyKind
from engage.people.models import Agency, Service
from tests.support.apps import within


@pytest.fixture
def two(app: Flask, partnership: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    with app.app_context(), transaction():
        other = service.add_partnership("saltby", "Saltby", "Saltby", ["en"])
        service.add_agency("Other", AgencyKind.SCHOOL)
    with within(app, partnership), transaction():
        service.add_service(service.add_agency("Mine", AgencyKind.SCHOOL), "Front desk")
    return partnership, other


def test_a_partnership_sees_only_its_own(app: Flask, two: tuple[uuid.UUID, uuid.UUID]) -> None:
    with within(app, two[0]):
        assert [agency.name for agency in queries.list_agencies()] == ["Mine"]
        assert [row.agency for row in queries.list_services()] == ["Mine"]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Agency)) == 1
    with within(app, two[1]):
        assert queries.list_services() == []


def test_without_a_scope_nothing_is_read(app: Flask, two: tuple[uuid.UUID, uuid.UUID]) -> None:
    with app.app_context(), pytest.raises(ScopeError):
        queries.list_agencies()


@pytest.mark.parametrize("write", ["table", "text", "update", "foreign"])
def test_a_statement_around_the_scope_is_refused(app: Flask, two: tuple[uuid.UUID, uuid.UUID], write: str) -> None:
    with within(app, two[0]):
        begin_write()
        with pytest.raises(ScopeError):
            _around(write, two[1])
        db.session.rollback()


def _around(write: str, other: uuid.UUID) -> None:
    if write == "table":
        db.session.execute(sa.select(Agency.__table__.c.name))
    elif write == "text":
        db.session.execute(sa.text("SELECT name FROM agency"))
    elif write == "update":
        db.session.execute(sa.update(Agency.__table__).values(name="x"))
    else:
        db.session.add(Agency(name="x", kind=AgencyKind.SCHOOL, partnership_id=other))
        db.session.flush()


def test_a_lazy_row_is_still_in_scope(app: Flask, two: tuple[uuid.UUID, uuid.UUID]) -> None:
    with within(app, two[0]):
        agency = db.session.scalars(sa.select(Agency)).one()
        db.session.refresh(agency)
        assert agency.partnership_id == scope.current()
        joined = sa.select(Service.name).join(Agency, Agency.id == Service.agency_id)
        assert db.session.scalars(joined).all() == ["Front desk"]


def test_a_scope_is_not_changed_within_a_session(app: Flask, two: tuple[uuid.UUID, uuid.UUID]) -> None:
    with within(app, two[0]), pytest.raises(ScopeError):
        scope.enter(two[1])
