"""The verb of reach: take in one paper. It becomes a response through the same parse and the same sender as online."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa

from engage.core import clock, crypto
from engage.core.database import begin_write, db
from engage.core.errors import Refused
from engage.core.transaction import transaction
from engage.listening.ballots.kinds import Entry
from engage.listening.reach.models import PaperDay
from engage.listening.surveys import blanking
from engage.listening.surveys.flow import Sending
from engage.listening.surveys.gate import CodeGate
from engage.listening.surveys.kinds import SurveyState
from engage.listening.surveys.queries import SurveyRow
from engage.listening.surveys.sender import SurveySender
from engage.rules.questionnaire import paper as papers
from engage.rules.questionnaire.answers import SKIP, Answer, Form, Mistake, skipped
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.kinds.ranking import Ranking
from engage.rules.questionnaire.path import path_for
from engage.rules.questionnaire.split import split
from engage.rules.questionnaire.texts import ENGLISH

CHANNEL = "paper"
LATE_DAYS = 14
"""Papers that were handed in on the last day can be typed in so many days longer."""


@dataclass(frozen=True)
class Sheet:
    """What stands on a paper beside its answers, and on the form for it: `key` was drawn for the form, `look` is one of
    `paper.LOOKS`, `how` what they said of who was with them.
    """

    key: str
    code: str = ""
    language: str = ENGLISH
    look: str = ""
    how: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Paper:
    """What one paper says: answers on its path, and the mistakes that keep it from being taken in, by question."""

    answers: Mapping[str, Answer]
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)


def takes_paper(row: SurveyRow) -> bool:
    """Whether papers of this survey can be typed in today. That it was put into the archive changes nothing: a paper
    that was handed in on the last day may say that a child is in danger."""
    if row.version is None or row.state is SurveyState.DRAFT:
        return False
    until = papers_until(row)
    return row.is_open or (row.closes_on is not None and until is not None and row.closes_on <= clock.today() <= until)


def papers_until(row: SurveyRow) -> date | None:
    """The last day on which papers of this survey can be typed in; None while nobody said when it closes."""
    if row.closes_on is None:
        return None
    return row.closes_on + min(timedelta(days=LATE_DAYS), date.max - row.closes_on)


def read(definition: Definition, form: Form) -> Paper:
    """The paper in a form: every question on its path is read as online; what was left empty was left out."""
    answers: dict[str, Answer] = {}
    mistakes: dict[str, Mistake] = {}
    while True:
        path = path_for(definition, answers)
        waiting = path.first_unanswered()
        if waiting is None:
            return Paper(answers, mistakes)
        # As it was asked: an option that was not brought along would never be on the path.
        given = _read(path.question(waiting), form)
        if isinstance(given, Mistake):
            mistakes[waiting] = given
        answers[waiting] = skipped() if isinstance(given, Mistake) else given


def take_in(row: SurveyRow, definition: Definition, paper: Paper, sheet: Sheet) -> None:
    """Store one paper. The same form sent twice is one response. Refused for a code that opens nothing, and for a
    paper of somebody who chose not to take part: nothing of it is kept.
    """
    if row.version is None or not takes_paper(row):
        raise Refused("survey-not-open")
    if path_for(definition, paper.answers).is_dropped:
        raise Refused("paper-dropped")
    secret = crypto.derive(sheet.key.encode(), f"paper:{row.id}")
    sender = SurveySender(row.id, row.slug)
    submission_key = crypto.derive(secret, f"submission:survey:{row.id}")
    if sender.is_sent(submission_key):
        return
    _let_in(row, sheet.code, secret)
    modes = papers.modes(sheet.look)
    store = sender.prepare(
        Sending(
            definition=definition,
            version_id=row.version.id,
            parts=split(definition, paper.answers),
            language=sheet.language,
            is_easy=modes.get("easy") == "yes",
            channel=CHANNEL,
            submission_key=submission_key,
            how={**modes, **(sheet.how if definition.asks_how else {})},
        )
    )
    with transaction():
        if sender.is_sent(submission_key):
            return
        store()
        blanking.blank_latecomer(row, definition)
    with transaction():
        _count(row.id)


def _let_in(row: SurveyRow, code: str, secret: bytes) -> None:
    gate = CodeGate(row.id, is_required=row.entry is Entry.CODES)
    if row.entry is Entry.OPEN or (not code.strip() and not gate.is_required):
        return
    if not (gate.is_theirs(code, secret) or gate.exchange(code, secret)) or not gate.use(secret):
        raise Refused("paper-code")


def _read(question: Question, form: Form) -> Answer | Mistake:
    if isinstance(question, Ranking):
        form = question.from_paper(form)
    given = question.parse(form)
    is_empty = not any(value.strip() for name in question.fields() for value in form.get(name, ()))
    if isinstance(given, Mistake) and is_empty and question.offers_skip:
        return question.parse({question.skip_field: (SKIP,)})
    return given


def _count(survey_id: uuid.UUID) -> None:
    session, today = begin_write(), clock.today()
    mine = (PaperDay.survey_id == survey_id, PaperDay.day == today)
    if session.scalar(sa.select(PaperDay.count).where(*mine).with_for_update()) is None:
        session.add(PaperDay(survey_id=survey_id, day=today, count=1))
    else:
        session.execute(sa.update(PaperDay).where(*mine).values(count=PaperDay.count + 1))
    db.session.flush()
