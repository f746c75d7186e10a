"""Selects on inspections. A score is read here in two ways only: by its own inspector, or of all who locked."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from engage.core.crypto import keyring
from engage.core.database import db
from engage.listening.inspections.kinds import InspectionState
from engage.listening.inspections.models import Inspection, Score, TeamMember
from engage.people import queries as people
from engage.rules.stars import Score as Given

NOTE = "score-note"


@dataclass(frozen=True)
class Visit:
    """One visit, planned, scored, published or refused, with its service."""

    id: uuid.UUID
    service_id: uuid.UUID
    service: str
    about: str
    agency_id: uuid.UUID
    agency: str
    criteria_key: str | None
    criteria_version: int | None
    state: InspectionState
    visit_on: date | None
    strengths: list[str]
    considerations: list[str]
    declined_on: date | None
    declined_because: str | None
    stars: int | None
    phrase: str | None
    result: dict[str, Any] | None
    published_on: date | None
    expires_on: date | None
    team: int
    locked: int

    def is_expired(self, today: date) -> bool:
        """Whether its star has run out."""
        return self.expires_on is not None and self.expires_on <= today


@dataclass(frozen=True)
class Member:
    """One inspector of a team."""

    account_id: uuid.UUID
    name: str
    locked_on: date | None


@dataclass(frozen=True)
class OwnScore:
    """One's own score of one criterion; `value` None is "could not see"."""

    id: uuid.UUID
    criterion: str
    value: int | None
    note: str
    note_is_shared: bool


def _visits() -> sa.Select[Any]:
    # Outer queries name plain columns, so that a list is one statement however long it is.
    services = people.read_services().subquery("services")
    members = (
        sa
        .select(
            TeamMember.inspection_id,
            sa.func.count().label("team"),
            sa.func.count(TeamMember.locked_on).label("locked"),
        )
        .group_by(TeamMember.inspection_id)
        .subquery("members")
    )
    return (
        sa
        .select(
            Inspection,
            services.c.name.label("service"),
            services.c.about,
            services.c.agency_id,
            services.c.agency,
            sa.func.coalesce(members.c.team, 0).label("team"),
            sa.func.coalesce(members.c.locked, 0).label("locked"),
        )
        .join(services, services.c.id == Inspection.service_id)
        .join(members, members.c.inspection_id == Inspection.id, isouter=True)
    )


def _visit(row: Any) -> Visit:
    found: Inspection = row.Inspection
    return Visit(
        found.id,
        found.service_id,
        row.service,
        row.about,
        row.agency_id,
        row.agency,
        found.criteria_key,
        found.criteria_version,
        found.state,
        found.visit_on,
        list(found.strengths),
        list(found.considerations),
        found.declined_on,
        found.declined_because,
        found.stars,
        found.phrase,
        found.result,
        found.published_on,
        found.expires_on,
        row.team,
        row.locked,
    )


def get_visit(inspection_id: uuid.UUID) -> Visit | None:
    """One visit of the present partnership."""
    row = db.session.execute(_visits().where(Inspection.id == inspection_id)).first()
    return _visit(row) if row else None


def list_visits(
    *,
    state: InspectionState | None = None,
    words: str = "",
    limit: int = 20,
    offset: int = 0,
    without: Collection[uuid.UUID] = (),
) -> tuple[list[Visit], int]:
    """Visits, the newest first, narrowed by state and words of the service's or agency's name, none of `without`; and
    how many.
    """
    query = _visits()
    if without:
        query = query.where(Inspection.id.not_in(without))
    if state is not None:
        query = query.where(Inspection.state == state)
    if words:
        columns = query.selected_columns
        query = query.where(
            sa.or_(*(columns[name].icontains(words, autoescape=True) for name in ("service", "agency")))
        )
    day = sa.func.coalesce(Inspection.visit_on, Inspection.declined_on)
    counted = query.with_only_columns(sa.func.count(), maintain_column_froms=True)
    total = db.session.scalar(counted) or 0
    rows = db.session.execute(query.order_by(day.desc(), Inspection.id).limit(limit).offset(offset))
    return [_visit(row) for row in rows], total


def list_visits_of(account_id: uuid.UUID) -> list[Visit]:
    """The visits on whose team somebody is, the newest first."""
    mine = sa.select(TeamMember.inspection_id).where(TeamMember.account_id == account_id)
    query = _visits().where(Inspection.id.in_(mine)).order_by(Inspection.visit_on.desc(), Inspection.id)
    return [_visit(row) for row in db.session.execute(query)]


