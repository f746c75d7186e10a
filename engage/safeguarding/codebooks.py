"""The two lists that codes of words are drawn from, and reading back which code somebody typed.

Children get six picture-words (54 bits of 512 drawings). Who works with them gets seven words of the long list of the
Electronic Frontier Foundation: 7 * log2(7775) = 90.4 bits, the strength of a SecureDrop codename. Both lie below the
112 bits of OWASP ASVS 5.0, 6.5.2, so both stand behind Argon2id.
"""

from enum import StrEnum
from functools import lru_cache

from engage import paths
from engage.rules.receipts import COUNT, WordList

WORDS_COUNT = 7
NO_CODE = "!"
"""What words that can't be a code are hashed as: it stands in no word, so it is the code of nobody."""


class Book(StrEnum):
    """Which list a code is drawn from."""

    PICTURES = "pictures"
    WORDS = "words"


def count_of(book: Book) -> int:
    """How many words a code of this list has."""
    return COUNT if book is Book.PICTURES else WORDS_COUNT


@lru_cache(maxsize=2)
def word_list(book: Book = Book.PICTURES) -> WordList:
    """The words, read once a process."""
    if book is Book.WORDS:
        return WordList.from_lines((paths.static() / "words" / "eff-large.txt").read_text(encoding="utf-8"))
    return WordList.from_json((paths.static() / "symbols" / "words.json").read_text(encoding="utf-8"))


def draw(secret: bytes, book: Book = Book.PICTURES) -> tuple[int, ...]:
    """The code that belongs to 32 secret bytes."""
    return word_list(book).words_from(secret, count_of(book))


def canonical(indices: tuple[int, ...], book: Book = Book.PICTURES) -> str:
    """What is hashed of a code."""
    return word_list(book).canonical(indices)


def shown(indices: tuple[int, ...], language: str, book: Book = Book.PICTURES) -> list[tuple[str, str]]:
    """A code as (word in `language`, key of its picture, or "" where it has none)."""
    words = word_list(book)
    keys = words.keys(indices) if book is Book.PICTURES else ("",) * len(indices)
    return list(zip(words.names(indices, language), keys, strict=True))


def words_of(secret: bytes, language: str, book: Book = Book.PICTURES) -> list[tuple[str, str]]:
    """The code that belongs to 32 secret bytes, as it is shown. Quick."""
    return shown(draw(secret, book), language, book)


def read(typed: str, language: str) -> str:
    """What to hash of the words that somebody typed: a code of either list, or `NO_CODE`."""
    for book in Book:
        indices = word_list(book).normalise(typed, language, count_of(book))
        if indices is not None:
            return canonical(indices, book)
    return NO_CODE
