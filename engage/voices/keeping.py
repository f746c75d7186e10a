"""How long voices are kept: hiding what somebody took back, and deleting it with everything that hangs on it."""

import uuid

import sqlalchemy as sa

from engage.core.database import begin_write
from engage.voices.models import Voice


def hide(origin_kind: str, origin_id: uuid.UUID) -> None:
    """Let no analyst read what came from this origin any more; who looks after children's safety still can."""
    mine = sa.update(Voice).where(Voice.origin_kind == origin_kind, Voice.origin_id == origin_id)
    begin_write().execute(mine.values(is_taken_back=True))


def delete_of(origin_kind: str, origin_id: uuid.UUID) -> None:
    """Delete what came from this origin: words, files, and by the database their codings and quotes."""
    mine = sa.delete(Voice).where(Voice.origin_kind == origin_kind, Voice.origin_id == origin_id)
    begin_write().execute(mine)
