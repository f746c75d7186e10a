"""Access codes: short enough for a child to type, drawn at random, with a sign at the end that tells a slip.

The alphabet holds nineteen signs: no vowels (no words by chance) and of each pair that looks alike at most one.
Nineteen is prime, so one weighted sum finds every single wrong sign and every pair that changed places.
"""

import secrets
import unicodedata
from collections.abc import Callable
from typing import Final

ALPHABET: Final = "34679CDFHJKMNPRTWXY"
LENGTH: Final = 12
"""Signs in one code, the check sign among them: 19 ** 11 codes, nearly 47 bits."""

_BEFORE = 10  # what was printed in former times is good until its last day
_GROUP = 4
_VALUE: Final = {sign: value for value, sign in enumerate(ALPHABET)}
# Typed for the sign they look like, where only one of the two is ever printed.
_LOOK_ALIKE: Final = str.maketrans({"G": "6"})


def draw(below: Callable[[int], int] = secrets.randbelow) -> str:
    """One new code; `below(n)` gives a random number from 0 to n - 1."""
    body = "".join(ALPHABET[below(len(ALPHABET))] for _ in range(LENGTH - 1))
    return body + _check_sign(body)


def draw_many(count: int, below: Callable[[int], int] = secrets.randbelow) -> tuple[str, ...]:
    """`count` different codes, in no order."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[draw(below)] = None
    return tuple(found)


def normalise(typed: str) -> str | None:
    """The code somebody meant; None for what can't be one. Case, spaces, dashes and other digits are forgiven."""
    folded = "".join(_folded(sign) for sign in unicodedata.normalize("NFKC", typed[:200]).upper())
    code = folded.translate(_LOOK_ALIKE)
    if len(code) not in {LENGTH, _BEFORE} or any(sign not in _VALUE for sign in code):
        return None
    return code if code[-1] == _check_sign(code[:-1]) else None


def shown(code: str) -> str:
    """The code as it is printed and read out, in groups of four."""
    return " ".join(code[first : first + _GROUP] for first in range(0, len(code), _GROUP))


def _folded(sign: str) -> str:
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    return sign if sign.isalnum() else ""


def _check_sign(body: str) -> str:
    # Weights 1 to 11 are all different and never nought modulo 19, which is what finds slips and swaps.
    return ALPHABET[-sum(weight * _VALUE[sign] for weight, sign in enumerate(body, start=1)) % len(ALPHABET)]
