"""Which controls a form needs for a model of a definition, read off the model's own fields: one mapping for every kind.

A field of a new kind gets its control by its type. Only a type that nothing here knows is edited as YAML, so that no
field is ever out of reach.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds import KINDS
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.texts import Text

Type = Literal[
    "words",  # one text: plain and easy English
    "list",  # several texts in order
    "rows",  # several models in order
    "model",  # one model
    "condition",  # when something is shown
    "flag",
    "number",
    "choice",  # one of a closed list
    "line",  # one line of letters
    "names",  # short names, separated by spaces
    "id",  # made from the words beside it, then kept
    "symbol",
    "scale",
    "section",
    "question",  # an earlier question
    "later",  # a later question or section
    "media",  # something of the partnership's library
    "spoken",  # a recording of the library for each language
    "options",  # some of a list: the question's own options, languages, or `choices`
    "yaml",
]

_BY_NAME: Final[dict[str, Type]] = {
    "id": "id",
    "symbol": "symbol",
    "scale": "scale",
    "section": "section",
    "to": "later",
    "picture": "media",
    "sound": "media",
    "film": "media",
    "bsl": "media",
    "question": "question",
    "safety": "options",
    "languages": "options",
}
_BEHIND: Final = frozenset(Question.model_fields) - {"text", "hint", "symbol"}
"""Fields every question has that most people leave alone."""

BEGINS: Final = "begins_section"
"""What a question's form can say that its definition does not: the title of a new section that begins at it."""

_NEVER_WRITTEN: Final = frozenset({"kind", "id", "published"})
"""Chosen once, made from the words, and written in when a version is published."""

_SIMPLE: Final = frozenset({str, int, float, Decimal})

# `ask_how` follows the audience unless the file says otherwise: a tick box has no way to say "as usual".
NOT_IN_HEADER: Final = frozenset({
    "survey", "purpose", "questions", "scales", "checked", "checked_by", "sections", "ask_how",
})  # fmt: skip


@dataclass(frozen=True)
class Control:
    """How one field is edited. `name` is what YAML calls it; `inner` are the controls of a model or of one row."""

    name: str
    type: Type
    is_required: bool
    default: object = None
    choices: tuple[str, ...] = ()
    inner: tuple["Control", ...] = ()

    @property
    def is_aside(self) -> bool:
        """Whether it is folded away in a row: what most rows go without."""
        return self.type in {"symbol", "media", "flag"} or (self.type == "words" and not self.is_required)

    @property
    def is_behind(self) -> bool:
        """Whether it stands with the settings, folded away."""
        return self.name in _BEHIND or self.name in {BEGINS, "order", "carry", "most_letters", "options_from"}

    @property
    def begins_with_rows(self) -> bool:
        """Whether a new form has empty rows of it to write in."""
        return not self.is_behind and (self.type == "rows" or (self.type == "list" and self.is_required))


@cache
def question_controls(kind: str) -> tuple[Control, ...]:
    """The controls of a question of this kind: its words, what the kind adds, then what every question has."""
    found = tuple(_fitting(each, KINDS[kind]) for each in _controls(KINDS[kind], _NEVER_WRITTEN))
    own = (*(control for control in found if not control.is_behind), *(c for c in found if c.is_behind))
    at = [control.name for control in own].index("section") + 1
    return (*own[:at], Control(BEGINS, "words", is_required=False), *own[at:])


def _fitting(control: Control, model: type[Question]) -> Control:
    """The control without what this kind of question never takes (an answer that goes with no other, say)."""
    if control.name != "options" or getattr(model, "exclusive_allowed", True):
        return control
    return replace(control, inner=tuple(each for each in control.inner if each.name != "exclusive"))


@cache
def header_controls() -> tuple[Control, ...]:
    """The controls of everything around the questions."""
    return tuple(_controls(Definition, NOT_IN_HEADER))


@cache
def part_controls(field: str) -> tuple[Control, ...]:
    """The control of one field of a definition by itself, such as its sections; () where it has no such field."""
    return tuple(control for control in _controls(Definition, frozenset()) if control.name == field)


def list_of_words(name: str) -> Control:
    """The control of a list of texts, such as the words of a scale."""
    return Control(name, "list", is_required=True)


def _controls(model: type[BaseModel], leave_out: frozenset[str]) -> Iterator[Control]:
    for name, field in model.model_fields.items():
        if name not in leave_out and field.annotation is not type(None) and not _is_settled(field):
            yield _control(field.alias or name, field)


def _is_settled(field: FieldInfo) -> bool:
    """Whether there is only one thing it can be, which it is anyway (an agreement always asks for an answer)."""
    return get_origin(field.annotation) is Literal and get_args(field.annotation) == (field.default,)


def _control(name: str, field: FieldInfo) -> Control:
    if name == "audio":
        return Control(name, "spoken", is_required=False)
    core, _is_optional = _core(field.annotation)
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    if get_origin(core) is tuple:
        item = _core(get_args(core)[0])[0]
        if get_origin(item) is Literal:
            return Control(name, "options", field.is_required(), default, choices=tuple(map(str, get_args(item))))
        kind, inner = _several(name, item)
        return Control(name, kind, field.is_required(), (), inner=inner)
    if get_origin(core) is Literal:
        return Control(name, "choice", field.is_required(), default, choices=tuple(map(str, get_args(core))))
    kind = _one(name, core)
    inner = tuple(_controls(core, frozenset())) if kind == "model" and isinstance(core, type) else ()
    return Control(name, kind, field.is_required(), default, inner=inner)


def _several(name: str, core: object) -> tuple[Type, tuple[Control, ...]]:
    if core is Text:
        return "list", ()
    if isinstance(core, type) and issubclass(core, BaseModel):
        return "rows", tuple(_controls(core, frozenset()))
    if core in _SIMPLE:
        return _BY_NAME.get(name, "names"), ()
    return "yaml", ()


def _one(name: str, core: object) -> Type:
    own: dict[object, Type] = {Text: "words", Condition: "condition", bool: "flag"}
    if core in own:
        return own[core]
    if core in _SIMPLE - {str}:
        return "number"
    if core is str:
        return _BY_NAME.get(name, "line")
    return "model" if isinstance(core, type) and issubclass(core, BaseModel) else "yaml"


def _core(annotation: object) -> tuple[object, bool]:
    """The type behind `Annotated` and `| None`, and whether it may be left out."""
    if get_origin(annotation) is Annotated:
        return _core(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        others = [part for part in get_args(annotation) if part is not type(None)]
        core = _core(others[0])[0] if len(others) == 1 else annotation
        return core, len(others) < len(get_args(annotation))
    return annotation, False
