"""What the screening of words can and cannot do, in words: the numbers are those of the last measurement (S8, S9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from engage.rules.screening import Found, measured
from engage.safeguarding.words import HARMS

ORDINARY = "ordinary"
WAYS: dict[str, LazyString] = {
    "plain": _l("Said plainly"),
    "misspelt": _l("Spelt as it sounds"),
    "no_spaces": _l("Written without spaces"),
    "txt_speak": _l("Written as in a text message"),
    "slang": _l("Slang and hidden words"),
    "emoji": _l("Pictures (emoji)"),
    "euphemism": _l("Said with other words"),
    "implicit": _l("Only hinted at"),
    "very_young": _l("By very young children"),
    "send": _l("By children who use symbols or few words"),
    "second_language": _l("By people still learning English"),
    "negated": _l("With “not” in it"),
    "hedged": _l("With “maybe” in it"),
    "joking": _l("Said as a joke"),
    "past": _l("About the past"),
    "third_person": _l("About somebody else"),
    "quoted": _l("Repeating what somebody said"),
    "long_hidden": _l("One line hidden in a long text"),
    "welsh": _l("Welsh"),
    "polish": _l("Polish"),
    "romanian": _l("Romanian"),
    "arabic_script": _l("Arabic"),
    "arabic_roman": _l("Arabic in English letters"),
    "urdu_script": _l("Urdu"),
    "urdu_roman": _l("Urdu in English letters"),
    "ukrainian_script": _l("Ukrainian"),
    "ukrainian_roman": _l("Ukrainian in English letters"),
}


@dataclass(frozen=True)
class Line:
    """One row. lowest: in a hundred, what the share is at least (95 % sure)."""

    name: str
    found: int
    count: int
    lowest: int


@dataclass(frozen=True)
class Claim:
    """The page. `missed_one_in`: one of how many is missed. Of a hundred flags `right` tell of a worry, where one text
    in twenty does. wrongly: of 1,000 ordinary texts. Lists stand worst first; `unequal` are those well under the whole.
    """

    run: int
    measured_on: date
    overall: Line
    missed: int
    missed_one_in: int
    right: int
    wrongly: int
    minutes: int
    ways: tuple[Line, ...]
    harms: tuple[Line, ...]
    languages: tuple[Line, ...]
    unequal: tuple[str, ...]


def claim() -> Claim:
    """The numbers of the last measurement, for the page that says what the screening can do."""
    last = measured()
    missed = last.overall.n - last.overall.found
    wrongly = last.negatives[ORDINARY]
    return Claim(
        run=last.run,
        measured_on=last.date,
        overall=_line("", last.overall),
        missed=missed,
        missed_one_in=last.overall.n // missed if missed else last.overall.n,
        right=int(wrongly.precision * 100),
        wrongly=-(-1000 * wrongly.flagged // wrongly.n),
        minutes=wrongly.minutes_a_week,
        ways=_lines(last.slices, WAYS),
        harms=_lines(last.categories, HARMS),
        languages=_lines(last.languages, WAYS),
        unequal=tuple(str(WAYS[row.name]) for row in last.gaps),
    )


def _lines(rows: Iterable[Found], names: Mapping[str, LazyString]) -> tuple[Line, ...]:
    return tuple(_line(str(names[row.name]), row) for row in rows)


def _line(name: str, row: Found) -> Line:
    return Line(name[:1].upper() + name[1:], row.found, row.n, int(row.lower * 100))
