"""Encryption at rest: the site's key file, sealing of fields, and what is derived from a respondent's own secret.

Two kinds of key, never mixed. The **keyring** belongs to the site: free text that staff may read later is sealed
under it. A **respondent's secret** lies in their cookie (or in their picture-words) and nowhere else: what is
sealed under a key derived from it can be opened by nobody without it.

Sealing either gives ciphertext or raises; there is no path that stores what was to be sealed as it is.
"""

import hashlib
import hmac
import secrets
import uuid
from pathlib import Path
from typing import Self

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from engage.core import keyfile
from engage.core.keyfile import KEY_ID_BYTES, KeyFile, KeyFileError

__all__ = ["KeyFileError", "Keyring", "SealError", "derive", "new_secret", "seal_with", "unseal_with"]

SECRET_BYTES = 16
_NONCE_BYTES = 12
_TAG_BYTES = 16
_SITE = b"\x01"
_RESPONDENT = b"\x02"


class SealError(Exception):
    """Something could not be sealed or unsealed. Its message never holds any of the text."""


def new_secret() -> bytes:
    """A respondent's own secret S: 128 random bits."""
    return secrets.token_bytes(SECRET_BYTES)


def derive(secret: bytes, purpose: str, length: int = 32) -> bytes:
    """`length` bytes derived from `secret` for one purpose (HKDF-SHA-256, RFC 5869); purposes are independent."""
    return HKDF(SHA256(), length, salt=b"engage", info=purpose.encode()).derive(secret)


