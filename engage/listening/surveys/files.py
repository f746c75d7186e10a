"""Files on their way: kept beside the draft they belong to, under the same key of the respondent's own.

They are padded before they are sealed, so that the length of a row says little; what they are stands inside the seal.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from engage.adapters.media.kinds import MB, File
from engage.core import clock, crypto, packing, scope
from engage.core.database import begin_rows
from engage.core.ids import new_id
from engage.listening.surveys import drafts
from engage.listening.surveys.models import DraftFile

MOST_FILES = 10
MOST_BYTES = 16 * MB
"""What one draft can hold, as it lies there padded."""

_MINE = (DraftFile.draft_id == sa.bindparam("draft"), DraftFile.partnership_id == scope.HERE)
_ONE = sa.select(DraftFile.sealed).where(DraftFile.id == sa.bindparam("file"), *_MINE)
_SIZES = sa.select(DraftFile.id, DraftFile.size).where(*_MINE)
_ADD = sa.insert(DraftFile)
_DROP = sa.delete(DraftFile).where(DraftFile.id == sa.bindparam("file"), *_MINE)


@dataclass(frozen=True)
class SealedFile:
    """One file of a draft, padded and sealed, ready to be stored."""

    id: uuid.UUID
    draft_id: bytes
    size: int
    sealed: bytes


def has_room(flow_key: str, secret: bytes, more: Collection[File], without: Collection[str] = ()) -> bool:
    """Whether the draft can take `more` files besides those it has, not counting the ids in `without`."""
    rows = scope.quick(_SIZES, {"draft": drafts.id_of(flow_key, secret)})
    kept = [row.size for row in rows if row.id.hex not in without]
    sizes = [*kept, *(len(packing.pack(file.media_type, file.data)) for file in more)]
    return len(sizes) <= MOST_FILES and sum(sizes) <= MOST_BYTES


def seal(flow_key: str, secret: bytes, file: File) -> SealedFile:
    """One file for this draft: slow, so before the write transaction. `keep` writes it."""
    file_id, draft_id = new_id(), drafts.id_of(flow_key, secret)
    packed = packing.pack(file.media_type, file.data)
    sealed = crypto.seal_with(drafts.key_of(flow_key, secret), packed, aad=draft_id + file_id.bytes)
    return SealedFile(file_id, draft_id, len(packed), sealed)


def keep(sealed: Sequence[SealedFile]) -> None:
    """Write sealed files, in this request's write transaction. Their draft must be there."""
    begin_rows()
    for file in sealed:
        scope.quick(_ADD, {**vars(file), "week": clock.iso_week()})


def drop(flow_key: str, secret: bytes, ids: Collection[str]) -> None:
    """Remove files of this draft, in this request's write transaction; an id of anybody else's removes nothing."""
    begin_rows()
    for each in ids:
        scope.quick(_DROP, {"file": uuid.UUID(each), "draft": drafts.id_of(flow_key, secret)})


def open_file(flow_key: str, secret: bytes, file_id: uuid.UUID) -> File | None:
    """One file of this draft; None where there is none of that id or it cannot be opened."""
    draft_id = drafts.id_of(flow_key, secret)
    row = scope.quick(_ONE, {"file": file_id, "draft": draft_id}).first()
    if row is None:
        return None
    try:
        packed = crypto.unseal_with(drafts.key_of(flow_key, secret), row.sealed, aad=draft_id + file_id.bytes)
    except crypto.SealError:
        return None
    return File(*packing.unpack(packed))


def open_files(flow_key: str, secret: bytes, ids: Collection[str]) -> dict[str, File]:
    """Those of `ids` that can be opened, by id."""
    found = {each: open_file(flow_key, secret, uuid.UUID(each)) for each in ids}
    return {each: file for each, file in found.items() if file is not None}
