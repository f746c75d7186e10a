"""What a document is made of, in no format's words."""

from dataclasses import dataclass
from datetime import date
from typing import Final

Cell = str | int | float | None
DEEPEST_HEADING: Final = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title: level 1 opens a section, 2 and 3 divide it."""

    level: int
    text: str

    def __post_init__(self) -> None:
        if not 1 <= self.level <= DEEPEST_HEADING:
            raise ValueError(f"a heading's level is 1 to {DEEPEST_HEADING}, not {self.level}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line break stays one."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list whose order does not matter."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; the first cell of each row names the row. None is a number that is hidden."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError(f"every row of {self.caption!r} needs {len(self.header)} cells")


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words. `language`: its code where it is not the document's."""

    text: str
    source: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, always given with their numbers as a table. `bars`: (label, number or None where it is hidden).

    `columns` head the labels, the numbers and the bars. `description` says in words what the bars show.
    """

    title: str
    description: str
    bars: tuple[tuple[str, int | None], ...]
    columns: tuple[str, str, str] = ("Answer", "People", "Bar")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader must not miss, set apart."""

    text: str


Block = Heading | Paragraph | Bullets | Table | Quote | Chart | Notice


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    `language`: code of its words, which settles its direction too. `facts`: (label, value) pairs under the title.
    `hidden`: what stands where a number is None. `issued`: the date in its properties; with it, the same document is
    the same bytes.
    """

    title: str
    language: str
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    hidden: str = "fewer than 10"
    issued: date | None = None


def share(value: int | None, bars: tuple[tuple[str, int | None], ...]) -> float:
    """How long a bar is, 0 to 1, beside the longest of `bars`; a hidden one has no length."""
    longest = max((number for _, number in bars if number is not None), default=0)
    return value / longest if value and longest else 0.0
