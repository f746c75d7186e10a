"""The verbs of overlap: say that the people of two surveys are the same, or some of the other's; take it
back, by two people."""

import uuid

import sqlalchemy as sa

from engage.core import audit, clock
from engage.core.database import begin_write, db
from engage.core.errors import Conflict, NotFound, Refused
from engage.listening.surveys import queries as surveys
from engage.rules.disclosure.overlap import Relation
from engage.understanding.releases.models import Overlap
from engage.understanding.releases.queries_ledger import candidates, made_of


def declare(slug: str, other_id: uuid.UUID, relation: Relation, by: uuid.UUID) -> None:
    """Hold the releases of both to each other from now on.

    NotFound for an unknown survey; Refused for one that cannot be compared ("overlap-not-alike"), and for a pair that
    stands ("overlap-stands"): saying something else of it takes two people, who take it back first.
    """
    session, survey = begin_write(), surveys.get_survey(slug)
    if survey is None:
        raise NotFound
    if other_id not in {row.id for row in candidates(survey)}:
        raise Refused("overlap-not-alike")
    first, second = sorted((survey.id, other_id))
    pair = (Overlap.survey_id == first, Overlap.other_id == second, Overlap.ended_on.is_(None))
    if session.scalars(sa.select(Overlap.id).where(*pair)).first() is not None:
        raise Refused("overlap-stands")
    session.add(
        Overlap(
            survey_id=first,
            other_id=second,
            relation=relation if first == survey.id else relation.turned,
            declared_by=by,
            declared_on=clock.today(),
        )
    )
    session.flush()
    audit.record("overlap-declared", "survey", survey.id, other=str(other_id), relation=relation.value)


def give_up(slug: str, overlap_id: uuid.UUID, by: uuid.UUID) -> None:
    """Ask to take it back: it stands until somebody else agrees. NotFound where nothing is declared of this survey."""
    survey, row = _declared(slug, overlap_id)
    row.given_up_by, row.given_up_on = by, clock.today()
    db.session.flush()
    audit.record("overlap-given-up", "survey", survey.id, overlap=str(overlap_id))


def keep(slug: str, overlap_id: uuid.UUID) -> None:
    """It is not taken back after all. NotFound where nothing is declared of this survey."""
    survey, row = _declared(slug, overlap_id)
    row.given_up_by = row.given_up_on = None
    db.session.flush()
    audit.record("overlap-kept", "survey", survey.id, overlap=str(overlap_id))


def take_back(slug: str, overlap_id: uuid.UUID, by: uuid.UUID) -> None:
    """Say yes, as a second person, to taking it back: what comes out from now on is not held to each other. What came
    out while it stood still is, in every further release of either.

    NotFound where nothing is declared of this survey; Conflict where nobody asked; Refused to whoever asked
    ("overlap-second-person").
    """
    survey, row = _declared(slug, overlap_id)
    if row.given_up_by is None:
        raise Conflict
    if row.given_up_by == by:
        raise Refused("overlap-second-person")
    row.ended_by, row.ended_on = by, clock.today()
    row.stood_for = [str(each) for each in made_of((row.survey_id, row.other_id))]
    db.session.flush()
    audit.record("overlap-taken-back", "survey", survey.id, overlap=str(overlap_id))


def _declared(slug: str, overlap_id: uuid.UUID) -> tuple[surveys.SurveyRow, Overlap]:
    session, survey = begin_write(), surveys.get_survey(slug)
    row = session.get(Overlap, overlap_id, with_for_update=True)
    if survey is None or row is None or row.ended_on is not None or survey.id not in {row.survey_id, row.other_id}:
        raise NotFound
    return survey, row
