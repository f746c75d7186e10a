"""The part of XLSForm's expressions that the closed operators can say, read without evaluating anything."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from engage.rules.marking import worded
from engage.rules.questionnaire.conditions import Condition

Tree = dict[str, object]

DEEPEST: Final = 20
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<ref>\$\{\s*[^{}\s]+\s*\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z-]*)|(?P<sign><=|>=|!=|[=<>(),.+*/|-]))"
)


class NotSupportedError(ValueError):
    """The expression says something that the closed operators cannot; the message says what."""


class Asked:
    """What is known of the questions above: whether an id can be used, and how its options are chosen."""

    def __init__(self, kinds: Mapping[str, str], options: Mapping[str, Mapping[str, str]]) -> None:
        self.kinds = kinds
        """Name in the workbook -> kind here."""
        self.options = options
        """Name in the workbook -> name of a choice -> option id here."""

    def kind(self, name: str) -> str:
        if name not in self.kinds:
            raise NotSupportedError(worded("${{{name}}} is no question above this row", name=name))
        return self.kinds[name]

    def option(self, name: str, choice: str) -> str:
        found = self.options.get(name)
        if found is None:
            raise NotSupportedError(
                worded("${{{name}}} is not answered by choices; only whether it is answered can be asked", name=name)
            )
        if choice not in found:
            raise NotSupportedError(worded("${{{name}}} has no choice '{choice}'", name=name, choice=choice))
        return found[choice]


def relevant(expression: str, asked: Asked, ids: Mapping[str, str]) -> Tree:
    """The condition that `expression` says, as plain data. `ids` gives the id here of a name there.

    Raises NotSupportedError for everything but ${q} = 'x', != 'x', = '', != '', selected(${q}, 'x'), and, or, not().
    """
    reader = _Reader(tokens(expression), asked, ids)
    tree = reader.either(0)
    if reader.left:
        raise NotSupportedError(worded("“{token}” is not understood here", token=reader.left[0]))
    return tree


def tokens(expression: str) -> list[str]:
    """The pieces of an expression; raises NotSupportedError where it is none."""
    found: list[str] = []
    at, text = 0, expression.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or len(found) > 500:
            raise NotSupportedError(worded("“{token}” is not understood here", token=text[at : at + 20].strip()))
        found.append(match.group().strip())
        at = match.end()
    return found


class _Reader:
    """Reads tokens from the left: or, and, then one test."""

    def __init__(self, left: list[str], asked: Asked, ids: Mapping[str, str]) -> None:
        self.left = left
        self._asked = asked
        self._ids = ids

    def either(self, depth: int) -> Tree:
        parts = [self._both(depth)]
        while self.left[:1] == ["or"]:
            self.left.pop(0)
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else _any(parts)

    def _both(self, depth: int) -> Tree:
        parts = [self._one(depth)]
        while self.left[:1] == ["and"]:
            self.left.pop(0)
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else _all(parts)

    def _one(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise NotSupportedError(worded("has too many brackets inside each other"))
        first = self._take()
        if first == "(":
            inner = self.either(depth + 1)
            self._expect(")")
            return inner
        if first == "not":
            self._expect("(")
            inner = self.either(depth + 1)
            self._expect(")")
            return {"not": inner}
        if first == "selected":
            return self._selected()
        if first.startswith("$"):
            return self._compared(_name(first))
        raise NotSupportedError(worded("“{token}” is not understood here", token=first))

    def _selected(self) -> Tree:
        self._expect("(")
        name = self._reference()
        self._expect(",")
        choice = self._value()
        self._expect(")")
        operator = "includes" if self._asked.kind(name) == "multiple" else "is"
        return {"question": self._id(name), operator: self._asked.option(name, choice)}

    def _compared(self, name: str) -> Tree:
        sign = self._take()
        if sign not in {"=", "!="}:
            raise NotSupportedError(
                worded("“{sign}” compares amounts; a condition here looks at chosen answers only", sign=sign)
            )
        choice = self._value()
        kind, question = self._asked.kind(name), self._id(name)
        if choice == "":
            return {"question": question, "not_answered" if sign == "=" else "answered": True}
        if kind == "multiple":
            raise NotSupportedError(
                worded(
                    "${{{name}}} may have several answers: write selected(${{{name}}}, '{choice}')",
                    name=name,
                    choice=choice,
                )
            )
        option = self._asked.option(name, choice)
        if sign == "=":
            return {"question": question, "is": option}
        # There, "not this one" is also true of no answer at all; here only if that is said.
        return {"any": [{"question": question, "is_not": option}, {"question": question, "not_answered": True}]}

    def _id(self, name: str) -> str:
        self._asked.kind(name)
        return self._ids[name]

    def _reference(self) -> str:
        token = self._take()
        if not token.startswith("$"):
            raise NotSupportedError(worded("“{token}” should be a question: ${{name}}", token=token))
        return _name(token)

    def _value(self) -> str:
        token = self._take()
        if token[:1] in {"'", '"'}:
            return token[1:-1]
        if re.fullmatch(r"-?\d+(\.\d+)?", token):
            return token
        raise NotSupportedError(worded("“{token}” should be a choice in quotes", token=token))

    def _take(self) -> str:
        if not self.left:
            raise NotSupportedError(worded("ends too soon"))
        return self.left.pop(0)

    def _expect(self, token: str) -> None:
        found = self._take()
        if found != token:
            raise NotSupportedError(worded("“{found}” stands where “{token}” should", found=found, token=token))


def _name(reference: str) -> str:
    return reference[2:-1].strip()


def _any(parts: list[Tree]) -> Tree:
    """One of several; several choices of one question become any_of."""
    same = {part.get("question") for part in parts}
    if len(same) == 1 and all("is" in part for part in parts):
        return {"question": same.pop(), "any_of": [part["is"] for part in parts]}
    return {"any": parts}


def _all(parts: list[Tree]) -> Tree:
    """All of several; `answered, and not this one or not answered` is what `is_not` says."""
    if len(parts) == 2 and parts[0].get("answered") and "any" in parts[1]:
        inner = parts[1]["any"]
        question = parts[0]["question"]
        if isinstance(inner, list) and [one.get("question") for one in inner] == [question, question]:
            return {"question": question, "is_not": inner[0].get("is_not")} if "is_not" in inner[0] else {"all": parts}
    return {"all": parts}


def written(condition: Condition, is_multiple: Mapping[str, bool]) -> str:
    """The condition as an XLSForm expression that `relevant` reads back to the same meaning."""
    if condition.question is not None:
        return _leaf(condition, f"${{{condition.question}}}", is_multiple=is_multiple.get(condition.question, False))
    if condition.not_ is not None:
        return f"not({written(condition.not_, is_multiple)})"
    joined = " and " if condition.all_ is not None else " or "
    parts = list(_parts(condition, is_multiple))
    return parts[0] if len(parts) == 1 else "(" + joined.join(parts) + ")"


def _parts(condition: Condition, is_multiple: Mapping[str, bool]) -> Iterator[str]:
    for inner in (*(condition.all_ or ()), *(condition.any_ or ())):
        yield written(inner, is_multiple)


def _leaf(condition: Condition, reference: str, *, is_multiple: bool) -> str:
    if condition.operator == "answered":
        return f"{reference} != ''"
    if condition.operator == "not_answered":
        return f"{reference} = ''"
    if condition.operator == "includes" or is_multiple:
        return f"selected({reference}, '{condition.includes}')"
    if condition.operator == "is_not":
        return f"({reference} != '' and {reference} != '{condition.is_not}')"
    parts = [f"{reference} = '{option}'" for option in condition.option_ids()]
    return parts[0] if len(parts) == 1 else "(" + " or ".join(parts) + ")"
