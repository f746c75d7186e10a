"""The ledger: what is public of the people now counted, and whose answers each table has."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engage.core.database import db
from engage.listening.surveys import forgetting
from engage.listening.surveys import queries as surveys
from engage.listening.surveys.queries import SurveyRow
from engage.rules.disclosure import Tables
from engage.rules.disclosure.audit import Part
from engage.rules.disclosure.ladder import Public
from engage.rules.disclosure.overlap import Chain, Line, Published, Relation, Word, public_of, renamed
from engage.rules.questionnaire.changes import counted_together
from engage.rules.questionnaire.definition import Definition
from engage.understanding.releases.models import Overlap, Release
from engage.understanding.releases.queries import counted_lines, frozen, latest, rows_of

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
    given_up_by: uuid.UUID | None


@dataclass(frozen=True)
class Entry:
    """One release in the ledger. names: what its columns are called there, by what they were called in it."""

    release_id: uuid.UUID
    names: Mapping[str, str]
    published: Published


def declared(survey_id: uuid.UUID) -> list[Declared]:
    """What is declared of a survey, from whichever side, by the other's slug; not what was taken back."""
    found = []
    for row in _pairs(survey_id):
        other = surveys.get_survey_by_id(_other(row, survey_id))
        if other is not None and row.ended_on is None:
            relation, who = _relation(row, survey_id), (row.declared_by, row.declared_on, row.given_up_by)
            found.append(Declared(row.id, other, relation, *who))
    return sorted(found, key=lambda one: one.other.slug)


def everything_said(survey_id: uuid.UUID) -> frozenset[frozenset[uuid.UUID]]:
    """All that was ever declared of a survey and of those that hang together with it: what stands, each by itself, and
    what was taken back as in `ended`."""
    standing = (frozenset({row.id}) for row in _together(survey_id) if row.ended_on is None)
    return frozenset((*standing, *ended(survey_id)))


def ended(survey_id: uuid.UUID) -> list[frozenset[uuid.UUID]]:
    """What was declared there and taken back; together what says the same of the same releases."""
    alike: dict[tuple[uuid.UUID, uuid.UUID, Relation, tuple[str, ...]], set[uuid.UUID]] = {}
    for row in _together(survey_id):
        if row.ended_on is not None:
            said = (row.survey_id, row.other_id, row.relation, tuple(sorted(row.stood_for)))
            alike.setdefault(said, set()).add(row.id)
    return [frozenset(found) for found in alike.values()]


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


def public_so_far(
    version_id: uuid.UUID,
    survey_id: uuid.UUID,
    *,
    older: Sequence[uuid.UUID] = (),
    without: Collection[uuid.UUID] = (),
) -> Public:
    """What was published before of the people who answer this version, and whose answers each release has.

    Earlier releases of the version and of the `older` ones counted with it, of every version that was counted with one
    of these, and those of every survey that was declared to be of the same people, or of the same as one of these: a
    team within a service is within its council. Nobody's answer is in two versions. What came out while a declaration
    stood is held although it was taken back since; without: declarations that are left out. Raises TooLarge where there
    are more groups than can be told apart.
    """
    told = _told((version_id, *older), survey_id, without)
    ids = [*told.theirs]
    words: list[Word] = [(ids.index(row.survey_id), ids.index(row.other_id), row.relation) for row in told.said]
    mine, *others = ([one.published for one in made] for made in told.theirs.values())
    lines = {str(one): forgetting.gone(one).deleted for one in (version_id, *older)}
    return public_of(mine, [Chain(made) for made in others], lines=lines, also=words)


def entries(
    version_id: uuid.UUID,
    survey_id: uuid.UUID,
    *,
    older: Sequence[uuid.UUID] = (),
    without: Collection[uuid.UUID] = (),
) -> list[Entry]:
    """The releases that `public_so_far` has as its sources, in the same order."""
    return [one for made in _told((version_id, *older), survey_id, without).theirs.values() for one in made]


