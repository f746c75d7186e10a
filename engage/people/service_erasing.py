"""Erasing who somebody was, on their request, once their account is closed (P5).

The account itself stays, without a name: what was done under it stays done by one and the same person, and what was
kept from them stays kept. A backup that is put back has it erased again.
"""

import uuid

import sqlalchemy as sa

from engage.core import audit, erasing, holds, scope
from engage.core.database import begin_write, db
from engage.core.erasing import IsMarked
from engage.core.errors import NotFound, Refused
from engage.people import service
from engage.people.kinds import NOBODY
from engage.people.models import Account, AccountRole, PasswordLink

_SORT = "account"


def reasons_to_keep(account_id: uuid.UUID) -> list[str]:
    """Why an account cannot be erased now: "hold", "active"; [] where it can. NotFound for one that is not here."""
    account = _here(account_id)
    reasons = {"hold": holds.held().everything, "active": account.is_active}
    return [reason for reason, stands in reasons.items() if stands]


def erase_account(account_id: uuid.UUID) -> None:
    """Take name, sign-in name, agency, password and roles off a closed account; only that it was done stays.

    NotFound for one that is not here; Refused ("account-kept") while it is open or a legal hold keeps everything.
    """
    begin_write()
    if reasons_to_keep(account_id):
        raise Refused("account-kept")
    _erase(account_id)
    erasing.note([account_id], _SORT)
    audit.record("account-erased", "account", account_id)


def is_erased(account_id: uuid.UUID) -> bool:
    """Whether who it was is gone."""
    return _here(account_id).sign_in == _sign_in(account_id)


@erasing.again(_SORT)
def _again(is_marked: IsMarked) -> None:
    mine = sa.select(Account.id).where(Account.partnership_id == scope.current())
    for account_id in db.session.scalars(mine).all():
        if is_marked(account_id):
            _erase(account_id)


def _erase(account_id: uuid.UUID) -> None:
    session = begin_write()
    gone = {"name": NOBODY, "sign_in": _sign_in(account_id), "agency_id": None, "password_hash": None}
    state = {"is_active": False, "failures": 0, "failed_at": None}
    session.execute(sa.update(Account).where(Account.id == account_id).values(gone | state))
    session.execute(sa.delete(AccountRole).where(AccountRole.account_id == account_id))
    session.execute(sa.delete(PasswordLink).where(PasswordLink.account_id == account_id))
    service.end_sessions(account_id)


def _sign_in(account_id: uuid.UUID) -> str:
    return f"erased-{account_id.hex}"


def _here(account_id: uuid.UUID) -> Account:
    account = db.session.get(Account, account_id)
    if account is None or account.partnership_id != scope.current():
        raise NotFound
    return account
