"""How long cases are kept: deleting one with its contact details and what was learned from it, and what is old."""

import uuid
from datetime import date

import sqlalchemy as sa

from engage.core import audit, clock, erasing
from engage.core.database import begin_write, db
from engage.core.errors import NotFound
from engage.core.holds import Held
from engage.core.retention import Kind
from engage.listening.casework.models import Case
from engage.listening.casework.sender import ORIGIN
from engage.people import service_erasing
from engage.rules.keeping import Cutoff, birthday
from engage.safeguarding import queries_apart, withdrawals


@service_erasing.needs
def _is_in_an_open_case(account_id: uuid.UUID) -> bool:
    """Whether a case that is not closed is about whoever has this account, or is theirs to answer: anybody who
    handles cases closes it first.
    """
    theirs = sa.or_(Case.id.in_(queries_apart.about(account_id)), Case.handler_id == account_id)
    return db.session.scalar(sa.select(Case.id).where(Case.closed_on.is_(None), theirs).limit(1)) is not None


def delete_case(case_id: uuid.UUID) -> None:
    """Delete the row of a case, in the present write transaction; its words, flags and receipt are not here."""
    erasing.delete(Case.id, Case.id == case_id)


def keep_to_birthday(case_id: uuid.UUID, born: date, age: int) -> None:
    """Delete a case not before its child, `born` then, is `age`: only the day comes out of it. Raises NotFound."""
    case = begin_write().get(Case, case_id, with_for_update=True)
    if case is None:
        raise NotFound
    case.keep_until = birthday(born, age)
    audit.record("case-kept-to-day", "case", case_id, age=age)


def _old(old: Cutoff, held: Held) -> sa.Select[uuid.UUID]:
    """Cases that were closed before, are not held, and that nobody still has to decide on."""
    mine = (Case.closed_on < old.day, Case.id.not_in(held.cases), Case.id.not_in(withdrawals.open_origins()))
    return sa.select(Case.id).where(*mine, sa.or_(Case.keep_until.is_(None), Case.keep_until <= clock.today()))


def _count_old(old: Cutoff, held: Held) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(_old(old, held).subquery())) or 0


def _delete_old(old: Cutoff, held: Held) -> int:
    ids = begin_write().scalars(_old(old, held)).all()
    for case_id in ids:
        withdrawals.delete(ORIGIN, case_id)
        delete_case(case_id)
    return len(ids)


CASES = Kind("cases", 72, _count_old, _delete_old)
