"""The verbs of restricted releases: ask, agree, make at the moment of a release, read, end.

Unrounded counts for a few people by name. They leave the counting only sealed, and are opened only by `read`.
"""

import hashlib
import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa

from engage.core import audit, clock, erasing, holds
from engage.core.crypto import keyring
from engage.core.database import begin_write, db
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.ids import new_id
from engage.listening.surveys import queries as surveys
from engage.rules.disclosure import FLOOR, Rule, Tables, from_json
from engage.rules.disclosure.audit import Budget
from engage.rules.disclosure.ladder import Counted, Descent, Public, descend
from engage.rules.disclosure.overlap import Published, renamed
from engage.understanding.releases.models import Release, Restricted, RestrictedReader
from engage.understanding.releases.queries_ledger import entries
from engage.understanding.releases.queries_restricted import PURPOSE, RestrictedRow, State, get_restricted

RULE: Final = Rule(threshold=FLOOR, rounding=1)
"""Exact numbers, and none under five people."""
LONGEST_DAYS: Final = 366
LONGEST_PURPOSE: Final = 500
_TABLES: Final = "restricted-tables"


@dataclass(frozen=True)
class Wish:
    """Who is to see exact numbers, what for, and to which day."""

    readers: frozenset[uuid.UUID]
    purpose: str
    ends_on: date


@dataclass(frozen=True)
class Asked:
    """Of which answers a release is made: to a version, and to the `older` ones that are counted with it."""

    survey_id: uuid.UUID
    version_id: uuid.UUID
    older: tuple[uuid.UUID, ...] = ()

    @property
    def versions(self) -> tuple[uuid.UUID, ...]:
        """All of them, the newest first."""
        return (self.version_id, *self.older)


@dataclass(frozen=True)
class Exact:
    """Those that wait to be made, and what the ladder found for them (None: not to be made)."""

    waiting: tuple[uuid.UUID, ...]
    descent: Descent | None


def ask(slug: str, wish: Wish, by: uuid.UUID, able: Collection[uuid.UUID]) -> uuid.UUID:
    """Ask for a restricted release; its id. It is made with the next release, once a second person agrees.

    able: who may be named. NotFound for an unknown survey; Refused without a reader ("restricted-readers"), a purpose
    ("restricted-purpose") or a day to come within a year ("restricted-day").
    """
    session, survey = begin_write(), surveys.get_survey(slug)
    if survey is None or survey.version is None:
        raise NotFound
    purpose, today = wish.purpose.strip(), clock.today()
    if not wish.readers or not wish.readers <= set(able):
        raise Refused("restricted-readers")
    if not purpose or len(purpose) > LONGEST_PURPOSE:
        raise Refused("restricted-purpose")
    if not today < wish.ends_on <= today + timedelta(days=LONGEST_DAYS):
        raise Refused("restricted-day")
    row = Restricted(id=new_id(), survey_id=survey.id, ends_on=wish.ends_on, asked_by=by, asked_on=today)
    row.purpose_sealed = keyring().seal(purpose, row=row.id, purpose=PURPOSE)
    session.add(row)
    session.flush()
    session.add_all(RestrictedReader(restricted_id=row.id, account_id=one) for one in sorted(wish.readers))
    audit.record("restricted-asked", "restricted_release", row.id, readers=len(wish.readers))
    return row.id


def agree(restricted_id: uuid.UUID, by: uuid.UUID) -> None:
    """Say yes as a second person. Refused to whoever asked ("restricted-second-person") or would read it
    ("restricted-reader-agrees"); Conflict where somebody has decided."""
    begin_write()
    row, seen = _asked(restricted_id)
    if row.asked_by == by:
        raise Refused("restricted-second-person")
    if by in seen.readers:
        raise Refused("restricted-reader-agrees")
    row.agreed_by, row.agreed_on = by, clock.today()
    db.session.flush()
    audit.record("restricted-agreed", "restricted_release", row.id)


def drop(restricted_id: uuid.UUID) -> None:
    """It is not to be made: whoever asked takes it back, or somebody says no. Conflict once it is agreed to."""
    begin_write()
    row, _ = _asked(restricted_id)
    erasing.delete(RestrictedReader.id, RestrictedReader.restricted_id == row.id)
    erasing.delete(Restricted.id, Restricted.id == row.id)
    audit.record("restricted-dropped", "restricted_release", restricted_id)


def closed_so_far(public: Public, asked: Asked, *, without: Collection[uuid.UUID] = ()) -> Public:
    """The same with the exact numbers that some people were shown of it, whether or not their day is over: what was
    seen cannot be unseen. without: as `queries_ledger.public_so_far` was asked.
    """
    held = entries(asked.version_id, asked.survey_id, older=asked.older, without=without)
    sources = [
        replace(shown, tables=known.tables)
        for entry, shown in zip(held, public.sources, strict=True)
        for row in _standing(entry.release_id)
        for known in [renamed(Published(_opened(row)), entry.names)]
    ]
    return replace(public, closed=tuple(sources), closed_threshold=FLOOR)


