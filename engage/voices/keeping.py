"""How long voices are kept: hiding what somebody took back, and deleting it with everything that hangs on it."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from engage.core import erasing
from engage.core.database import begin_write, db
from engage.voices.models import Attachment, Voice

Origins = sa.Select[uuid.UUID]


def hide(origin_kind: str, origin_id: uuid.UUID) -> None:
    """Let no analyst read what came from this origin any more; who looks after children's safety still can."""
    mine = sa.update(Voice).where(Voice.origin_kind == origin_kind, Voice.origin_id == origin_id)
    begin_write().execute(mine.values(is_taken_back=True))


def delete_of(origin_kind: str, origin_id: uuid.UUID) -> None:
    """Delete what came from this origin: words, files, and by the database their codings and quotes."""
    erasing.delete(Voice.id, Voice.origin_kind == origin_kind, Voice.origin_id == origin_id)


def old(week: str, *, but_kind: str, but_sources: Collection[str], but_origins: Origins) -> sa.Select[uuid.UUID]:
    """Voices of an earlier week that a person has read, but those of one kind of origin, of these sources, and of
    these origins. What nobody has read is never old.
    """
    others = (Voice.source_key.not_in(but_sources), Voice.origin_id.not_in(but_origins))
    return sa.select(Voice.id).where(
        Voice.week < week, Voice.read_on.is_not(None), Voice.origin_kind != but_kind, *others
    )


def count(which: sa.Select[uuid.UUID]) -> int:
    """How many these are."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(Voice).where(Voice.id.in_(which))) or 0


def delete(which: sa.Select[uuid.UUID]) -> int:
    """Delete these voices with their files, codings and quotes, in the present write transaction; how many."""
    return erasing.delete(Voice.id, Voice.id.in_(which))


def count_files(which: sa.Select[uuid.UUID]) -> int:
    """How many files these voices have."""
    query = sa.select(sa.func.count()).select_from(Attachment).where(Attachment.voice_id.in_(which))
    return db.session.scalar(query) or 0


def delete_files(which: sa.Select[uuid.UUID]) -> int:
    """Delete the files of these voices and leave their words; how many."""
    return erasing.delete(Attachment.id, Attachment.voice_id.in_(which))
