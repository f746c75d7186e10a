"""The verb of releases: freeze what may be seen of a survey's closed answers."""

import hashlib
import json
import time
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from engage.core import audit, clock
from engage.core.database import begin_write
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.ids import new_id
from engage.listening.surveys import forgetting
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import queries_closed as closed
from engage.listening.surveys.kinds import SurveyState
from engage.rules.disclosure import Rule, Tables, may_release, next_release_day
from engage.rules.disclosure.audit import Budget, Part, TooLarge
from engage.rules.disclosure.ladder import Counted, Descent, Public, descend
from engage.rules.disclosure.overlap import public_of
from engage.understanding.releases import (
    queries,
    queries_ledger,
    service_counting,
    service_restricted,
    service_tries,
    service_versions,
)
from engage.understanding.releases.models import PublishedTable, Release

_COVERS_REASONS = "covers_reasons"


@dataclass(frozen=True)
class Place:
    """Where snapshots lie while they are counted, and the day of the month from which a further release may be made.

    `clock`: seconds, for the outermost stop of the audit alone.
    """

    folder: Path
    release_day: int
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True)
class Basis:
    """What an audit rests on: the ledger, what is no more, how many were taken back and still stand, and how often the
    survey was opened. Its release is stored only while that is still so.
    """

    ledger: frozenset[tuple[uuid.UUID, bool]]
    gone: Mapping[uuid.UUID, forgetting.Gone]
    left_out: Mapping[uuid.UUID, int]
    openings: int


def make_release(slug: str, place: Place, by: uuid.UUID | None) -> uuid.UUID:
    """Freeze the survey's answers now, as finely as the audit lets them be seen; the new release's id.

    Answers to earlier versions that no release holds are counted with the newest, where something of them is alike;
    where nothing passes with them, those to the newest are by themselves.
    Raises NotFound for an unknown survey; Refused ("release-too_few", "release-before_day", "release-too_few_new") when
    results may not be frozen yet; ("release-differencing", "release-overlap_wrong", "release-contradicts") when nothing
    passes beside what is public, what was declared or its own earlier releases; ("release-cannot_be") when no people at
    all could have answered so; ("release-too_many_said") when that is too much to look at; ("release-asked_often") when
    one of these was said twice in a week (`service_tries.note`).
    Conflict when what it was audited beside changed, or answers it counts were deleted. A refusal says no number.
    """
    survey = surveys.get_survey(slug)
    if survey is None or survey.version is None:
        raise NotFound
    older = service_versions.older_of(survey, survey.version)
    try:
        return _make(survey, survey.version, older, place, by)
    except Refused as refusal:
        told = {*service_tries.TELLING, "release-too_many_said"}
        if refusal.reason not in told or not any(map(closed.count_version, older)):
            raise
        together = refusal
    try:
        return _make(survey, survey.version, (), place, by)
    except Refused as refusal:
        # What was found out of all together was found out, and counts as such, whatever is said of the newest alone.
        raise refusal if refusal.reason in service_tries.TELLING else together from None


def _make(
    survey: surveys.SurveyRow, version: surveys.VersionRow, old: Sequence[uuid.UUID], place: Place, by: uuid.UUID | None
) -> uuid.UUID:
    asked = service_restricted.Asked(survey.id, version.id, tuple(filter(closed.count_version, old)))
    definition, basis = surveys.definition_of(version.id), _basis(asked)
    rule = Rule.for_audience("staff" if definition.threshold == "staff" else "children")
    now = _decide(survey, asked, rule, place.release_day)
    counted = service_counting.count_all(asked, place.folder)
    public, descent, tables = _passed(asked, counted, rule, place)
    release = Release(
        id=new_id(),
        survey_id=survey.id,
        version_id=version.id,
        number=0,
        frozen_on=clock.today(),
        made_by=by,
        version_sha256=version.sha256,
        rule=_rule(tables.rule, counted, survey.state)
        | _lines(now, counted, basis)
        | {queries.LISTED: [str(version.id), *map(str, old)]},
        base=tables.base,
        counted=sum(now.values()),
        rung=descent.rung,
        audit=[asdict(step) for step in descent.steps],
        sha256="",
    )
    exact = service_restricted.prepare(asked, tables, counted, public, Budget.of(place.clock))
    release_id = _store(release, tables, asked, basis)
    service_restricted.make(release, exact)
    return release_id


