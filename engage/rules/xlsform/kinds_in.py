"""The question types of XLSForm as kinds of questions here, each with what it brings."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from engage.rules.marking import worded
from engage.rules.questionnaire.kinds import KINDS
from engage.rules.xlsform.choices import ChoiceList
from engage.rules.xlsform.expressions import NotSupportedError, Tree

_NEVER: Final = worded("tells who or when somebody is: that is never kept here")
_NOT_KEPT: Final = {
    **dict.fromkeys(
        ("start", "end", "today", "deviceid", "phonenumber", "username", "email", "audit", "subscriberid", "simserial"),
        _NEVER,
    ),
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "start-geopoint", "background-geopoint"), _NEVER),
    "background-audio": worded("nobody is recorded here without pressing record"),
    "calculate": worded("nothing is calculated here"),
    "hidden": worded("nothing is hidden here"),
    "begin_repeat": worded("nothing is asked several times here"),
    "end_repeat": worded("nothing is asked several times here"),
    "acknowledge": worded("ask for consent here, with a consent question"),
    "trigger": worded("ask for consent here, with a consent question"),
    "time": worded("times are not asked here; offer parts of the day as choices"),
    "datetime": worded("times are not asked here; ask for the date alone"),
    "barcode": worded("codes are not read here"),
    "video": worded("films are not taken in here"),
    "file": worded("only photos are taken in here; add an upload question for documents"),
    "xml-external": worded("is an instruction to another program"),
    "csv-external": worded("is an instruction to another program"),
    "select_one_from_file": worded("choices stand in the workbook, not in another file"),
    "select_multiple_from_file": worded("choices stand in the workbook, not in another file"),
}


@dataclass(frozen=True)
class Asking:
    """One row as its type needs it. `arguments` follow the type; `note` tells of what is not the same here."""

    arguments: tuple[str, ...]
    appearance: frozenset[str]
    parameters: Mapping[str, str]
    lists: Mapping[str, ChoiceList]
    note: Callable[[str], None]

    def choices(self, name: str | None = None) -> ChoiceList:
        """The list that the type names."""
        wanted = name or (self.arguments[0] if self.arguments else "")
        if wanted not in self.lists:
            raise NotSupportedError(worded("there is no list of choices “{wanted}”", wanted=wanted))
        return self.lists[wanted]


def question_of(kind: str, asking: Asking) -> Tree:
    """The fields that say what kind of question this is. Raises NotSupportedError for a type that has none here."""
    if kind in _NOT_KEPT:
        raise NotSupportedError(_NOT_KEPT[kind])
    make = _KINDS.get(kind)
    if make is None:
        raise NotSupportedError(worded("the type “{kind}” is not known here", kind=kind))
    made = make(asking)
    if made["kind"] not in KINDS:
        raise NotSupportedError(worded("there is no kind of question for “{kind}” here", kind=kind))
    return made


def _listed(kind: str) -> Callable[[Asking], Tree]:
    def make(asking: Asking) -> Tree:
        options = list(asking.choices().options)
        rest = asking.arguments[1:]
        if rest == ("or_other",) and kind != "ranking":
            if any(option["id"] == "other" for option in options):
                raise NotSupportedError(worded("has or_other beside a choice named other"))
            asking.note(worded("the choice “Other” of or_other is in English only: translate it here"))
            options.append({"id": "other", "text": {"en": {"plain": "Other"}}, "other": True})
        elif rest:
            raise NotSupportedError(worded("“{words}” after the list is not understood here", words=" ".join(rest)))
        return {"kind": kind, "options": options}

    return make


def _text(asking: Asking) -> Tree:
    return {"kind": "text", "length": "long" if "multiline" in asking.appearance else "short"}


def _number(decimals: int) -> Callable[[Asking], Tree]:
    def make(_asking: Asking) -> Tree:
        return {"kind": "number", **({"decimals": decimals} if decimals else {})}

    return make


def _range(asking: Asking) -> Tree:
    said = {name: asking.parameters.get(name, usual) for name, usual in (("start", "0"), ("end", "10"), ("step", "1"))}
    if not all(re.fullmatch(r"\d{1,4}", number) for number in said.values()):
        raise NotSupportedError(worded("start, end and step must be whole numbers from 0"))
    first, last, step = (int(said[name]) for name in ("start", "end", "step"))
    if "tick_labelset" not in asking.parameters:
        if step != 1:
            raise NotSupportedError(worded("needs words for its two ends: add tick_labelset=LIST to the parameters"))
        asking.note(worded("becomes a box for a number: a line needs words for its ends (tick_labelset=LIST)"))
        return {"kind": "number", "min": first, "max": last}
    found = asking.choices(asking.parameters["tick_labelset"])
    words = {option["id"]: option["text"] for option in found.options}
    if str(first) not in words or str(last) not in words:
        raise NotSupportedError(
            worded("its tick_labelset needs the choices {first} and {last}", first=first, last=last)
        )
    if set(words) - {str(first), str(last)}:
        asking.note(worded("only the words of the two ends are kept"))
    return {
        "kind": "slider",
        "from": first,
        "to": last,
        "step": step,
        "low": words[str(first)],
        "high": words[str(last)],
    }


def _date(asking: Asking) -> Tree:
    if "year" in asking.appearance:
        raise NotSupportedError(
            worded("a year alone is not asked as a date: offer years as choices, or ask for a number")
        )
    return {"kind": "date", "ask": "month" if "month-year" in asking.appearance else "date"}


def _image(asking: Asking) -> Tree:
    drawn = asking.appearance & _DRAWN
    if drawn - {"draw"}:
        raise NotSupportedError(worded("signatures and drawing on photos are not taken here"))
    return {"kind": "drawing"} if drawn else {"kind": "upload"}


_KINDS: Final[Mapping[str, Callable[[Asking], Tree]]] = {
    "select_one": _listed("single"),
    "select_multiple": _listed("multiple"),
    "rank": _listed("ranking"),
    "text": _text,
    "string": _text,
    "integer": _number(0),
    "int": _number(0),
    "decimal": _number(2),
    "range": _range,
    "note": lambda _asking: {"kind": "information"},
    "date": _date,
    "image": _image,
    "photo": _image,
    "audio": lambda _asking: {"kind": "audio"},
}
_DRAWN: Final = {"draw", "signature", "annotate"}
UNDERSTOOD: Final = {"text": {"multiline"}, "date": {"month-year", "year"}, "image": _DRAWN, "photo": _DRAWN}
"""Type -> the appearances that say something here, if only that it is refused."""
