"""Plain data of a definition as the fields of a form, and back. What a form doesn't show (translations) is kept.

A field is named by its path ("text.plain", "options.2.symbol"). A row carries in `options.2.was` the number it had, so
that what the form doesn't show moves with it.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from engage.listening.making.conditions import from_lines, read_lines, to_lines
from engage.listening.making.rows import Fields, Form, first, new_id, rows_in
from engage.listening.making.shape import Control
from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.texts import ENGLISH
from engage.rules.questionnaire.tree import FaultyTreeError, as_yaml, read_tree

Tree = dict[str, Any]


def to_form(tree: Tree, controls: Sequence[Control], prefix: str = "") -> Fields:
    """What stands in the form's fields for this data."""
    fields: Fields = {}
    for control in controls:
        value = tree.get(control.name, control.default)
        fields |= _WRITERS.get(control.type, _line_out)(value, control, prefix + control.name)
    return fields


def to_tree(form: Form, controls: Sequence[Control], old: Tree, definition: Definition, prefix: str = "") -> Tree:
    """The data that the form's fields give; `old` holds what they don't show. Never raises: the loader judges it."""
    tree = dict(old)
    for control in controls:
        name = prefix + control.name
        value = _READERS.get(control.type, _line_in)(form, control, name, old.get(control.name), definition)
        if value is None:
            tree.pop(control.name, None)
        else:
            tree[control.name] = value
    return tree


def _words_out(value: Any, _control: Control, name: str) -> Fields:
    english = (value or {}).get(ENGLISH, {}) if isinstance(value, dict) else {}
    if isinstance(english, str):
        english = {"plain": english}
    return {f"{name}.plain": [english.get("plain", "")], f"{name}.easy": [english.get("easy") or ""]}


def _list_out(value: Any, control: Control, name: str) -> Fields:
    fields: Fields = {}
    for number, words in enumerate(value or ()):
        fields |= {f"{name}.{number}.was": [str(number)]} | _words_out(words, control, f"{name}.{number}")
    return fields


def _rows_out(value: Any, control: Control, name: str) -> Fields:
    fields: Fields = {}
    for number, row in enumerate(value or ()):
        fields |= {f"{name}.{number}.was": [str(number)]} | to_form(row, control.inner, f"{name}.{number}.")
    return fields


def _model_out(value: Any, control: Control, name: str) -> Fields:
    return to_form(value or {}, control.inner, f"{name}.")


def _condition_out(value: Any, _control: Control, name: str) -> Fields:
    lines = to_lines(Condition.model_validate(value) if value else None)
    if lines is None:
        return {f"{name}.kept": ["yes"]}
    fields: Fields = {f"{name}.join": [lines.join]}
    for number, line in enumerate(lines.lines):
        fields |= {f"{name}.{number}.test": [line.test], f"{name}.{number}.sign": ["is" if line.is_so else "not"]}
    return fields


def _spoken_out(value: Any, _control: Control, name: str) -> Fields:
    return {f"{name}.{language}": [slug] for language, slug in (value or {}).items()}


def _flag_out(value: Any, _control: Control, name: str) -> Fields:
    return {name: ["yes"]} if value else {}


def _names_out(value: Any, _control: Control, name: str) -> Fields:
    return {name: [" ".join(str(each) for each in value or ())]}


def _options_out(value: Any, _control: Control, name: str) -> Fields:
    return {name: list(value or ())}


def _yaml_out(value: Any, _control: Control, name: str) -> Fields:
    return {name: [as_yaml(value) if value else ""]}


def _line_out(value: Any, _control: Control, name: str) -> Fields:
    return {name: ["" if value is None else str(value)]}


_WRITERS: Final[dict[str, Callable[[Any, Control, str], Fields]]] = {
    "words": _words_out,
    "list": _list_out,
    "rows": _rows_out,
    "model": _model_out,
    "condition": _condition_out,
    "spoken": _spoken_out,
    "flag": _flag_out,
    "names": _names_out,
    "options": _options_out,
    "yaml": _yaml_out,
}


