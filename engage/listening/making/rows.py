"""Rows of a form: a list's items, each under its number; added, moved and left empty without any script."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from engage.listening.making.shape import Control

Form = Mapping[str, Sequence[str]]
Fields = dict[str, list[str]]

_ID_LETTERS: Final = 30


def received(form: Mapping[str, Sequence[str]]) -> Fields:
    """What a browser sent, with plain line ends and without signs that nobody can see or type."""
    return {name: [_visible(value) for value in values] for name, values in form.items()}


def _visible(value: str) -> str:
    lines = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"})


def rows_in(form: Form, name: str) -> int:
    """How many rows a form holds of a list."""
    count = 0
    while f"{name}.{count}.was" in form:
        count += 1
    return count


def reorder(form: Form, name: str, order: Sequence[int | None]) -> Fields:
    """The form with the rows of a list in another order; None stands for a new, empty row."""
    pattern = re.compile(rf"{re.escape(name)}\.(\d+)\.(.*)")
    fields: Fields = {key: list(values) for key, values in form.items() if not pattern.fullmatch(key)}
    rows: dict[int, Fields] = {}
    for key, values in form.items():
        found = pattern.fullmatch(key)
        if found:
            rows.setdefault(int(found[1]), {})[found[2]] = list(values)
    for number, old in enumerate(order):
        row = rows.get(old, {}) if old is not None else {"was": [""]}
        fields |= {f"{name}.{number}.{rest}": values for rest, values in row.items()}
    return fields


def without_blank_rows(form: Form, controls: Sequence[Control], prefix: str = "") -> Fields:
    """The form without rows nobody wrote in, so that a row's number is its place in the data."""
    fields: Fields = {key: list(values) for key, values in form.items()}
    for control in controls:
        name = prefix + control.name
        if control.type in {"list", "rows"}:
            kept = [number for number in range(rows_in(fields, name)) if _is_filled(fields, f"{name}.{number}.")]
            fields = reorder(fields, name, kept)
    return fields


def _is_filled(form: Form, prefix: str) -> bool:
    quiet = (".was", ".sign", ".join", ".id")
    return any(
        value.strip()
        for key, values in form.items()
        if key.startswith(prefix) and not key.endswith(quiet)
        for value in values
    )


def first(form: Form, name: str) -> str:
    """The one value of a field, trimmed; "" where it was not sent."""
    values = form.get(name) or [""]
    return values[0].strip()


def new_id(words: str, taken: set[str], otherwise: str) -> str:
    """A short name from the first words of a text, one that nothing has yet."""
    letters = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    while len(letters) > _ID_LETTERS and "_" in letters:
        letters = letters.rpartition("_")[0]
    base = letters[:_ID_LETTERS] if letters[:1].isalpha() else otherwise
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}_{count}"
    return name
