"""The table of data protection impact assessments."""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, Key
from engage.core.scope import Scoped


class Impact(Scoped, Base):
    """One signed assessment of one survey; never changed, the newest counts. `scope` is what it was made for.

    `said` holds what people wrote: condition, necessity, risks, consulted.
    """

    __tablename__ = "impact"
    __table_args__ = (sa.UniqueConstraint("survey_id", "number"),)

    id: Mapped[Key]
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    number: Mapped[int]
    scope: Mapped[str]
    residual: Mapped[str]
    said: Mapped[dict[str, Any]]
    signed_by: Mapped[str]
    signed_on: Mapped[date]
    recorded_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
