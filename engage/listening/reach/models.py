"""The one table of reach: how many papers were typed in on a day. Who typed which is kept nowhere."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base
from engage.core.scope import Scoped


class PaperDay(Scoped, Base):
    """A day's pile: to be compared with the papers on the desk."""

    __tablename__ = "paper_day"

    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]
