"""Erasing who somebody was, on their request, once their account is closed (P5).

The account itself stays, without a name: what was done under it stays done by one and the same person, and what was
kept from them stays kept. A backup that is put back has it erased again.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from engage.core import audit, clock, erasing, holds, scope
from engage.core.database import begin_write, db
from engage.core.erasing import IsMarked
from engage.core.errors import NotFound, Refused
from engage.people import service
from engage.people.kinds import NOBODY, erased_sign_in
from engage.people.models import Account, AccountRole, PasswordLink

WAITING: Final = timedelta(days=28)
"""How long after closing nobody can be erased: for whoever else is here to see that they were closed, and object."""

_SORT: Final = "account"
_needs: list[Callable[[uuid.UUID], bool]] = []


def needs(is_needed: Callable[[uuid.UUID], bool]) -> Callable[[uuid.UUID], bool]:
    """Register what still has to know who somebody was: no account is erased while it says so of its id."""
    _needs.append(is_needed)
    return is_needed


def reasons_to_keep(account_id: uuid.UUID) -> list[str]:
    """Why an account cannot be erased now: "hold", "active", "soon"; [] where it can. NotFound for one not here.

    "soon" is the waiting time and every open matter alike, so that nobody reads from it that somebody is in one.
    """
    account = _here(account_id)
    soon = _is_just_closed(account_id) or any(is_needed(account_id) for is_needed in _needs)
    reasons = {"hold": holds.held().everything, "active": account.is_active, "soon": soon}
    return [reason for reason, stands in reasons.items() if stands]


def erase_account(account_id: uuid.UUID) -> None:
    """Take name, sign-in name, agency, password and roles off a closed account; only that it was done stays.

    NotFound for one that is not here; Refused ("account-kept") while it is open or a legal hold keeps everything,
    ("account-soon") while it was closed of late or is needed.
    """
    begin_write()
    if reasons := reasons_to_keep(account_id):
        raise Refused("account-soon" if reasons == ["soon"] else "account-kept")
    _erase(account_id)
    erasing.note([account_id], _SORT)
    audit.record("account-erased", "account", account_id)


def is_erased(account_id: uuid.UUID) -> bool:
    """Whether who it was is gone."""
    return _here(account_id).sign_in == erased_sign_in(account_id)


@erasing.again(_SORT)
def _again(is_marked: IsMarked) -> None:
    mine = sa.select(Account.id).where(Account.partnership_id == scope.current())
    for account_id in db.session.scalars(mine).all():
        if is_marked(account_id):
            _erase(account_id)


def _erase(account_id: uuid.UUID) -> None:
    session = begin_write()
    gone = {"name": NOBODY, "sign_in": erased_sign_in(account_id), "agency_id": None, "password_hash": None}
    state = {"is_active": False, "failures": 0, "failed_at": None}
    session.execute(sa.update(Account).where(Account.id == account_id).values(gone | state))
    session.execute(sa.delete(AccountRole).where(AccountRole.account_id == account_id))
    session.execute(sa.delete(PasswordLink).where(PasswordLink.account_id == account_id))
    service.end_sessions(account_id)


def _is_just_closed(account_id: uuid.UUID) -> bool:
    closed = [event.happened_at for event in audit.trail(account_id) if event.action == "account-closed"]
    return bool(closed) and clock.now() - max(closed) < WAITING


def _here(account_id: uuid.UUID) -> Account:
    account = db.session.get(Account, account_id)
    if account is None or account.partnership_id != scope.current():
        raise NotFound
    return account
