"""Releases one after the other: only questions that were asked in the same words, only numbers that were published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from flask_babel import gettext as _

from engage.rules.disclosure import Rule, Table, share
from engage.rules.questionnaire.answers import SKIP
from engage.rules.questionnaire.changes import same_question
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.choice import OnScale
from engage.understanding.releases.views_shape import points_of
from engage.understanding.releases.views_words import Asked, asked_of, label_of, people_words

MOST: Final = 8
"""How many releases stand beside each other; the newest are shown."""


@dataclass(frozen=True)
class Frozen:
    """One release with what was asked and its tables over everybody, by their key."""

    number: int
    label: str
    definition: Definition
    tables: Mapping[str, Table]
    rule: Rule


@dataclass(frozen=True)
class TrendView:
    """One question over releases. `points`: the share of one answer for a line, empty where there is none to draw.

    `changed`: what to say where an earlier release asked something else, so that its numbers are left out.
    """

    id: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    points: tuple[Mapping[str, Any], ...]
    line: str
    changed: str


def trends(releases: Sequence[Frozen], language: str) -> list[TrendView]:
    """Every question of the newest release, beside the earlier ones that asked the same. `releases`: oldest first."""
    newest = releases[-1]
    return [
        _trend(asked, newest, releases)
        for key, asked in asked_of(newest.definition, language).items()
        if key in newest.tables
    ]


def _trend(asked: Asked, newest: Frozen, releases: Sequence[Frozen]) -> TrendView:
    same = [one for one in releases if _is_same(asked, newest, one)]
    numbers = {one.number for one in same}
    left = [one.label for one in releases if one.number not in numbers]
    options = [cell.option for cell in newest.tables[asked.key].cells if cell.option != SKIP]
    top = _top(newest.definition, asked, options)
    points = tuple({"label": one.label, "value": _percent(one, asked.key, top)} for one in same)
    drawn = sum(point["value"] is not None for point in points) > 1
    changed = _("Asked differently, or not at all, in: %(releases)s.", releases=", ".join(left)) if left else ""
    return TrendView(
        id=f"o-{asked.key.replace('.', '-')}",
        title=asked.title,
        header=(_("Answer"), *(one.label for one in same), _("Change")),
        rows=tuple(_row(asked, option, same) for option in options),
        points=points if drawn else (),
        line=_("The line is the share of those who said “%(answer)s”.", answer=label_of(asked.labels, top)),
        changed=str(changed),
    )


def _is_same(asked: Asked, newest: Frozen, one: Frozen) -> bool:
    if asked.key not in one.tables or asked.question not in one.definition:
        return False
    # Where small groups were put together in one of them and not in the other, no row is about the same people.
    options = [{cell.option for cell in each[asked.key].cells} - {SKIP} for each in (one.tables, newest.tables)]
    return options[0] == options[1] and same_question(
        one.definition.question(asked.question), newest.definition.question(asked.question)
    )


def _top(definition: Definition, asked: Asked, options: Sequence[str]) -> str:
    """The answer that a line follows: the best of a scale, else the first."""
    question = definition.question(asked.question)
    best = points_of(question)[-1] if isinstance(question, OnScale) else options[0]
    return best if best in options else options[0]


def _percent(one: Frozen, key: str, option: str) -> int | None:
    return share(one.tables[key], option, one.rule).percent


def _row(asked: Asked, option: str, same: Sequence[Frozen]) -> tuple[str, ...]:
    tables = [one.tables[asked.key] for one in same]
    counts = [table.count(option) for table in tables]
    words = [people_words(table.count(option), one.rule, table.reason) for table, one in zip(tables, same, strict=True)]
    return (label_of(asked.labels, option), *words, _change(counts))


def _change(counts: Sequence[int | None]) -> str:
    """What happened between the last two, in words; nothing while one of them is hidden."""
    [*_earlier, (before, now)] = list(pairwise(counts)) or [(None, None)]
    if before is None or now is None:
        return ""
    if before == now:
        return str(_("about the same"))
    return str(_("about %(before)s → about %(now)s", before=before, now=now))
