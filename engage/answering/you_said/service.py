"""The verbs of answers: write, change, publish as a named person, take down with a reason, remove a draft."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa

from engage.answering.you_said.kinds import Reason, TakenDown, Verdict
from engage.answering.you_said.models import Answer
from engage.core import audit, clock
from engage.core.database import begin_write, db
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.ids import new_id
from engage.rules.themes import Group
from engage.understanding.themes import queries as themes


@dataclass(frozen=True)
class AnswerText:
    """What an answer says. Dates in London; `reason` and `because` for what was not done, `we_did` for the rest
    (beside a "did not" it is what happens instead).
    """

    audience: Group
    you_said: str
    verdict: Verdict
    decided_by: str
    decided_on: date
    we_did: str = ""
    reason: Reason | None = None
    because: str = ""
    due_on: date | None = None
    look_again_on: date | None = None


def add(theme_id: uuid.UUID, text: AnswerText, by: uuid.UUID) -> uuid.UUID:
    """A new draft for a theme. Refused where it does not say what or why (see `problems`)."""
    check(text)
    session = begin_write()
    themes.get_theme(theme_id)
    answer = Answer(
        id=new_id(), theme_id=theme_id, owner_id=by, heard=None, published_by=None, published_on=None, **asdict(text)
    )
    session.add(answer)
    session.flush()
    audit.record("answer-written", "answer", answer.id)
    return answer.id


def change(answer_id: uuid.UUID, text: AnswerText) -> None:
    """Say a draft anew; Conflict once it is published: what people have read is taken down first, not rewritten."""
    check(text)
    begin_write()
    answer = _draft(answer_id)
    changed = [name for name, value in asdict(text).items() if getattr(answer, name) != value]
    for name in changed:
        setattr(answer, name, asdict(text)[name])
    if changed:
        audit.record("answer-changed", "answer", answer_id, fields=",".join(changed))


def publish(answer_id: uuid.UUID, by: uuid.UUID) -> None:
    """Show an answer to everybody, with the theme's frozen number of today; `by` stands for it."""
    begin_write()
    answer = _draft(answer_id)
    answer.heard = themes.get_theme(answer.theme_id).heard.get(answer.audience)
    answer.published_by, answer.published_on = by, clock.today()
    audit.record("answer-published", "answer", answer_id, verdict=answer.verdict.value)


def take_down(answer_id: uuid.UUID, why: TakenDown) -> None:
    """Take a published answer off the public page; it is a draft again."""
    begin_write()
    answer = _answer(answer_id)
    if answer.published_on is None:
        raise Conflict("answer-not-published")
    answer.published_by = answer.published_on = answer.heard = None
    audit.record("answer-taken-down", "answer", answer_id, why=why.value)


def remove(answer_id: uuid.UUID) -> None:
    """Remove a draft; the trail keeps that there was one."""
    session = begin_write()
    session.delete(_draft(answer_id))
    audit.record("answer-removed", "answer", answer_id)


def check(text: AnswerText) -> None:
    """Refused with the first of `problems`."""
    found = problems(text.verdict, text.reason, text.because, text.we_did, text.due_on)
    if found:
        raise Refused(found[0])


def problems(verdict: Verdict, reason: Reason | None, because: str, we_did: str, due_on: date | None) -> list[str]:
    """What an answer of this outcome still lacks: "answer-needs-reason", "-because", "-what", "-day"."""
    is_refusal = verdict is Verdict.DID_NOT
    lacks = {
        "answer-needs-reason": is_refusal and reason is None,
        "answer-needs-because": is_refusal and not because.strip(),
        "answer-needs-what": not is_refusal and not we_did.strip(),
        "answer-needs-day": verdict is Verdict.NOT_YET and due_on is None,
    }
    return [problem for problem, is_so in lacks.items() if is_so]


def _answer(answer_id: uuid.UUID) -> Answer:
    answer = db.session.scalars(sa.select(Answer).where(Answer.id == answer_id)).first()
    if answer is None:
        raise NotFound
    return answer


def _draft(answer_id: uuid.UUID) -> Answer:
    answer = _answer(answer_id)
    if answer.published_on is not None:
        raise Conflict("answer-is-published")
    return answer
