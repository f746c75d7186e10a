"""Data protection impact assessments: sign one, and whether a survey's is still good (AADC 2, UK GDPR article 35)."""

import uuid
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engage.core import audit, clock
from engage.core.database import begin_write, db
from engage.core.errors import NotFound, Refused
from engage.listening.surveys import queries
from engage.listening.surveys.models_impact import Impact
from engage.rules.questionnaire.data_map import scope
from engage.rules.questionnaire.definition import Definition

RESIDUAL = ("low", "medium", "high")
LONGEST = 4000


@dataclass(frozen=True)
class Assessed:
    """What people say in an assessment.

    `condition`: of article 9, for special category data; `residual`: the risk that is left ("low", "medium", "high").
    """

    condition: str
    necessity: str
    risks: str
    consulted: str
    residual: str
    signed_by: str
    signed_on: date


@dataclass(frozen=True)
class ImpactRow:
    """The newest assessment of a survey; `is_current` for what it asks now."""

    number: int
    assessed: Assessed
    recorded_by: uuid.UUID
    is_current: bool


def sign(slug: str, definition: Definition, assessed: Assessed, by: uuid.UUID) -> int:
    """Keep a signed assessment of what a survey asks now; its number.

    Refused where something is not said ("impact-said"), the day is to come ("impact-day"), or the risk left is high
    ("impact-high"): then the law wants the Information Commissioner to be asked first (UK GDPR article 36).
    """
    texts = (assessed.condition, assessed.necessity, assessed.risks, assessed.consulted, assessed.signed_by)
    if assessed.residual not in RESIDUAL or not all(text.strip() and len(text) <= LONGEST for text in texts):
        raise Refused("impact-said")
    if assessed.signed_on > clock.today():
        raise Refused("impact-day")
    if assessed.residual == "high":
        raise Refused("impact-high")
    session = begin_write()
    survey = queries.get_survey(slug)
    if survey is None:
        raise NotFound
    last = _newest(survey.id)
    said = {"condition": assessed.condition, "necessity": assessed.necessity, "risks": assessed.risks}
    impact = Impact(
        survey_id=survey.id,
        number=last.number + 1 if last else 1,
        scope=scope(definition),
        residual=assessed.residual,
        said={**said, "consulted": assessed.consulted},
        signed_by=assessed.signed_by,
        signed_on=assessed.signed_on,
        recorded_by=by,
    )
    session.add(impact)
    session.flush()
    audit.record("impact-assessed", "survey", survey.id, number=impact.number, residual=impact.residual)
    return impact.number


def newest(slug: str, definition: Definition) -> ImpactRow | None:
    """The newest assessment of a survey, held against `definition`; None where there is none."""
    survey = queries.get_survey(slug)
    row = _newest(survey.id) if survey is not None else None
    if row is None:
        return None
    said = Assessed(**row.said, residual=row.residual, signed_by=row.signed_by, signed_on=row.signed_on)
    return ImpactRow(row.number, said, row.recorded_by, row.scope == scope(definition))


def is_current(slug: str, definition: Definition) -> bool:
    """Whether survey `slug` has an assessment that was made for what this definition asks."""
    row = newest(slug, definition)
    return row is not None and row.is_current


def _newest(survey_id: uuid.UUID) -> Impact | None:
    query = sa.select(Impact).where(Impact.survey_id == survey_id).order_by(Impact.number.desc()).limit(1)
    return db.session.scalars(query).first()