def seal_with(key: bytes, data: bytes, *, aad: bytes) -> bytes:
    """`data` sealed by AES-256-GCM under a 32-byte `key`; it opens only with the same `aad`."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _RESPONDENT + nonce + _encrypt(key, nonce, data, _RESPONDENT + aad)


def unseal_with(key: bytes, sealed: bytes, *, aad: bytes) -> bytes:
    """The data that `seal_with` sealed; raises SealError for a wrong key, other `aad` or a changed byte."""
    if sealed[:1] != _RESPONDENT:
        raise SealError("this was not sealed under a respondent's key")
    return _decrypt(key, sealed[1:], _RESPONDENT + aad)


def _encrypt(key: bytes, nonce: bytes, data: bytes, aad: bytes) -> bytes:
    try:
        return AESGCM(_whole_key(key)).encrypt(nonce, data, aad)
    except (ValueError, TypeError, OverflowError, MemoryError):
        raise SealError("this could not be encrypted") from None  # `from None`: the cause may quote the text


def _decrypt(key: bytes, body: bytes, aad: bytes) -> bytes:
    if len(body) < _NONCE_BYTES + _TAG_BYTES:
        raise SealError("the sealed bytes are too short")
    try:
        return AESGCM(_whole_key(key)).decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], aad)
    except (InvalidTag, ValueError, TypeError):
        raise SealError("the sealed bytes were changed, moved, or sealed under another key") from None


def _whole_key(key: bytes) -> bytes:
    """AES would also take 16 or 24 bytes: only the full 256 bits are good enough here."""
    if len(key) != 32:
        raise SealError("a key must have 32 bytes")
    return key


class Keyring:
    """The site's keys in memory; what stands in the key file (see `engage.core.keyfile`)."""

    def __init__(self, keys: KeyFile, *, argon2_memory_kib: int = 65536, argon2_passes: int = 3) -> None:
        """`argon2_memory_kib` (KiB) and `argon2_passes` are the cost of one `slow_hash`."""
        self._keys = keys
        self._memory_kib = argon2_memory_kib
        self._passes = argon2_passes

    @classmethod
    def load_or_create(cls, path: Path, *, argon2_memory_kib: int = 65536, argon2_passes: int = 3) -> Self:
        """The keyring in `path`, made now if there is none. Only for an installation whose database is still empty."""
        keys = keyfile.load_or_create(path)
        return cls(keys, argon2_memory_kib=argon2_memory_kib, argon2_passes=argon2_passes)

    @classmethod
    def load(cls, path: Path, *, argon2_memory_kib: int = 65536, argon2_passes: int = 3) -> Self:
        """The keyring in `path`; KeyFileError where there is none: new keys would open nothing that is stored."""
        return cls(keyfile.load(path), argon2_memory_kib=argon2_memory_kib, argon2_passes=argon2_passes)

    def __repr__(self) -> str:
        return f"<Keyring of {len(self._keys.keys)} keys>"

    def seal(self, text: str, *, row: uuid.UUID, purpose: str) -> bytes:
        """`text` sealed for the field `purpose` of the row `row`: it opens in no other row and no other field."""
        try:
            data = text.encode()
        except (UnicodeEncodeError, AttributeError):
            raise SealError("only text that UTF-8 can hold can be sealed") from None  # the cause quotes the text
        return self.seal_bytes(data, row=row, purpose=purpose)

    def seal_bytes(self, data: bytes, *, row: uuid.UUID, purpose: str) -> bytes:
        """As `seal`, for what is no text (a picture, a recording)."""
        key_id = self._keys.current
        nonce = secrets.token_bytes(_NONCE_BYTES)
        aad = _associated(key_id, row, purpose)
        return _SITE + key_id + nonce + _encrypt(self._keys.keys[key_id], nonce, data, aad)

    def unseal(self, sealed: bytes, *, row: uuid.UUID, purpose: str) -> str:
        """The text that was sealed for this row and purpose; raises SealError for anything else."""
        return self.unseal_bytes(sealed, row=row, purpose=purpose).decode()

    def unseal_bytes(self, sealed: bytes, *, row: uuid.UUID, purpose: str) -> bytes:
        """As `unseal`, for what is no text."""
        start = 1 + KEY_ID_BYTES
        key_id = bytes(sealed[1:start])
        if sealed[:1] != _SITE or len(key_id) != KEY_ID_BYTES:
            raise SealError("this was not sealed under the site's keys")
        key = self._keys.keys.get(key_id)
        if key is None:
            raise SealError("the key this was sealed under is not in the key file")
        return _decrypt(key, sealed[start:], _associated(key_id, row, purpose))

    def needs_resealing(self, sealed: bytes) -> bool:
        """Whether `sealed` lies under an older key than the current one (after a rotation)."""
        return bytes(sealed[1 : 1 + KEY_ID_BYTES]) != self._keys.current

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose, the same for as long as the key file lives (rotation does not change them)."""
        return HKDF(SHA256(), 32, salt=self._keys.salt, info=b"site:" + purpose.encode()).derive(self._keys.pepper)

    def slow_hash(self, code: str, *, purpose: str) -> bytes:
        """Argon2id (RFC 9106) of a code a person holds: 32 raw bytes, the same for the same code, for looking it up.

        The salt is the site's, so that a code can be found; the pepper lies in the key file, so that the database
        alone does not let anyone try codes. Normalise the code before: this compares exactly.
        """
        peppered = hmac.new(self._keys.pepper, f"{purpose}\0{code}".encode(), hashlib.sha256).digest()
        return hash_secret_raw(
            peppered,
            salt=hmac.new(self._keys.salt, purpose.encode(), hashlib.sha256).digest(),
            time_cost=self._passes,
            memory_cost=self._memory_kib,
            parallelism=1,
            hash_len=32,
            type=Type.ID,
        )


def _associated(key_id: bytes, row: uuid.UUID, purpose: str) -> bytes:
    """What a sealed field is bound to; fixed lengths first, so that no two (row, purpose) pairs look alike."""
    return _SITE + key_id + row.bytes + purpose.encode()


def keyring() -> Keyring:
    """The keyring of the running product."""
    held: Keyring = current_app.extensions["engage_keyring"]
    return held