def list_visits_to_do(today: date) -> list[Visit]:
    """For Today: visits whose day has come and that are still scored, and those ready to be published; oldest first."""
    scoring = sa.and_(Inspection.state == InspectionState.PLANNED, Inspection.visit_on <= today)
    query = _visits().where(sa.or_(scoring, Inspection.state == InspectionState.TOGETHER))
    return [_visit(row) for row in db.session.execute(query.order_by(Inspection.visit_on, Inspection.id))]


def list_published_ratings() -> list[Visit]:
    """What anybody may see: every published star (also run out, also "not enough seen") and every no; newest first."""
    shown = Inspection.state.in_([InspectionState.PUBLISHED, InspectionState.DECLINED])
    day = sa.func.coalesce(Inspection.published_on, Inspection.declined_on)
    return [_visit(row) for row in db.session.execute(_visits().where(shown).order_by(day.desc(), Inspection.id))]


def list_team(inspection_id: uuid.UUID, names: dict[uuid.UUID, str]) -> list[Member]:
    """A visit's team by name; `names` are the accounts' names."""
    query = sa.select(TeamMember).where(TeamMember.inspection_id == inspection_id)
    found = [Member(row.account_id, names.get(row.account_id, ""), row.locked_on) for row in db.session.scalars(query)]
    return sorted(found, key=lambda member: (member.name, str(member.account_id)))


def get_member(inspection_id: uuid.UUID, account_id: uuid.UUID) -> Member | None:
    """Somebody's place on a team; none for anybody else."""
    query = sa.select(TeamMember).where(TeamMember.inspection_id == inspection_id, TeamMember.account_id == account_id)
    row = db.session.scalars(query).first()
    return Member(row.account_id, "", row.locked_on) if row else None


def locked_visits_of(account_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """The visits for which somebody has locked their scores."""
    query = sa.select(TeamMember.inspection_id).where(
        TeamMember.account_id == account_id, TeamMember.locked_on.is_not(None)
    )
    return frozenset(db.session.scalars(query))


def own_scores(inspection_id: uuid.UUID, account_id: uuid.UUID) -> dict[str, OwnScore]:
    """One's own scores and notes by criterion: only for pages and acts of that same person."""
    query = sa.select(Score).where(Score.inspection_id == inspection_id, Score.account_id == account_id)
    return {row.criterion: _own(row) for row in db.session.scalars(query)}


def own_rows(inspection_id: uuid.UUID, account_id: uuid.UUID, score_ids: Sequence[uuid.UUID]) -> list[Score]:
    """The rows of one's own scores, for verbs that change them."""
    query = sa.select(Score).where(
        Score.inspection_id == inspection_id, Score.account_id == account_id, Score.id.in_(score_ids)
    )
    return list(db.session.scalars(query))


def count_own_scores(account_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """How many criteria somebody has scored, by visit."""
    query = (
        sa
        .select(Score.inspection_id, sa.func.count().label("scored"))
        .where(Score.account_id == account_id)
        .group_by(Score.inspection_id)
    )
    return {row.inspection_id: row.scored for row in db.session.execute(query)}


def locked_scores(inspection_id: uuid.UUID) -> dict[str, dict[str, Given]]:
    """Inspector -> criterion -> score, of those who locked, once scoring is over; before that nothing, for anybody."""
    query = (
        sa
        .select(Score.account_id, Score.criterion, Score.value)
        .join(
            TeamMember,
            sa.and_(TeamMember.inspection_id == Score.inspection_id, TeamMember.account_id == Score.account_id),
        )
        .join(Inspection, Inspection.id == Score.inspection_id)
        .where(Score.inspection_id == inspection_id, TeamMember.locked_on.is_not(None))
        .where(Inspection.state.in_([InspectionState.TOGETHER, InspectionState.PUBLISHED]))
    )
    found: dict[str, dict[str, Given]] = {}
    for row in db.session.execute(query):
        found.setdefault(str(row.account_id), {})[row.criterion] = row.value
    return found


def _own(row: Score) -> OwnScore:
    sealed = row.note_sealed
    note = keyring().unseal(sealed, row=row.id, purpose=NOTE) if sealed else ""
    return OwnScore(row.id, row.criterion, row.value, note, row.note_is_shared)


def by_service(visits: Sequence[Visit]) -> dict[uuid.UUID, list[Visit]]:
    """Visits by service, each list in the order given."""
    found: dict[uuid.UUID, list[Visit]] = {}
    for visit in visits:
        found.setdefault(visit.service_id, []).append(visit)
    return found
