"""The verbs of people: start a partnership, add accounts, sign in and out."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from engage.core import audit, clock, scope
from engage.core.crypto import keyring
from engage.core.database import begin_write, db, is_writing, write_aside
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.ids import hash_token, new_token
from engage.people import queries, service_keys
from engage.people.devices import Device
from engage.people.kinds import AgencyKind, Role, erased_sign_in
from engage.people.models import (
    Account,
    AccountRole,
    Agency,
    HelpNumber,
    LineManager,
    Partnership,
    PasswordLink,
    Service,
    StaffSession,
)
from engage.people.passwords import Passwords
from engage.rules.contrast import LEAST, contrast

LINK_HOURS = 72
_DEVICE = "known-device"
_TRIES, _WAIT = 10, timedelta(minutes=5)
# 999 and Childline were checked against their publishers' pages; a partnership checks and dates its own.
FIRST_NUMBERS = (
    ("If you are in danger now", "999", "Ask for the police. It is free."),
    ("Childline", "0800 1111", "Free, any time, day or night. They will not be cross."),
)


@dataclass(frozen=True)
class SessionRule:
    """How long a session lasts: idle minutes and hours in all."""

    idle_minutes: int
    hours: int


def add_partnership(
    slug: str, name: str, short_name: str, languages: Iterable[str], *, is_invented: bool = False
) -> uuid.UUID:
    """A new partnership with 999 and Childline as its first help numbers; enters its scope."""
    if queries.get_partnership(slug):
        raise Conflict("partnership-exists")
    session = begin_write()
    partnership = Partnership(
        slug=slug,
        name=name,
        short_name=short_name,
        languages=list(languages),
        readers="trained readers of the partnership",
        reading_hours="on working days",
        is_invented=is_invented,
    )
    session.add(partnership)
    session.flush()
    scope.enter(partnership.id)
    for position, (title, number, about) in enumerate(FIRST_NUMBERS, 1):
        add_help_number(position, title, number, about, clock.today())
    audit.record("partnership-added", "partnership", partnership.id)
    return partnership.id


def show_drafts(partnership_id: uuid.UUID, *, wanted: bool) -> None:
    """Let the public see translations that nobody has checked, marked as that; or not any more."""
    begin_write()
    partnership = db.session.get_one(Partnership, partnership_id)
    if partnership.shows_drafts == wanted:
        return
    partnership.shows_drafts = wanted
    db.session.flush()
    audit.record("drafts-shown" if wanted else "drafts-hidden", "partnership", partnership_id)


def set_brand(partnership_id: uuid.UUID, brand: tuple[str, str] | None) -> None:
    """The colours ("#rrggbb") of words and ground at the top of public pages; None: the product's own.

    Refused where the words cannot be read well enough on the ground.
    """
    if brand is not None and contrast(*brand) < LEAST:
        raise Refused("brand-contrast", ratio=f"{contrast(*brand):.1f}")
    begin_write()
    partnership = db.session.get_one(Partnership, partnership_id)
    partnership.brand_ink, partnership.brand_ground = brand or (None, None)
    db.session.flush()
    audit.record("brand-set", "partnership", partnership_id, ink=partnership.brand_ink, ground=partnership.brand_ground)


def add_agency(name: str, kind: AgencyKind) -> uuid.UUID:
    """A new agency of the present partnership."""
    agency = Agency(name=name, kind=kind)
    begin_write().add(agency)
    db.session.flush()
    audit.record("agency-added", "agency", agency.id)
    return agency.id


def set_agency_contact(agency_id: uuid.UUID, contact: str) -> None:
    """The address at an agency for matters of employment; empty for none."""
    begin_write()
    agency = db.session.scalars(sa.select(Agency).where(Agency.id == agency_id)).first()
    if agency is None:
        raise NotFound
    agency.contact = contact.strip()
    audit.record("agency-contact-changed", "agency", agency_id)


def add_service(agency_id: uuid.UUID, name: str, about: str = "") -> uuid.UUID:
    """A new service, run by an agency of the present partnership."""
    service = Service(agency_id=agency_id, name=name, about=about)
    begin_write().add(service)
    db.session.flush()
    audit.record("service-added", "service", service.id)
    return service.id


def add_help_number(position: int, name: str, number: str, about: str, checked_on: date) -> uuid.UUID:
    """A new help number; the help page is rendered anew by `desk`."""
    row = HelpNumber(position=position, name=name, number=number, about=about, checked_on=checked_on)
    begin_write().add(row)
    db.session.flush()
    return row.id


def change_help_number(number_id: uuid.UUID, name: str, number: str, about: str, checked_on: date) -> None:
    """Put a help number right; whoever changes it has rung it, on `checked_on`."""
    begin_write()
    row = _number(number_id)
    row.name, row.number, row.about, row.checked_on = name, number, about, checked_on
    audit.record("help-number-changed", "help_number", number_id)


def move_help_number_up(number_id: uuid.UUID) -> None:
    """Show a help number before the one that stands above it."""
    begin_write()
    order = [row.id for row in queries.list_help_numbers()]
    if number_id not in order:
        raise NotFound
    at = order.index(number_id)
    order.insert(max(at - 1, 0), order.pop(at))
    for place, each in enumerate(order, 1):
        _number(each).position = place
    audit.record("help-number-moved", "help_number", number_id)


def check_help_number(number_id: uuid.UUID, day: date) -> None:
    """Somebody rang the number on `day` and it is right."""
    begin_write()
    _number(number_id).checked_on = day
    audit.record("help-number-checked", "help_number", number_id)


def remove_help_number(number_id: uuid.UUID) -> None:
    """Take a number off the help page; 999 and Childline are built into the page that needs no database."""
    session = begin_write()
    session.delete(_number(number_id))
    audit.record("help-number-removed", "help_number", number_id)


def add_account(name: str, sign_in: str, roles: Iterable[Role], *, password_hash: str | None = None) -> uuid.UUID:
    """A new account of the present partnership; without a password it is opened by a one-time link."""
    held = frozenset(roles)
    if not held:
        raise Refused("account-without-role")
    if queries.get_account(_plain(sign_in)):
        raise Conflict("sign-in-taken")
    session = begin_write()
    account = Account(
        partnership_id=scope.current(), name=name, sign_in=_plain(sign_in), password_hash=password_hash, failed_at=None
    )
    session.add(account)
    session.flush()
    session.add_all(AccountRole(account_id=account.id, role=role) for role in held)
    audit.record("account-added", "account", account.id, roles=",".join(sorted(held)))
    return account.id


def set_roles(account_id: uuid.UUID, roles: Iterable[Role]) -> None:
    """Give an account exactly these roles; it is signed out everywhere (W7), and where it was none that makes keys for
    machines, or is none now, those it made have ended.
    """
    account = _own(account_id)
    could = service_keys.can_make(account.id)
    held = frozenset(roles)
    if not held:
        raise Refused("account-without-role")
    session = begin_write()
    session.execute(sa.delete(AccountRole).where(AccountRole.account_id == account.id))
    session.add_all(AccountRole(account_id=account.id, role=role) for role in held)
    end_sessions(account.id)
    audit.record("roles-changed", "account", account.id, roles=",".join(sorted(held)))
    if not (could and service_keys.can_make(account.id)):
        service_keys.end_keys_of(account.id, "roles-changed")


def set_active(account_id: uuid.UUID, *, is_active: bool) -> None:
    """Open or close an account; closing signs it out everywhere and ends its keys for machines, which opening does not
    bring back. Refused ("account-erased") once who it was is gone.
    """
    account = _own(account_id)
    if is_active and account.sign_in == erased_sign_in(account.id):
        raise Refused("account-erased")
    begin_write().execute(sa.update(Account).where(Account.id == account.id).values(is_active=is_active))
    end_sessions(account.id)
    audit.record("account-opened" if is_active else "account-closed", "account", account.id)
    service_keys.end_keys_of(account.id, "account-closed")


def set_manager(account_id: uuid.UUID, manager_id: uuid.UUID | None) -> None:
    """Say who manages an account, or that nobody here does. Nobody manages themselves."""
    account = _own(account_id)
    if manager_id is not None and _own(manager_id).id == account.id:
        raise Refused("own-manager")
    session = begin_write()
    session.execute(sa.delete(LineManager).where(LineManager.account_id == account.id))
    if manager_id is not None:
        session.add(LineManager(account_id=account.id, manager_id=manager_id))
        session.flush()
    audit.record("manager-changed", "account", account.id, manager=str(manager_id) if manager_id else None)


def new_password_link(account_id: uuid.UUID) -> str:
    """A one-time token with which the person sets a password; valid 72 hours. Older links end."""
    account = _own(account_id)
    token = new_token()
    session = begin_write()
    session.execute(sa.delete(PasswordLink).where(PasswordLink.account_id == account.id))
    expires = clock.now() + timedelta(hours=LINK_HOURS)
    session.add(PasswordLink(token_hash=hash_token(token), account_id=account.id, expires_at=expires))
    audit.record("password-link-made", "account", account.id)
    return token


def use_password_link(token: str, password: str, passwords: Passwords) -> uuid.UUID:
    """Set the password behind a link; the link is used up and every session of the account ends."""
    stored = passwords.hash(password)
    session = begin_write()
    link = session.get(PasswordLink, hash_token(token))
    if link is None or link.expires_at < clock.now():
        raise NotFound
    account = session.get_one(Account, link.account_id)
    account.password_hash, account.failures = stored, 0
    session.execute(sa.delete(PasswordLink).where(PasswordLink.account_id == account.id))
    end_sessions(account.id)
    scope.enter(account.partnership_id)
    audit.record("password-set", "account", account.id)
    return account.id


def knows(device: Device, name: str) -> bool:
    """Whether the account of this name has signed in on this browser, with the password it has now."""
    return device.knows(keyring().derive(_DEVICE), _known_as(queries.get_account(_plain(name))))


def with_account(device: Device, account_id: uuid.UUID) -> Device:
    """The browser as it is once this account has signed in there."""
    return device.with_account(keyring().derive(_DEVICE), _known_as(db.session.get(Account, account_id)))


def _known_as(account: Account | None) -> str:
    return f"{account.id} {account.password_hash}" if account else "nobody"


def sign_in(name: str, password: str, passwords: Passwords, *, is_known: bool = False) -> tuple[str, uuid.UUID] | None:
    """A new session's token and the account, or None: unknown, wrong, closed and too many tries look alike (W9).

    `is_known`: it signed in on this browser before, and need not wait because others have tried.
    """
    account = queries.get_account(_plain(name))
    must_wait = account is not None and _must_wait(account)
    fits = passwords.matches(account.password_hash if account else None, password)
    # A try during the wait is not counted: nobody can make another's wait longer by trying on.
    if account is None or (must_wait and not is_known):
        return None
    account_id = account.id
    session = begin_write()
    account = session.get_one(Account, account_id)
    if not fits or not account.is_active:
        if not must_wait:
            account.failures, account.failed_at = _recent_failures(account) + 1, clock.now()
        return None
    return _begin_session(account)


def _begin_session(account: Account) -> tuple[str, uuid.UUID]:
    account.failures = 0
    token = new_token()
    now = clock.now()
    begin_write().add(StaffSession(token_hash=hash_token(token), account_id=account.id, started_at=now, seen_at=now))
    scope.enter(account.partnership_id)
    audit.record("signed-in", "account", account.id)
    return token, account.id


def keep_failures() -> None:
    """Keep what a refused sign-in counted, although its page is shown again and not redirected."""
    if is_writing():
        db.session.commit()


def person_of(token: str, rule: SessionRule) -> queries.Person | None:
    """Whoever holds this session's token, unless it ended (idle, too old, closed account). Marks it seen.

    Seen is written at most every five minutes: the one exception to "a GET never writes". Where the database does not
    take it, the next page tries again.
    """
    found = queries.get_session(hash_token(token))
    now = clock.now()
    if (
        found is None
        or now - found.seen_at > timedelta(minutes=rule.idle_minutes)
        or now - found.started_at > timedelta(hours=rule.hours)
    ):
        return None
    person = queries.get_person(found.account_id)
    if person is None or not person.is_active:
        return None
    if now - found.seen_at > _WAIT:
        _mark_seen(found.token_hash)
    return person


def end_session(token: str) -> None:
    """Sign this browser out."""
    begin_write().execute(sa.delete(StaffSession).where(StaffSession.token_hash == hash_token(token)))


def end_sessions(account_id: uuid.UUID) -> None:
    """Sign an account out everywhere."""
    begin_write().execute(sa.delete(StaffSession).where(StaffSession.account_id == account_id))


def _mark_seen(token_hash: bytes) -> None:
    write_aside(sa.update(StaffSession).where(StaffSession.token_hash == token_hash).values(seen_at=clock.now()))


def _must_wait(account: Account) -> bool:
    return _recent_failures(account) >= _TRIES


def _recent_failures(account: Account) -> int:
    """Failures count until nobody failed for the length of the wait; then they are forgotten, so a wait is no lock."""
    is_recent = account.failed_at is not None and clock.now() - account.failed_at < _WAIT
    return account.failures if is_recent else 0


def _number(number_id: uuid.UUID) -> HelpNumber:
    found = db.session.get(HelpNumber, number_id)
    if found is None:
        raise NotFound
    return found


def _own(account_id: uuid.UUID) -> Account:
    account = db.session.get(Account, account_id)
    if account is None or account.partnership_id != scope.current():
        raise NotFound
    return account


def _plain(sign_in_name: str) -> str:
    return sign_in_name.strip().casefold()
