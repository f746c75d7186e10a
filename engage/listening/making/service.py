"""The verbs of making: begin a working copy, change it, undo, look through the gate, publish, discard, archive."""

import uuid
from collections.abc import Mapping

import sqlalchemy as sa

from engage.core import audit, clock
from engage.core.database import begin_write, db
from engage.core.errors import Conflict, NotFound, Refused
from engage.listening.making import queries
from engage.listening.making.kinds import CopyState
from engage.listening.making.models import WorkingCopy, WorkingStep
from engage.listening.making.queries import CopyRow
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import service as survey_service
from engage.listening.surveys import service_gate
from engage.listening.surveys.queries import Overridden, SurveyRow, VersionRow
from engage.rules.questionnaire.checks import Finding
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import dump
from engage.rules.questionnaire.supplied import leave_open
from engage.rules.questionnaire.translations import settle

STEPS_KEPT = 100
"""How far back a working copy can be undone."""

REASON_MOST = 500
"""Letters of a reason for publishing in spite of a finding."""


def working_copy(slug: str) -> CopyRow:
    """The working copy of a survey; raises NotFound where it has none."""
    copy = queries.copy_of(_survey(slug).id)
    if copy is None:
        raise NotFound(slug)
    return copy


def create(slug: str, definition: Definition, by: uuid.UUID | None) -> CopyRow:
    """A new survey that has a working copy and no version yet. Refused where the slug is taken."""
    _require_survey(definition)
    survey_id = survey_service.begin_survey(slug)
    return _begin(survey_id, None, definition, by)


def begin(slug: str, by: uuid.UUID | None) -> CopyRow:
    """The working copy of a survey, made from its newest version where there is none."""
    row = _survey(slug)
    if row.archived_on is not None:
        raise Refused("survey-archived")
    begin_write()
    copy = queries.copy_of(row.id)
    if copy is not None:
        return copy
    if row.version is None:
        raise NotFound(slug)
    return _begin(row.id, row.version.id, surveys.definition_of(row.version.id), by)


def change(slug: str, revision: int, definition: Definition, by: uuid.UUID | None) -> CopyRow:
    """Make `definition` the working copy's next revision; the same definition again changes nothing.

    Translations whose English changed become stale, and checked words that changed become a draft (`settle`). Raises
    Conflict where the copy is not at `revision` any more: somebody else changed it since it was read.
    """
    _require_survey(definition)
    text = dump(settle(working_copy(slug).definition, leave_open(definition)))
    begin_write()
    copy = _at(slug, revision)
    if text == queries.step_text(copy.id, copy.revision):
        return working_copy(slug)
    _step(copy, text, before=copy.revision, by=by)
    return working_copy(slug)


def undo(slug: str, revision: int, by: uuid.UUID | None) -> CopyRow:
    """Bring back what stood before the last change (again and again, as far back as steps are kept)."""
    begin_write()
    copy = _at(slug, revision)
    last = _step_row(copy, copy.revision)
    earlier = _step_row(copy, last.before) if last is not None and last.before is not None else None
    if earlier is None:
        raise Refused("nothing-to-undo")
    _step(copy, earlier.definition, before=earlier.before, by=by)
    return working_copy(slug)


def check(slug: str, revision: int) -> tuple[Finding, ...]:
    """What the gate finds in the working copy; with nothing to mend its state becomes `checked`."""
    found = service_gate.findings(slug, working_copy(slug).definition, is_live=_survey(slug).is_live)
    begin_write()
    copy = _at(slug, revision)
    copy.state = CopyState.DRAFT if found else CopyState.CHECKED
    db.session.flush()
    return found


