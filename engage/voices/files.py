"""Files that came with what somebody said: sealed under the partnership's keys, opened for readers only.

A file is never screened: it always needs a person. It goes with its voice, and no analyst's page reaches it.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from engage.adapters.media.kinds import File
from engage.core import packing
from engage.core.crypto import SealError, keyring
from engage.core.database import begin_rows, db
from engage.core.ids import new_id
from engage.core.scope import quick
from engage.voices.models import Attachment, Voice

_PURPOSE = "attachment"
_ADD = sa.insert(Attachment)


@dataclass(frozen=True)
class PreparedFile:
    """A file sealed and ready to be stored."""

    id: uuid.UUID
    media_type: str
    sealed: bytes


@dataclass(frozen=True)
class FileRow:
    """What is known about a file without opening it."""

    id: uuid.UUID
    voice_id: uuid.UUID
    media_type: str


def prepare(file: File) -> PreparedFile:
    """Pad and seal one file; slow, so before the write transaction."""
    file_id = new_id()
    packed = packing.pack(file.media_type, file.data)
    return PreparedFile(file_id, file.media_type, keyring().seal_bytes(packed, row=file_id, purpose=_PURPOSE))


def store(voice_id: uuid.UUID, prepared: Sequence[PreparedFile]) -> None:
    """Keep the files of one voice, in the caller's write transaction."""
    begin_rows()
    for position, file in enumerate(prepared):
        quick(_ADD, {**vars(file), "voice_id": voice_id, "position": position})


def list_of(voice_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[FileRow]]:
    """The files of these voices, in order; a voice without any is left out. For readers' pages."""
    columns = (Attachment.id, Attachment.voice_id, Attachment.media_type)
    query = sa.select(*columns).where(Attachment.voice_id.in_(voice_ids)).order_by(Attachment.position, Attachment.id)
    found: dict[uuid.UUID, list[FileRow]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.voice_id, []).append(FileRow(row.id, row.voice_id, row.media_type))
    return found


def origin_of(file_id: uuid.UUID) -> uuid.UUID | None:
    """Where the words came from that a file came with; None where there is none."""
    query = sa.select(Voice.origin_id).join(Attachment, Attachment.voice_id == Voice.id)
    return db.session.scalar(query.where(Attachment.id == file_id))


def is_handed_on(file_id: uuid.UUID) -> bool:
    """Whether the words a file came with were decided on in a matter of allegations or whistleblowing."""
    query = sa.select(Voice.is_handed_on).join(Attachment, Attachment.voice_id == Voice.id)
    return bool(db.session.scalar(query.where(Attachment.id == file_id)))


def open_file(file_id: uuid.UUID) -> File | None:
    """One file, opened; None where there is none or its seal does not open. The caller knows who may see it."""
    sealed = db.session.scalar(sa.select(Attachment.sealed).where(Attachment.id == file_id))
    if sealed is None:
        return None
    try:
        return File(*packing.unpack(keyring().unseal_bytes(sealed, row=file_id, purpose=_PURPOSE)))
    except SealError:
        return None
