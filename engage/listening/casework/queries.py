"""Selects on cases."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engage.core.database import db
from engage.listening.casework.kinds import CaseKind, Outcome
from engage.listening.casework.models import Case
from engage.people import queries as people


@dataclass(frozen=True)
class CaseRow:
    """A case as pages know it; its words are voices and its contact details stay sealed."""

    id: uuid.UUID
    reference: str
    kind: CaseKind
    regime: str
    is_anonymous: bool
    told_by: str | None
    wants_advocate: str | None
    service: str | None
    handler_id: uuid.UUID | None
    received_on: date
    read_on: date | None
    acknowledged_on: date | None
    responded_on: date | None
    closed_on: date | None
    outcome: Outcome | None
    contact_sealed: bytes | None
    learning_sealed: bytes | None
    keep_until: date | None

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


@dataclass(frozen=True)
class Narrowed:
    """Which cases: all that is left out is not asked about."""

    kind: CaseKind | None = None
    is_open: bool | None = None
    regime: str = ""
    reference: str = ""


def is_sent(submission_key: bytes) -> bool:
    """Whether a case was stored under this key."""
    return db.session.scalars(sa.select(Case.id).where(Case.submission_key == submission_key)).first() is not None


def list_cases(narrowed: Narrowed | None = None) -> list[CaseRow]:
    """Cases, longest waiting first."""
    query = sa.select(Case).order_by(Case.received_on, Case.reference)
    wanted = narrowed or Narrowed()
    if wanted.kind is not None:
        query = query.where(Case.kind == wanted.kind)
    if wanted.is_open is not None:
        query = query.where(Case.closed_on.is_(None) if wanted.is_open else Case.closed_on.is_not(None))
    if wanted.regime:
        query = query.where(Case.regime == wanted.regime)
    if wanted.reference:
        query = query.where(Case.reference == wanted.reference.strip().upper())
    return _rows(db.session.scalars(query).all())


def get_case(case_id: uuid.UUID) -> CaseRow | None:
    """One case."""
    return next(iter(_rows(db.session.scalars(sa.select(Case).where(Case.id == case_id)).all())), None)


def list_with_learning() -> list[CaseRow]:
    """Closed cases that taught something, newest first."""
    query = sa.select(Case).where(Case.learning_sealed.is_not(None), Case.closed_on.is_not(None))
    return _rows(db.session.scalars(query.order_by(Case.closed_on.desc(), Case.reference)).all())


def _rows(cases: Sequence[Case]) -> list[CaseRow]:
    names = {row.id: row.name for row in people.list_services(only_open=False)} if cases else {}
    return [
        CaseRow(
            case.id,
            case.reference,
            case.kind,
            case.regime,
            case.is_anonymous,
            case.told_by,
            case.wants_advocate,
            names.get(case.service_id) if case.service_id else None,
            case.handler_id,
            case.received_on,
            case.read_on,
            case.acknowledged_on,
            case.responded_on,
            case.closed_on,
            case.outcome,
            case.contact_sealed,
            case.learning_sealed,
            case.keep_until,
        )
        for case in cases
    ]
