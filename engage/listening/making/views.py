"""What a form's templates are given: every control with its words, what stands in it, what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from engage.core import languages
from engage.listening.library.kinds import ItemKind
from engage.listening.making.labels import choice_of, label_of
from engage.listening.making.picks import Group, Pick, library_picks, symbol_picks, tests
from engage.listening.making.plainly import plainly
from engage.listening.making.rows import Form, first, rows_in
from engage.listening.making.shape import Control
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.load import DefinitionError
from engage.rules.questionnaire.signed import SIGNED
from engage.rules.questionnaire.texts import ENGLISH, Text

BLANK_LINES = 2


@dataclass(frozen=True)
class Row:
    """One row of a list; `was` is the number it had when the form was first shown."""

    number: int
    was: str
    name: str
    parts: tuple["Part", ...]


@dataclass(frozen=True)
class Part:
    """One control as drawn. `id` is that of its first element; `optional` may be left empty."""

    type: str
    name: str
    id: str
    label: str
    hint: str
    optional: bool = False
    value: str = ""
    easy: str = ""
    values: tuple[str, ...] = ()
    picks: tuple[Pick, ...] = ()
    groups: tuple[Group, ...] = ()
    parts: tuple["Part", ...] = ()
    rows: tuple[Row, ...] = ()
    behind: bool = False
    aside: bool = False
    error: str = ""

    def inside(self) -> Iterator["Part"]:
        """This control and every one inside it."""
        yield self
        for part in (*self.parts, *(part for row in self.rows for part in row.parts)):
            yield from part.inside()


@dataclass(frozen=True)
class Around:
    """What the controls of one form may choose from: the survey, the question as it is saved, and earlier ones."""

    definition: Definition
    question: Question | None
    earlier: tuple[Question, ...]
    kind: str = ""

    def later(self) -> Iterator[tuple[str, Text]]:
        """The questions after this one, then the sections: where a way can lead."""
        ids = [question.id for question in self.definition.questions]
        at = ids.index(self.question.id) + 1 if self.question is not None else len(self.earlier)
        yield from ((question.id, question.text) for question in self.definition.questions[at:])
        yield from ((section.id, section.title) for section in self.definition.sections)


def parts_of(controls: Sequence[Control], form: Form, around: Around) -> tuple[Part, ...]:
    """Every control of a form with what stands in it."""
    return tuple(_part(control, control.name, form, around, (around.kind, "question")) for control in controls)


def with_errors(parts: Sequence[Part], told: Mapping[str, str]) -> tuple[Part, ...]:
    """The same controls, each with what is wrong with it."""
    return tuple(
        replace(
            part,
            error=told.get(part.name, ""),
            parts=with_errors(part.parts, told),
            rows=tuple(replace(row, parts=with_errors(row.parts, told)) for row in part.rows),
        )
        for part in parts
    )


def _part(control: Control, name: str, form: Form, around: Around, scopes: tuple[str, ...]) -> Part:
    words = label_of(control.name, *scopes)
    part = Part(
        control.type,
        name,
        f"f-{name}",
        str(words.label),
        str(words.hint),
        optional=not control.is_required,
        value=first(form, name),
        values=tuple(form.get(name, ())),
        behind=control.is_behind,
        aside=control.is_aside,
    )
    if control.type == "words":
        return replace(part, value=first(form, f"{name}.plain"), easy=first(form, f"{name}.easy"))
    if control.type in {"list", "rows"}:
        return replace(part, rows=tuple(_rows(control, name, form, around)))
    if control.type == "model":
        inner = (_part(each, f"{name}.{each.name}", form, around, (control.name,)) for each in control.inner)
        return replace(part, parts=tuple(inner))
    if control.type == "spoken":
        return replace(part, parts=tuple(_spoken(part, form, around)))
    if control.type == "condition":
        return _condition(part, form, around)
    return replace(part, picks=_picks(control, part, form, around))


def _spoken(part: Part, form: Form, around: Around) -> Iterator[Part]:
    """A choice among the recordings for each language of the survey."""
    for code in around.definition.languages:
        name = f"{part.name}.{code}"
        chosen = first(form, name)
        picks = _with_chosen(library_picks(ItemKind.SOUND, code), chosen)
        label = languages.get(code).english_name
        yield Part("media", name, f"f-{name}", label, "", optional=True, value=chosen, picks=picks)


def _rows(control: Control, name: str, form: Form, around: Around) -> Iterator[Row]:
    inner = control.inner or (Control("text", "words", is_required=True),)
    for number in range(rows_in(form, name)):
        row = f"{name}.{number}"
        at = (f"{row}.{each.name}" if control.inner else row for each in inner)
        scopes = (control.name,)
        parts = tuple(_part(each, place, form, around, scopes) for each, place in zip(inner, at, strict=True))
        yield Row(number, first(form, f"{row}.was"), row, parts)


def _condition(part: Part, form: Form, around: Around) -> Part:
    """Its lines, then a few empty ones; `value` is how they are joined, or "kept" where it is no list of lines."""
    if first(form, f"{part.name}.kept"):
        return replace(part, value="kept")
    count = 0
    while f"{part.name}.{count}.test" in form:
        count += 1
    lines = [(first(form, f"{part.name}.{n}.test"), first(form, f"{part.name}.{n}.sign")) for n in range(count)]
    lines = [line for line in lines if line[0]] + [("", "is")] * BLANK_LINES
    rows = tuple(
        Row(number, sign, f"{part.name}.{number}", (replace(part, type="test", value=test),))
        for number, (test, sign) in enumerate(lines)
    )
    # Where a question leads to may rest on its own answer, once it is saved and has one to choose.
    leads = part.name.startswith(("skips.", "ends.")) and bool(around.kind)
    own = around.question if leads else None
    later = str(_("Save the question first; then its answers can be chosen here."))
    return replace(
        part,
        value=first(form, f"{part.name}.join") or "all",
        rows=rows,
        groups=tests(around.earlier, own),
        hint=later if leads and own is None else part.hint,
    )


def _picks(control: Control, part: Part, form: Form, around: Around) -> tuple[Pick, ...]:
    if control.choices:
        is_open = control.type == "choice" and control.default is None and not control.is_required
        nothing = (Pick("", _("As usual")),) if is_open else ()
        return (*nothing, *(Pick(value, choice_of(control.name, value)) for value in control.choices))
    if control.type == "symbol":
        beside = part.name.removesuffix("symbol")
        about = first(form, f"{beside}text.plain") or first(form, f"{beside}title.plain")
        return symbol_picks(part.value, first(form, f"{part.name}.find"), about)
    if control.type == "media":
        sort = ItemKind.FILM if control.name == "bsl" else ItemKind(control.name)
        return _with_chosen(library_picks(sort, SIGNED if control.name == "bsl" else ""), part.value)
    if control.name == "languages":
        return tuple(Pick(code, languages.get(code).english_name) for code in languages.codes())
    return tuple(Pick(value, text.say(ENGLISH).text) for value, text in _own(control, around))


def _with_chosen(picks: tuple[Pick, ...], chosen: str) -> tuple[Pick, ...]:
    """The choices, and what was chosen even where it cannot be any more: saving a form changes nothing by itself."""
    is_lost = chosen and chosen not in {pick.value for pick in picks}
    return (*picks, Pick(chosen, _("%(name)s (no longer in the library)", name=chosen))) if is_lost else picks


def _own(control: Control, around: Around) -> Iterator[tuple[str, Text]]:
    """What the survey itself offers to choose from."""
    if control.type == "section":
        yield from ((section.id, section.title) for section in around.definition.sections)
    elif control.type == "later":
        yield from around.later()
    elif control.type == "question":
        yield from ((question.id, question.text) for question in around.earlier if question.options())
    elif control.type == "options" and around.question is not None:
        yield from ((option.id, option.text) for option in around.question.options() or ())
    elif control.type == "scale":
        for name, texts in around.definition.scales.items():
            yield name, Text.english(", ".join(text.say(ENGLISH).text for text in texts)[:200])


def problems(error: DefinitionError, parts: Sequence[Part], place: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """What the loader found, by control ("" for what has no control here), and as lines of an error summary.

    `place` is where the form's data stands in the definition ("questions.3"; "" for the header).
    """
    known = {part.name: part for top in parts for part in top.inside()}
    told: dict[str, str] = {}
    summary: list[dict[str, str]] = []
    for fault in error.problems:
        is_here = fault.path == place or fault.path.startswith(f"{place}." if place else "")
        name = _nearest(fault.path[len(place) + 1 if place else 0 :], known) if is_here else ""
        words = plainly(fault.message, fault.write, known[name].label if name else "")
        told.setdefault(name, words)
        summary.append({"text": words, "href": f"#{known[name].id}"} if name else {"text": words})
    return told, summary


def _nearest(path: str, known: Mapping[str, Part]) -> str:
    """The control a path leads to, or the one around it."""
    steps = [step for step in path.split(".") if step != ENGLISH]
    while steps and ".".join(steps) not in known:
        steps.pop()
    return ".".join(steps)
