"""Definitions from YAML and back: every problem is told with its line, its path and what to write instead."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engage.rules.marking import worded
from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.definition import Definition, Intro
from engage.rules.questionnaire.kinds import KINDS
from engage.rules.questionnaire.kinds.base import InconsistentError, Option
from engage.rules.questionnaire.routing import Carry, End, Section, Skip
from engage.rules.questionnaire.shape_words import said_of
from engage.rules.questionnaire.texts import Words
from engage.rules.questionnaire.tree import Fault, FaultyTreeError, Place, as_yaml, dotted, read_tree

_MODELS: Final[tuple[type[BaseModel], ...]] = (
    Definition,
    Intro,
    Section,
    End,
    Skip,
    Carry,
    Option,
    Condition,
    Words,
    *KINDS.values(),
)
_FIELDS: Final = sorted({field.alias or name for model in _MODELS for name, field in model.model_fields.items()})

_TEXT: Final = worded("write it as {en: {plain: ..., easy: ...}}")
_HOW_TO_WRITE: Final = {
    "survey": worded("write a short name in small letters with hyphens, for instance your-voice"),
    "audience": worded("write one of: children, young, parents, staff, practitioners, anyone"),
    "threshold": worded("write children or staff"),
    "lawful_basis": worded("write one of: public_task, legal_obligation, consent, legitimate_interests"),
    "expected": worded("write about how many people will be asked, as a whole number"),
    "kind": worded("write one of: {ids}", ids=", ".join(KINDS)),
    "id": worded("write a short name in small letters, for instance safe_at_home"),
    "questions": worded("write a list, each item beginning with - id:"),
    "options": worded("write a list of {id: ..., text: {en: ...}}"),
    "minutes": worded("write a whole number of minutes from 1 to 60"),
    "intro": worded("write who:, why:, reads:, limits:, expectation: and minutes: below it"),
    "languages": worded("write a list of language codes, for instance [en, ar]"),
    "en": worded("write the English words: it is what every language falls back to"),
    "plain": worded("write words between 1 and 2000 letters"),
    "easy": worded("write words between 1 and 2000 letters, or leave the line out"),
    "of": worded("leave the line out, or write the 8 digits (0 to 9, a to f) that came with the translation"),
    "words": worded("write the words of each point, lowest first"),
    "show_if": worded("write {question: an earlier id, is: an option id}"),
    "when": worded("write {question: this or an earlier id, is: an option id}"),
    "to": worded("write the id of a later question or section"),
    "ask_how": worded("write true or false, or leave the line out"),
    "order": worded("write random, or leave the line out"),
    "take": worded("write chosen or not_chosen"),
    "sections": worded("write a list of {id: ..., title: {en: ...}}"),
    "skips": worded("write a list of {when: ..., to: ...}"),
    "ends": worded("write a list of {when: ..., say: {en: ...}}"),
    "carry": worded("write {question: an earlier id, take: chosen}"),
} | dict.fromkeys(("text", "title", "thanks", "say", "who", "why", "reads", "name_label", "reach_label"), _TEXT)


class DefinitionError(ValueError):
    """A definition that cannot be used. `problems` holds (line, path, message, what to write) for each fault."""

    def __init__(self, source_name: str, problems: tuple[Fault, ...]) -> None:
        self.source_name = source_name
        self.problems = problems
        super().__init__("\n".join(self._line(problem) for problem in problems))

    def _line(self, problem: Fault) -> str:
        where = f"{self.source_name}:{problem.line}:"
        what = f"{problem.path}: {problem.message}" if problem.path else problem.message
        return f"{where} {what}; {problem.write}" if problem.write else f"{where} {what}"


def load(text: str, source_name: str) -> Definition:
    """The definition in a YAML text. Raises DefinitionError with every problem found, in the order of their lines."""
    try:
        tree, lines = read_tree(text)
    except FaultyTreeError as error:
        raise DefinitionError(source_name, tuple(error.faults)) from error
    if not isinstance(tree, dict):
        raise DefinitionError(
            source_name, (Fault(1, "", worded("is not a survey"), worded("begin with survey:, title: and questions:")),)
        )
    return _made(tree, source_name, lines)


def from_tree(tree: Mapping[str, object], source_name: str = "") -> Definition:
    """The definition in plain data, as `tree_of` gives it. Raises DefinitionError; its faults have line 0."""
    return _made(tree, source_name, {(): 0})


def tree_of(definition: Definition) -> dict[str, object]:
    """The definition as plain data of its own (strings, numbers, lists, maps), without what is left at its default."""
    return _plain(definition)


def _made(tree: Mapping[str, object], source_name: str, lines: dict[Place, int]) -> Definition:
    try:
        return Definition.model_validate(_without_blanks(tree))
    except ValidationError as error:
        faults = {fault for details in _first_causes(error.errors()) for fault in _faults(details, lines)}
        raise DefinitionError(source_name, tuple(sorted(faults))) from error


def dump(definition: Definition) -> str:
    """The definition as YAML that `load` reads back to an equal definition. Supplied options are left out."""
    return as_yaml(_plain(definition))


def version_hash(definition: Definition) -> str:
    """SHA-256 (hex) of the canonical form: what is said and asked, whatever the file's layout or key order."""
    canonical = json.dumps(_plain(definition), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(definition: Definition) -> dict[str, object]:
    # Defaults are left out, so that a field added later does not change the hash of a survey that does not use it.
    return definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _without_blanks(tree: object) -> object:
    """`hint:` with nothing after it means no hint."""
    if isinstance(tree, dict):
        return {key: _without_blanks(value) for key, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return [_without_blanks(value) for value in tree]
    return tree


def _first_causes(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Without "too short", which is only the shadow of items that are themselves wrong."""
    places = {_place(details["loc"]) for details in errors}
    for details in errors:
        place = _place(details["loc"])
        inside = any(other[: len(place)] == place != other for other in places)
        if not (details["type"] == "too_short" and inside):
            yield details


def _faults(details: ErrorDetails, lines: dict[Place, int]) -> Iterator[Fault]:
    place = _place(details["loc"])
    cause = details.get("ctx", {}).get("error")
    if isinstance(cause, InconsistentError):
        for problem in cause.problems:
            inner = (*place, *problem.loc)
            yield Fault(_line(inner, lines), dotted(inner), problem.message, problem.write)
        return
    field = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
    message, write = _words(details, field)
    yield Fault(_line(place, lines), dotted(place), message, write)


def _words(details: ErrorDetails, field: str) -> tuple[str, str]:
    write = _HOW_TO_WRITE.get(field, "")
    kind = details["type"]
    if kind == "extra_forbidden":
        close = get_close_matches(field, _FIELDS, 1)
        return worded("is not a field here"), worded("did you mean {id}?", id=close[0]) if close else worded(
            "remove it"
        )
    if kind == "missing":
        return worded("is missing"), write or worded("write it")
    if kind == "union_tag_not_found":
        return worded("has no kind"), _HOW_TO_WRITE["kind"]
    if kind == "union_tag_invalid":
        return worded("has an unknown kind {id}", id=details.get("ctx", {}).get("tag")), _HOW_TO_WRITE["kind"]
    return said_of(details), write


def _place(loc: Place) -> Place:
    """A pydantic location as a place in the tree: without the kind, which it puts after a question's index."""
    steps = loc[:2] + loc[3:] if loc[:1] == ("questions",) else loc
    return tuple(step for step in steps if step != "[key]")


def _line(place: Place, lines: dict[Place, int]) -> int:
    """The line of the place, or of the nearest thing around it that stands in the file."""
    while place not in lines:
        place = place[:-1]
    return lines[place]
