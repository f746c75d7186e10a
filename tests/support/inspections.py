"""Visits of a test, made by the same verbs that the pages call."""

import uuid
from dataclasses import dataclass
from datetime import date

from flask import Flask

from engage.core.transaction import transaction
from engage.listening.inspections import queries, scoring, service
from engage.listening.inspections.criteria import list_sets
from engage.people import service as people
from engage.people.kinds import AgencyKind, Role
from tests.support.apps import within
from tests.support.people import staff

CRITERIA = list_sets()[0]
KEYS = [criterion.key for criterion in CRITERIA.criteria]
ESSENTIAL = [criterion.key for criterion in CRITERIA.criteria if criterion.essential]
DAY = date(2026, 6, 1)


@dataclass(frozen=True)
class Planned:
    """A visit with its service, and its team by sign-in name."""

    id: uuid.UUID
    service_id: uuid.UUID
    team: dict[str, uuid.UUID]


def a_service(app: Flask, partnership: uuid.UUID, name: str = "The Corner drop-in") -> uuid.UUID:
    """A service with an agency of its own."""
    with within(app, partnership), transaction():
        agency = people.add_agency(f"Agency of {name}", AgencyKind.VOLUNTARY)
        return people.add_service(agency, name, "East Street")


def planned(app: Flask, partnership: uuid.UUID, *names: str, service_name: str = "The Corner drop-in") -> Planned:
    """A planned visit; `names` (amy, ben, cas) become young inspectors."""
    team = {name: staff(app, partnership, name, Role.YOUNG_INSPECTOR) for name in names or ("amy", "ben", "cas")}
    service_id = a_service(app, partnership, service_name)
    with within(app, partnership), transaction():
        made = service.plan_visit(service_id, (CRITERIA.key, CRITERIA.version), DAY, list(team.values()))
    return Planned(made, service_id, team)


def score(
    app: Flask, partnership: uuid.UUID, visit: Planned, name: str, value: int | None, **other: int | None
) -> None:
    """Score every criterion with `value`, or what `other` says of it (underscores for hyphens)."""
    special = {key.replace("_", "-"): given for key, given in other.items()}
    for key in KEYS:
        with within(app, partnership), transaction():
            scoring.save_score(visit.id, visit.team[name], key, special.get(key, value))


def lock(app: Flask, partnership: uuid.UUID, visit: Planned, name: str) -> None:
    """Lock somebody's scores as they stand."""
    with within(app, partnership), transaction():
        seen = scoring.state_of(queries.own_scores(visit.id, visit.team[name]).values())
        scoring.lock(visit.id, visit.team[name], seen=seen)


def scored(app: Flask, partnership: uuid.UUID, visit: Planned, *values: int | None, **other: int | None) -> None:
    """Every inspector scores one value everywhere and locks."""
    for name, value in zip(visit.team, values, strict=True):
        score(app, partnership, visit, name, value, **other)
        lock(app, partnership, visit, name)


def published(app: Flask, partnership: uuid.UUID, visit: Planned, on: date | None = None) -> None:
    """Publish the star."""
    with within(app, partnership), transaction():
        service.publish(visit.id, on)
