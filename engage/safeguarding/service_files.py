"""Files that came with somebody's words, for whoever may open those words.

Opening words is a POST that is written down; the page it answers with carries tickets for its files. A ticket is good
for that one reader, for an hour, and for nothing else: without one there is no address of a file.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engage.adapters.media.kinds import File
from engage.core import audit, clock, scope
from engage.core.crypto import SealError, keyring
from engage.core.errors import NotFound
from engage.safeguarding import queries_rooms, service_apart
from engage.voices import files

_PURPOSE: Final = "file-ticket"
SECONDS: Final = 60 * 60


@dataclass(frozen=True)
class Ticket:
    """The way to one file, for one reader and a while."""

    token: str
    media_type: str


def hand_out(voice_ids: Sequence[uuid.UUID], reader: uuid.UUID) -> dict[uuid.UUID, list[Ticket]]:
    """Tickets for the files of voices whose words are being opened, in this write transaction; written down."""
    found = files.list_of(voice_ids)
    ids = [row.id for rows in found.values() for row in rows]
    if ids:
        audit.record("files-opened", "voice", None, count=len(ids), ids=",".join(str(each) for each in ids))
    return {
        voice_id: [Ticket(_token(row.id, reader), row.media_type) for row in rows] for voice_id, rows in found.items()
    }


def open_file(token: str, reader: uuid.UUID) -> File:
    """The file of a ticket; NotFound for one that is forged, somebody else's or too old, and where the file is gone or
    may not be seen by them any more.
    """
    try:
        words = keyring().unseal(bytes.fromhex(token), row=scope.current(), purpose=_PURPOSE)
    except (SealError, ValueError):
        raise NotFound from None
    file_id, handed_to, at = json.loads(words)
    if handed_to != str(reader) or clock.now().timestamp() - at > SECONDS:
        raise NotFound
    origin = files.origin_of(uuid.UUID(file_id))
    if origin is None or not service_apart.may_see(origin, reader) or _is_out_of_reach(origin, file_id, reader):
        raise NotFound
    file = files.open_file(uuid.UUID(file_id))
    if file is None:
        raise NotFound
    return file


def _is_out_of_reach(origin: uuid.UUID, file_id: str, reader: uuid.UUID) -> bool:
    if not queries_rooms.is_out_of_reach(origin, reader):
        return False
    return files.is_handed_on(uuid.UUID(file_id)) or not queries_rooms.may_open_new(origin, None, reader)


def _token(file_id: uuid.UUID, reader: uuid.UUID) -> str:
    words = json.dumps([str(file_id), str(reader), clock.now().timestamp()])
    return keyring().seal(words, row=scope.current(), purpose=_PURPOSE).hex()
