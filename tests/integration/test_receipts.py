"""Receipts: six words, one slow hash, and a conversation that is listened to like any other voice (N4)."""

import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from engage import paths
from engage.core import crypto
from engage.core.crypto import Keyring
from engage.core.database import db
from engage.core.errors import NotFound, Refused
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.rules.receipts import COUNT, MINIMUM_BITS, bits
from engage.safeguarding import receipts
from engage.safeguarding.models import Flag, Message, Receipt
from engage.voices.models import Voice
from tests.support.apps import within
from tests.support.people import staff

ORIGIN = uuid.uuid4()


def give(secret: bytes) -> uuid.UUID:
    """Give out a receipt; its id. Inside a partnership."""
    prepared = receipts.prepare_receipt(secret)
    with transaction():
        return receipts.store_receipt(prepared, origin_kind="response", origin_id=ORIGIN)


def typed(secret: bytes, language: str = "en", between: str = " ") -> str:
    return between.join(word for word, _ in receipts.words_of(secret, language))


@pytest.fixture
def secret() -> bytes:
    return crypto.derive(crypto.new_secret(), "receipt:test")


@pytest.mark.parametrize("between", [" ", ", ", "\n", " - "])
def test_the_words_open_what_they_were_given_for(
    app: Flask, partnership: uuid.UUID, secret: bytes, between: str
) -> None:
    with within(app, partnership):
        receipt_id = give(secret)
        for language in receipts.word_list().languages:
            found = receipts.find(typed(secret, language, between).upper(), language)
            assert found is not None
            assert (found.id, found.origin_kind, found.origin_id) == (receipt_id, "response", ORIGIN)
        assert receipts.receipt_of("response", ORIGIN) == receipt_id
        assert receipts.receipt_of("case", ORIGIN) is None


def test_n4_every_word_has_its_picture_and_six_hold_enough_bits(app: Flask) -> None:
    folder = Path(paths.static()) / "symbols" / "words"
    assert all((folder / f"{word.key}.svg").is_file() for word in receipts.word_list().words)
    assert bits(COUNT, receipts.word_list().size) >= MINIMUM_BITS


def test_n4_a_wrong_and_a_deleted_code_do_the_same_work(
    app: Flask, partnership: uuid.UUID, secret: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One slow hash and one look each, whatever was typed; the answer is the same."""
    hashed: list[str] = []
    asked: list[str] = []
    slow_hash = Keyring.slow_hash

    def counted(self: Keyring, code: str, *, purpose: str) -> bytes:
        hashed.append(purpose)
        return slow_hash(self, code, purpose=purpose)

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    with within(app, partnership):
        give(secret)
        code = typed(secret)
        with transaction():
            db.session.execute(sa.delete(Receipt))
        monkeypatch.setattr(Keyring, "slow_hash", counted)
        sa.event.listen(db.engine, "before_cursor_execute", note)
        work = []
        for words in (code, "not a code", "", "x" * 100_000, " ".join(["boat"] * 6), "'; drop table receipt"):
            hashed.clear()
            asked.clear()
            assert receipts.find(words) is None
            work.append((tuple(hashed), sum(statement.startswith("SELECT receipt") for statement in asked)))
        sa.event.remove(db.engine, "before_cursor_execute", note)
    assert set(work) == {(("receipt",), 1)}


def test_n4_the_stored_hash_is_worth_nothing_with_another_pepper(
    app: Flask, partnership: uuid.UUID, secret: bytes, tmp_path: Path
) -> None:
    canonical = receipts.word_list().canonical(receipts.word_list().words_from(secret))
    other = Keyring.load_or_create(tmp_path / "other.key", argon2_memory_kib=64, argon2_passes=1)
    with within(app, partnership):
        give(secret)
        stored = db.session.scalars(sa.select(Receipt.lookup)).one()
        assert stored == receipts.prepare_receipt(secret).lookup
    assert other.slow_hash(canonical, purpose="receipt") != stored
    assert canonical.encode() not in stored


def test_a_conversation_has_two_sides_and_knows_no_time(app: Flask, partnership: uuid.UUID, secret: bytes) -> None:
    priya = staff(app, partnership, "priya", Role.RESPONDER)
    with within(app, partnership):
        receipt_id = give(secret)
        with transaction():
            receipts.say(receipt_id, " We fixed the lights. ", author_id=priya)
        with transaction():
            receipts.say(receipt_id, "Thank you. The gate is still dark.", author_id=None)
        lines = receipts.conversation(receipt_id)
        assert [(line.is_from_person, line.text, line.author) for line in lines] == [
            (False, "We fixed the lights.", "Priya"),
            (True, "Thank you. The gate is still dark.", None),
        ]
        assert {line.week for line in lines} == {receipts.get_receipt(receipt_id).week}
        sealed = db.session.scalars(sa.select(Message.text_sealed))
        assert not any(b"dark" in one for one in sealed)


def test_what_a_person_writes_back_is_a_voice_and_raises_flags(
    app: Flask, partnership: uuid.UUID, secret: bytes
) -> None:
    """A child in danger is heard in the conversation too; a reply by staff is nobody's voice."""
    priya = staff(app, partnership, "priya", Role.RESPONDER)
    with within(app, partnership):
        receipt_id = give(secret)
        with transaction():
            receipts.say(receipt_id, "Can you say more?", author_id=priya)
        with transaction():
            receipts.say(receipt_id, "My stepdad hits me with a belt every night", author_id=None)
        (voice,) = db.session.scalars(sa.select(Voice))
        assert (voice.origin_kind, voice.origin_id, voice.source_key) == ("response", ORIGIN, "codes")
        assert db.session.scalars(sa.select(Flag.origin_id)).all() == [ORIGIN]


@pytest.mark.parametrize(("text", "reason"), [("  \n ", "message-empty"), ("x" * 5001, "message-too-long")])
def test_nothing_and_too_much_are_refused(
    app: Flask, partnership: uuid.UUID, secret: bytes, text: str, reason: str
) -> None:
    with within(app, partnership):
        receipt_id = give(secret)
        with pytest.raises(Refused) as refused:
            receipts.say(receipt_id, text, author_id=None)
        assert refused.value.reason == reason
        with pytest.raises(NotFound):
            receipts.say(uuid.uuid4(), "Hello", author_id=None)