def prepare(survey: Asked, frozen: Tables, counted: Counted, public: Public, budget: Budget) -> Exact:
    """What was agreed to for this survey, from the very counts of the release that is about to be stored.

    It is audited by what its readers can know: all that is public, this release, and other exact numbers.
    """
    waiting = tuple(row.id for row in _waiting(survey.survey_id))
    # What somebody read and was deleted all the same (by an older release of the product) can be held to nothing.
    is_forgotten = any(row.is_seen and row.sealed is None for row in _of_these_people(survey))
    if not waiting or is_forgotten:
        return Exact(waiting, None)
    return Exact(waiting, descend(counted, RULE, _known_to_readers(public, frozen, counted), budget))


def _known_to_readers(public: Public, frozen: Tables, counted: Counted) -> Public:
    shown = public.source(frozen, counted)
    return replace(
        public,
        sources=(*public.sources, *public.closed, shown),
        closed=(),
        threshold=FLOOR,
        less=lambda: [_known_to_readers(one, frozen, counted) for one in public.less()],
    )


def make(release: Release, exact: Exact) -> None:
    """Store what was prepared, sealed, beside the release that was just stored; what would give somebody away even by
    totals is not made, and says so. In the release's own transaction."""
    for restricted_id in exact.waiting:
        row = db.session.get(Restricted, restricted_id, with_for_update=True)
        if row is None:
            continue
        row.release_id = release.id
        if exact.descent is None or exact.descent.tables is None:
            row.refused = True
            audit.record("restricted-refused", "restricted_release", row.id)
            continue
        row.rung, row.audit = exact.descent.rung, [asdict(step) for step in exact.descent.steps]
        row.sealed = keyring().seal(_stored(exact.descent.tables), row=row.id, purpose=_TABLES)
        row.sha256 = digest(release.sha256, exact.descent.tables)
        audit.record("restricted-made", "restricted_release", row.id, release=str(release.id), sha256=row.sha256)
    db.session.flush()


def read(restricted_id: uuid.UUID, by: uuid.UUID, form: str) -> Tables:
    """The exact numbers, for somebody named and until its day; each reading is written down.

    form: how they are read ("page", "csv"). NotFound for anybody else, before it is made and after it has ended.
    """
    begin_write()
    seen = get_restricted(restricted_id)
    row = db.session.get_one(Restricted, restricted_id)
    if by not in seen.readers or seen.state is not State.READABLE:
        raise NotFound
    row.is_seen = True
    audit.record("restricted-read", "restricted_release", row.id, form=form)
    return _opened(row)


def delete_ended() -> int:
    """End those whose day is over and that no hold keeps; how many. The row and its hash stay. What nobody read is
    deleted; what somebody read stays sealed, for the audit of further releases alone.
    """
    begin_write()
    held = holds.held()
    over = sa.select(Restricted).where(Restricted.ends_on < clock.today(), Restricted.deleted_on.is_(None))
    rows = [row for row in db.session.scalars(over) if not held.everything and row.survey_id not in held.surveys]
    for row in rows:
        row.deleted_on = clock.today()
        if not row.is_seen:
            row.sealed = None
        audit.record("restricted-ended", "restricted_release", row.id, was_read=row.is_seen)
    db.session.flush()
    return len(rows)


def digest(release_sha256: str, tables: Tables) -> str:
    """SHA-256 over the release it belongs to and every table."""
    return hashlib.sha256(json.dumps([release_sha256, tables.canonical()]).encode()).hexdigest()


def _asked(restricted_id: uuid.UUID) -> tuple[Restricted, RestrictedRow]:
    """One that nobody has decided on, held so that nobody else decides meanwhile."""
    row = db.session.get(Restricted, restricted_id, with_for_update=True)
    seen = get_restricted(restricted_id)
    if row is None or seen.state is not State.ASKED:
        raise Conflict
    return row, seen


def _waiting(survey_id: uuid.UUID) -> list[Restricted]:
    agreed = (Restricted.agreed_by.is_not(None), Restricted.release_id.is_(None), Restricted.ends_on >= clock.today())
    return list(db.session.scalars(sa.select(Restricted).where(Restricted.survey_id == survey_id, *agreed)))


def _standing(release_id: uuid.UUID) -> Sequence[Restricted]:
    """The exact numbers that were made with a release, and that somebody has read or may still read."""
    made = sa.select(Restricted).where(Restricted.release_id == release_id, Restricted.sealed.is_not(None))
    return db.session.scalars(made.order_by(Restricted.id)).all()


def _of_these_people(survey: Asked) -> Sequence[Restricted]:
    """Every restricted release that was made of a version's answers, or of another survey declared to be of them."""
    releases = [entry.release_id for entry in entries(survey.version_id, survey.survey_id, older=survey.older)]
    made = sa.select(Restricted).where(Restricted.release_id.in_(releases), Restricted.refused.is_(False))
    return db.session.scalars(made.order_by(Restricted.id)).all()


def _stored(tables: Tables) -> str:
    return json.dumps([tables.canonical(), tables.reasons()])


def _opened(row: Restricted) -> Tables:
    text, reasons = json.loads(keyring().unseal(row.sealed or b"", row=row.id, purpose=_TABLES))
    return from_json(text, reasons)
