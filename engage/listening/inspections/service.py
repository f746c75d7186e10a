"""The verbs of supporters and of the team together: plan, record a no, write down findings, publish the star."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from engage.core import audit, clock, scope
from engage.core.database import begin_write
from engage.core.errors import NotFound, Refused
from engage.listening.inspections import queries
from engage.listening.inspections.criteria import get_set
from engage.listening.inspections.kinds import Finding, InspectionState
from engage.listening.inspections.models import Inspection, TeamMember
from engage.listening.inspections.scoring import judge
from engage.listening.inspections.turns import hold
from engage.listening.inspections.words import one_line, plain
from engage.people import queries as people
from engage.people.kinds import Role
from engage.rules.stars import PHRASES, Award, CriteriaSet, expires_on

LONGEST_FINDING = 200
MOST_FINDINGS = 12
LONGEST_REASON = 500


def plan_visit(
    service_id: uuid.UUID, criteria: tuple[str, int], visit_on: date, team: Sequence[uuid.UUID]
) -> uuid.UUID:
    """A visit of a team of young inspectors (at least as many as the set of criteria asks for) to a service.

    `criteria` is the set's key and version.
    """
    needed = get_set(*criteria).inspectors
    if len(set(team)) < needed:
        raise Refused("team-too-small", needed=needed)
    session = begin_write()
    _own_service(service_id)
    _all_inspectors(team)
    visit = Inspection(service_id=service_id, criteria_key=criteria[0], criteria_version=criteria[1], visit_on=visit_on)
    session.add(visit)
    session.flush()
    session.add_all(TeamMember(inspection_id=visit.id, account_id=account_id) for account_id in sorted(set(team)))
    audit.record("visit-planned", "inspection", visit.id, team=len(set(team)))
    return visit.id


def add_inspector(inspection_id: uuid.UUID, account_id: uuid.UUID) -> None:
    """One more young inspector on the team of a visit that is still scored."""
    session = begin_write()
    hold(inspection_id, InspectionState.PLANNED)
    _all_inspectors([account_id])
    if queries.get_member(inspection_id, account_id):
        raise Refused("already-on-team")
    session.add(TeamMember(inspection_id=inspection_id, account_id=account_id))
    audit.record("inspector-added", "inspection", inspection_id)


def record_declined(service_id: uuid.UUID, because: str, asked_on: date) -> uuid.UUID:
    """A service that was asked said no: listed with its reason, not hidden."""
    session = begin_write()
    _own_service(service_id)
    visit = Inspection(
        service_id=service_id,
        state=InspectionState.DECLINED,
        declined_because=_reason(because),
        declined_on=asked_on,
    )
    session.add(visit)
    session.flush()
    audit.record("visit-declined", "inspection", visit.id)
    return visit.id


def decline(inspection_id: uuid.UUID, because: str) -> None:
    """The service of a planned visit said no after all, before anybody locked a score."""
    begin_write()
    visit = hold(inspection_id, InspectionState.PLANNED)
    found = queries.get_visit(inspection_id)
    if found is None or found.locked:
        raise Refused("scores-locked-already")
    visit.state = InspectionState.DECLINED
    visit.declined_because, visit.declined_on = _reason(because), clock.today()
    audit.record("visit-declined", "inspection", inspection_id)


def add_finding(inspection_id: uuid.UUID, kind: Finding, words: str) -> None:
    """One more strength, or one more thing for the service to think about, in the team's words."""
    words = one_line(words)
    if not words or len(words) > LONGEST_FINDING:
        raise Refused("finding-length", most=LONGEST_FINDING)
    begin_write()
    visit = hold(inspection_id, InspectionState.TOGETHER)
    now = _findings(visit, kind)
    if len(now) >= MOST_FINDINGS:
        raise Refused("findings-full", most=MOST_FINDINGS)
    if words not in now:
        _keep_findings(visit, kind, [*now, words])
        audit.record("finding-added", "inspection", inspection_id, kind=kind)


def remove_finding(inspection_id: uuid.UUID, kind: Finding, words: str) -> None:
    """Take one off again; by its words, so that two who edit at once can't take off the wrong one."""
    begin_write()
    visit = hold(inspection_id, InspectionState.TOGETHER)
    now = _findings(visit, kind)
    if words in now:
        _keep_findings(visit, kind, [other for other in now if other != words])
        audit.record("finding-removed", "inspection", inspection_id, kind=kind)


def publish(inspection_id: uuid.UUID, on: date | None = None) -> None:
    """Publish what the scores give: star or "not enough seen", phrase, dates; frozen from here on."""
    begin_write()
    visit = hold(inspection_id, InspectionState.TOGETHER)
    found = queries.get_visit(inspection_id)
    if found is None:
        raise NotFound
    criteria = get_set(visit.criteria_key, visit.criteria_version)
    given = judge(found)
    if given.inspectors < criteria.inspectors:
        raise Refused("too-few-locked", needed=criteria.inspectors)
    visit.state = InspectionState.PUBLISHED
    visit.stars, visit.phrase, visit.result = given.stars, PHRASES[given.phrase], _frozen(criteria, given)
    visit.published_on = on or clock.today()
    visit.expires_on = expires_on(visit.published_on)
    audit.record("rating-published", "inspection", inspection_id, stars=given.stars, inspectors=given.inspectors)


def _frozen(criteria: CriteriaSet, given: Award) -> dict[str, Any]:
    """How the star came about, with the words of the must-haves that failed as they were at the time."""
    names = {criterion.key: criterion.text["en"].plain for criterion in criteria.criteria}
    return {
        "criteria_sha256": criteria.sha256,
        "inspectors": given.inspectors,
        "overall": given.overall,
        "uncapped": given.uncapped,
        "no_star": given.no_star,
        "caps": [{**asdict(cap), "words": names[cap.criterion]} for cap in given.caps],
        "domains": [{"key": domain.key, "mean": domain.mean} for domain in given.domains],
    }


def _findings(visit: Inspection, kind: Finding) -> list[str]:
    return visit.strengths if kind is Finding.STRENGTH else visit.considerations


def _keep_findings(visit: Inspection, kind: Finding, words: list[str]) -> None:
    if kind is Finding.STRENGTH:
        visit.strengths = words
    else:
        visit.considerations = words


def _reason(because: str) -> str:
    because = plain(because)
    if not because or len(because) > LONGEST_REASON:
        raise Refused("reason-length", most=LONGEST_REASON)
    return because


def _own_service(service_id: uuid.UUID) -> None:
    if service_id not in {service.id for service in people.list_services()}:
        raise NotFound


def _all_inspectors(team: Sequence[uuid.UUID]) -> None:
    allowed = {person.id for person in people.list_people_with(scope.current(), Role.YOUNG_INSPECTOR)}
    if not set(team) <= allowed:
        raise NotFound
