"""What a release counts: the answers to each version in a snapshot of its own, by what the newest one asks."""

import json
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from math import prod
from pathlib import Path
from typing import cast

from engage.listening.surveys import queries as surveys
from engage.listening.surveys import queries_closed as closed
from engage.rules.disclosure import RawTable
from engage.rules.disclosure.audit import UNKNOWN, Nested, Truth
from engage.rules.disclosure.ladder import Counted
from engage.rules.questionnaire.answers import CHANNELS, SKIP, Answer
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.how import ABOUT
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.nested import within
from engage.understanding.releases import service_versions
from engage.understanding.releases.service_restricted import Asked
from engage.understanding.releases.snapshot import ABOUT as ABOUT_ALL
from engage.understanding.releases.snapshot import Column, Snapshot

_MOST_LEAVES = 5_000
ABOUT_PREFIX = "how."
"""What tables on how people answered are called by: no question has this id."""
ABOUT_ASKED = frozenset({f"{ABOUT_PREFIX}adult", f"{ABOUT_PREFIX}company"})
"""Those of them that people are asked for, where a survey does."""


def count_all(asked: Asked, folder: Path) -> Counted:
    """Every version's answers, each by itself: what it asked whom is known of its own people alone."""
    newest = surveys.definition_of(asked.version_id)
    asking = {version: surveys.definition_of(version) for version in asked.versions}
    left = frozenset(key for definition in asking.values() for key in _left_in(newest, definition))
    each = {version: _count(newest, definition, version, left, folder) for version, definition in asking.items()}
    if not asked.older:
        return each[asked.version_id]
    about = {version: frozenset() if one.asks_how else ABOUT_ASKED for version, one in asking.items()}
    return service_versions.pooled(asked.version_id, each, about)


def _left_in(newest: Definition, definition: Definition) -> Iterator[str]:
    """The questions counted of a version that people could leave there, as they may not in each of the others."""
    alike = service_versions.asked_alike(newest, definition)
    return (question.id for question in alike if definition.question(question.id).left)


def _count(
    newest: Definition, definition: Definition, version_id: uuid.UUID, left: Collection[str], folder: Path
) -> Counted:
    """The answers to one version: to what the newest asks, as far as this one asks it just so. left: the questions
    with a row for those who would rather not say.
    """
    questions = service_versions.asked_alike(newest, definition)
    columns, about = columns_of(questions, left), about_columns(definition)
    keys = {column.question for column in columns}
    dimensions = [column.key for column in newest.dividing if column.key in keys]
    dimensions += dividing_about(newest) if definition.asks_how else ()
    with Snapshot(folder, [*columns, *about]) as snapshot:
        rows = closed.stored_answers(version_id)
        counted = snapshot.write_stored(rows, [question.id for question in questions], partial(placed, definition))
        raw = list(_raw(snapshot, columns, dimensions))
        # How people answered stands by itself: crossed with a question it would say who needs what. Only whether an
        # adult was with them divides results, because it may have changed what was said.
        raw += [table for column in about for table in snapshot.count(column.question, ())]
        leaves = _leaves(snapshot, [*columns, *about], dimensions)
    values = {column.question: column.options for column in (*columns, *about) if column.question in dimensions}
    return Counted(raw, counted, values, leaves, nested_in(definition, raw))


def nested_in(definition: Definition, raw: Sequence[RawTable]) -> list[Nested]:
    """What lies within what, as the survey asks it; not what answers from elsewhere contradict."""
    bases = {(table.question, table.filters): table.base for table in raw}
    asked = (Nested(one.column, one.name, one.values) for one in within(definition))
    return [one for one in asked if _is_so(one, bases)]


def _is_so(nested: Nested, bases: Mapping[tuple[str, tuple[tuple[str, str], ...]], int]) -> bool:
    """Whether everybody who has an answer in the column is where the survey asks for it."""
    divided = {
        filters[0][1]: base
        for (question, filters), base in bases.items()
        if question == nested.column and [name for name, _ in filters] == [nested.name]
    }
    divided[UNKNOWN] = bases.get((nested.column, ()), 0) - sum(divided.values())
    return not any(people for value, people in divided.items() if value not in nested.values)


def _leaves(snapshot: Snapshot, columns: Sequence[Column], dimensions: Sequence[str]) -> Truth:
    """Every question by all dimensions at once, which nothing shows: one population for the audit to begin from."""
    sizes = [len(column.options) + 1 for column in columns if column.question in dimensions]
    if prod(sizes) > _MOST_LEAVES:
        return {}
    asked = [column.question for column in columns]
    return {one: snapshot.leaves(one, [name for name in dimensions if name != one]) for one in ("", *asked)}


def _raw(snapshot: Snapshot, columns: list[Column], dimensions: list[str]) -> Iterator[RawTable]:
    for column in columns:
        found = list(snapshot.count(column.question, [one for one in dimensions if one != column.question]))
        # Nobody was asked: an empty table, so that the question is not missing from the release.
        empty = RawTable.make(column.question, dict.fromkeys(column.options, 0), base=0, multiple=column.multiple)
        yield from found or [empty]


def placed(definition: Definition, key: str, stored: str) -> Mapping[str, Sequence[str]]:
    """What one answer puts into each column; for `ABOUT` what is said of how somebody answered."""
    if key != ABOUT_ALL:
        return definition.question(key).placed(cast("Answer", json.loads(stored)))
    about = zip(surveys.BACKGROUND, stored.split("|"), strict=True)
    return {f"{ABOUT_PREFIX}{name}": (value,) for name, value in about if value}


def dividing_about(definition: Definition) -> tuple[str, ...]:
    """What of how people answered divides results: whether an adult was with them, where the survey asks it."""
    return (f"{ABOUT_PREFIX}adult",) if definition.asks_how else ()


def about_columns(definition: Definition) -> list[Column]:
    """The columns that say how people answered: in which language, by which channel, with whom, in which modes."""
    words = {"language": definition.languages, "channel": CHANNELS, **ABOUT}
    return [Column(f"{ABOUT_PREFIX}{name}", tuple(options), multiple=False) for name, options in words.items()]


def columns_of(questions: Sequence[Question], left: Collection[str]) -> list[Column]:
    """The columns that results have tables for, each with its options and, where it is one of `left`, `SKIP`."""
    return [
        Column(column.key, (*(option.id for option in column.options), *_skip(question, left)), column.is_multiple)
        for question in questions
        for column in question.columns()
    ]


def _skip(question: Question, left: Collection[str]) -> tuple[str, ...]:
    return (SKIP,) if question.id in left else ()
