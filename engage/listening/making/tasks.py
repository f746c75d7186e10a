"""One form of the builder: which controls, from which part of the definition, and how what was written goes back in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from engage.core import languages
from engage.core.errors import NotFound
from engage.listening.making import editing, starters
from engage.listening.making.fill import Tree, to_form, to_tree
from engage.listening.making.rows import Fields, Form, reorder, rows_in, without_blank_rows
from engage.listening.making.shape import Control, header_controls, list_of_words, part_controls, question_controls
from engage.listening.making.telling import kind_name
from engage.listening.making.views import Around
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds import KINDS
from engage.rules.questionnaire.load import tree_of
from engage.rules.questionnaire.texts import ENGLISH


@dataclass(frozen=True)
class Task:
    """A form. `place` is where its data stands in the definition, `touched` what must not have changed meanwhile.

    `read` gives the data as it stands in a definition; `write` a definition with other data.
    """

    title: str
    controls: Sequence[Control]
    around: Around
    place: str
    touched: str
    read: Callable[[Definition], Tree]
    write: Callable[[Definition, Tree], Definition]
    is_new: bool = False

    def shown(self, definition: Definition) -> Fields:
        """What the form holds when it is opened: new lists come with empty rows."""
        fields = to_form(self.read(definition), self.controls)
        if self.is_new:
            for control in self.controls:
                if control.begins_with_rows:
                    fields = _with_rows(fields, control.name, starters.BLANK_ROWS)
        return fields

    def tidied(self, form: Form) -> Fields:
        """The form without empty rows."""
        return without_blank_rows(form, self.controls)

    def edit(self, form: Form) -> editing.Edit:
        """What the form changes, for whatever the definition is by then."""
        return lambda now: self.write(now, to_tree(form, self.controls, self.read(now), now))


def rearranged(form: Form, deed: str) -> Fields:
    """The form after one button of a row: "rows:options:add", "rows:options:up:2", "rows:options:remove:2"."""
    _rows, name, act, *rest = [*deed.split(":"), "", "", ""]
    fields: Fields = {key: list(values) for key, values in form.items()}
    count = rows_in(form, name)
    at = int(rest[0]) if rest[0].isdecimal() else count
    if act == "add" and count < _MOST_ROWS:
        return _with_rows(fields, name, 1)
    if at >= count:
        return fields
    order = list(range(count))
    if act == "remove":
        order.remove(at)
    else:
        other = max(0, min(count - 1, at + (1 if act == "down" else -1)))
        order[at], order[other] = order[other], order[at]
    return reorder(form, name, order)


_MOST_ROWS = 60


def _with_rows(fields: Fields, name: str, more: int) -> Fields:
    return reorder(fields, name, [*range(rows_in(fields, name)), *([None] * more)])


def header(definition: Definition) -> Task:
    """Everything around the questions."""
    return Task(
        _("About the survey"),
        header_controls(),
        Around(definition, None, definition.questions),
        "",
        editing.HEADER,
        tree_of,
        _put_header,
    )


def _put_header(definition: Definition, tree: Tree) -> Definition:
    ticked = [code for code in tree.get("languages") or () if code in languages.codes()]
    in_order = [code for code in definition.languages if code in ticked]
    chosen = list(dict.fromkeys([ENGLISH, *in_order, *ticked]))
    kept = {
        name: {code: value for code, value in (tree.get(name) or {}).items() if code in chosen}
        for name in ("checked", "checked_by")
    }
    return editing.header(definition, {**tree, **kept, "languages": chosen})


def sections(definition: Definition) -> Task:
    """The survey's sections, where definitions have them."""
    controls = part_controls("sections")
    if not controls:
        raise NotFound("sections")
    around = Around(definition, None, definition.questions)
    return Task(_("Sections"), controls, around, "", editing.HEADER, tree_of, editing.header)


def scale(definition: Definition, name: str) -> Task:
    """The words of one scale."""
    if name not in definition.scales:
        raise NotFound(name)
    return Task(
        _("Scale “%(name)s”", name=name),
        (list_of_words("words"),),
        Around(definition, None, ()),
        f"scales.{name}",
        editing.HEADER,
        lambda now: {"words": editing.scales_of(now).get(name)},
        lambda now, tree: editing.with_scale(now, name, tree.get("words") or ()),
    )


def new_scale(definition: Definition) -> Task:
    """A scale that is not there yet; it is called by the words of its last point."""
    return Task(
        _("New scale"),
        (list_of_words("words"),),
        Around(definition, None, ()),
        "scales",
        editing.HEADER,
        lambda _now: {},
        lambda now, tree: editing.add_scale(now, tree.get("words") or ()),
        is_new=True,
    )


def question(definition: Definition, question_id: str) -> Task:
    """One question that is there."""
    if question_id not in definition:
        raise NotFound(question_id)
    index = [each.id for each in definition.questions].index(question_id)
    found = definition.question(question_id)
    return Task(
        found.text.say(ENGLISH).text,
        question_controls(found.kind),
        Around(definition, found, definition.questions[:index], found.kind),
        f"questions.{index}",
        question_id,
        lambda now: editing.question_tree(now, question_id),
        lambda now, tree: editing.put(now, question_id, _one_of_two(tree)),
    )


def new_question(definition: Definition, kind: str, after: str | None) -> Task:
    """A question that is not there yet."""
    if kind not in KINDS or (after is not None and after not in definition):
        raise NotFound(kind)
    ids = [each.id for each in definition.questions]
    index = ids.index(after) + 1 if after is not None else 0
    return Task(
        _("New question: %(kind)s", kind=kind_name(kind)),
        question_controls(kind),
        Around(definition, None, definition.questions[:index], kind),
        f"questions.{index}",
        f"new:{kind}",
        lambda _now: starters.question(kind),
        lambda now, tree: editing.add(now, {"id": editing.free_id(now, tree), **_one_of_two(tree)}, after),
        is_new=True,
    )


def _one_of_two(tree: Tree) -> Tree:
    """A ready scale goes before words written for this question alone."""
    return {name: value for name, value in tree.items() if not (name == "words" and tree.get("scale"))}
