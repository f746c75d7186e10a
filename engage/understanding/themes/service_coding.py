"""The verbs of coding: open the comments for the day, give a comment its themes, pass a worry on."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from engage.core import audit, clock
from engage.core.database import begin_write, db
from engage.core.errors import Conflict, NotFound
from engage.safeguarding import service as safeguarding
from engage.understanding.themes import queries, queries_coding
from engage.understanding.themes.models import Coding, CodingDay, Finished


def open_day(coder_id: uuid.UUID) -> None:
    """Write down that this analyst opens the read comments today; a repeat changes nothing."""
    session = begin_write()
    today = clock.today()
    if queries_coding.has_opened(coder_id, today):
        return
    session.add(CodingDay(coder_id=coder_id, opened_on=today))
    audit.record("comments-opened", "account", coder_id)


def code(voice_id: uuid.UUID, theme_ids: Collection[uuid.UUID], coder_id: uuid.UUID) -> None:
    """Give a read comment exactly these themes and finish it; who and when are kept.

    A theme must be open, or be one the comment has already. NotFound for a comment that nobody has read.
    """
    begin_write()
    queries_coding.get_comment(voice_id)
    before = {given.theme_id for given in queries_coding.given(voice_id)}
    wanted = set(theme_ids)
    if not wanted - before <= queries.open_ids():
        raise NotFound
    _store(voice_id, wanted - before, before - wanted, coder_id)
    _finish(voice_id, coder_id)
    if wanted != before:
        audit.record("comment-coded", "voice", voice_id, added=len(wanted - before), removed=len(before - wanted))


def worry(voice_id: uuid.UUID, coder_id: uuid.UUID) -> None:
    """An analyst thinks that somebody may not be safe: the safeguarding lead has it now."""
    begin_write()
    queries_coding.get_comment(voice_id)
    safeguarding.pass_on(voice_id, coder_id)


def _store(voice_id: uuid.UUID, added: set[uuid.UUID], removed: set[uuid.UUID], coder_id: uuid.UUID) -> None:
    if removed:
        db.session.execute(sa.delete(Coding).where(Coding.voice_id == voice_id, Coding.theme_id.in_(removed)))
    today = clock.today()
    db.session.add_all(
        Coding(voice_id=voice_id, theme_id=theme_id, coder_id=coder_id, coded_on=today) for theme_id in added
    )
    try:
        db.session.flush()
    except IntegrityError:
        raise Conflict("comment-coded-meanwhile") from None


def _finish(voice_id: uuid.UUID, coder_id: uuid.UUID) -> None:
    mine = sa.select(Finished.voice_id).where(Finished.voice_id == voice_id)
    if db.session.scalars(mine).first() is None:
        db.session.add(Finished(voice_id=voice_id, coder_id=coder_id, finished_on=clock.today()))
