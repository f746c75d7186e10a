"""Screening of one free text. It puts texts in order for people to read; it clears nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Literal

from engage.rules.screening.leaning import STEP, Near, shipped_leaning
from engage.rules.screening.lowering import lowered_by, marks_in
from engage.rules.screening.matching import Hit, Level, Line, Matcher
from engage.rules.screening.normalise import Normaliser, Plain
from engage.rules.screening.spelling import Slips, Speller
from engage.rules.screening.words import LexiconFile, WordsFile, shipped_lexicon, shipped_words

LONGEST_TEXT = 20_000  # characters
SECONDS_ALLOWED = 2.0
MEASURED_LANGUAGES = frozenset({"en"})

Outcome = Literal["red", "amber", "none", "not_checked"]

_BANDS: dict[Outcome, int] = {"red": 0, "not_checked": 1, "amber": 2, "none": 3}
_STRANGE_SHARE = 0.8  # of words unknown, over which a text is taken to be in another language
_WORDS_TO_TELL = 3
_CHAT_ARABIC = re.compile(r"[a-z][37][a-z]|^[37][a-z]{3}|[a-z]{2}[37]$|^[a-z]{3,}2$")
_FOREIGN_TO_TELL = 2  # words known to be of another language
_UNLIKE_TO_TELL = 2  # words that are no slip of an English one
_WORDS_TO_WEIGH = 60  # of a long text
_ABOUT = 3  # words of a longer text either side of a line that are weighed with it
# A word of a line: what stands between the signs a line is written with.
_WORD = re.compile(r"(?<![{\w])[^\W_]+(?:['’-][^\W_]+)*(?![\w}])")
# Short words of many languages: they tell nothing about which one this is.
_SHARED = frozenset({*"aio", "to", "do", "on", "me", "he", "in", "is", "an", "no", "so", "we", "of", "am", "my", "ma"})


@dataclass(frozen=True)
class Screening:
    """level: "not_checked" means that nothing is known, and is never shown as clear. categories: gravest first.

    reasons: codes only, no word of the text: "physical_abuse:red", "suicide:red:negation" (lowered to amber by it),
    "needs_person:language" (or script, unreadable, leaning), "not_checked:too_long" (or timeout, failed).
    """

    level: Outcome
    categories: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Told:
    """What a line found: its category and its reason. near: how much of a finding that is; "alone" needs no more.
    around: the words about it where it is not alone.
    """

    category: str
    reason: str
    near: Near | Literal["alone"] = "alone"
    around: tuple[str, ...] = ()


def screen(text: str, language: str = "en", question_context: str | None = None) -> Screening:
    """Screen a text written in `language` (a tag like "en" or "en-GB"). Never raises.

    question_context: a kind of question named in the lexicon ("safety"), under which some answers need a person.
    """
    result = Screening("not_checked", (), ("not_checked:failed",))
    # Whatever goes wrong in here, the answer is "not checked": an answer must never be lost to its own screening.
    with suppress(Exception):
        result = _screened(text, language, question_context)
    return result


def found_near(text: str) -> Near | None:
    """What the lists alone find in an English text that does not stand alone; None where more than that sends it to a
    person. The leanings are learnt beside it.
    """
    shipped = _shipped()
    plain, slips = shipped.plain(text), shipped.slips()
    told = shipped.of(shipped.readings(plain, slips), monotonic() + SECONDS_ALLOWED)
    firm = any(_needs_person(shipped, plain, "en", slips)) or not all(one.around for one in told)
    return None if firm else _surest(told)


def asked(text: str) -> list[list[tuple[str, ...]]]:
    """The rows of words of an English text that are weighed where no line in it stands alone, as they are in turn."""
    shipped = _shipped()
    read = readings(text)
    return [*_asked(shipped, read, shipped.of(read, monotonic() + SECONDS_ALLOWED))]


def readings(text: str) -> list[tuple[str, ...]]:
    """Every way to read an English text: what the leanings are learnt from."""
    shipped = _shipped()
    return shipped.readings(shipped.plain(text), shipped.slips())


def order_key(screening: Screening) -> tuple[int, int]:
    """Sorts a reading queue, first to read first: red, not checked, amber, none; within each by gravest category."""
    ranks = categories()
    first = screening.categories[0] if screening.categories else ""
    return _BANDS[screening.level], ranks.index(first) if first in ranks else len(ranks)


@cache
def categories() -> tuple[str, ...]:
    """Every category, gravest first."""
    return tuple(shipped_lexicon().categories)


class Screen:
    """The lists, compiled. One is built on first use and kept; it holds no text."""

    def __init__(self, lexicon: LexiconFile, words: WordsFile) -> None:
        self._normaliser = Normaliser(words)
        self._lexicon = lexicon
        sets = {name: tuple(self._plain_line(member) for member in members) for name, members in lexicon.sets.items()}
        self._matcher = Matcher(self._lines(), sets, words.everywhere)
        lowering = ((kind, word) for kind, rule in lexicon.lowering.items() for word in rule.words)
        self._lowering = Matcher(((kind, "amber", self._plain(word)) for kind, word in lowering), {})
        contexts = ((name, line) for name, lines in lexicon.contexts.items() for line in lines)
        self._contexts = Matcher(((name, "amber", self._plain(line)) for name, line in contexts), {})
        listed = self._matcher.words | self._lowering.words
        self._speller = Speller(listed, words, lexicon.spellings)
        self._foreign = words.foreign - words.common - listed
        self._lowers = frozenset(self._plain(word) for rule in lexicon.lowering.values() for word in rule.words)

    def slips(self) -> Slips:
        return self._speller.slips()

    def readings(self, plain: Plain, slips: Slips) -> list[tuple[str, ...]]:
        """The text as it was written, then the other ways to read it."""
        return list(dict.fromkeys((plain.tokens, plain.spelt, *self._speller.readings(plain.spelt, slips))))

    def of(self, readings: Sequence[tuple[str, ...]], deadline: float) -> set[_Told]:
        """What the lines find in the readings of a text. Raises TimeoutError past the deadline."""
        return {told for tokens in readings for told in self._found(tokens, deadline)}

    def is_about(self, context: str, readings: Sequence[tuple[str, ...]]) -> bool:
        """Does it say what needs a person in answer to a question of this kind?"""
        return any(hit.line.group == context for tokens in readings for hit in self._contexts.find(tokens))

    def unlowered(self, readings: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The readings without the words that only lower the order of what is found."""
        return [tuple(token for token in tokens if token not in self._lowers) for tokens in readings]

    def plain(self, text: str) -> Plain:
        return self._normaliser.plain(text)

    def is_other_language(self, tokens: Sequence[str], slips: Slips) -> bool:
        """Latin letters, but hardly an English word among them."""
        words = [token for token in tokens if token not in _SHARED]
        strange = [token for token in words if token.isalpha() and not self._speller.knows(token)]
        foreign = sum(token in self._foreign or _is_chat_arabic(token) for token in tokens)
        if foreign >= _FOREIGN_TO_TELL or (foreign and len(strange) > len(words) / 2):
            return True
        if len(strange) >= _WORDS_TO_TELL and len(strange) > _STRANGE_SHARE * len(words):
            return True
        unlike = sum(not self._speller.resolves(token, slips) for token in strange[:_WORDS_TO_WEIGH])
        return unlike >= _UNLIKE_TO_TELL and unlike >= len(words[:_WORDS_TO_WEIGH]) / 2

    def _found(self, tokens: tuple[str, ...], deadline: float) -> Iterator[_Told]:
        hits: list[Hit] = list(self._matcher.find(tokens))
        marks = marks_in(self._lowering, tokens) if hits else {}
        for hit in hits:
            if monotonic() > deadline:
                raise TimeoutError
            line = hit.line
            lowered = lowered_by(hit, tokens, marks, self._lexicon.lowering) if line.level == "red" else None
            reason = f"{line.group}:{line.level}" + (f":{lowered}" if lowered else "")
            near = _nearness(line)
            yield _Told(line.group, reason, near, () if near == "alone" else _around(hit, tokens))

    def _lines(self) -> Iterator[tuple[str, Level, str]]:
        for name, lines in self._lexicon.categories.items():
            for line in lines.red:
                yield name, "red", self._plain_line(line)
            for line in lines.amber:
                yield name, "amber", self._plain_line(line)

    def _plain_line(self, line: str) -> str:
        return _WORD.sub(lambda word: self._plain(word.group()), line)

    def _plain(self, text: str) -> str:
        return " ".join(self._normaliser.plain(text).tokens)