def _words_in(form: Form, control: Control, name: str, old: Any, _definition: Definition) -> Any:
    plain, easy = first(form, f"{name}.plain"), first(form, f"{name}.easy")
    if not plain and not easy and not control.is_required:
        return None
    before = old if isinstance(old, dict) else {}
    return {**before, ENGLISH: {"plain": plain, **({"easy": easy} if easy else {})}}


def _list_in(form: Form, _control: Control, name: str, old: Any, definition: Definition) -> Any:
    inner = Control("", "words", is_required=True)
    found = [
        _words_in(form, inner, f"{name}.{number}", _was(form, f"{name}.{number}", old), definition)
        for number in range(rows_in(form, name))
    ]
    return found or None


def _rows_in(form: Form, control: Control, name: str, old: Any, definition: Definition) -> Any:
    rows = [
        to_tree(form, control.inner, _was(form, f"{name}.{number}", old) or {}, definition, f"{name}.{number}.")
        for number in range(rows_in(form, name))
    ]
    if any(inner.type == "id" for inner in control.inner):
        words = next((inner.name for inner in control.inner if inner.type == "words"), "")
        taken = {row["id"] for row in rows if row.get("id")}
        for number, row in enumerate(rows, start=1):
            if not row.get("id"):
                said = row.get(words, {}).get(ENGLISH, {}).get("plain", "")
                row["id"] = new_id(said, taken, f"{control.name[:-1]}_{number}")
                taken.add(row["id"])
    return rows or None


def _was(form: Form, row: str, old: Any) -> Any:
    """What stood in the row before, wherever it stood."""
    number = first(form, f"{row}.was")
    is_known = number.isdecimal() and isinstance(old, list | tuple) and int(number) < len(old)
    return old[int(number)] if is_known else None


def _model_in(form: Form, control: Control, name: str, old: Any, definition: Definition) -> Any:
    tree = to_tree(form, control.inner, old or {}, definition, f"{name}.")
    needed = [inner.name for inner in control.inner if inner.is_required]
    return None if not control.is_required and not any(tree.get(each) for each in needed) else tree


def _condition_in(form: Form, _control: Control, name: str, old: Any, definition: Definition) -> Any:
    if f"{name}.kept" in form:
        return old if first(form, f"{name}.kept") == "yes" else None
    lines = read_lines(form, name)
    if old is not None and to_lines(Condition.model_validate(old)) == lines:
        return old
    return from_lines(lines, definition)


def _spoken_in(form: Form, _control: Control, name: str, old: Any, definition: Definition) -> Any:
    """A recording for each language of the survey; those of other languages stay as they are."""
    given = {code: first(form, f"{name}.{code}") for code in definition.languages if f"{name}.{code}" in form}
    return {code: slug for code, slug in {**(old or {}), **given}.items() if slug} or None


def _flag_in(form: Form, _control: Control, name: str, _old: Any, _definition: Definition) -> Any:
    return name in form


def _names_in(form: Form, _control: Control, name: str, _old: Any, _definition: Definition) -> Any:
    return re.split(r"[\s,;]+", first(form, name)) if first(form, name) else None


def _options_in(form: Form, _control: Control, name: str, _old: Any, _definition: Definition) -> Any:
    return [value for value in form.get(name, ()) if value] or None


def _yaml_in(form: Form, _control: Control, name: str, _old: Any, _definition: Definition) -> Any:
    try:
        return read_tree(first(form, name))[0]
    except FaultyTreeError as error:
        return str(error)  # a line of letters where data belongs: the loader says so at this field


def _line_in(form: Form, _control: Control, name: str, _old: Any, _definition: Definition) -> Any:
    return first(form, name) or None


_READERS: Final[dict[str, Callable[[Form, Control, str, Any, Definition], Any]]] = {
    "words": _words_in,
    "list": _list_in,
    "rows": _rows_in,
    "model": _model_in,
    "condition": _condition_in,
    "spoken": _spoken_in,
    "flag": _flag_in,
    "names": _names_in,
    "options": _options_in,
    "yaml": _yaml_in,
}
