"""The verbs of overlap: say that the people of two surveys are the same, or some of the other's; take it back."""

import uuid

import sqlalchemy as sa

from engage.core import audit, clock
from engage.core.database import begin_write, db
from engage.core.errors import NotFound, Refused
from engage.listening.surveys import queries as surveys
from engage.rules.disclosure.overlap import Relation
from engage.understanding.releases.models import Overlap
from engage.understanding.releases.queries_ledger import candidates


def declare(slug: str, other_id: uuid.UUID, relation: Relation, by: uuid.UUID) -> None:
    """Hold the releases of both to each other from now on; a pair that was declared is declared anew.

    NotFound for an unknown survey; Refused for one that cannot be compared ("overlap-not-alike").
    """
    session, survey = begin_write(), surveys.get_survey(slug)
    if survey is None:
        raise NotFound
    if other_id not in {row.id for row in candidates(survey)}:
        raise Refused("overlap-not-alike")
    first, second = sorted((survey.id, other_id))
    session.execute(sa.delete(Overlap).where(Overlap.survey_id == first, Overlap.other_id == second))
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


def take_back(slug: str, overlap_id: uuid.UUID) -> None:
    """Nothing is held between the two any more. NotFound where nothing was declared of this survey."""
    session, survey = begin_write(), surveys.get_survey(slug)
    row = session.get(Overlap, overlap_id)
    if survey is None or row is None or survey.id not in {row.survey_id, row.other_id}:
        raise NotFound
    session.delete(row)
    db.session.flush()
    audit.record("overlap-taken-back", "survey", survey.id, overlap=str(overlap_id))
