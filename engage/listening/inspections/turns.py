"""Whose turn it is: a visit held for one write, and one's own place on its team while one may still score."""

import uuid

import sqlalchemy as sa

from engage.core.database import begin_write
from engage.core.errors import NotFound, Refused
from engage.listening.inspections.kinds import InspectionState
from engage.listening.inspections.models import Inspection, TeamMember


def hold(inspection_id: uuid.UUID, *states: InspectionState) -> Inspection:
    """The visit's row, held until this write ends, in one of `states`: two who write at once wait for each other."""
    query = sa.select(Inspection).where(Inspection.id == inspection_id).with_for_update()
    found = begin_write().scalars(query).first()
    if found is None:
        raise NotFound
    if found.state not in states:
        raise Refused(f"visit-is-{found.state}")
    return found


def own_turn(inspection_id: uuid.UUID, account_id: uuid.UUID) -> tuple[Inspection, TeamMember]:
    """The visit and one's own place on its team, while one may still score. Others' visits look like none (W2)."""
    session = begin_write()
    member = session.scalars(
        sa.select(TeamMember).where(TeamMember.inspection_id == inspection_id, TeamMember.account_id == account_id)
    ).first()
    if member is None:
        raise NotFound
    visit = hold(inspection_id, *InspectionState)
    session.refresh(member)
    if member.locked_on is not None:
        raise Refused("scores-locked")
    if visit.state is not InspectionState.PLANNED:
        raise Refused("scoring-closed")
    return visit, member
