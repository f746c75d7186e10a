"""Staff voice is not employee voice: a matter of employment goes to the agency as a subject, and no author with it.

What is kept and sent is one of a few subjects and the agency. No word, voice, week or time goes with it, and notice
goes out once a week, so that it tells neither whose survey it came from nor when it was read.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from engage.core import audit, outbox
from engage.core.database import begin_write, db
from engage.core.errors import NotFound
from engage.people import queries as people
from engage.safeguarding.kinds import Subject
from engage.safeguarding.models_duty import Employment

NOTICE = "employment-raised"
_WEEK = 7 * 24 * 60


@dataclass(frozen=True)
class Raised:
    """The subjects that were raised with one agency, and whether all of them were sent."""

    agency_id: uuid.UUID
    agency: str
    contact: str
    subjects: tuple[Subject, ...]
    is_told: bool


def tell_agency(agency_id: uuid.UUID, subject: Subject) -> None:
    """Raise a subject with an agency. Of the reader it is written down that they did, not which comment it was."""
    if agency_id not in {agency.id for agency in people.list_agencies()}:
        raise NotFound
    row = Employment(agency_id=agency_id, subject=subject.value)
    session = begin_write()
    session.add(row)
    session.flush()
    outbox.enqueue(NOTICE, row.id, minutes=_WEEK)
    audit.record("employment-raised", "agency", agency_id, subject=subject.value)


def raised() -> Sequence[Raised]:
    """Every agency with the subjects that were raised with it, each subject once, by name of the agency."""
    rows = db.session.execute(sa.select(Employment.agency_id, Employment.subject, Employment.is_told)).all()
    pairs = {(row.agency_id, row.subject) for row in rows}
    return [
        Raised(
            agency.id,
            agency.name,
            agency.contact,
            tuple(subject for subject in Subject if (agency.id, subject.value) in pairs),
            all(row.is_told for row in rows if row.agency_id == agency.id),
        )
        for agency in people.list_agencies()
    ]


def to_send(employment_id: uuid.UUID) -> tuple[str, Subject] | None:
    """The address and the subject of a notice; None where it went out, and where the agency has no address."""
    mine = sa.select(Employment).where(Employment.id == employment_id, Employment.is_told.is_(False))
    row = db.session.scalars(mine).first()
    contact = next((agency.contact for agency in people.list_agencies() if row and agency.id == row.agency_id), "")
    return (contact, Subject(row.subject)) if row is not None and contact else None


def mark_sent(employment_id: uuid.UUID) -> None:
    """It went out."""
    begin_write().execute(sa.update(Employment).where(Employment.id == employment_id).values(is_told=True))
