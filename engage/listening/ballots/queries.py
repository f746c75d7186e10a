"""Selects on batches of codes. Nothing here says how many codes are used: that is a number about people."""

import uuid
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engage.core import clock
from engage.core.database import db
from engage.listening.ballots.models import CodeBatch


@dataclass(frozen=True)
class BatchRow:
    """A batch as its staff page shows it."""

    id: uuid.UUID
    survey_id: uuid.UUID
    for_whom: str
    count: int
    made_on: date
    expires_on: date
    can_print: bool

    @property
    def is_good(self) -> bool:
        """Whether its codes can still be exchanged today."""
        return clock.today() <= self.expires_on


def list_batches(survey_id: uuid.UUID) -> list[BatchRow]:
    """The batches of a survey, the one that lasts longest first."""
    query = sa.select(CodeBatch).where(CodeBatch.survey_id == survey_id)
    found = db.session.scalars(query.order_by(CodeBatch.expires_on.desc(), CodeBatch.for_whom, CodeBatch.id))
    return [_row(batch) for batch in found]


def get_batch(batch_id: uuid.UUID) -> BatchRow | None:
    """One batch."""
    found = db.session.scalars(sa.select(CodeBatch).where(CodeBatch.id == batch_id)).first()
    return _row(found) if found is not None else None


def boxes(survey_id: uuid.UUID, good_on: date | None = None) -> list[tuple[uuid.UUID, bytes]]:
    """(batch, sealed box) of a survey's batches; only of those whose codes are good on a day, where one is given."""
    query = sa.select(CodeBatch.id, CodeBatch.box).where(CodeBatch.survey_id == survey_id).order_by(CodeBatch.id)
    if good_on is not None:
        query = query.where(CodeBatch.expires_on >= good_on)
    return [(batch_id, box) for batch_id, box in db.session.execute(query)]


def _row(batch: CodeBatch) -> BatchRow:
    can_print = batch.codes_sealed is not None and clock.today() <= batch.expires_on
    return BatchRow(batch.id, batch.survey_id, batch.for_whom, batch.count, batch.made_on, batch.expires_on, can_print)
