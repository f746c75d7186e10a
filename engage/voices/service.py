"""The verbs of voices: screen and seal what somebody said, keep it, open it, mark it read."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack

import sqlalchemy as sa

from engage.adapters.media.kinds import File
from engage.core import clock
from engage.core.crypto import keyring
from engage.core.database import begin_rows, begin_write
from engage.core.errors import NotFound
from engage.core.ids import new_id
from engage.core.scope import quick
from engage.voices import files, queries, screening
from engage.voices.files import PreparedFile
from engage.voices.kinds import CONCERN_ORDER, Channel, Concern
from engage.voices.models import Voice
from engage.voices.screening import Screened

_ADD = sa.insert(Voice)


@dataclass(frozen=True)
class PreparedVoice:
    """A voice screened and sealed, ready to be stored; nothing in it can be read without the site's key file.

    `files` came with it; `is_wordless` where they are all there is.
    """

    id: uuid.UUID
    channel: Channel
    audience: str
    origin_kind: str
    origin_id: uuid.UUID
    source_key: str
    question_key: str
    language: str
    text_sealed: bytes
    concern: Concern
    categories: tuple[str, ...]
    files: tuple[PreparedFile, ...] = ()
    is_wordless: bool = False


class Said(TypedDict):
    """What a channel says about a text: through which door, to whom the questions spoke, where it belongs."""

    channel: Channel
    audience: str
    origin_kind: str
    origin_id: uuid.UUID
    source_key: str
    question_key: str
    language: str


def prepare(*, text: str, given: Sequence[File] = (), lost: bool = False, **said: Unpack[Said]) -> PreparedVoice:
    """Screen and seal one text and the files `given` with it; slow, so before the write transaction. `SealError` where
    something cannot be sealed (N6). Nothing looks into a file, so one with files needs a person whatever its words say.

    `lost`: a file came with it that could not be opened. That needs a person too; and without words there was one.
    """
    voice_id = new_id()
    screened = screening.screen(text, said["language"]) if text else Screened(Concern.NONE)
    lost = lost or not (given or text)
    if given or lost:
        screened = screening.with_files(screened, [file.media_type for file in given], lost=lost)
    return PreparedVoice(
        id=voice_id,
        text_sealed=keyring().seal(text, row=voice_id, purpose=queries.PURPOSE),
        concern=screened.concern,
        categories=screened.categories,
        files=tuple(files.prepare(file) for file in given),
        is_wordless=not text,
        **said,
    )


def text_of(prepared: PreparedVoice) -> str:
    """The words of a prepared voice, for whoever has to look into them before anybody reads them."""
    return keyring().unseal(prepared.text_sealed, row=prepared.id, purpose=queries.PURPOSE)


def store(prepared: Sequence[PreparedVoice], *, week: str | None = None) -> None:
    """Keep voices in the caller's write transaction, with the ISO week and nothing finer (N3).

    `week` is given where the words are older than today (an import).
    """
    if not prepared:
        return
    said_in = week or clock.iso_week()
    begin_rows()
    for voice in prepared:
        quick(_ADD, _columns(voice, said_in))
        files.store(voice.id, voice.files)


def mark_read(voice_ids: Collection[uuid.UUID], reader_id: uuid.UUID, *, on: date | None = None) -> int:
    """Say that a trained person read these voices, so that analysts may see them; how many were still unread.

    `on` is the day they were read, today when left out: whoever takes words down reads them as they are said, and then
    the day may be no finer than the one that is kept of the telling (N3).
    """
    mine = sa.update(Voice).where(Voice.id.in_(voice_ids), Voice.read_on.is_(None))
    done = begin_write().execute(mine.values(reader_id=reader_id, read_on=on or clock.today()).returning(Voice.id))
    return len(done.all())


def withhold(voice_ids: Collection[uuid.UUID]) -> None:
    """Take voices back from everybody who analyses: they count as unread again."""
    mine = sa.update(Voice).where(Voice.id.in_(voice_ids), Voice.read_on.is_not(None))
    begin_write().execute(mine.values(reader_id=None, read_on=None))


def hand_on(voice_ids: Collection[uuid.UUID]) -> None:
    """These were decided on in a matter of allegations or whistleblowing: only whoever reads there opens them again."""
    mine = sa.update(Voice).where(Voice.id.in_(voice_ids), ~Voice.is_handed_on)
    begin_write().execute(mine.values(is_handed_on=True))


def open_text(voice_id: uuid.UUID) -> str:
    """The words of one voice, read or not. Only for pages opened by POST, which write the opening down."""
    text = open_texts([voice_id]).get(voice_id)
    if text is None:
        raise NotFound
    return text


def open_texts(voice_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str | None]:
    """The words of several voices, read or not, as `open_text`; None where the seal does not open."""
    return queries.unsealed(Voice.id.in_(voice_ids))


def _columns(voice: PreparedVoice, week: str) -> dict[str, object]:
    return {
        "id": voice.id,
        "channel": voice.channel,
        "audience": voice.audience,
        "origin_kind": voice.origin_kind,
        "origin_id": voice.origin_id,
        "source_key": voice.source_key,
        "question_key": voice.question_key,
        "language": voice.language,
        "week": week,
        "text_sealed": voice.text_sealed,
        "concern": voice.concern,
        "concern_order": CONCERN_ORDER[voice.concern],
        "categories": list(voice.categories),
        "reader_id": None,
        "read_on": None,
        "is_wordless": voice.is_wordless,
    }
