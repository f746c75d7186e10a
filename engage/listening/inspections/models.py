"""Tables of inspections, their teams and scores."""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, Key
from engage.core.scope import Scoped
from engage.listening.inspections.kinds import InspectionState


class Inspection(Scoped, Base):
    """One visit of a team to a service, against one version of a criteria set; or a service's no to a visit.

    `result` is how the star came about, frozen when it is published.
    """

    __tablename__ = "inspection"
    __table_args__ = (
        sa.CheckConstraint(
            "state <> 'published' OR "
            "(published_on IS NOT NULL AND expires_on IS NOT NULL AND phrase IS NOT NULL AND result IS NOT NULL)",
            name="published_is_whole",
        ),
        sa.CheckConstraint(
            "CASE WHEN state = 'declined' THEN declined_on IS NOT NULL AND declined_because IS NOT NULL "
            "ELSE visit_on IS NOT NULL AND criteria_key IS NOT NULL AND criteria_version IS NOT NULL END",
            name="visited_or_declined",
        ),
        sa.CheckConstraint("stars IS NULL OR stars BETWEEN 1 AND 5", name="stars_in_range"),
    )

    id: Mapped[Key]
    service_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("service.id"), index=True)
    criteria_key: Mapped[str | None]
    criteria_version: Mapped[int | None]
    state: Mapped[InspectionState] = mapped_column(default=InspectionState.PLANNED)
    visit_on: Mapped[date | None]
    strengths: Mapped[list[str]] = mapped_column(default=list)
    considerations: Mapped[list[str]] = mapped_column(default=list)
    declined_on: Mapped[date | None]
    declined_because: Mapped[str | None]
    stars: Mapped[int | None]
    phrase: Mapped[str | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    published_on: Mapped[date | None]
    expires_on: Mapped[date | None]


class TeamMember(Scoped, Base):
    """One young inspector on one team; `locked_on` is when their own scores were closed."""

    __tablename__ = "team_member"

    inspection_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("inspection.id"), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    locked_on: Mapped[date | None]


class Score(Scoped, Base):
    """One inspector's private score of one criterion, 0 to 4; none means "could not see".

    A row is never changed but replaced, so that its id stands for what was scored. A note that was shared is taken off
    when the scores are locked: from then on it is a voice, which names nobody.
    """

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
    note_is_shared: Mapped[bool] = mapped_column(default=False)
