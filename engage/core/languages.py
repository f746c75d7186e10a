"""The languages people may choose, what they call themselves and which way they run.

A language is chosen from this list only: a code that stands nowhere here never reaches Babel, whose
UnknownLocaleError would otherwise be a broken page for whoever altered a cookie or an address.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

DEFAULT = "en"


class Direction(StrEnum):
    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


class Extent(StrEnum):
    """What is translated: every page, or those for children, families and young inspectors."""

    EVERY_PAGE = "every-page"
    YOUNG_PAGES = "young-pages"


@dataclass(frozen=True)
class Language:
    """`code` is the tag for `lang=` and the catalogue's folder; `name` is what its speakers call it.

    A language is a draft, and its pages say so, until a speaker has read them: then `is_checked` is set.
    """

    code: str
    name: str
    english_name: str
    direction: Direction = Direction.LEFT_TO_RIGHT
    extent: Extent = Extent.YOUNG_PAGES
    is_checked: bool = False


LANGUAGES = (
    Language("en", "English", "English", extent=Extent.EVERY_PAGE, is_checked=True),
    Language("ar", "العربية", "Arabic", Direction.RIGHT_TO_LEFT, Extent.EVERY_PAGE),
    Language("cy", "Cymraeg", "Welsh"),
    Language("pl", "Polski", "Polish"),
    Language("ur", "اردو", "Urdu", Direction.RIGHT_TO_LEFT),
    Language("uk", "Українська", "Ukrainian"),
    Language("ro", "Română", "Romanian"),
    Language("so", "Soomaali", "Somali"),
)
_BY_CODE = {language.code: language for language in LANGUAGES}


def codes() -> tuple[str, ...]:
    """Every code, in the order in which people are offered them."""
    return tuple(_BY_CODE)


def complete_codes() -> tuple[str, ...]:
    """The codes in which every page may be shown (staff pages offer only these)."""
    return tuple(language.code for language in LANGUAGES if language.extent is Extent.EVERY_PAGE)


def get(code: str) -> Language:
    """The language of `code`; English where there is none."""
    return _BY_CODE.get(code, _BY_CODE[DEFAULT])


def direction(code: str) -> Direction:
    """Which way `code` runs; left to right where the code is unknown."""
    return get(code).direction


def resolve(requested: str | Iterable[str] | None, allowed: Collection[str] | None = None) -> str:
    """The first of `requested` that is offered, else English, else the first that is allowed.

    `requested` is one tag or several, best first ("ar", "pl-PL", "cy_GB"); `allowed` narrows the choice to the
    languages a survey or a page has. Anything unknown is passed over; nothing raises.
    """
    offered = [code for code in _BY_CODE if allowed is None or code in allowed]
    wanted = [requested] if isinstance(requested, str) else list(requested or ())
    for tag in wanted:
        short = tag.strip().replace("_", "-").split("-", 1)[0].lower()
        if short in offered:
            return short
    return DEFAULT if DEFAULT in offered or not offered else offered[0]
