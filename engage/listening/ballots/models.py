"""Tables of ballots: a batch of codes, and the one box that says which of them are used."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, Key
from engage.core.scope import Scoped


class CodeBatch(Scoped, Base):
    """Codes handed out together. `box` holds the state of all of them, sealed whole (see `box.py`).

    A code has no row of its own: the row's version would tell when it was used, and so in which order people came.
    """

    __tablename__ = "code_batch"

    id: Mapped[Key]
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    for_whom: Mapped[str]
    count: Mapped[int]
    made_on: Mapped[date]
    expires_on: Mapped[date]
    codes_sealed: Mapped[bytes | None]
    box: Mapped[bytes]
