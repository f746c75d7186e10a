"""The part of XLSForm's constraints that is a limit here: numbers, months, letters, how many, none of these."""

import calendar
import re
from collections.abc import Mapping
from typing import Final

from engage.rules.marking import worded
from engage.rules.xlsform.expressions import NotSupportedError

Tree = dict[str, object]

_NUMBER: Final = re.compile(r"\.\s*(>=|<=|>|<)\s*(\d+)")
_DATE: Final = re.compile(r"\.\s*(>=|<=)\s*date\(\s*['\"](\d{4})-(\d{2})-(\d{2})['\"]\s*\)")
_LETTERS: Final = re.compile(r"string-length\(\s*\.\s*\)\s*(<=|<)\s*(\d+)")
_COUNT: Final = re.compile(r"count-selected\(\s*\.\s*\)\s*(<=|<)\s*(\d+)")
_ALONE: Final = re.compile(
    r"not\(\s*selected\(\s*\.\s*,\s*['\"]([^'\"]+)['\"]\s*\)\s+and\s+count-selected\(\s*\.\s*\)\s*>\s*1\s*\)"
)


def limits(expression: str, kind: str, options: Mapping[str, str]) -> Tree:
    """The fields of a question of this kind that say what `expression` does; `exclusive` lists option ids.

    Raises NotSupportedError for anything that is no such limit.
    """
    found: Tree = {}
    for part in _and_parts(expression):
        for name, value in _limit(part, kind, options).items():
            if name == "exclusive" and isinstance(value, list):
                known = found.get(name)
                found[name] = [*(known if isinstance(known, list) else []), *value]
            elif name in found:
                raise NotSupportedError(worded("sets the same limit twice: {part}", part=part))
            else:
                found[name] = value
    return found


def _and_parts(expression: str) -> list[str]:
    """The parts that `and` joins outside brackets."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(r"[()]|\sand\s", expression):
        if found.group() in "()":
            depth += 1 if found.group() == "(" else -1
        elif depth == 0:
            parts.append(expression[start : found.start()].strip())
            start = found.end()
    return [*parts, expression[start:].strip()]


def _limit(part: str, kind: str, options: Mapping[str, str]) -> Tree:
    if kind in {"number", "decimal"} and (number := _NUMBER.fullmatch(part)):
        if kind == "decimal" and number[1] in {"<", ">"}:
            raise NotSupportedError(
                worded("“{part}” leaves out its own limit: write {sign}= with whole numbers", part=part, sign=number[1])
            )
        return _number(number[1], int(number[2]))
    if kind == "date" and (date := _DATE.fullmatch(part)):
        return _month(date[1], int(date[2]), int(date[3]), int(date[4]))
    if kind == "text" and (letters := _LETTERS.fullmatch(part)):
        return {"most": int(letters[2]) - (letters[1] == "<")}
    if kind == "multiple" and (count := _COUNT.fullmatch(part)):
        return {"most": int(count[2]) - (count[1] == "<")}
    if kind == "multiple" and (alone := _ALONE.fullmatch(part)):
        if alone[1] not in options:
            raise NotSupportedError(worded("there is no choice '{choice}'", choice=alone[1]))
        return {"exclusive": [options[alone[1]]]}
    raise NotSupportedError(worded("“{part}” is not a limit that can be kept here", part=part))


def _number(sign: str, number: int) -> Tree:
    if sign in {">", ">="}:
        return {"min": number + (sign == ">")}
    return {"max": number - (sign == "<")}


def _month(sign: str, year: int, month: int, day: int) -> Tree:
    if not 1 <= month <= 12 or year < 1:
        raise NotSupportedError(worded("is no date"))
    last = calendar.monthrange(year, month)[1]
    if sign == ">=" and day == 1:
        return {"earliest": f"{year:04}-{month:02}"}
    if sign == "<=" and day == last:
        return {"latest": f"{year:04}-{month:02}"}
    wanted = worded("the first day") if sign == ">=" else worded("the last day ({last})", last=last)
    raise NotSupportedError(worded("limits of a date are whole months here: write {wanted} of a month", wanted=wanted))
