"""Where a translation stands: is it there, is it about the present English, has anybody checked it?

A definition's header (`checked`) says of a language what its checker was: a draft, a speaker, a child. A check made in
the product also stamps every text it covered. So where any text of a language has a stamp, a text whose words are not
the stamped ones was written after the check and is a draft again; where none has (a definition written by hand), the
header is believed.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from engage.rules.questionnaire.texts import ENGLISH, Text

Checked = Literal["draft", "speaker", "child"]
State = Literal["missing", "stale", "draft", "speaker", "child"]
CHECKED: Final = frozenset({"speaker", "child"})


class Progress(NamedTuple):
    """How many texts a language has in each state; `of` is all there are."""

    of: int
    missing: int
    stale: int
    draft: int
    checked: int

    @property
    def is_complete(self) -> bool:
        """Everything is translated and about the present English."""
        return not self.missing and not self.stale

    @property
    def is_ready(self) -> bool:
        """Everything is translated, about the present English, and checked."""
        return self.checked == self.of


def states(texts: Sequence[Text], language: str, checked: Checked) -> tuple[State, ...]:
    """Where each text stands in a language whose header says `checked`."""
    stamped = is_stamped(texts, language)

    def state(text: Text) -> State:
        if not is_translated(text, language):
            return "missing"
        if text.is_stale(language):
            return "stale"
        return "draft" if stamped and stamp(text, language) != text.pair(language) else checked

    return tuple(state(text) for text in texts)


def progress(texts: Sequence[Text], language: str, checked: Checked) -> Progress:
    """Where a whole language stands."""
    found = states(texts, language, checked)
    return Progress(
        of=len(found),
        missing=found.count("missing"),
        stale=found.count("stale"),
        draft=found.count("draft"),
        checked=sum(state in CHECKED for state in found),
    )


def is_translated(text: Text, language: str) -> bool:
    """Has the language every wording that the English has?"""
    words, english = text.root.get(language), text.root[ENGLISH]
    return words is not None and (words.easy is not None or english.easy is None)


def is_stamped(texts: Iterable[Text], language: str) -> bool:
    """Was any of these checked in the product?"""
    return any(stamp(text, language) for text in texts)


def stamp(text: Text, language: str) -> str | None:
    """The `Text.pair` that somebody checked."""
    words = text.root.get(language)
    return words.checked if words is not None else None
