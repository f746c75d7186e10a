"""The table of reports."""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, Key
from engage.core.scope import Scoped


class Report(Scoped, Base):
    """One report: what people wrote and chose (`sections`), and once frozen its whole content and SHA-256."""

    __tablename__ = "report"
    __table_args__ = (sa.CheckConstraint("(frozen_on IS NULL) = (sha256 IS NULL)", name="frozen_is_hashed"),)

    id: Mapped[Key]
    kind: Mapped[str]
    title: Mapped[str]
    sections: Mapped[dict[str, Any]]
    started_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    started_on: Mapped[date]
    frozen_on: Mapped[date | None]
    frozen_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    content: Mapped[dict[str, Any] | None]
    sha256: Mapped[str | None]
