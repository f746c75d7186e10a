"""The table of tests by people."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.assurance.accessibility.kinds import Ending, Way
from engage.core.database import Base, Key
from engage.core.scope import Scoped


class AccessTest(Scoped, Base):
    """One test. `testers` says how many and of what age, never who; `found` what they met, in plain words."""

    __tablename__ = "access_test"
    __table_args__ = (
        sa.CheckConstraint("(ending = 'mended') = (mended_on IS NOT NULL)", name="mended_has_day"),
        sa.CheckConstraint("ending = 'works' OR length(found) > 0", name="problem_is_said"),
    )

    id: Mapped[Key]
    way: Mapped[Way]
    tested_on: Mapped[date]
    testers: Mapped[str]
    equipment: Mapped[str] = mapped_column(default="")
    found: Mapped[str] = mapped_column(default="")
    ending: Mapped[Ending]
    mended_on: Mapped[date | None]