def publish(slug: str, revision: int, by: uuid.UUID | None, reasons: Mapping[str, str] | None = None) -> VersionRow:
    """Make the working copy the newest version, for good; it is gone afterwards.

    `reasons` has a named person's reason for each finding's code (at most REASON_MOST letters). Refused while a
    finding has none (that nobody signed an assessment: only where it is live), for an archived survey, and whatever the
    reason while it asks for contact details, which a survey has no place to keep: somebody would wait for an answer
    that never comes. Conflict where the copy is not at `revision` any more.
    """
    row = _survey(slug)
    if row.archived_on is not None:
        raise Refused("survey-archived")
    definition = working_copy(slug).definition
    given = {code: words.strip() for code, words in (reasons or {}).items()}
    if any(len(words) > REASON_MOST for words in given.values()):
        raise Refused("reason-length", most=REASON_MOST)
    findings = service_gate.findings(slug, definition)
    overridden = [
        Overridden(found.code, found.question, found.place, found.message, given[found.code], by)
        for found in findings
        if given.get(found.code)
    ]
    needed = service_gate.findings(slug, definition, is_live=row.is_live)
    if any(question.store == "contact" for question in definition.questions):
        raise Refused("survey-asks-contact")
    if not {found.code for found in needed} <= {found.code for found in overridden}:
        raise Refused("reasons-missing")
    begin_write()
    copy = _at(slug, revision)
    version = survey_service.publish_version(row.id, definition, overridden)
    _remove(copy)
    return version


def discard(slug: str, revision: int) -> None:
    """Throw the working copy away; what is published stays. A survey that never had a version is archived with it."""
    row = _survey(slug)
    begin_write()
    copy = _at(slug, revision)
    _remove(copy)
    audit.record("working-copy-discarded", "survey", row.id)
    if row.version is None:
        survey_service.archive_survey(slug)


def archive(slug: str) -> None:
    """Put a survey away: off the list, no working copy. Its versions, answers and releases stay. Refused while open."""
    row = _survey(slug)
    begin_write()
    found = db.session.scalars(sa.select(WorkingCopy).where(WorkingCopy.survey_id == row.id)).first()
    survey_service.archive_survey(slug)
    if found is not None:
        _remove(found)


def _begin(survey_id: uuid.UUID, version_id: uuid.UUID | None, definition: Definition, by: uuid.UUID | None) -> CopyRow:
    session = begin_write()
    copy = WorkingCopy(survey_id=survey_id, based_on=version_id, state=CopyState.DRAFT, revision=0)
    session.add(copy)
    session.flush()
    _step(copy, dump(leave_open(definition)), before=None, by=by)
    audit.record("working-copy-begun", "survey", survey_id)
    found = queries.copy_of(survey_id)
    if found is None:
        raise NotFound(str(survey_id))
    return found


def _step(copy: WorkingCopy, text: str, *, before: int | None, by: uuid.UUID | None) -> None:
    copy.revision += 1
    copy.state = CopyState.DRAFT
    db.session.add(
        WorkingStep(
            copy_id=copy.id,
            revision=copy.revision,
            before=before,
            definition=text,
            changed_by=by,
            changed_at=clock.now(),
        )
    )
    db.session.execute(
        sa.delete(WorkingStep).where(WorkingStep.copy_id == copy.id, WorkingStep.revision <= copy.revision - STEPS_KEPT)
    )
    db.session.flush()


def _step_row(copy: WorkingCopy, revision: int) -> WorkingStep | None:
    query = sa.select(WorkingStep).where(WorkingStep.copy_id == copy.id, WorkingStep.revision == revision)
    return db.session.scalars(query).first()


def _at(slug: str, revision: int) -> WorkingCopy:
    """The working copy's row, held for this write; Conflict where somebody else has changed it."""
    survey_id = _survey(slug).id
    found = db.session.scalars(
        sa.select(WorkingCopy).where(WorkingCopy.survey_id == survey_id).with_for_update()
    ).first()
    if found is None:
        raise NotFound(slug)
    if found.revision != revision:
        raise Conflict("survey-changed")
    return found


def _remove(copy: WorkingCopy) -> None:
    db.session.execute(sa.delete(WorkingStep).where(WorkingStep.copy_id == copy.id))
    db.session.delete(copy)
    db.session.flush()


def _survey(slug: str) -> SurveyRow:
    row = surveys.get_survey(slug)
    if row is None:
        raise NotFound(slug)
    return row


def _require_survey(definition: Definition) -> None:
    if definition.purpose != "survey":
        raise Refused("not-a-survey")
