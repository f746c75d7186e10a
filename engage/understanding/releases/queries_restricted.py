"""Selects on restricted releases: who asked, who agreed, for whom, until when. The counts are opened by the service."""

import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from engage.core import clock
from engage.core.crypto import keyring
from engage.core.database import db
from engage.core.errors import NotFound
from engage.understanding.releases.models import Restricted, RestrictedReader

PURPOSE = "restricted-purpose"


class State(StrEnum):
    """How far a restricted release is."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    READABLE = "readable"
    ENDED = "ended"


@dataclass(frozen=True)
class RestrictedRow:
    """A restricted release as its page shows it, the purpose opened; it holds no count."""

    id: uuid.UUID
    survey_id: uuid.UUID
    purpose: str
    ends_on: date
    asked_by: uuid.UUID
    asked_on: date
    agreed_by: uuid.UUID | None
    readers: frozenset[uuid.UUID]
    state: State
    release_id: uuid.UUID | None
    rung: str
    sha256: str


def get_restricted(restricted_id: uuid.UUID) -> RestrictedRow:
    """One of them. NotFound where there is none."""
    row = db.session.get(Restricted, restricted_id)
    if row is None:
        raise NotFound
    return _row(row)


def list_restricted(survey_id: uuid.UUID) -> list[RestrictedRow]:
    """Those of a survey, the newest first."""
    mine = sa.select(Restricted).where(Restricted.survey_id == survey_id)
    return [_row(row) for row in db.session.scalars(mine.order_by(Restricted.asked_on.desc(), Restricted.id))]


def _row(row: Restricted) -> RestrictedRow:
    purpose = keyring().unseal(row.purpose_sealed, row=row.id, purpose=PURPOSE)
    named = sa.select(RestrictedReader.account_id).where(RestrictedReader.restricted_id == row.id)
    readers = frozenset(db.session.scalars(named))
    asked = (row.asked_by, row.asked_on, row.agreed_by)
    made = (row.release_id, row.rung, row.sha256)
    return RestrictedRow(row.id, row.survey_id, purpose, row.ends_on, *asked, readers, _state(row), *made)


def _state(row: Restricted) -> State:
    if row.refused:
        return State.REFUSED
    if row.deleted_on is not None or row.ends_on < clock.today():
        return State.ENDED
    if row.sealed is not None:
        return State.READABLE
    return State.ASKED if row.agreed_by is None else State.AGREED