def _passed(
    asked: service_restricted.Asked, counted: Counted, rule: Rule, place: Place
) -> tuple[Public, Descent, Tables]:
    """What `_audited` finds and the tables that passed. Refused where none did."""
    public, descent = _audited(asked, counted, rule, place)
    if descent.tables is not None:
        return public, descent, descent.tables
    cannot_be = not _fits(descent) and _cannot_be(counted, rule, place)
    raise Refused("release-cannot_be" if cannot_be else _why_nothing(descent, asked.survey_id))


def _audited(asked: service_restricted.Asked, counted: Counted, rule: Rule, place: Place) -> tuple[Public, Descent]:
    """What is public of these people, and how finely the answers may be seen beside it.

    What was said and taken back cannot be taken back again. Where it contradicts what stands, the answers are looked at
    beside every choice of all that was said which can be true.
    """
    public = _public(asked)
    descent = descend(counted, rule, public, Budget.of(place.clock))
    if _fits(descent) or not _stands(asked, counted, rule, place):
        return public, descent
    doubted = _doubted(asked)
    return doubted, descend(counted, rule, doubted, Budget.of(place.clock))


def _stands(asked: service_restricted.Asked, counted: Counted, rule: Rule, place: Place) -> bool:
    """Whether all that was said and not taken back can be true together. If not, whoever said it is to look again."""
    taken_back = frozenset[uuid.UUID]().union(*queries_ledger.ended(asked.survey_id))
    return _fits(descend(counted, rule, _public(asked, without=taken_back), Budget.of(place.clock)))


def _doubted(asked: service_restricted.Asked) -> Public:
    """What is public of these people, and the same with less and less of what was said."""
    everything = queries_ledger.everything_said(asked.survey_id)

    @cache
    def beside(said: frozenset[frozenset[uuid.UUID]]) -> Public:
        without = frozenset[uuid.UUID]().union(*everything - said)
        public = _public(asked, without=without)
        return replace(public, said=said, less=lambda: (beside(said - {one}) for one in sorted(said, key=sorted)))

    return beside(everything)


def _cannot_be(counted: Counted, rule: Rule, place: Place) -> bool:
    """Whether these answers contradict what the survey says of whom it asks, by themselves: nothing that is said or
    taken back of other surveys changes that."""
    alone = public_of([], lines=dict.fromkeys(counted.parts, 0))
    return not _fits(descend(counted, rule, alone, Budget.of(place.clock)))


def _why_nothing(descent: Descent, survey_id: uuid.UUID) -> str:
    if _fits(descent):
        return "release-differencing"
    stands = queries_ledger.everything_said(survey_id) - {*queries_ledger.ended(survey_id)}
    return "release-overlap_wrong" if stands else "release-contradicts"


def _fits(descent: Descent) -> bool:
    return all(step.fits for step in descent.steps)


def _rule(rule: Rule, counted: Counted, state: SurveyState) -> dict[str, object]:
    """The rule as it is stored, and beside it what later releases need to know of this one."""
    return {
        "threshold": rule.threshold,
        "rounding": rule.rounding,
        "max_filters": rule.max_filters,
        service_versions.CLOSED: state is SurveyState.CLOSED,
        queries_ledger.EVERYONE: sorted(counted.everyone),
        _COVERS_REASONS: True,
    }


def _lines(now: Mapping[uuid.UUID, int], counted: Counted, basis: Basis) -> dict[str, object]:
    """What they need to know of each version's answers in it; what is blanked is blanked in all of them."""
    parts = {version: counted.parts.get(str(version), Part()) for version in now}
    lines = {
        str(version): queries.LineJson(
            counted=now[version],
            deleted=basis.gone[version].deleted,
            always=sorted(part.always),
            never=sorted(part.never),
        )
        for version, part in parts.items()
    }
    return {queries.VERSIONS: lines, queries_ledger.BLANKED: dict(basis.gone[[*now][-1]].blanked)}


