"""Passwords: Argon2id, at least fifteen characters, no rules of composition (NIST SP 800-63B-4; W8)."""

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engage.core.errors import Refused

SHORTEST, LONGEST = 15, 256
_COMMON = frozenset({"password", "letmein", "qwertyuiop", "safeguarding", "partnership", "engage"})


@dataclass(frozen=True)
class Passwords:
    """Hashes and checks passwords with one set of parameters."""

    hasher: PasswordHasher
    stand_in: str

    @classmethod
    def with_cost(cls, memory_kib: int, passes: int) -> "Passwords":
        """`memory_kib` KiB and `passes` passes a hash."""
        hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)
        return cls(hasher, hasher.hash("nobody has this password"))

    def hash(self, password: str) -> str:
        """The stored form; refuses a password that is too short, too long or only a common word."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise Refused("password-length")
        if password.casefold().strip("0123456789!?. ") in _COMMON or len(set(password)) < 5:
            raise Refused("password-common")
        return self.hasher.hash(password)

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether `password` is the one stored; does the same work where nothing is stored (W9)."""
        try:
            return self.hasher.verify(stored or self.stand_in, password[:LONGEST]) and stored is not None
        except (VerificationError, InvalidHashError):
            return False
