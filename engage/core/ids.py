"""Random identifiers. Nothing sequential, nothing that carries a time (N12)."""

import hashlib
import secrets
import uuid


def new_id() -> uuid.UUID:
    """A version 4 UUID: 122 random bits, no time and no order."""
    return uuid.uuid4()


def new_token() -> str:
    """A secret of 256 bits for links and sessions, safe in an address. Store only its hash."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """What is stored of a 256-bit token (a fast hash is enough for that much chance)."""
    return hashlib.sha256(token.encode()).digest()


_READABLE = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_reference(prefix: str) -> str:
    """A reference a person can read out ("LK-7Q4M2"): random, never a running number (V-003)."""
    return f"{prefix}-{''.join(secrets.choice(_READABLE) for _ in range(6))}"
