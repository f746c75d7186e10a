"""Selects on answers: what is published, what is owed, what waits as a draft. Counts of answers are not of people."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engage.answering.you_said.kinds import Reason, Verdict
from engage.answering.you_said.models import Answer
from engage.core import clock
from engage.core.database import db
from engage.core.errors import NotFound
from engage.rules.themes import Group
from engage.understanding.themes import queries as themes


@dataclass(frozen=True)
class AnswerRow:
    """An answer with its theme's name and drawing. heard: the theme's rounded number on the day it was published;
    None is hidden, which looks like nobody.
    """

    id: uuid.UUID
    theme_id: uuid.UUID
    theme: str
    picture: str
    audience: Group
    you_said: str
    verdict: Verdict
    we_did: str
    reason: Reason | None
    because: str
    decided_by: str
    decided_on: date
    owner_id: uuid.UUID
    due_on: date | None
    look_again_on: date | None
    heard: int | None
    published_by: uuid.UUID | None
    published_on: date | None

    @property
    def is_late(self) -> bool:
        """Whether a promised day has passed: being finished, answered, or looked at again."""
        today = clock.today()
        is_open = self.verdict in {Verdict.DOING, Verdict.NOT_YET}
        is_overdue = is_open and self.due_on is not None and self.due_on < today
        return is_overdue or (self.look_again_on is not None and self.look_again_on < today)


@dataclass(frozen=True)
class OwedRow:
    """A theme to whose speakers an answer is owed. promised_on: by when, where a published answer says "not yet";
    draft_id: a draft that somebody began.
    """

    theme_id: uuid.UUID
    theme: str
    heard: Mapping[Group, int]
    promised_on: date | None
    is_late: bool
    draft_id: uuid.UUID | None


_PUBLISHED = Answer.published_on.is_not(None)


def list_published(
    audience: Group | None = None, limit: int | None = None, *, verdict: Verdict | None = None, skipped: int = 0
) -> list[AnswerRow]:
    """Published answers, the newest first; to one group and of one outcome where these are given."""
    query = sa.select(Answer).where(_PUBLISHED).order_by(Answer.published_on.desc(), Answer.id)
    if audience is not None:
        query = query.where(Answer.audience == audience)
    if verdict is not None:
        query = query.where(Answer.verdict == verdict)
    return _rows(db.session.scalars(query.limit(limit).offset(skipped)))


def count_published() -> dict[tuple[Group, Verdict], int]:
    """How many answers are published, by group and outcome."""
    query = sa.select(Answer.audience, Answer.verdict, sa.func.count().label("answers")).where(_PUBLISHED)
    rows = db.session.execute(query.group_by(Answer.audience, Answer.verdict))
    return {(row.audience, row.verdict): row.answers for row in rows}


def latest_of_each_verdict() -> list[AnswerRow]:
    """The newest published answer of each outcome but "not yet": did, doing, did not. For the public home."""
    newest = sa.func.row_number().over(partition_by=Answer.verdict, order_by=(Answer.published_on.desc(), Answer.id))
    ranked = sa.select(Answer.id, newest.label("place")).where(_PUBLISHED, Answer.verdict != Verdict.NOT_YET).subquery()
    query = sa.select(Answer).join(ranked, ranked.c.id == Answer.id).where(ranked.c.place == 1)
    order = list(Verdict)
    return sorted(_rows(db.session.scalars(query)), key=lambda row: order.index(row.verdict))


def list_drafts() -> list[AnswerRow]:
    """Answers that are not published, by the day they were decided on, the newest first."""
    query = sa.select(Answer).where(~_PUBLISHED).order_by(Answer.decided_on.desc(), Answer.id)
    return _rows(db.session.scalars(query))


def answers_for(theme_id: uuid.UUID) -> list[AnswerRow]:
    """Every answer to a theme, drafts too, the newest decision first."""
    query = sa.select(Answer).where(Answer.theme_id == theme_id).order_by(Answer.decided_on.desc(), Answer.id)
    return _rows(db.session.scalars(query))


def published_for_theme(theme_id: uuid.UUID) -> list[AnswerRow]:
    """The published answers to a theme, the newest first."""
    query = sa.select(Answer).where(Answer.theme_id == theme_id, _PUBLISHED)
    return _rows(db.session.scalars(query.order_by(Answer.published_on.desc(), Answer.id)))


def answers_to_origin(origin_kind: str, origin_id: uuid.UUID) -> list[AnswerRow]:
    """The published answers to what one response, case or note spoke of: for whoever comes back with its receipt."""
    theme_ids = themes.of_origin(origin_kind, origin_id)
    query = sa.select(Answer).where(Answer.theme_id.in_(theme_ids), _PUBLISHED)
    return _rows(db.session.scalars(query.order_by(Answer.published_on.desc(), Answer.id)))


def get_answer(answer_id: uuid.UUID) -> AnswerRow:
    """One answer; NotFound where there is none."""
    found = _rows(db.session.scalars(sa.select(Answer).where(Answer.id == answer_id)))
    if not found:
        raise NotFound
    return found[0]


def owed() -> list[OwedRow]:
    """Themes that somebody spoke of and that have no published answer yet: what is late first, then the most heard."""
    answers = _states()
    spoken_of = themes.spoken_of()
    rows = [
        _owed(theme, answers.get(theme.id, []))
        for theme in themes.list_themes()
        if theme.id in spoken_of and not any(state.is_final for state in answers.get(theme.id, []))
    ]
    return sorted(rows, key=lambda row: (not row.is_late, -sum(row.heard.values()), row.theme.casefold()))


@dataclass(frozen=True)
class _State:
    is_final: bool
    draft_id: uuid.UUID | None
    promised_on: date | None


def _states() -> dict[uuid.UUID, list[_State]]:
    query = sa.select(Answer.id, Answer.theme_id, Answer.verdict, Answer.published_on, Answer.due_on)
    found: dict[uuid.UUID, list[_State]] = {}
    for row in db.session.execute(query):
        is_draft, is_promise = row.published_on is None, row.verdict is Verdict.NOT_YET
        state = _State(
            is_final=not is_draft and not is_promise,
            draft_id=row.id if is_draft else None,
            promised_on=row.due_on if is_promise and not is_draft else None,
        )
        found.setdefault(row.theme_id, []).append(state)
    return found


def _owed(theme: themes.ThemeRow, states: list[_State]) -> OwedRow:
    promised = max((state.promised_on for state in states if state.promised_on), default=None)
    return OwedRow(
        theme_id=theme.id,
        theme=theme.name,
        heard=theme.heard,
        promised_on=promised,
        is_late=promised is not None and promised < clock.today(),
        draft_id=next((state.draft_id for state in states if state.draft_id), None),
    )


def _rows(found: Iterable[Answer]) -> list[AnswerRow]:
    answers = list(found)
    labels = themes.labels() if answers else {}
    return [_row(answer, labels[answer.theme_id]) for answer in answers]


def _row(answer: Answer, label: themes.Label) -> AnswerRow:
    return AnswerRow(
        id=answer.id,
        theme_id=answer.theme_id,
        theme=label.name,
        picture=label.picture,
        audience=answer.audience,
        you_said=answer.you_said,
        verdict=answer.verdict,
        we_did=answer.we_did,
        reason=answer.reason,
        because=answer.because,
        decided_by=answer.decided_by,
        decided_on=answer.decided_on,
        owner_id=answer.owner_id,
        due_on=answer.due_on,
        look_again_on=answer.look_again_on,
        heard=answer.heard,
        published_by=answer.published_by,
        published_on=answer.published_on,
    )
