"""Chosen options in later words: `{answer:question|words if there is no answer}`, and nothing else in braces.

A closed formatter: it names an option in the reader's own language and easy words. What a person wrote is never put
into another text, and no other placeholder exists, so words that look like code stay words.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from engage.rules.questionnaire.texts import Text, Words

_PLACE: Final = re.compile(r"\{answer:([a-z][a-z0-9_]*)\|([^{}|]+)\}")
_MEANT: Final = re.compile(r"\{\s*answer\b[^{}]*\}?", re.IGNORECASE)
_ARABIC_COMMA: Final = frozenset({"ar", "fa", "ur", "ps", "ckb", "sd", "ug"})

Chosen = Callable[[str], tuple[Text, ...]]
"""Question id -> the texts of the options chosen there; () where nothing was."""


def names(text: Text) -> set[str]:
    """The questions whose answers these words name, in any language."""
    return {name for _, _, wording in text.all() for name, _ in _PLACE.findall(wording)}


def malformed(text: Text) -> Iterator[str]:
    """Placeholders that are meant but not written as they must be."""
    for _, _, wording in text.all():
        yield from (found for found in _MEANT.findall(wording) if not _PLACE.fullmatch(found))


def piped(text: Text, chosen: Chosen) -> Text:
    """The same words with every placeholder filled, in each language and in easy words."""
    filled = {
        language: Words.model_construct(
            plain=_fill(words.plain, chosen, language, easy=False),
            easy=_fill(words.easy, chosen, language, easy=True) if words.easy is not None else None,
        )
        for language, words in text.root.items()
    }
    return Text.model_construct(root=filled)


def unanswered(text: Text) -> Text:
    """The same where nobody's answers are known (results, readers, paper): as it reads to whoever chose nothing."""
    return piped(text, lambda _question_id: ())


def _fill(wording: str, chosen: Chosen, language: str, *, easy: bool) -> str:
    def words_for(place: re.Match[str]) -> str:
        said = [option.say(language, easy=easy).text for option in chosen(place[1])]
        return comma(language).join(said) or place[2].strip()

    return _PLACE.sub(words_for, wording)


def comma(language: str) -> str:
    """What stands between several chosen options."""
    return "، " if language.split("-", maxsplit=1)[0] in _ARABIC_COMMA else ", "
