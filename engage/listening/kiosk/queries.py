"""Reads of shared tablets."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from engage.core import clock
from engage.core.database import db
from engage.listening.kiosk.models import Tablet

GRACE = timedelta(days=14)
"""How long after its last day, or the survey's, a tablet may still bring what was answered on it before."""


@dataclass(frozen=True)
class TabletRow:
    """One shared tablet."""

    id: uuid.UUID
    survey_id: uuid.UUID
    place: str
    works_offline: bool
    ends_on: date
    ended_on: date | None

    @property
    def is_running(self) -> bool:
        """Whether somebody may answer on it today."""
        return self.ended_on is None and clock.today() <= self.ends_on


def get_tablet(tablet_id: uuid.UUID) -> TabletRow | None:
    """One tablet of this partnership."""
    return next(iter(_rows(sa.select(Tablet).where(Tablet.id == tablet_id))), None)


def list_tablets(survey_id: uuid.UUID) -> list[TabletRow]:
    """The tablets of a survey, those that run longest first."""
    return _rows(sa.select(Tablet).where(Tablet.survey_id == survey_id).order_by(Tablet.ends_on.desc(), Tablet.place))


def list_to_bring(until: date) -> list[TabletRow]:
    """Tablets that answer without a network, are not taken away, and whose last day is by `until`: the soonest first.

    Those that may bring nothing any more are left out.
    """
    ending = (Tablet.works_offline, Tablet.ended_on.is_(None), Tablet.ends_on <= until)
    lasting = Tablet.ends_on >= clock.today() - GRACE
    return _rows(sa.select(Tablet).where(*ending, lasting).order_by(Tablet.ends_on, Tablet.place))


def brings_until(tablet: TabletRow, closes_on: date | None) -> date:
    """The last day on which it may bring answers; date.max where there is none before it."""
    ends = [day for day in (tablet.ended_on or tablet.ends_on, closes_on) if day is not None]
    return min(ends) + GRACE if min(ends) < date.max - GRACE else date.max


def _rows(statement: sa.Select[Tablet]) -> list[TabletRow]:
    found = db.session.scalars(statement).all()
    return [TabletRow(t.id, t.survey_id, t.place, t.works_offline, t.ends_on, t.ended_on) for t in found]
