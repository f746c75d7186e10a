"""Which surveys a tablet can ask without the site, and what the script there is told of their routing. Pure.

The script twin knows the closed operators, parts, skips, ends, options brought along and named; one table of cases
holds both to it.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from engage.rules.questionnaire import piping, supplied
from engage.rules.questionnaire.answers import Mistake
from engage.rules.questionnaire.asked import stays_last
from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.attached import Attached
from engage.rules.questionnaire.kinds.audio import Audio
from engage.rules.questionnaire.kinds.base import Option, Question
from engage.rules.questionnaire.kinds.choice import Listed, OneOf
from engage.rules.questionnaire.kinds.date import Date
from engage.rules.questionnaire.kinds.matrix import Matrix
from engage.rules.questionnaire.kinds.multiple import Several
from engage.rules.questionnaire.kinds.number import Number
from engage.rules.questionnaire.kinds.ranking import Ranking
from engage.rules.questionnaire.routing import End
from engage.rules.questionnaire.texts import Text

KINDS: Final = frozenset({
    "faces", "stars", "single", "multiple", "agreement", "text", "number", "slider", "pair", "consent", "information",
    "date", "matrix", "ranking", "bodymap", "drawing", "audio", "upload", "video",
})  # fmt: skip
"""Kinds that a tablet can ask by itself: all but contact details, which are kept where no answer is."""


def _unsaid(_text: Text) -> str:
    return ""


def hindrances(definition: Definition) -> tuple[str, ...]:
    """The ids of questions that only the site can ask; () where a tablet can ask everything."""
    return tuple(question.id for question in definition.questions if not _can_ask(question))


def records(definition: Definition) -> bool:
    """Whether somebody may be asked to speak."""
    return any(isinstance(question, Audio) for question in definition.questions)


def _can_ask(question: Question) -> bool:
    return question.kind in KINDS and not supplied.waits(question)


def named(definition: Definition) -> Mapping[str, tuple[Option, ...]]:
    """The questions whose chosen options stand in later words, with all they offer."""
    names = {name for step in definition.steps for name in step.pipes}
    for thing in (*definition.questions, *definition.sections):
        names |= {name for end in thing.ends for name in piping.names(end.say)}
    return {name: definition.question(name).options() or () for name in sorted(names)}


def routing(definition: Definition, say: Callable[[Text], str] = _unsaid) -> list[dict[str, Any]]:
    """Every question in order, with what shows it, where its answer leads, and which fields it reads.

    `say` puts the words with which it ends early into the language of whoever reads; "" where only the way matters.
    """
    places = _places(definition)
    return [_step(definition, question, places, say) for question in definition.asked]


def _step(
    definition: Definition, question: Question, places: dict[str, int], say: Callable[[Text], str]
) -> dict[str, Any]:
    part = next((section for section in definition.sections if section.id == question.section), None)
    around = part.show_if if part is not None else None
    return {
        "id": question.id,
        "place": places[question.id],
        "part": part.id if part is not None else "",
        "mixed": part is not None and part.order is not None,
        "closes": [_end(end, say) for end in part.ends] if part is not None else [],
        "kind": question.kind,
        "tells": not question.asks,
        "empty": _empty(question),
        "leaves": question.offers_skip,
        "skip": question.skip_field,
        "fields": list(question.fields()),
        "boxes": dict(question.boxes),
        "typed": _typed(question),
        "attach": _attached(question),
        **_chosen(question),
        "shown": [_plain(condition) for condition in (around, question.show_if) if condition is not None],
        "skips": [{"when": _plain(skip.when), "to": places[skip.to]} for skip in question.skips],
        "ends": [_end(end, say) for end in question.ends],
    }


def _end(end: End, say: Callable[[Text], str]) -> dict[str, Any]:
    return {"when": _plain(end.when), "nothing_kept": end.nothing_kept, "say": say(end.say)}


def _empty(question: Question) -> str:
    """The mistake of a form that says nothing; "" where that is an answer too."""
    read = question.parse({})
    return read.key if isinstance(read, Mistake) else ""


def _chosen(question: Question) -> dict[str, Any]:
    """What is needed to read a choice as `parse` does. `reads`: how; "" for what is not chosen from a list."""
    listed = question if isinstance(question, Listed) else None
    options = question.options() or ()
    kinds = (("several", Several), ("order", Ranking), ("rows", Matrix), ("one", OneOf))
    carry = listed.carry if listed is not None else None
    return {
        "reads": next((name for name, kind in kinds if isinstance(question, kind)), ""),
        "options": [option.id for option in options],
        "alone": [option.id for option in options if option.exclusive],
        "own": [option.id for option in listed.choices] if listed is not None else [],
        "moving": [option.id for option in options if not stays_last(option)] if listed and listed.order else [],
        "carry": carry.model_dump() if carry is not None else None,
        "fewest": listed.fewest if listed is not None else 0,
        "most": question.most if isinstance(question, Several) else None,
        "lines": [[row.id, question.field_of(row.id)] for row in question.rows] if isinstance(question, Matrix) else [],
        "every": isinstance(question, Matrix) and question.every,
    }


def _attached(question: Question) -> dict[str, Any] | None:
    """How many files may be added, and whether they are recordings or may be PDFs; None where none may."""
    if not isinstance(question, Attached):
        return None
    kinds = {"sound": "audio" in question.takes, "pdf": "pdf" in question.takes, "photo": "photo" in question.takes}
    return {"most": question.most_files, **kinds}


def _typed(question: Question) -> dict[str, Any] | None:
    """What is needed to read a number or a date as `parse` does, and to say what is wrong with it; None for others."""
    if isinstance(question, Number):
        bounds = {"least": question.least, "most": question.greatest}
        return {**bounds, "decimals": question.decimals, "bands": question.beginnings, "said": bounds}
    if isinstance(question, Date):
        months = {"first": question.earliest, "last": question.latest}
        return {**months, "bands": question.beginnings, "said": question.said_limits}
    return None


def _places(definition: Definition) -> dict[str, int]:
    """Where a skip may lead: a question's place, or that of the first question of a part."""
    places: dict[str, int] = {}
    for place, question in enumerate(definition.questions):
        if question.section is not None:
            places.setdefault(question.section, place)
        places[question.id] = place
    return places


def _plain(condition: Condition) -> dict[str, Any]:
    """A condition as JSON: what the definition's file says, word for word."""
    written: dict[str, Any] = condition.model_dump(by_alias=True, exclude_none=True, mode="json")
    return written
