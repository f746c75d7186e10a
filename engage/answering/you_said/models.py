"""The table of answers."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.answering.you_said.kinds import Reason, Verdict
from engage.core.database import Base, Key
from engage.core.scope import Scoped
from engage.rules.themes import Group


class Answer(Scoped, Base):
    """One "you said, we did": shown to the public from `published_on`, with the theme's number of that day.

    `because` says in a child's words why not; `we_did` what was done, is being done, or will be done instead.
    `due_on` is when something being done will be finished, or by when an answer is promised.
    """

    __tablename__ = "answer"
    __table_args__ = (
        sa.CheckConstraint(
            "verdict <> 'did_not' OR (reason IS NOT NULL AND length(because) > 0)", name="did_not_has_reason"
        ),
        sa.CheckConstraint("verdict = 'did_not' OR length(we_did) > 0", name="says_what"),
        sa.CheckConstraint("(published_on IS NULL) = (published_by IS NULL)", name="publisher_known"),
    )

    id: Mapped[Key]
    theme_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("theme.id"), index=True)
    audience: Mapped[Group]
    you_said: Mapped[str]
    verdict: Mapped[Verdict]
    we_did: Mapped[str] = mapped_column(default="")
    reason: Mapped[Reason | None]
    because: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str]
    decided_on: Mapped[date]
    owner_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    due_on: Mapped[date | None]
    look_again_on: Mapped[date | None]
    heard: Mapped[int | None]
    published_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    published_on: Mapped[date | None] = mapped_column(index=True)
