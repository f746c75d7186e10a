"""Tables of making: the working copy of a survey, and each step it was changed in."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, Key
from engage.core.scope import Scoped
from engage.listening.making.kinds import CopyState


class WorkingCopy(Scoped, Base):
    """What a survey will ask next: at most one a survey, beside the version that is live."""

    __tablename__ = "working_copy"

    id: Mapped[Key]
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), unique=True)
    based_on: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("survey_version.id"))
    state: Mapped[CopyState] = mapped_column(default=CopyState.DRAFT)
    revision: Mapped[int]


class WorkingStep(Scoped, Base):
    """A working copy as one person left it. `before` is the revision that undoing this one brings back."""

    __tablename__ = "working_step"
    __table_args__ = (sa.UniqueConstraint("copy_id", "revision"),)

    id: Mapped[Key]
    copy_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("working_copy.id"), index=True)
    revision: Mapped[int]
    before: Mapped[int | None]
    definition: Mapped[str]
    changed_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    changed_at: Mapped[datetime]
