"""What a codebook suggests for a text: its phrases, found as whole words in any spelling of case and accents.

A phrase finds itself and its plain plurals ("bus": bus, buses); with a star at its end it finds every word that begins
so ("push*": pushed, pushing). It knows nothing of meaning: a person decides.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ahocorasick

# What may follow a phrase that has no star: nothing, or an English plural.
_ENDINGS = ("", "s", "es")
_SILENT = frozenset("'’ʼ`")
MOST_SUGGESTIONS = 9

Span = tuple[int, int]


@dataclass(frozen=True)
class Entry:
    """One theme of a codebook: its key and the phrases that suggest it."""

    key: str
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """A theme that may fit. phrases: those found, as the codebook writes them; spans: (start, end) in the text."""

    key: str
    phrases: tuple[str, ...]
    spans: tuple[Span, ...]


class Codebook:
    """The phrases of every open theme, ready to be looked for all at once."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._found: dict[str, list[tuple[str, str]]] = {}
        for entry in entries:
            for phrase in entry.phrases:
                for pattern in _patterns(phrase):
                    self._found.setdefault(pattern, []).append((entry.key, phrase))
        self._words = ahocorasick.Automaton()
        for pattern in self._found:
            self._words.add_word(pattern, pattern)
        if self._found:
            self._words.make_automaton()

    def suggest(self, text: str, most: int = MOST_SUGGESTIONS) -> tuple[Suggestion, ...]:
        """At most `most` themes, first the one of which most different phrases were found."""
        if not self._found:
            return ()
        plain, places = _plain(text)
        hits: dict[str, list[tuple[str, Span]]] = {}
        for last, pattern in self._words.iter(plain):
            span = _span(text, places, last - len(pattern) + 2, plain.index(" ", last))
            for key, phrase in self._found[pattern]:
                hits.setdefault(key, []).append((phrase, span))
        made = [_suggestion(key, found) for key, found in hits.items()]
        made.sort(key=lambda one: (-len(one.phrases), one.spans[0], one.key))
        return tuple(made[:most])


def tidy(phrases: Iterable[str]) -> list[str]:
    """Phrases as a codebook keeps them: trimmed, each once, those without a letter or digit left out."""
    trimmed = (" ".join(phrase.split()) for phrase in phrases)
    return list(dict.fromkeys(phrase for phrase in trimmed if _patterns(phrase)))


def _patterns(phrase: str) -> list[str]:
    plain = _plain(phrase)[0].rstrip()
    if not plain.strip():
        return []
    if phrase.rstrip().endswith("*"):
        return [plain]
    return [f"{plain}{ending} " for ending in _ENDINGS]


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in small letters without accents, words between single blanks, a blank at either end; and for each
    letter of that its place in `text`.
    """
    letters, places = [" "], [0]
    for index, written in enumerate(text):
        for letter in unicodedata.normalize("NFKD", written).casefold():
            if letter in _SILENT or unicodedata.category(letter).startswith("M"):
                continue
            if letter.isalnum():
                letters.append(letter)
                places.append(index)
            elif letters[-1] != " ":
                letters.append(" ")
                places.append(index)
    if letters[-1] != " ":
        letters.append(" ")
        places.append(len(text))
    return "".join(letters), places


def _span(text: str, places: Sequence[int], first: int, blank: int) -> Span:
    # From the first letter to the blank after the last word: with accents that follow it, without closing quotes.
    start, end = places[first], places[blank]
    while text[end - 1] in _SILENT:
        end -= 1
    return start, end


def _suggestion(key: str, found: Sequence[tuple[str, Span]]) -> Suggestion:
    return Suggestion(
        key,
        tuple(dict.fromkeys(phrase for phrase, _ in found)),
        tuple(sorted({span for _, span in found})),
    )
