"""Encryption at rest (N6): bound to its row, and never plaintext."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.core import crypto, keyfile
from engage.core.crypto import Keyring, SealError

ROW, OTHER_ROW = uuid.UUID(int=1), uuid.UUID(int=2)
KEYS = keyfile.KeyFile(b"key1", {b"key1": bytes(range(32))}, b"p" * 32, b"s" * 16)
RING = Keyring(KEYS, argon2_memory_kib=8, argon2_passes=1)
CHILD_WORDS = "he hurts me at night"


@given(st.text(st.characters(codec="utf-8")))
def test_what_is_sealed_opens_unchanged(text: str) -> None:
    sealed = RING.seal(text, row=ROW, purpose="voice")
    assert RING.unseal(sealed, row=ROW, purpose="voice") == text


def test_n6_swapping_two_rows_fails() -> None:
    first = RING.seal("first", row=ROW, purpose="voice")
    second = RING.seal("second", row=OTHER_ROW, purpose="voice")
    for sealed, row in ((first, OTHER_ROW), (second, ROW)):
        with pytest.raises(SealError):
            RING.unseal(sealed, row=row, purpose="voice")


def test_n6_another_field_of_the_same_row_fails() -> None:
    sealed = RING.seal(CHILD_WORDS, row=ROW, purpose="voice")
    with pytest.raises(SealError):
        RING.unseal(sealed, row=ROW, purpose="contact")


def test_n6_every_changed_byte_is_noticed() -> None:
    sealed = RING.seal(CHILD_WORDS, row=ROW, purpose="voice")
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(SealError):
            RING.unseal(bytes(changed), row=ROW, purpose="voice")


@pytest.mark.parametrize("length", [0, 1, 4, 5, 17, 32])
def test_n6_a_cut_ciphertext_is_refused(length: int) -> None:
    sealed = RING.seal(CHILD_WORDS, row=ROW, purpose="voice")
    with pytest.raises(SealError):
        RING.unseal(sealed[:length], row=ROW, purpose="voice")


def test_n6_nothing_of_the_text_shows_and_equal_texts_look_different() -> None:
    first = RING.seal(CHILD_WORDS, row=ROW, purpose="voice")
    second = RING.seal(CHILD_WORDS, row=ROW, purpose="voice")
    assert first != second
    assert not any(word.encode() in first for word in CHILD_WORDS.split())


@pytest.mark.parametrize(
    "broken",
    [
        lambda: Keyring(replace(KEYS, keys={b"key1": b"short"})).seal(CHILD_WORDS, row=ROW, purpose="voice"),
        lambda: RING.seal(CHILD_WORDS + "\udc80", row=ROW, purpose="voice"),
        lambda: crypto.seal_with(b"", CHILD_WORDS.encode(), aad=b""),
        lambda: crypto.seal_with(b"k" * 16, CHILD_WORDS.encode(), aad=b""),
    ],
    ids=["damaged key", "text that is no text", "no key", "half a key"],
)
def test_n6_encryption_failure_is_a_refusal_never_plaintext(broken: Callable[[], bytes]) -> None:
    with pytest.raises(SealError) as caught:
        broken()
    assert "hurts" not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_rotation_keeps_the_old_readable_and_seals_under_the_new(tmp_path: Path) -> None:
    path = tmp_path / "key"
    before = Keyring.load_or_create(path)
    old = before.seal(CHILD_WORDS, row=ROW, purpose="voice")
    keyfile.rotate(path)
    after = Keyring.load(path)
    new = after.seal(CHILD_WORDS, row=ROW, purpose="voice")
    assert after.unseal(old, row=ROW, purpose="voice") == CHILD_WORDS
    assert after.needs_resealing(old)
    assert not after.needs_resealing(new)
    assert after.derive("cookies") == before.derive("cookies")
    with pytest.raises(SealError, match="not in the key file"):
        before.unseal(new, row=ROW, purpose="voice")


def test_another_installation_opens_nothing(tmp_path: Path) -> None:
    sealed = Keyring.load_or_create(tmp_path / "a").seal(CHILD_WORDS, row=ROW, purpose="voice")
    with pytest.raises(SealError):
        Keyring.load_or_create(tmp_path / "b").unseal(sealed, row=ROW, purpose="voice")


def test_n4_a_stored_code_does_not_verify_under_another_pepper_salt_or_purpose() -> None:
    stored = RING.slow_hash("sun boat tree", purpose="receipt")
    assert len(stored) == 32
    assert stored == RING.slow_hash("sun boat tree", purpose="receipt")
    others = [replace(KEYS, pepper=b"q" * 32), replace(KEYS, salt=b"t" * 16)]
    hashes = [Keyring(keys, argon2_memory_kib=8, argon2_passes=1) for keys in others]
    assert stored not in [ring.slow_hash("sun boat tree", purpose="receipt") for ring in hashes]
    assert stored != RING.slow_hash("sun boat tree", purpose="code")
    assert stored != RING.slow_hash("sun boat treE", purpose="receipt")


def test_a_respondents_keys_are_independent_and_only_theirs() -> None:
    secret = crypto.new_secret()
    assert len(secret) == 16
    assert secret != crypto.new_secret()
    keys = [crypto.derive(secret, purpose) for purpose in ("draft", "submission", "receipt")]
    assert len(set(keys)) == 3
    sealed = crypto.seal_with(keys[0], b"draft", aad=ROW.bytes)
    assert crypto.unseal_with(keys[0], sealed, aad=ROW.bytes) == b"draft"
    for key, aad in ((keys[1], ROW.bytes), (keys[0], OTHER_ROW.bytes), (b"", ROW.bytes)):
        with pytest.raises(SealError):
            crypto.unseal_with(key, sealed, aad=aad)
    with pytest.raises(SealError, match="respondent"):
        crypto.unseal_with(keys[0], RING.seal("x", row=ROW, purpose="voice"), aad=ROW.bytes)


def test_derived_lengths() -> None:
    assert len(crypto.derive(b"s" * 16, "receipt", 8)) == 8
    assert RING.derive("a") != RING.derive("b")


def test_a_keyring_shows_no_key() -> None:
    assert repr(RING) == "<Keyring of 1 keys>"
    assert "ppp" not in repr(KEYS)