def _is_chat_arabic(token: str) -> bool:
    """Arabic typed with Latin letters writes some of its own as 3 and 7, or as a 2 at the end of a word."""
    return len(token) > 2 and not token.isdigit() and _CHAT_ARABIC.search(token) is not None


@cache
def _shipped() -> Screen:
    return Screen(shipped_lexicon(), shipped_words())


def _screened(text: str, language: str, context: str | None) -> Screening:
    if len(text) > LONGEST_TEXT:
        return Screening("not_checked", (), ("not_checked:too_long",))
    shipped = _shipped()
    deadline = monotonic() + SECONDS_ALLOWED
    plain, slips = shipped.plain(text), shipped.slips()
    read = shipped.readings(plain, slips)
    needs = set(_needs_person(shipped, plain, language, slips))
    if context and shipped.is_about(context, read):
        needs.add(f"needs_person:{context}")
    try:
        told = shipped.of(read, deadline)
        alone = not needs and all(one.around for one in told)
        if alone and not _leans(shipped, read, told, deadline):
            return Screening("none")
    except TimeoutError:
        return Screening("not_checked", (), ("not_checked:timeout",))
    reasons = needs | {one.reason for one in told} or {"needs_person:leaning"}
    found = {one.category for one in told}
    return Screening(_level(reasons), tuple(name for name in categories() if name in found), tuple(sorted(reasons)))


