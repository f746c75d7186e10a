"""What pydantic says of a value that does not fit, in sentences of our own: its own are English and speak of Python."""

from collections.abc import Mapping
from typing import Final

from pydantic_core import ErrorDetails

from engage.rules.marking import Worded, filled, joined, to_translate, worded, worded_of
from engage.rules.questionnaire.kinds.base import InconsistentError

_SENTENCES: Final[Mapping[str, str]] = {
    "string_type": to_translate("has to be words"),
    "string_too_short": to_translate("has too few letters: at least {min_length}"),
    "string_too_long": to_translate("has too many letters: at most {max_length}"),
    "string_pattern_mismatch": to_translate("is not written as it has to be"),
    "literal_error": to_translate("is none of these: {expected}"),
    "too_short": to_translate("has too few: at least {min_length}"),
    "too_long": to_translate("has too many: at most {max_length}"),
    "greater_than_equal": to_translate("is too low: at least {ge}"),
    "less_than_equal": to_translate("is too high: at most {le}"),
    "greater_than": to_translate("is too low: more than {gt}"),
    "less_than": to_translate("is too high: less than {lt}"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), to_translate("is no whole number")),
    **dict.fromkeys(("bool_type", "bool_parsing"), to_translate("is neither true nor false")),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), to_translate("has to be a list")),
    **dict.fromkeys(
        ("dict_type", "model_type", "model_attributes_type"), to_translate("needs names and values below it")
    ),
}


def said_of(details: ErrorDetails) -> Worded:
    """One sentence about one thing that does not fit; what pydantic alone can say stands in brackets."""
    context = details.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, InconsistentError):
        return joined(part for problem in cause.problems for part in (problem.message, problem.write))
    if isinstance(cause, ValueError):
        said = worded_of(cause)
        return said if isinstance(said, Worded) else worded("does not fit here ({reason})", reason=said)
    kind = details["type"]
    if kind == "string_too_short" and context.get("min_length") == 1:
        return worded("is empty")
    if kind not in _SENTENCES:
        return worded("does not fit here ({reason})", reason=details["msg"])
    return filled(_SENTENCES[kind], {name: _plain(value) for name, value in context.items()})


def _plain(value: object) -> str:
    """Without the English between the last two of several."""
    return str(value).replace("' or '", "', '")
