"""Receipts: the words with which somebody without an account comes back, and the conversation they open.

The words are made from the person's own secret and never stored; what is stored is their slow hash (N4). Whoever has
the words may read and write the conversation: it is nobody's account.
"""

import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from engage.core import clock
from engage.core.crypto import keyring
from engage.core.database import begin_rows, begin_write, db
from engage.core.errors import NotFound, Refused
from engage.core.ids import new_id
from engage.core.scope import quick
from engage.people import queries as people
from engage.safeguarding import codebooks
from engage.safeguarding import service as safeguarding
from engage.safeguarding.codebooks import Book, word_list, words_of
from engage.safeguarding.models import Message, Receipt
from engage.voices import service as voices
from engage.voices.kinds import Channel, Concern
from engage.voices.service import PreparedVoice

__all__ = ["word_list", "words_of"]

_LOOKUP = "receipt"
_ADD = sa.insert(Receipt)
_TEXT = "message"
_CHANNELS = {"response": Channel.SURVEY, "case": Channel.CASE, "inspection": Channel.INSPECTION}
SOURCE = "codes"
"""Where words that came through a receipt came from: they do not know their survey."""
LONGEST = 5000
"""Letters in one message."""


@dataclass(frozen=True)
class PreparedReceipt:
    """A receipt whose slow work is done: its code, and the hash it will be found by."""

    indices: tuple[int, ...]
    lookup: bytes
    book: Book = Book.PICTURES

    def words(self, language: str) -> list[tuple[str, str]]:
        """The code as (word in `language`, key of its picture under static/symbols/words, "" where it has none)."""
        return codebooks.shown(self.indices, language, self.book)


@dataclass(frozen=True)
class ReceiptRow:
    """What a code opens: where it came from, by kind and id, and the ISO week it was given out."""

    id: uuid.UUID
    origin_kind: str
    origin_id: uuid.UUID
    week: str


@dataclass(frozen=True)
class Line:
    """One message of a conversation. `author` is None for the person, and for somebody who has left."""

    is_from_person: bool
    text: str
    week: str
    author: str | None


def prepare_receipt(secret: bytes, book: Book = Book.PICTURES) -> PreparedReceipt:
    """The receipt that belongs to 32 secret bytes, used for nothing else. Slow: before the write transaction."""
    indices = codebooks.draw(secret, book)
    return PreparedReceipt(indices, _hash(codebooks.canonical(indices, book)), book)


def store_receipt(prepared: PreparedReceipt, *, origin_kind: str, origin_id: uuid.UUID) -> uuid.UUID:
    """Keep a receipt in the caller's write transaction; its id."""
    receipt_id, origin = new_id(), {"origin_kind": origin_kind, "origin_id": origin_id}
    begin_rows()
    quick(_ADD, {"id": receipt_id, "lookup": prepared.lookup, **origin, "week": clock.iso_week()})
    return receipt_id


def find(typed: str, language: str = "en") -> ReceiptRow | None:
    """What the typed words open: None for words that never were a code and for one that was deleted.

    Either way the same work is done, one slow hash and one look, so that time tells nothing (N4).
    """
    lookup = _hash(codebooks.read(typed, language))
    found = db.session.scalars(sa.select(Receipt).where(Receipt.lookup == lookup)).first()
    return _row(found) if found is not None else None


def look_up(receipt_id: uuid.UUID) -> ReceiptRow | None:
    """One receipt by its id; None for one that was deleted."""
    found = db.session.scalars(sa.select(Receipt).where(Receipt.id == receipt_id)).first()
    return None if found is None else _row(found)


def get_receipt(receipt_id: uuid.UUID) -> ReceiptRow:
    """One receipt by its id; raises NotFound."""
    found = look_up(receipt_id)
    if found is None:
        raise NotFound
    return found


def receipt_of(origin_kind: str, origin_id: uuid.UUID) -> uuid.UUID | None:
    """The receipt that was given for something, by which its person can be answered; None where there is none."""
    query = sa.select(Receipt.id).where(Receipt.origin_kind == origin_kind, Receipt.origin_id == origin_id)
    return db.session.scalars(query).first()


def say(receipt_id: uuid.UUID, text: str, *, author_id: uuid.UUID | None, language: str = "en") -> uuid.UUID:
    """Add one message to a conversation, from the person (`author_id` None) or from a member of staff; its id.

    What the person says is a voice like any other: screened, flagged where it must be, read by a trained reader.
    Raises Refused where it is empty, too long, or holds the words of its own receipt.
    """
    words = text.strip()
    if not words:
        raise Refused("message-empty")
    if len(words) > LONGEST:
        raise Refused("message-too-long", most=LONGEST)
    receipt = get_receipt(receipt_id)
    if author_id is None and _holds_its_code(receipt_id, words, language):
        raise Refused("message-holds-code")
    heard = [_heard(receipt, words, language)] if author_id is None else []
    message_id = new_id()
    sealed = keyring().seal(words, row=message_id, purpose=_TEXT)
    session = begin_write()
    last = sa.select(sa.func.max(Message.position)).where(Message.receipt_id == receipt_id)
    values = {
        "id": message_id,
        "receipt_id": receipt_id,
        "position": (session.scalar(last) or 0) + 1,
        "is_from_person": author_id is None,
        "author_id": author_id,
        "text_sealed": sealed,
        "week": clock.iso_week(),
    }
    session.execute(sa.insert(Message).values(**values))
    voices.store(heard)
    safeguarding.raise_flags(heard)
    safeguarding.raise_again([voice for voice in heard if voice.concern is Concern.NONE])
    return message_id


def _holds_its_code(receipt_id: uuid.UUID, text: str, language: str) -> bool:
    """Whether somebody wrote their own words into the message: everybody who reads it could then come in (N5)."""
    codes = codebooks.codes_within(text, (language, "en"))
    if not codes:
        return False
    lookup = db.session.scalars(sa.select(Receipt.lookup).where(Receipt.id == receipt_id)).one()
    return any(_hash(code) == lookup for code in codes)


def _heard(receipt: ReceiptRow, words: str, language: str) -> PreparedVoice:
    return voices.prepare(
        channel=_CHANNELS.get(receipt.origin_kind, Channel.CASE),
        audience="anyone",
        origin_kind=receipt.origin_kind,
        origin_id=receipt.origin_id,
        source_key=SOURCE,
        question_key="message",
        language=language,
        text=words,
    )


def conversation(receipt_id: uuid.UUID) -> list[Line]:
    """What was said on both sides, oldest first."""
    receipt = get_receipt(receipt_id)
    query = sa.select(Message).where(Message.receipt_id == receipt.id).order_by(Message.position)
    messages = list(db.session.scalars(query))
    names = people.names_of(messages[0].partnership_id) if messages else {}
    return [
        Line(
            message.is_from_person,
            keyring().unseal(message.text_sealed, row=message.id, purpose=_TEXT),
            message.week,
            names.get(message.author_id) if message.author_id else None,
        )
        for message in messages
    ]


def _hash(canonical: str) -> bytes:
    return keyring().slow_hash(canonical, purpose=_LOOKUP)


def _row(found: Receipt) -> ReceiptRow:
    return ReceiptRow(found.id, found.origin_kind, found.origin_id, found.week)
