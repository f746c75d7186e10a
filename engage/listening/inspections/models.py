"""Tables of inspections, their teams and scores."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, Key
from engage.core.scope import Scoped
from engage.listening.inspections.kinds import InspectionState


class Inspection(Scoped, Base):
    """One visit of a team to a service, against one version of a criteria set."""

    __tablename__ = "inspection"
    __table_args__ = (
        sa.CheckConstraint("state <> 'published' OR published_on IS NOT NULL", name="published_has_date"),
        sa.CheckConstraint("stars IS NULL OR stars BETWEEN 1 AND 5", name="stars_in_range"),
    )

    id: Mapped[Key]
    service_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("service.id"), index=True)
    criteria_key: Mapped[str]
    criteria_version: Mapped[int]
    state: Mapped[InspectionState] = mapped_column(default=InspectionState.PLANNED)
    visit_on: Mapped[date]
    stars: Mapped[int | None]
    phrase: Mapped[str | None]
    strengths: Mapped[list[str]] = mapped_column(default=list)
    considerations: Mapped[list[str]] = mapped_column(default=list)
    declined_because: Mapped[str | None]
    published_on: Mapped[date | None]
    expires_on: Mapped[date | None]


class TeamMember(Scoped, Base):
    """One young inspector on one team; `locked_on` is when their own scores were closed."""

    __tablename__ = "team_member"

    inspection_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("inspection.id"), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    locked_on: Mapped[date | None]


class Score(Scoped, Base):
    """One inspector's private score of one criterion, 0 to 4; none means "could not see"."""

    __tablename__ = "score"
    __table_args__ = (
        sa.CheckConstraint("value IS NULL OR value BETWEEN 0 AND 4", name="value_in_range"),
        sa.UniqueConstraint("inspection_id", "account_id", "criterion"),
    )

    id: Mapped[Key]
    inspection_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("inspection.id"), index=True)
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    criterion: Mapped[str]
    value: Mapped[int | None]
    note_sealed: Mapped[bytes | None]
