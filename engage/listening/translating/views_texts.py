"""One screen's texts side by side, as the translation page shows them. Frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from flask_babel import gettext as _

from engage.listening.translating.views import Screen, Tag
from engage.rules.exchange.segments import Remark, Segment, Variant, placeholders, segments, wording
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.freshness import CHECKED, State
from engage.rules.questionnaire.texts import Words
from engage.rules.questionnaire.translations import Unit
from engage.web.layout import language
from engage.web.words import said_in


@dataclass(frozen=True)
class Box:
    """One wording: the English, and the box for the other language. `was` are the pieces of a change (kind, words)."""

    variant: Variant
    name: str
    english: str
    typed: str
    rows: int
    error: str
    was: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Pair:
    """One text on the page of a screen."""

    id: str
    key: str
    label: str
    state: Tag
    is_stale: bool
    fits: bool
    keep: str
    boxes: tuple[Box, ...]


def pairs(
    definition: Definition,
    code: str,
    screen: Screen,
    earlier: Mapping[str, Words],
    typed: Mapping[str, str] | None = None,
    remarks: tuple[Remark, ...] = (),
) -> list[Pair]:
    """The texts of a screen. `earlier` has the English a stale one was made from; `typed` what a refused form held."""
    errors = {remark.unit: said_in(remark.reason, language()) for remark in remarks}
    found: dict[str, list[Segment]] = {}
    for segment in segments(definition, code):
        found.setdefault(segment.unit.key, []).append(segment)
    return [
        _pair(number, found[unit.key], earlier.get(unit.key), typed, errors)
        for number, unit in enumerate(screen.units, 1)
    ]


def _pair(
    number: int,
    parts: list[Segment],
    earlier: Words | None,
    typed: Mapping[str, str] | None,
    errors: Mapping[str, str],
) -> Pair:
    unit, state = parts[0].unit, parts[0].state
    kept = sorted({name for part in parts for name in placeholders(part.source)})
    return Pair(
        id=f"text-{number}",
        key=unit.key,
        label=_label(unit),
        state=_state_tag(state),
        is_stale=state == "stale",
        fits=bool(typed and typed.get(f"{unit.key}:fits")),
        keep=", ".join(kept),
        boxes=tuple(_box(part, earlier, typed, errors) for part in parts),
    )


def _box(part: Segment, earlier: Words | None, typed: Mapping[str, str] | None, errors: Mapping[str, str]) -> Box:
    return Box(
        variant=part.variant,
        name=part.key,
        english=part.source,
        typed=part.target if typed is None else typed.get(part.key, ""),
        rows=max(2, -(-max(len(part.source), len(part.target)) // 42)),
        error=errors.get(part.key, ""),
        was=change(wording(earlier, part.variant), part.source) if earlier is not None else (),
    )


def change(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """What changed, word by word, as (same | out | in, words); () where nothing did."""
    old, new = before.split(), after.split()
    if old == new:
        return ()
    pieces: list[tuple[str, str]] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", " ".join(old[i:j])))
            continue
        pieces.extend([("out", " ".join(old[i:j]))] if j > i else [])
        pieces.extend([("in", " ".join(new[k:m]))] if m > k else [])
    return tuple(pieces)


def _state_tag(state: State) -> Tag:
    if state in CHECKED:
        return Tag(_("Checked by children") if state == "child" else _("Checked by a speaker"), "good")
    return {
        "missing": Tag(_("To translate"), "plain"),
        "stale": Tag(_("The English has changed"), "wait"),
    }.get(state, Tag(_("Not checked"), "quiet"))


def _label(unit: Unit) -> str:
    last = unit.key.split(".")[-1]
    named = {
        "title": _("The survey's name"),
        "who": _("Who is asking?"),
        "why": _("Why?"),
        "known": _("Will you know it is me?"),
        "reads": _("Who reads it, and when?"),
        "limits": _("When would you tell someone?"),
        "expectation": _("What can this not change?"),
        "after": _("What happens after?"),
        "thanks": _("Thank you"),
        "hint": _("The line under it"),
        "name_label": _("The box for a name"),
        "reach_label": _("The box for how to reach them"),
        "reach_hint": _("The line under that box"),
        "say": _("What is said then"),
        "agree": _("Words to agree"),
        "disagree": _("Words to say no"),
        "low": _("Words at the beginning"),
        "high": _("Words at the end"),
        "alt": _("What the picture shows"),
        "unit": _("Unit"),
    }
    *above, _last = unit.place.split(".")
    part = _member(above)
    if last == "text" and unit.question_id is not None:
        return part or str(_("The question"))
    if last == "alt" and part:
        return f"{part}: {named[last]}"
    if above[:1] == ["sections"] and last == "title":
        return str(_("Title"))
    if last.isdigit():
        return str(_("Point %(number)s", number=int(last) + 1))
    return str(named.get(last, last.replace("_", " ")))


def _member(above: list[str]) -> str:
    """ "Answer 3": which one of several a text belongs to; "" where it belongs to none."""
    if len(above) < 2 or not above[-1].isdigit() or above[-2] not in {"options", "rows"}:
        return ""
    number = int(above[-1]) + 1
    return str(_("Answer %(number)s", number=number) if above[-2] == "options" else _("Line %(number)s", number=number))
