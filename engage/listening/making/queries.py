"""Selects on working copies and their steps."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

import sqlalchemy as sa

from engage.core.database import db
from engage.listening.making.kinds import CopyState
from engage.listening.making.models import WorkingCopy, WorkingStep
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import working
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load


@dataclass(frozen=True)
class CopyRow:
    """A working copy as it stands: its text as YAML, and who left it so, when (None: a command)."""

    id: uuid.UUID
    survey_id: uuid.UUID
    based_on: uuid.UUID | None
    state: CopyState
    revision: int
    can_undo: bool
    definition_text: str
    changed_by: uuid.UUID | None
    changed_at: datetime

    @cached_property
    def definition(self) -> Definition:
        """What the text says."""
        return _read(self.definition_text)


@lru_cache(maxsize=64)
def _read(text: str) -> Definition:
    return load(text, "working copy")


def copy_of(survey_id: uuid.UUID) -> CopyRow | None:
    """The working copy of a survey, if it has one."""
    found = db.session.execute(_with_step().where(WorkingCopy.survey_id == survey_id)).first()
    return _row(found.WorkingCopy, found.WorkingStep) if found else None


@working.finds
def has_copy(survey_id: uuid.UUID) -> bool:
    """Whether a survey has a working copy."""
    return bool(db.session.scalar(sa.select(WorkingCopy.id).where(WorkingCopy.survey_id == survey_id)))


def find(slug: str) -> CopyRow | None:
    """The working copy of the survey of that slug, if there is such a survey and it has one."""
    survey = surveys.get_survey(slug)
    return copy_of(survey.id) if survey is not None else None


def copies() -> dict[uuid.UUID, CopyRow]:
    """Survey id -> its working copy, of every survey that has one."""
    found = db.session.execute(_with_step())
    return {each.WorkingCopy.survey_id: _row(each.WorkingCopy, each.WorkingStep) for each in found}


def step_text(copy_id: uuid.UUID, revision: int) -> str | None:
    """The YAML of an earlier revision, while it is kept."""
    query = sa.select(WorkingStep.definition).where(WorkingStep.copy_id == copy_id, WorkingStep.revision == revision)
    return db.session.scalars(query).first()


def definition_at(copy_id: uuid.UUID, revision: int) -> Definition | None:
    """What an earlier revision asked, while it is kept."""
    text = step_text(copy_id, revision)
    return _read(text) if text is not None else None


def _with_step() -> sa.Select[WorkingCopy, WorkingStep]:
    return sa.select(WorkingCopy, WorkingStep).join(
        WorkingStep, sa.and_(WorkingStep.copy_id == WorkingCopy.id, WorkingStep.revision == WorkingCopy.revision)
    )


def _row(copy: WorkingCopy, step: WorkingStep) -> CopyRow:
    return CopyRow(
        copy.id,
        copy.survey_id,
        copy.based_on,
        copy.state,
        copy.revision,
        step.before is not None,
        step.definition,
        step.changed_by,
        step.changed_at,
    )
