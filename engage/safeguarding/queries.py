"""Selects on flags."""

import uuid

import sqlalchemy as sa

from engage.core.database import db
from engage.safeguarding.kinds import FlagReason
from engage.safeguarding.models import Flag


def open_flag(origin_kind: str, origin_id: uuid.UUID, reason: FlagReason) -> uuid.UUID | None:
    """The flag that already stands on an origin for this reason and is not decided."""
    mine = (Flag.origin_kind == origin_kind, Flag.origin_id == origin_id, Flag.reason == reason)
    return db.session.scalar(sa.select(Flag.id).where(*mine, Flag.decision.is_(None)).limit(1))