def _leans(shipped: Screen, read: Sequence[tuple[str, ...]], told: set[_Told], deadline: float) -> bool:
    """Does a text in which no line was found that stands alone sound like a worry, with what was found in it? Raises
    TimeoutError past the deadline.
    """
    near, weighed = _surest(told), shipped_leaning().of_text()
    return any(weighed.worries(_in_time(rows, deadline), near) for rows in _asked(shipped, read, told))


def _asked(shipped: Screen, read: Sequence[tuple[str, ...]], told: set[_Told]) -> Iterator[list[tuple[str, ...]]]:
    """The rows of words that are weighed, in turn: every reading, and what stands about a line in a long one; then,
    where a line was found, all of them without the words that lower an order.
    """
    around = {one.around for one in told} if max(map(len, read)) > STEP else ()
    rows = [*read, *around]
    yield rows
    if _surest(told) != "none":
        yield shipped.unlowered(rows)


def _in_time(readings: Iterable[tuple[str, ...]], deadline: float) -> Iterator[tuple[str, ...]]:
    for tokens in readings:
        if monotonic() > deadline:
            raise TimeoutError
        yield tokens


def _around(hit: Hit, tokens: Sequence[str]) -> tuple[str, ...]:
    """The words of the line and about it: what a long text hides."""
    return tuple(tokens[max(0, hit.spans[0][0] - _ABOUT) : hit.spans[-1][1] + _ABOUT])


def _nearness(line: Line) -> Near | Literal["alone"]:
    """A red line of words side by side names a worry; an amber one may name a lesson, a job or a plan."""
    if line.firm:
        return "alone" if line.level == "red" else "named"
    return line.level


def _surest(told: set[_Told]) -> Near:
    """Of what does not stand alone, that of which least more is asked: whoever says more is heard no less."""
    found = {one.near for one in told}
    order: tuple[Near, ...] = ("red", "named", "amber")
    return next((near for near in order if near in found), "none")


def _needs_person(shipped: Screen, plain: Plain, language: str, slips: Slips) -> Iterator[str]:
    if plain.foreign:
        yield "needs_person:script"
    if plain.unreadable:
        yield "needs_person:unreadable"
    unmeasured = language.split("-", maxsplit=1)[0].lower() not in MEASURED_LANGUAGES
    if plain.tokens and (unmeasured or shipped.is_other_language(plain.tokens, slips)):
        yield "needs_person:language"


def _level(reasons: set[str]) -> Outcome:
    if any(reason.endswith(":red") for reason in reasons):
        return "red"
    return "amber" if reasons else "none"