@dataclass(frozen=True)
class _Told:
    """All that hangs together: what was said, and the releases of each survey it is of; the one now counted first."""

    said: Sequence[Overlap]
    theirs: Mapping[uuid.UUID, Sequence[Entry]]


def _told(versions: Sequence[uuid.UUID], survey_id: uuid.UUID, without: Collection[uuid.UUID]) -> _Told:
    """Never a part of it: of what was said nothing may make that less is held. versions: the newest first."""
    said = _reached([row for row in _together(survey_id) if row.id not in without], survey_id)
    others = [one for one in _named(said) if one != survey_id]
    theirs = {one: _chain(versions[0], one, _of(said, one)) for one in others}
    return _Told(said, {survey_id: _releases(survey_id, versions), **theirs})


def _named(rows: Sequence[Overlap]) -> list[uuid.UUID]:
    """The surveys that these declarations are of, in the order they come."""
    return list(dict.fromkeys(one for row in rows for one in (row.survey_id, row.other_id)))


def _of(rows: Sequence[Overlap], survey_id: uuid.UUID) -> list[Overlap]:
    return [row for row in rows if survey_id in {row.survey_id, row.other_id}]


def made_of(survey_ids: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Every release of these surveys that is out."""
    return list(db.session.scalars(sa.select(Release.id).where(Release.survey_id.in_(survey_ids)).order_by(Release.id)))


def standing(survey_id: uuid.UUID, *, is_held: bool = False) -> frozenset[tuple[uuid.UUID, bool]]:
    """What the ledger of a survey rests on: what was declared of its people and whether it still stands, and each
    release of all these surveys.

    is_held: in a write transaction; whoever stores a release of another of these surveys meanwhile waits for its end.
    """
    pairs = _together(survey_id, is_held=is_held)
    shared = {survey_id, *_named(pairs)}
    return frozenset((made, True) for made in made_of(shared)) | {(pair.id, pair.ended_on is None) for pair in pairs}


def _chain(version_id: uuid.UUID, other_id: uuid.UUID, rows: Sequence[Overlap]) -> list[Entry]:
    """The releases of another survey that these declarations hold, as they stand beside the version now counted."""
    other, newest = surveys.get_survey_by_id(other_id), latest(other_id, among=_out(rows))
    if other is None or newest is None:
        return []
    shared = alike(surveys.definition_of(version_id), surveys.definition_of(newest.version_id))
    return [_apart(each, other.slug, shared) for each in _releases(other_id, [newest.version_id], among=_out(rows))]


def _together(survey_id: uuid.UUID, *, is_held: bool = False) -> list[Overlap]:
    """Everything that was ever declared of a survey, of the others in it, of the others in those, and on."""
    every = sa.select(Overlap).order_by(Overlap.id)
    return _reached(db.session.scalars(every.with_for_update() if is_held else every).all(), survey_id)


def _reached(rows: Sequence[Overlap], survey_id: uuid.UUID) -> list[Overlap]:
    """Those by which one comes from this survey to others; the ones of the survey itself first."""
    known, found = {survey_id}, list[Overlap]()
    while more := [row for row in rows if row not in found and {row.survey_id, row.other_id} & known]:
        found += more
        known |= {*_named(more)}
    return found


def _pairs(survey_id: uuid.UUID) -> Sequence[Overlap]:
    """Everything that was ever declared of a survey itself."""
    mine = sa.or_(Overlap.survey_id == survey_id, Overlap.other_id == survey_id)
    return db.session.scalars(sa.select(Overlap).where(mine).order_by(Overlap.id)).all()


def _other(row: Overlap, survey_id: uuid.UUID) -> uuid.UUID:
    return row.survey_id if row.other_id == survey_id else row.other_id


def _relation(row: Overlap, survey_id: uuid.UUID) -> Relation:
    return row.relation.turned if row.other_id == survey_id else row.relation


def _out(rows: Sequence[Overlap]) -> frozenset[uuid.UUID] | None:
    """The releases that one of these pairs holds: all (None) while one stands, else those that came out before."""
    if any(row.ended_on is None for row in rows):
        return None
    return frozenset(uuid.UUID(each) for row in rows for each in row.stood_for)


def _dividing(definition: Definition) -> dict[str, tuple[str, ...]]:
    return {column.key: tuple(option.id for option in column.options) for column in definition.dividing}


def _releases(
    survey_id: uuid.UUID, versions: Sequence[uuid.UUID], among: Collection[uuid.UUID] | None = None
) -> list[Entry]:
    """The releases of some versions, the newest first, and of all that were counted together with one of them.

    What was blanked since a release was made is another column there: it holds people whom it no longer holds. So is a
    question that was asked otherwise.
    """
    made = [row for row in rows_of(survey_id) if among is None or row.id in among]
    columns = _Columns(versions[0])
    return [_entry(row, columns) for row in _linked(made, versions)]


def _linked(made: Sequence[Release], versions: Iterable[uuid.UUID]) -> list[Release]:
    known, found = {str(one) for one in versions}, list[Release]()
    while more := [row for row in made if row not in found and known & counted_lines(row).keys()]:
        found += more
        known.update(*(counted_lines(row) for row in more))
    return sorted(found, key=lambda row: row.number)


class _Columns:
    """What columns of versions are called: alike where a question stayed the same, which the newest version begins."""

    def __init__(self, newest: uuid.UUID) -> None:
        self._newest = newest
        self._known: dict[str, list[tuple[Definition, str]]] = {}
        self._blanked: list[uuid.UUID] = []

    def before(self, name: str, oldest: uuid.UUID) -> str:
        """A column before it was blanked so often, which is counted by the oldest version that a release has."""
        if oldest not in self._blanked:
            self._blanked.append(oldest)
        place = self._blanked.index(oldest)
        return f"{name}.{place}" if place else name

    def names(self, version_id: uuid.UUID) -> dict[str, str]:
        """The columns of a version's questions by their own keys."""
        for one in (self._newest, version_id):
            definition = surveys.definition_of(one)
            found = {
                column.key: self._name(definition, question.id, column.key)
                for question in definition.asked
                for column in question.columns()
            }
        return found

    def _name(self, definition: Definition, question_id: str, key: str) -> str:
        known = self._known.setdefault(key, [])
        for other, name in known:
            if other is definition or counted_together(other, definition, question_id):
                return name
        known.append((definition, f"{key}@{len(known)}" if known else key))
        return known[-1][1]


def oldest_of(release: Release) -> uuid.UUID:
    """The first of the versions that a release counts: what is blanked in it is blanked in all of them."""
    lines = counted_lines(release)
    listed = [version.id for version in surveys.list_versions(release.survey_id) if str(version.id) in lines]
    return listed[-1] if listed else release.version_id


def _entry(release: Release, columns: _Columns) -> Entry:
    tables, oldest = frozen(release), oldest_of(release)
    before, asked = release.rule.get(BLANKED, {}), columns.names(release.version_id)
    keys = (key for table in tables.tables for key in (table.question, *dict(table.filters)))
    names = {key: asked.get(key, key) for key in keys}
    for name, times in forgetting.gone(oldest).blanked.items():
        if times > before.get(name, 0):
            names[f"how.{name}"] = columns.before(f"how.{name}@{before.get(name, 0)}", oldest)
    return Entry(release.id, names, renamed(_published(release, tables), names))


def _apart(entry: Entry, slug: str, shared: frozenset[str]) -> Entry:
    """Another survey's questions are called by names of their own, but for the background that both ask alike."""
    names = {key: name if name in shared else f"{slug}:{name}" for key, name in entry.names.items()}
    again = {name: names[key] for key, name in entry.names.items()}
    return Entry(entry.release_id, names, renamed(entry.published, again))


def _published(release: Release, tables: Tables) -> Published:
    everyone = release.rule.get(EVERYONE)
    answered = None if everyone is None else frozenset[str](everyone)
    lines = {
        version: Line(line["deleted"], Part(frozenset(line["always"]), frozenset(line["never"])))
        for version, line in counted_lines(release).items()
    }
    return Published(tables, answered, lines=lines)
