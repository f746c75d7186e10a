"""The table of shared tablets."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, Key
from engage.core.scope import Scoped


class Tablet(Scoped, Base):
    """One shared tablet, or a few that stand together: where it stands, until when, and whether it may go offline."""

    __tablename__ = "tablet"

    id: Mapped[Key]
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    place: Mapped[str]
    works_offline: Mapped[bool]
    ends_on: Mapped[date]
    ended_on: Mapped[date | None]
