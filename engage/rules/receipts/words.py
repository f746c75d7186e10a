"""The list of picture-words, and codes drawn from it.

Strength: six words of 512 hold 54 bits. They stand behind a slow password hash and limits on guessing; a code below 112
bits must (OWASP ASVS 5.0, 6.5.2), and the floor for children's picture-words is 51 bits.
"""

import hashlib
import json
import math
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from engage.rules.receipts.reading import Lexicon, pieces, too_long

COUNT: Final = 6
MINIMUM_BITS: Final = 51.0
_SECRET_BYTES: Final = 32
_PURPOSE: Final = b"engage receipt words"
_PAIRS: Final = struct.Struct(">16H")


class WordListError(ValueError):
    """The list of words cannot be used; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Word:
    """One drawing (`key` names its file) and what it is called in each language (code -> word)."""

    key: str
    names: Mapping[str, str]


def bits(count: int, size: int) -> float:
    """Bits of a code of `count` words, each drawn alike from `size`."""
    return count * math.log2(size)


def draw(secret: bytes, count: int, size: int) -> tuple[int, ...]:
    """`count` indices below `size`, each as likely as any other, the same for the same secret.

    `secret`: at least 32 random bytes used for nothing else. Two bytes a draw; what lies above the largest multiple of
    `size` is thrown away, so that no index is favoured. Raises ValueError for a short secret or a size that two bytes
    cannot hold.
    """
    if len(secret) < _SECRET_BYTES:
        raise ValueError(f"a receipt needs {_SECRET_BYTES} secret bytes, not {len(secret)}")
    if not 1 <= size <= 1 << 16:
        raise ValueError(f"cannot draw from {size} words")
    limit = (1 << 16) - (1 << 16) % size
    drawn: list[int] = []
    counter = 0
    while len(drawn) < count:  # SHA-256 in counter mode, under a purpose of its own
        block = hashlib.sha256(_PURPOSE + counter.to_bytes(4) + secret).digest()
        drawn += [number % size for number in _PAIRS.unpack(block) if number < limit]
        counter += 1
    return tuple(drawn[:count])


@dataclass(frozen=True)
class WordList:
    """An ordered list of words: a code is a tuple of indices into it."""

    words: tuple[Word, ...]

    @classmethod
    def from_json(cls, text: str) -> "WordList":
        """Read `[{"key": ..., "en": ..., "ar": ...}, ...]`; every entry has the same languages, English among them.

        Raises WordListError for anything else, for a key or (within a language, once folded) a word that stands twice.
        """
        try:
            entries = json.loads(text)
        except json.JSONDecodeError as error:
            raise WordListError(f"not JSON: {error}") from error
        if not isinstance(entries, list) or not entries:
            raise WordListError("a list of words is a JSON array of objects")
        found = cls(tuple(_word(entry) for entry in entries))
        languages = found.words[0].names.keys()
        uneven = [word.key for word in found.words if word.names.keys() != languages]
        if "en" not in languages or uneven:
            raise WordListError(f"every word needs the same languages, English among them: {', '.join(uneven) or 'en'}")
        if len({word.key for word in found.words}) != len(found.words):
            raise WordListError("a key stands twice")
        try:
            _ = found.lexicons
        except ValueError as error:
            raise WordListError(str(error)) from error
        return found

    @classmethod
    def from_lines(cls, text: str) -> "WordList":
        """Read a list without drawings: one English word a line. Raises WordListError where a word stands twice."""
        found = cls(tuple(Word(word, {"en": word}) for word in text.split()))
        try:
            _ = found.lexicons
        except ValueError as error:
            raise WordListError(str(error)) from error
        return found

    @property
    def size(self) -> int:
        return len(self.words)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.words[0].names)

    @cached_property
    def lexicons(self) -> Mapping[str, Lexicon]:
        """The words of each language (code -> lexicon)."""
        return {code: Lexicon([word.names[code] for word in self.words]) for code in self.languages}

    def words_from(self, secret: bytes, count: int = COUNT) -> tuple[int, ...]:
        """The code that belongs to a secret of at least 32 bytes (see `draw`)."""
        return draw(secret, count, self.size)

    def names(self, indices: Sequence[int], language: str) -> tuple[str, ...]:
        """The words of a code as a reader of `language` sees them; English where the list does not speak it."""
        spoken = language if language in self.languages else "en"
        return tuple(self.words[index].names[spoken] for index in indices)

    def keys(self, indices: Sequence[int]) -> tuple[str, ...]:
        """Which drawings belong to a code, in order."""
        return tuple(self.words[index].key for index in indices)

    def canonical(self, indices: Sequence[int]) -> str:
        """What is hashed: the keys, so that new words, a new order or a better translation break no receipt."""
        return " ".join(self.keys(indices))

    def normalise(self, typed: str, language: str, count: int = COUNT) -> tuple[int, ...] | None:
        """The code somebody meant, or None.

        All its words are of one language: the page's first, then English, then any other the list speaks, to the letter
        in each before a slip is forgiven in any (see `reading`).
        """
        if too_long(typed, count):
            return None
        parts = pieces(typed)
        order = [code for code in dict.fromkeys((language, "en", *self.languages)) if code in self.lexicons]
        readings = (
            self.lexicons[code].read(parts, count, forgiving=forgiving) for forgiving in (False, True) for code in order
        )
        return next((reading for reading in readings if reading is not None), None)


def _word(entry: object) -> Word:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise WordListError(f"not an object of texts: {entry!r}")
    names = {str(code): str(name) for code, name in entry.items() if code != "key"}
    if not entry.get("key"):
        raise WordListError(f"a word without a key: {entry!r}")
    return Word(str(entry["key"]), names)
