"""What of a version's answers is no more, as numbers alone: written when some go or are blanked, read by releases."""

import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from engage.core import locks
from engage.core.database import begin_write, db
from engage.core.ids import new_id
from engage.listening.surveys.models import Forgotten


@dataclass(frozen=True)
class Gone:
    """deleted: answers, all in all. blanked: how often each thing said of how people answered was blanked."""

    deleted: int = 0
    blanked: Mapping[str, int] = field(default_factory=dict)


def gone(version_id: uuid.UUID) -> Gone:
    """What of this version's answers is no more."""
    row = db.session.scalars(sa.select(Forgotten).where(Forgotten.version_id == version_id)).first()
    return Gone(row.deleted, row.blanked) if row is not None else Gone()


def hold(version_id: uuid.UUID) -> None:
    """Until the end of the present write transaction no release of this version is stored, and nobody else's answers to
    it are deleted or taken back. Of a release and of somebody who takes their answers back at the same moment one is
    first, and the other sees it.
    """
    locks.hold("counted-answers", version_id)


def note(version_id: uuid.UUID, *, deleted: int = 0, blanked: str = "") -> None:
    """Add to it, in the present write transaction. `blanked`: one of the backgrounds of a response."""
    hold(version_id)
    session = begin_write()
    mine = sa.select(Forgotten).where(Forgotten.version_id == version_id).with_for_update()
    row = session.scalars(mine).first()
    if row is None:
        with suppress(IntegrityError), session.begin_nested():  # somebody else's answers may go at this moment, too
            session.add(Forgotten(id=new_id(), version_id=version_id, deleted=0, blanked={}))
        row = session.scalars(mine).one()
    row.deleted += deleted
    if blanked:
        row.blanked = {**row.blanked, blanked: row.blanked.get(blanked, 0) + 1}
    session.flush()
