"""Audit events of staff: an append-only hash chain, one a partnership. Never an event per anonymous act (N3)."""

import hashlib
import json
import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import g
from sqlalchemy.orm import Mapped

from engage.core import clock, scope
from engage.core.database import Base, Key, begin_write, db
from engage.core.scope import Scoped

_START = "0" * 64


class AuditEvent(Scoped, Base):
    """One act of one member of staff. `detail` carries ids, names of fields and counts, never free text."""

    __tablename__ = "audit_event"
    __table_args__ = (sa.UniqueConstraint("partnership_id", "position"),)

    id: Mapped[Key]
    position: Mapped[int]
    happened_at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None]
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[uuid.UUID | None]
    detail: Mapped[dict[str, Any]]
    previous: Mapped[str]
    digest: Mapped[str]


def record(
    action: str, subject_kind: str, subject_id: uuid.UUID | None = None, **detail: str | int | bool | None
) -> AuditEvent:
    """Append one event (past tense, kebab-case: "survey-opened") by the person signed in, in this transaction."""
    session = begin_write()
    if db.engine.dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(int(scope.current()) % 2**62)))
    last = session.scalars(sa.select(AuditEvent).order_by(AuditEvent.position.desc()).limit(1)).first()
    event = AuditEvent(
        position=last.position + 1 if last else 1,
        happened_at=clock.now(),
        actor_id=g.get("engage_actor"),
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        detail=dict(detail),
        previous=last.digest if last else _START,
    )
    event.digest = _digest(event)
    session.add(event)
    session.flush()
    return event


def trail(subject_id: uuid.UUID) -> list[AuditEvent]:
    """Every event on one subject, oldest first: a decision page shows who, when and what."""
    query = sa.select(AuditEvent).where(AuditEvent.subject_id == subject_id).order_by(AuditEvent.position)
    return list(db.session.scalars(query))


def acts_of(actor_id: uuid.UUID) -> list[AuditEvent]:
    """Every act of one person, oldest first: part of what is held on them."""
    query = sa.select(AuditEvent).where(AuditEvent.actor_id == actor_id).order_by(AuditEvent.position)
    return list(db.session.scalars(query))


def verify() -> int | None:
    """Walk the chain of the present partnership: None when whole, else the position of the first broken link."""
    previous = _START
    expected = 1
    for event in db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.position)):
        if event.position != expected or event.previous != previous or event.digest != _digest(event):
            return expected
        previous, expected = event.digest, expected + 1
    return None


def _digest(event: AuditEvent) -> str:
    parts = [
        event.position,
        event.happened_at.isoformat(),
        str(event.actor_id),
        event.action,
        event.subject_kind,
        str(event.subject_id),
        event.detail,
        event.previous,
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
