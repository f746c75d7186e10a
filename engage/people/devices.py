"""Browsers from which an account has signed in before: no stranger's guessing shuts those out (W9).

The cookie is a random number and, for each account that signed in there, a keyed hash of that number, the account and
its password's stored form. Nobody can read from it who that was; a new password makes it worthless; nothing is stored
here. (After OWASP's "device cookies" against guessing online.)
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace

LIFE_SECONDS = 180 * 24 * 3600
_NUMBER, _MARK, _MOST = 32, 32, 8


@dataclass(frozen=True)
class Device:
    """A browser: its random number, and the marks of the accounts that signed in there, the last one first."""

    number: str
    marks: tuple[str, ...] = ()

    def knows(self, key: bytes, account: str) -> bool:
        """Whether this account signed in here. `account`: its id and its password's stored form."""
        mine = self._mark(key, account)
        return any(hmac.compare_digest(mine, each) for each in self.marks)

    def with_account(self, key: bytes, account: str) -> "Device":
        """The same browser, once this account has signed in; of more than eight the longest ago is forgotten."""
        mine = self._mark(key, account)
        return replace(self, marks=(mine, *(each for each in self.marks if each != mine))[:_MOST])

    def cookie(self) -> str:
        """What the browser keeps."""
        return ".".join((self.number, *self.marks))

    def _mark(self, key: bytes, account: str) -> str:
        return hmac.new(key, f"{self.number}\0{account}".encode(), hashlib.sha256).hexdigest()[:_MARK]


def of_cookie(value: str) -> Device:
    """The browser that sent this cookie; a new one where it sent none, or none of ours."""
    number, *marks = value[: (_MOST + 1) * (_MARK + 1)].split(".")
    is_ours = len(number) == _NUMBER and value.isascii() and all(len(mark) == _MARK for mark in marks)
    return Device(number, tuple(marks[:_MOST])) if is_ours else Device(secrets.token_hex(_NUMBER // 2))
