"""A definition as the pieces a translator works on: one wording each, with what they need to know about it."""

import re
from typing import Final, Literal, NamedTuple

from engage.rules.marking import worded
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.freshness import State
from engage.rules.questionnaire.texts import ENGLISH, Words
from engage.rules.questionnaire.translations import Unit, states, units

Variant = Literal["plain", "easy"]
VARIANTS: Final[tuple[Variant, ...]] = ("plain", "easy")
PLACEHOLDER: Final = re.compile(r"(\{answer:[a-z][a-z0-9_]*\|)([^{}|]+)(\})")
"""What is filled in when a page is made (see `piping`): its two ends stay, the words between are translated."""

_MEANT: Final = re.compile(r"\{\s*answer\b[^{}]*\}?", re.IGNORECASE)

_ROOM: Final = 1.5
_LEAST_ROOM: Final = 20


class Segment(NamedTuple):
    """One wording. `key` names it for ever; `target` is "" where there is no translation."""

    key: str
    unit: Unit
    variant: Variant
    source: str
    target: str
    state: State

    @property
    def room(self) -> int:
        """How many letters fit well where these words stand: a hint, not a limit."""
        return max(_LEAST_ROOM, int(len(self.source) * _ROOM))


class Row(NamedTuple):
    """One wording as a file holds it: `place` is its line or entry for a message; `is_done` says its translator did."""

    key: str
    source: str
    target: str
    is_done: bool
    place: str


class Remark(NamedTuple):
    """Something to tell about one unit ("" the whole file), and where in the file it stands."""

    unit: str
    reason: str
    place: str = ""


class File(NamedTuple):
    """What was read: which survey it is of, its two languages ("" where it does not say), its rows, what is wrong."""

    survey: str
    source_language: str
    language: str
    rows: tuple[Row, ...]
    problems: tuple[Remark, ...]


def segments(definition: Definition, language: str) -> tuple[Segment, ...]:
    """Every wording there is in English, in reading order, with its translation into `language`."""
    found: list[Segment] = []
    for unit, state in zip(units(definition), states(definition, language), strict=True):
        words = unit.text.root.get(language)
        for variant in VARIANTS:
            source = wording(unit.text.root[ENGLISH], variant)
            if source:
                found.append(Segment(f"{unit.key}:{variant}", unit, variant, source, wording(words, variant), state))
    return tuple(found)


def wording(words: Words | None, variant: Variant) -> str:
    """The plain or the easy words; "" where there are none."""
    if words is None:
        return ""
    return words.plain if variant == "plain" else words.easy or ""


def placeholders(words: str) -> list[str]:
    """What is filled in, in alphabetical order (a translation may move it), as `{answer:tell|...}`."""
    return sorted(f"{found[1]}...}}" for found in PLACEHOLDER.finditer(words))


def misfit(source: str, target: str) -> str:
    """What is wrong with what is filled in in a translation; "" where it is what the English has."""
    wanted = placeholders(source)
    wrong = [found for found in _MEANT.findall(target) if not PLACEHOLDER.fullmatch(found)]
    if placeholders(target) == wanted and not wrong:
        return ""
    if not wanted:
        return worded("must hold nothing that begins with {answer: as the English has none")
    return worded("must hold {places} as in the English, with translated words for the dots", places=", ".join(wanted))


def guidance(definition: Definition, segment: Segment) -> tuple[tuple[str, str], ...]:
    """What a translator should know, as (topic, words): screen, easy or plain, room, what is filled in, staleness."""
    easy = "easy words: short sentences for a child or anybody who reads with difficulty"
    notes = [
        ("screen", screen(definition, segment.unit)),
        ("words", easy if segment.variant == "easy" else "plain words"),
        ("length", f"best within {segment.room} letters; the English has {len(segment.source)}"),
    ]
    if placeholders(segment.source):
        names = ", ".join(placeholders(segment.source))
        notes.append(("keep", f"{names} is filled in by the page: keep it, and translate only the words after |"))
    if segment.state == "stale":
        notes.append(("stale", "the English changed after this was translated: does it still say the same?"))
    return tuple(notes)


def screen(definition: Definition, unit: Unit) -> str:
    """Where the words stand, for people: "question 3 of 12, tell, options.family.text"."""
    if unit.question_id is not None:
        ids = [question.id for question in definition.questions]
        below = unit.key.split(".", 2)[2]
        return f"question {ids.index(unit.question_id) + 1} of {len(ids)} ({unit.question_id}), {below}"
    first = unit.key.split(".")[0]
    return {"intro": "before question 1", "thanks": "after sending", "title": "the name of the survey"}.get(
        first, "used in several questions" if first == "scales" else "between questions"
    ) + f" ({unit.key})"
