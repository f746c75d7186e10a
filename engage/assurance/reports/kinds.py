"""The kinds of report there are and the sections each has: words of the field, in the order a board reads them."""

from dataclasses import dataclass
from typing import Final, Literal

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

LONGEST: Final = 5_000  # characters of one text: all of them together fit into one form
LONGEST_TITLE: Final = 120

Shape = Literal["prose", "lines", "rows"]
FORMATS: Final = ("docx", "pdf", "json")


@dataclass(frozen=True)
class Field:
    """A text that people write. lines: one point to a line. rows: one line a row, its cells parted by semicolons."""

    key: str
    label: LazyString
    hint: LazyString
    shape: Shape = "prose"
    columns: tuple[LazyString, ...] = ()


@dataclass(frozen=True)
class Section:
    """One section: what people write in it (`fields`), and in words what the product adds to it (`adds`)."""

    key: str
    title: LazyString
    fields: tuple[Field, ...]
    adds: LazyString | None = None


@dataclass(frozen=True)
class ReportKind:
    """One kind of report."""

    key: str
    title: LazyString
    sections: tuple[Section, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every text of every section."""
        return tuple(field for section in self.sections for field in section.fields)


# The seven sections of a thematic report (Calderdale Independent Scrutiny and Assurance Framework, appendix 1).
THEMATIC = ReportKind(
    "thematic",
    _l("Thematic assurance report"),
    (
        Section(
            "data",
            _l("What do we know? What does the data tell us?"),
            (
                Field(
                    "data",
                    _l("What the data tells us"),
                    _l("Performance data and what it means. Say where it is from."),
                ),
                Field(
                    "indicators",
                    _l("Indicators"),
                    _l("One to a line: reference number; indicator; headline figure."),
                    "rows",
                    (_l("Reference"), _l("Indicator"), _l("Headline")),
                ),
            ),
            _l("the surveys this report rests on, and the tables of families’ surveys"),
        ),
        Section(
            "quality",
            _l("What does the quality assurance tell us?"),
            (
                Field(
                    "quality",
                    _l("Audits and what they found"),
                    _l("Multi-agency audits first, then single-agency ones."),
                ),
            ),
        ),
        Section(
            "practitioners",
            _l("What do front line practitioners tell us?"),
            (
                Field("concerns", _l("Concerns"), _l("What worries practitioners. One to a line."), "lines"),
                Field("strengths", _l("Strengths"), _l("What they say works well. One to a line."), "lines"),
            ),
            _l("the tables of staff surveys, themes among staff and their released words"),
        ),
        Section(
            "children",
            _l("What is the voice of the child telling us?"),
            (
                Field(
                    "children",
                    _l("What children and young people tell us"),
                    _l("In your own words. What they answered and wrote follows it."),
                ),
            ),
            _l("the tables of children’s surveys, themes, their released words, published answers and star ratings"),
        ),
        Section(
            "gaps",
            _l("Gaps in knowledge, and how we can fill them"),
            (
                Field(
                    "gaps",
                    _l("Gaps, and how to fill them"),
                    _l("Who was not heard, what was not asked. One to a line."),
                    "lines",
                ),
            ),
            _l("what was hidden and why, who was not asked, and themes too small to count"),
        ),
        Section(
            "development",
            _l("Areas for development"),
            (Field("development", _l("Areas for development"), _l("One to a line."), "lines"),),
            _l("themes that are still owed an answer, and what chosen cases taught"),
        ),
        Section(
            "actions",
            _l("Next steps and actions for partners"),
            (
                Field(
                    "actions",
                    _l("Actions"),
                    _l("One to a line: partner; action; by when."),
                    "rows",
                    (_l("Partner"), _l("Action"), _l("By when")),
                ),
            ),
        ),
    ),
)
KINDS = {kind.key: kind for kind in (THEMATIC,)}
