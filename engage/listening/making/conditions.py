"""A condition as lines of a form: "all (or any) of: this was answered so". What is no such list stays as it is.

A line's test is `question=option`, or `question=*` for any answer at all.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.definition import Definition

ANY = "*"
Tree = dict[str, Any]


class Line(NamedTuple):
    """One line: `question=option`, and whether it must be so or must not."""

    test: str
    is_so: bool


class Lines(NamedTuple):
    """`join` is "all" or "any"."""

    join: str
    lines: tuple[Line, ...]


def to_lines(condition: Condition | None) -> Lines | None:
    """The condition as lines; None where it says more than lines can."""
    if condition is None:
        return Lines("all", ())
    group = condition.all_ or condition.any_
    if group is None:
        found = _expanded(condition)
        return Lines("any" if len(found) > 1 else "all", found) if found else None
    lines = [_expanded(part) for part in group]
    join = "all" if condition.all_ else "any"
    if not all(lines) or (join == "all" and any(len(line) > 1 for line in lines)):
        return None
    return Lines(join, tuple(line for part in lines for line in part))


def _expanded(condition: Condition) -> tuple[Line, ...]:
    """One simple test as lines ("any of these" is several); () for anything else."""
    if condition.not_ is not None and condition.not_.operator == "includes":
        return (Line(f"{condition.not_.question}={condition.not_.includes}", is_so=False),)
    if condition.question is None:
        return ()
    if condition.operator in {"answered", "not_answered"}:
        return (Line(f"{condition.question}={ANY}", is_so=condition.operator == "answered"),)
    is_so = condition.operator != "is_not"
    return tuple(Line(f"{condition.question}={option}", is_so) for option in condition.option_ids())


def from_lines(lines: Lines, definition: Definition) -> Tree | None:
    """The condition as plain data; None for no lines. The loader refuses questions that are not there."""
    found = [_test(line, definition) for line in lines.lines]
    if len(found) < 2:
        return found[0] if found else None
    return {lines.join: found}


def _test(line: Line, definition: Definition) -> Tree:
    name, _equals, option = line.test.partition("=")
    if option == ANY:
        return {"question": name, "answered" if line.is_so else "not_answered": True}
    if name in definition and definition.question(name).several:
        test: Tree = {"question": name, "includes": option}
        return test if line.is_so else {"not": test}
    return {"question": name, "is" if line.is_so else "is_not": option}


def read_lines(form: Mapping[str, Sequence[str]], name: str) -> Lines:
    """The lines in a form's fields `name.join`, `name.0.test`, `name.0.sign` ...; empty ones are left out."""
    lines: list[Line] = []
    number = 0
    while f"{name}.{number}.test" in form:
        test = form[f"{name}.{number}.test"][0]
        if test:
            lines.append(Line(test, (form.get(f"{name}.{number}.sign") or ["is"])[0] != "not"))
        number += 1
    return Lines("any" if (form.get(f"{name}.join") or [""])[0] == "any" else "all", tuple(lines))
