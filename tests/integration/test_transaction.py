"""One transaction a view: kept on a redirect or `Saved`, undone on a page shown again; a GET can't write."""

import contextlib
import uuid

import pytest
import sqlalchemy as sa
from flask import Flask, redirect

from engage.core import audit
from engage.core.database import begin_rows, begin_write, db, end_write, is_writing
from engage.core.scope import ScopeError, quick
from engage.core.transaction import Saved, transactional
from engage.people.kinds import AgencyKind
from engage.people.models import Agency
from tests.support.apps import within


def _add() -> None:
    begin_write().add(Agency(name="Kept", kind=AgencyKind.SCHOOL))


def _count() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Agency)) or 0


@pytest.mark.parametrize(("answer", "kept"), [("page", 0), (redirect("/"), 1), (Saved("page"), 1), (("no", 400), 0)])
def test_what_a_view_returns_decides(app: Flask, partnership: uuid.UUID, answer: object, kept: int) -> None:
    @transactional
    def view() -> object:
        _add()
        return answer

    with app.test_request_context(), within(app, partnership):
        view()
        assert not is_writing()
        assert _count() == kept


def test_an_error_keeps_nothing(app: Flask, partnership: uuid.UUID) -> None:
    @transactional
    def view() -> str:
        _add()
        raise KeyError

    with app.test_request_context(), within(app, partnership):
        with pytest.raises(KeyError):
            view()
        assert _count() == 0


def test_a_failing_commit_is_not_swallowed(app: Flask, partnership: uuid.UUID) -> None:
    @transactional
    def view() -> object:
        _add()
        db.session.add(Agency(name="Kept", kind=AgencyKind.SCHOOL))
        return redirect("/")

    with app.test_request_context(), within(app, partnership):
        with pytest.raises(sa.exc.IntegrityError):
            view()
        assert _count() == 0


def test_a_read_cannot_write(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership):
        db.session.add(Agency(name="x", kind=AgencyKind.SCHOOL))
        with pytest.raises(sa.exc.DBAPIError):
            db.session.flush()
        db.session.rollback()


@pytest.mark.parametrize("keep", [True, False])
def test_a_session_asked_for_after_all_writes_in_the_transaction_of_rows(
    app: Flask, partnership: uuid.UUID, keep: bool
) -> None:
    """It sees what was written before it, is guarded as ever, and both are kept or neither."""
    with within(app, partnership):
        begin_rows()
        quick(sa.insert(Agency), {"name": "Row", "kind": AgencyKind.SCHOOL})
        assert db.session.scalars(sa.select(Agency.name)).all() == ["Row"]
        _add()
        with pytest.raises(ScopeError):
            db.session.execute(sa.text("DELETE FROM agency"))
        end_write(commit=keep)
        assert not is_writing()
        assert _count() == (2 if keep else 0)


def test_what_was_undone_midway_is_not_gone_on_with(app: Flask, partnership: uuid.UUID) -> None:
    """Else what follows would be kept by itself, or said to be; and whoever writes next on this thread can."""
    row, is_own = sa.insert(Agency), app.config["SQLALCHEMY_ENGINES"]["default"]["url"].get_backend_name() == "sqlite"
    for ends in (False, True):
        with within(app, partnership):
            begin_rows()
            quick(row, {"name": "Before", "kind": AgencyKind.SCHOOL})
            assert db.session.scalars(sa.select(Agency.name)).all() == ["Before"]
            db.session.rollback()
            with contextlib.suppress(RuntimeError):
                db.session.scalars(sa.select(Agency.name)).all()
            with pytest.raises((RuntimeError, sa.exc.DBAPIError)):
                quick(row, {"name": "After", "kind": AgencyKind.SCHOOL})
            with pytest.raises(RuntimeError) if ends and is_own else contextlib.nullcontext():
                end_write(commit=ends)
    with within(app, partnership):
        assert _count() == 0
        begin_rows()
        quick(row, {"name": "Next", "kind": AgencyKind.SCHOOL})
        end_write(commit=True)
        assert _count() == 1


def test_rows_that_nobody_ended_are_not_kept(app: Flask, partnership: uuid.UUID) -> None:
    """The request broke off; whoever comes next can write."""
    with within(app, partnership):
        begin_rows()
        quick(sa.insert(Agency), {"name": "Row", "kind": AgencyKind.SCHOOL})
    with within(app, partnership):
        assert _count() == 0
        begin_write()
        end_write(commit=True)


def test_the_audit_chain_shows_a_change(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership):
        begin_write()
        audit.record("thing-done", "thing")
        event = audit.record("thing-done", "thing", count=3)
        assert audit.verify() is None
        mine = audit.AuditEvent.id == event.id
        db.session.execute(sa.update(audit.AuditEvent).where(mine).values(detail={"count": 4}))
        db.session.expire_all()
        assert audit.verify() == event.position
        db.session.rollback()
