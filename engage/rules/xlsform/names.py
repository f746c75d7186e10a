"""Names and languages of an XLSForm as ours: ids in small letters, language codes in brackets."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from engage.rules.languages import english_name

EASY: Final = "-x-easy"
"""The ending of a language's code (a private use subtag of BCP 47) for its easy words."""

_CODE: Final = re.compile(r"([a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?)(-x-easy)?")
_IN_BRACKETS: Final = re.compile(r".*\(([^()]*)\)\s*")


class Tongue(NamedTuple):
    """A language column: the code, and whether its words are the easy ones."""

    code: str
    is_easy: bool


def tongue(label: str) -> Tongue | None:
    """The language a column's head names: "Arabic (ar)", "ar", "English"; None where it cannot be told."""
    bracketed = _IN_BRACKETS.fullmatch(label)
    code = _CODE.fullmatch(bracketed[1].strip() if bracketed else label.strip())
    if code is not None:
        return Tongue(code[1], code[2] is not None)
    return Tongue("en", is_easy=False) if label.strip().lower() == "english" else None


def head_of(code: str, *, is_easy: bool) -> str:
    """The head of a language's column: "Arabic (ar)", "English, easy words (en-x-easy)"."""
    plain = re.sub(r"[()]", "", english_name(code))
    return f"{plain}, easy words ({code}{EASY})" if is_easy else f"{plain} ({code})"


def question_id(name: str) -> str | None:
    """A question's id for this name; None where none can be made."""
    made = re.sub(r"_+", "_", re.sub(r"[^a-z0-9]", "_", name.lower())).strip("_")
    return made if made and made[0].isalpha() and len(made) <= 40 and name.isascii() else None


def option_id(name: str) -> str | None:
    """An option's id for this name of a choice; None where none can be made."""
    made = re.sub(r"([_-])[_-]+", r"\1", re.sub(r"[^a-z0-9_-]", "_", name.lower())).strip("_-")
    return made if made and len(made) <= 64 and name.isascii() else None


def slug(words: str) -> str:
    """A survey's name in addresses, for a form's id or title."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60].strip("-")


def doubled(made: Iterable[str]) -> set[str]:
    """The ids that are there twice."""
    return {one for one, times in Counter(made).items() if times > 1}
