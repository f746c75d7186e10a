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
    now = forgetting.gone(version_id)
    earlier = _releases(version_id, now.blanked)
    others = [chain for one in declared(survey_id) if (chain := _other(version_id, one)) is not None]
    return public_of(earlier, others, deleted=now.deleted)


def _dividing(definition: Definition) -> dict[str, tuple[str, ...]]:
    return {column.key: tuple(option.id for option in column.options) for column in definition.dividing}


def _releases(version_id: uuid.UUID, blanked: Mapping[str, int]) -> list[Published]:
    """What was blanked since a release was made is another column there: it holds people whom it no longer holds."""
    return [
        renamed(_published(release, tables), blanked_since(release, blanked))
        for release, tables in frozen_tables(version_id)
    ]


def blanked_since(release: Release, blanked: Mapping[str, int]) -> dict[str, str]:
    """The columns of a release that were blanked after it, by what they are called since."""
    before = release.rule.get(BLANKED, {})
    return {
        f"how.{name}": f"how.{name}@{before.get(name, 0)}"
        for name, times in blanked.items()
        if times > before.get(name, 0)
    }


def _other(version_id: uuid.UUID, one: Declared) -> Chain | None:
    """The releases of another survey, its questions under names of their own but for the background they share."""
    newest = latest(one.other.id)
    if newest is None:
        return None
    shared = alike(surveys.definition_of(version_id), surveys.definition_of(newest.version_id))
    found = []
    for release in _releases(newest.version_id, forgetting.gone(newest.version_id).blanked):
        keys = {table.question for table in release.tables.tables} | {
            name for table in release.tables.tables for name, _ in table.filters
        }
        found.append(renamed(release, {key: f"{one.other.slug}:{key}" for key in keys - shared}))
    return Chain(found, one.relation)


def _published(release: Release, tables: Tables) -> Published:
    everyone = release.rule.get(EVERYONE)
    answered = None if everyone is None else frozenset[str](everyone)
    return Published(tables, answered, int(release.rule.get(DELETED, 0)))
