"""The table of answers."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.answering.you_said.kinds import Verdict
from engage.core.database import Base, Key
from engage.core.scope import Scoped


class Answer(Scoped, Base):
    """One "you said, we did": shown to the public from `published_on`."""

    __tablename__ = "answer"
    __table_args__ = (
        sa.CheckConstraint("verdict <> 'did_not' OR length(because) > 0", name="did_not_has_reason"),
        sa.CheckConstraint("(published_on IS NULL) = (published_by IS NULL)", name="publisher_known"),
    )

    id: Mapped[Key]
    theme_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("theme.id"), index=True)
    audience: Mapped[str]
    you_said: Mapped[str]
    verdict: Mapped[Verdict]
    we_did: Mapped[str]
    because: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str]
    decided_on: Mapped[date]
    owner_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    look_again_on: Mapped[date | None]
    published_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    published_on: Mapped[date | None]