def _public(asked: service_restricted.Asked, *, without: Collection[uuid.UUID] = ()) -> Public:
    try:
        public = queries_ledger.public_so_far(asked.version_id, asked.survey_id, older=asked.older, without=without)
    except TooLarge:
        raise Refused("release-too_many_said") from None
    return service_restricted.closed_so_far(public, asked, without=without)


def _decide(
    survey: surveys.SurveyRow, asked: service_restricted.Asked, rule: Rule, release_day: int
) -> dict[uuid.UUID, int]:
    """How many answers to each version there are, the newest first. Refused where nothing may be frozen yet."""
    last = queries.latest_row(survey.id)
    # Only what the tables will show counts as new: late answers to a version that they leave out let nothing through.
    each = {version: closed.count_version(version) for version in asked.versions}
    now = sum(each.values())
    before = service_versions.held(survey.id, asked.versions)
    is_closed = survey.state is SurveyState.CLOSED
    # Fewer than before (old answers were deleted) is nothing new either: the ledger only knows people who came.
    if last is not None and is_closed and now <= before:
        raise Refused("release-nothing_new")
    # Closing lifts the rule once. Whoever opens and closes again would else count every answer as it comes.
    was_closed = last is not None and bool(last.rule.get(service_versions.CLOSED))
    decision = may_release(
        rule,
        base=now,
        closed=is_closed and not was_closed,
        today=clock.today(),
        released_base=None if last is None else before,
        fixed_day=None if last is None else next_release_day(last.frozen_on, release_day),
    )
    if not decision.allowed:
        raise Refused(f"release-{decision.reason}")
    service_tries.require_few(survey.id)
    return each


def _basis(asked: service_restricted.Asked, *, is_held: bool = False) -> Basis:
    standing = queries_ledger.standing(asked.survey_id, is_held=is_held)
    gone = {version: forgetting.gone(version) for version in asked.versions}
    left_out = {version: closed.count_left_out(version) for version in asked.versions}
    return Basis(standing, gone, left_out, service_versions.openings(asked.survey_id))


def _store(release: Release, frozen: Tables, asked: service_restricted.Asked, basis: Basis) -> uuid.UUID:
    session = begin_write()
    for version in sorted(asked.versions):  # in one order: no two wait for each other
        forgetting.hold(version)
    if _basis(asked, is_held=True) != basis:
        raise Conflict
    last = queries.latest_row(release.survey_id)
    release.number = 1 if last is None else last.number + 1
    release.sha256 = digest(release, frozen)
    session.add(release)
    try:
        session.flush()
    except IntegrityError:  # another release got this number since we looked
        raise Conflict from None
    session.add_all(
        PublishedTable(
            release_id=release.id,
            position=position,
            question=table.question,
            is_multiple=table.multiple,
            filters=dict(table.filters),
            cells=[{"option": cell.option, "count": cell.count} for cell in table.cells],
            base=table.base,
            hidden=[table.reason] if table.reason else [],
        )
        for position, table in enumerate(frozen.tables)
    )
    audit.record("release-frozen", "release", release.id, number=release.number, sha256=release.sha256)
    # Whoever opened the survey meanwhile, and may have closed it again, stands before this in the trail: answers may
    # have come that it lacks.
    if service_versions.openings(release.survey_id) != basis.openings:
        raise Conflict
    return release.id


def digest(release: Release, frozen: Tables) -> str:
    """SHA-256 over all that the release says: survey version, day, rule, base, every published table, the audit; and
    why something is hidden, with what later audits rest on, since no number tells it.

    Not how many answers were counted or deleted: whoever reads a fingerprint could try those out. What is hidden why is
    not published either: only who may see it by the release's own page knows the random id that goes in with it.
    """
    said = [release.version_sha256, release.frozen_on.isoformat(), release.number, frozen.canonical()]
    said += [release.rung, release.audit]
    if release.rule.get(_COVERS_REASONS):  # those frozen before this stood keep the fingerprint they have
        asked = {version: [line["always"], line["never"]] for version, line in queries.counted_lines(release).items()}
        rests_on = [release.rule.get(queries_ledger.EVERYONE), release.rule.get(service_versions.CLOSED), asked]
        said += [str(release.id), frozen.reasons(), json.dumps(rests_on, sort_keys=True)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
