"""The verbs of shared tablets: set one up, take it away."""

import uuid
from datetime import date

from engage.core import audit, clock
from engage.core.database import begin_write
from engage.core.errors import NotFound, Refused
from engage.listening.ballots.kinds import Entry
from engage.listening.kiosk import offline
from engage.listening.kiosk.models import Tablet
from engage.listening.surveys import queries as surveys


def set_up(slug: str, place: str, ends_on: date, *, works_offline: bool) -> uuid.UUID:
    """A tablet for a survey; its id, which is its address.

    Refused for a last day in the past, and offline for a survey that a tablet cannot ask without the site: only the
    site knows which codes are used.
    """
    row = surveys.get_survey(slug)
    if row is None or row.version is None:
        raise NotFound(slug)
    if ends_on < clock.today():
        raise Refused("tablet-day")
    if works_offline and (row.entry is Entry.CODES or offline.hindrances(surveys.definition_of(row.version.id))):
        raise Refused("tablet-offline")
    tablet = Tablet(survey_id=row.id, place=place.strip(), works_offline=works_offline, ends_on=ends_on)
    session = begin_write()
    session.add(tablet)
    session.flush()
    audit.record("tablet-set-up", "survey", row.id, place=tablet.place, offline=works_offline)
    return tablet.id


def take_away(tablet_id: uuid.UUID) -> None:
    """Nobody can begin on it any more; what was answered offline before still comes in for a while."""
    tablet = begin_write().get(Tablet, tablet_id)
    if tablet is None:
        raise NotFound
    if tablet.ended_on is None:
        tablet.ended_on = clock.today()
        audit.record("tablet-taken-away", "survey", tablet.survey_id, place=tablet.place)
