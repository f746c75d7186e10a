"""The ledger: what is public of the people now counted, and whose answers each table has."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engage.core.database import db
from engage.listening.surveys import forgetting
from engage.listening.surveys import queries as surveys
from engage.listening.surveys.queries import SurveyRow
from engage.rules.disclosure import Tables
from engage.rules.disclosure.ladder import Public
from engage.rules.disclosure.overlap import Chain, Published, Relation, public_of, renamed
from engage.rules.questionnaire.definition import Definition
from engage.understanding.releases.models import Overlap, Release
from engage.understanding.releases.queries import frozen_tables, latest

EVERYONE, DELETED, BLANKED = "everyone", "deleted", "blanked"
"""What a release keeps beside its rule: the columns in which everybody it counts has an answer; how many answers of its
version had been deleted, and how often each background had been blanked, by then."""


@dataclass(frozen=True)
class Declared:
    """What a person has declared of a survey's people: they are the same as another's, some of them, or more."""

    id: uuid.UUID
    other: SurveyRow
    relation: Relation
    declared_by: uuid.UUID
    declared_on: date


@dataclass(frozen=True)
class Entry:
    """One release in the ledger. names: what its columns are called there, by what they were called in it."""

    release_id: uuid.UUID
    names: Mapping[str, str]
    published: Published


def declared(survey_id: uuid.UUID) -> list[Declared]:
    """What was declared of a survey, from whichever side, by the other's slug."""
    mine = sa.or_(Overlap.survey_id == survey_id, Overlap.other_id == survey_id)
    found = []
    for row in db.session.scalars(sa.select(Overlap).where(mine)):
        is_turned = row.other_id == survey_id
        other = surveys.get_survey_by_id(row.survey_id if is_turned else row.other_id)
        if other is not None:
            relation = row.relation.turned if is_turned else row.relation
            found.append(Declared(row.id, other, relation, row.declared_by, row.declared_on))
    return sorted(found, key=lambda one: one.other.slug)


def candidates(survey: SurveyRow) -> list[SurveyRow]:
    """The surveys that may be answered by the same people: for the same audience, with a background question alike."""
    mine = survey.definition
    if mine is None:
        return []
    return [
        row
        for row in surveys.list_surveys()
        if row.id != survey.id
        and (other := row.definition) is not None
        and other.threshold == mine.threshold
        and alike(mine, other)
    ]


def alike(one: Definition, other: Definition) -> frozenset[str]:
    """The background questions that both ask with the same id and options: the same person answers the same."""
    theirs = _dividing(other)
    return frozenset(key for key, options in _dividing(one).items() if theirs.get(key) == options)


def public_so_far(version_id: uuid.UUID, survey_id: uuid.UUID) -> Public:
    """What was published before of the people who answer this version, and whose answers each release has.

    Earlier releases of the version, and those of every survey that was declared to be of the same people. Another
    version asks anew: nobody's answer is in two. Raises TooLarge where there are more groups than can be told apart.
    """
    earlier, *others = _chains(version_id, survey_id)
    chains = [Chain([one.published for one in entries], relation) for relation, entries in others if relation]
    return public_of([one.published for one in earlier[1]], chains, deleted=forgetting.gone(version_id).deleted)


def entries(version_id: uuid.UUID, survey_id: uuid.UUID) -> list[Entry]:
    """The releases that `public_so_far` has as its sources, in the same order."""
    return [one for _, found in _chains(version_id, survey_id) for one in found]


def standing(survey_id: uuid.UUID, *, is_held: bool = False) -> frozenset[uuid.UUID]:
    """What the ledger of a survey rests on: what was declared of its people, and each release of all these surveys.

    is_held: in a write transaction; whoever stores a release of another of these surveys meanwhile waits for its end.
    """
    mine = sa.select(Overlap).where(sa.or_(Overlap.survey_id == survey_id, Overlap.other_id == survey_id))
    mine = mine.order_by(Overlap.id)
    pairs = db.session.scalars(mine.with_for_update() if is_held else mine).all()
    shared = {survey_id, *(one for pair in pairs for one in (pair.survey_id, pair.other_id))}
    made = db.session.scalars(sa.select(Release.id).where(Release.survey_id.in_(shared)))
    return frozenset(made) | {pair.id for pair in pairs}


def _chains(version_id: uuid.UUID, survey_id: uuid.UUID) -> list[tuple[Relation | None, list[Entry]]]:
    """The releases of the version now counted, then those of each survey that was declared to be of the same people."""
    found: list[tuple[Relation | None, list[Entry]]] = [(None, _releases(version_id))]
    for one in declared(survey_id):
        newest = latest(one.other.id)
        if newest is not None:
            shared = alike(surveys.definition_of(version_id), surveys.definition_of(newest.version_id))
            found.append((
                one.relation,
                [_apart(each, one.other.slug, shared) for each in _releases(newest.version_id)],
            ))
    return found


def _dividing(definition: Definition) -> dict[str, tuple[str, ...]]:
    return {column.key: tuple(option.id for option in column.options) for column in definition.dividing}


def _releases(version_id: uuid.UUID) -> list[Entry]:
    """What was blanked since a release was made is another column there: it holds people whom it no longer holds."""
    blanked = forgetting.gone(version_id).blanked
    return [_entry(release, tables, blanked) for release, tables in frozen_tables(version_id)]


def _entry(release: Release, tables: Tables, blanked: Mapping[str, int]) -> Entry:
    before = release.rule.get(BLANKED, {})
    names = {key: key for table in tables.tables for key in (table.question, *dict(table.filters))}
    for name, times in blanked.items():
        if times > before.get(name, 0):
            names[f"how.{name}"] = f"how.{name}@{before.get(name, 0)}"
    return Entry(release.id, names, renamed(_published(release, tables), names))


def _apart(entry: Entry, slug: str, shared: frozenset[str]) -> Entry:
    """Another survey's questions are called by names of their own, but for the background that both ask alike."""
    names = {key: name if name in shared else f"{slug}:{name}" for key, name in entry.names.items()}
    again = {name: names[key] for key, name in entry.names.items()}
    return Entry(entry.release_id, names, renamed(entry.published, again))


def _published(release: Release, tables: Tables) -> Published:
    everyone = release.rule.get(EVERYONE)
    answered = None if everyone is None else frozenset[str](everyone)
    return Published(tables, answered, int(release.rule.get(DELETED, 0)))
