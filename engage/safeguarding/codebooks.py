"""The two lists that codes of words are drawn from, and reading back which code somebody typed.

Children get six picture-words (54 bits of 512 drawings). Who works with them gets seven words of the long list of the
Electronic Frontier Foundation: 7 * log2(7775) = 90.4 bits, the strength of a SecureDrop codename. Both lie below the
112 bits of OWASP ASVS 5.0, 6.5.2, so both stand behind Argon2id.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, islice

from engage import paths
from engage.rules.receipts import COUNT, WordList
from engage.rules.receipts.reading import pieces

WORDS_COUNT = 7
_WIDEST = 3  # pieces of one word, where a picture has a name of several ("hot water bottle")
_LONGEST_RUN, _MOST_RUNS = 30, 3  # nobody writes more words of the list on end by accident
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


def codes_within(text: str, languages: Iterable[str], most: int = 4) -> list[str]:
    """At most `most` codes that could stand somewhere in a text, ready to be hashed: as many words of a list on end."""
    said = pieces(text)
    found = (
        code
        for book in Book
        for language in dict.fromkeys(languages)
        for run in _runs(said, _pieces_of(book, language), count_of(book))
        for code in _codes_of(run, book, language)
    )
    return list(dict.fromkeys(islice(found, most)))


@lru_cache(maxsize=32)
def _pieces_of(book: Book, language: str) -> frozenset[str]:
    words = word_list(book)
    return frozenset(piece for name in words.names(range(words.size), language) for piece in pieces(name))


def _runs(said: Sequence[str], known: frozenset[str], count: int) -> list[list[str]]:
    """Stretches of at least `count` pieces that are all of words of a list."""
    runs = [list(run) for is_known, run in groupby(said, key=known.__contains__) if is_known]
    return [run[:_LONGEST_RUN] for run in runs if len(run) >= count][:_MOST_RUNS]


def _codes_of(run: Sequence[str], book: Book, language: str) -> Iterator[str]:
    count = count_of(book)
    for start in range(len(run) - count + 1):
        for end in range(start + count, min(len(run), start + count * _WIDEST) + 1):
            indices = word_list(book).normalise(" ".join(run[start:end]), language, count)
            if indices is not None:
                yield canonical(indices, book)
