"""Which versions' answers a release counts together, and the counts of several as those of one survey.

A question that stayed the same is counted of everybody who was asked it; of a version that had it otherwise, or not at
all, nobody was asked.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engage.core import audit
from engage.listening.surveys import queries as surveys
from engage.rules.disclosure import RawTable
from engage.rules.disclosure.audit import UNKNOWN, Leaves, Part, Truth
from engage.rules.disclosure.ladder import Counted
from engage.rules.questionnaire.changes import counted_together
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.understanding.releases import queries
from engage.understanding.releases.models import Release

CLOSED = "closed"
"""Whether a survey was closed when a release was made: then the release holds all of its answers."""
OPENED = "survey-opened"
"""What the trail says when it begins to take answers, again or for the first time."""


def asked_alike(newest: Definition, definition: Definition) -> tuple[Question, ...]:
    """The questions of the newest version that a version asks just so."""
    if definition is newest:
        return newest.asked
    return tuple(question for question in newest.asked if counted_together(definition, newest, question.id))


def older_of(survey: surveys.SurveyRow, newest: surveys.VersionRow) -> tuple[uuid.UUID, ...]:
    """The versions before the newest that are counted with it, newest first: those that may have answers which no
    release holds. What was counted together once stays together.

    It rests on what was published and released and when, never on how many answers there are.
    """
    made, listed = queries.rows_of(survey.id), surveys.list_versions(survey.id)
    last = queries.counted_lines(made[-1]) if made else {}
    together = set(last) if str(newest.id) in last else set()
    asked = surveys.definition_of(newest.id)
    return tuple(
        version.id
        for version in listed
        if version.number < newest.number
        and (str(version.id) in together or _waits(survey.id, version, made))
        and _is_alike(asked, surveys.definition_of(version.id))
    )


def _is_alike(newest: Definition, older: Definition) -> bool:
    return newest.threshold == older.threshold and bool(asked_alike(newest, older))


def _waits(survey_id: uuid.UUID, version: surveys.VersionRow, made: Sequence[Release]) -> bool:
    """Whether answers to it may have come since it was last counted, while it was the newest.

    What came first is what stands first in the trail: on one day a survey can be frozen, opened and replaced.
    """
    holding = [row for row in made if str(version.id) in queries.counted_lines(row)]
    if not holding or not holding[-1].rule.get(CLOSED):
        return True
    frozen, events = _place_of(holding[-1]), audit.trail(survey_id)
    after = [
        place
        for place, event in enumerate(events)
        if event.action == "survey-version-published" and event.detail.get("number") == version.number + 1
    ]
    return any(
        event.action == OPENED and event.position > frozen for event in events[: after[0] if after else len(events)]
    )


def openings(survey_id: uuid.UUID) -> int:
    """How often a survey was opened so far, by its trail."""
    return sum(event.action == OPENED for event in audit.trail(survey_id))


def _place_of(release: Release) -> int:
    """Where in the trail it was frozen."""
    return next((event.position for event in audit.trail(release.id) if event.action == "release-frozen"), 0)


def held(survey_id: uuid.UUID, versions: Sequence[uuid.UUID]) -> int:
    """How many answers to these versions the release that last counted each one had: private."""
    counted: dict[str, int] = {}
    for row in queries.rows_of(survey_id):
        counted |= {version: line["counted"] for version, line in queries.counted_lines(row).items()}
    return sum(counted.get(str(version), 0) for version in versions)


def pooled(newest: uuid.UUID, each: Mapping[uuid.UUID, Counted], about: Mapping[uuid.UUID, frozenset[str]]) -> Counted:
    """Several versions' counts as one survey's. about: the columns that each was not asked beside its questions."""
    first = each[newest]
    tables: dict[tuple[str, object], RawTable] = {}
    for table in (table for counted in each.values() for table in counted.tables):
        before = tables.get((table.question, table.filters))
        tables[table.question, table.filters] = _sum(before, table) if before else table
    columns = frozenset(table.question for table in first.tables)
    parts = {
        str(version): Part(
            always=counted.everyone - about[version],
            never=columns.difference(table.question for table in counted.tables) | about[version],
            nested=counted.nested,
        )
        for version, counted in each.items()
    }
    total = sum(counted.total for counted in each.values())
    leaves = _leaves(first.leaves, [counted.leaves for counted in each.values()])
    return Counted(tuple(tables.values()), total, first.dimensions, leaves, parts=parts)


def _sum(one: RawTable, other: RawTable) -> RawTable:
    """Both together; a language that only one of them has counts nobody in the other."""
    counts = dict(one.counts)
    for option, people in other.counts:
        counts[option] = counts.get(option, 0) + people
    return replace(one, counts=tuple(counts.items()), base=one.base + other.base)


def _leaves(shape: Truth, each: Sequence[Truth]) -> Truth:
    if not all(each):
        return {}
    return {
        key: Leaves(whole.names, dict(_through(whole.names, [truth[key] for truth in each if key in truth])))
        for key, whole in shape.items()
    }


def _through(names: tuple[str, ...], each: Sequence[Leaves]) -> Iterator[tuple[tuple[str, ...], Mapping[str, int]]]:
    """All of them by these dimensions; of what somebody was not asked nothing is known."""
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for one in each:
        for leaf, people in one.counts.items():
            known = dict(zip(one.names, leaf, strict=True))
            seen = found.setdefault(tuple(known.get(name, UNKNOWN) for name in names), {})
            for block, count in people.items():
                seen[block] = seen.get(block, 0) + count
    yield from found.items()
