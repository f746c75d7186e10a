"""Reads of the register."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engage.assurance.accessibility.kinds import Ending, Way
from engage.assurance.accessibility.models import AccessTest
from engage.core.database import db


@dataclass(frozen=True)
class TestRow:
    """One test by people."""

    id: uuid.UUID
    way: Way
    tested_on: date
    testers: str
    equipment: str
    found: str
    ending: Ending
    mended_on: date | None


def list_tests() -> list[TestRow]:
    """Every test, newest first."""
    found = db.session.scalars(sa.select(AccessTest).order_by(AccessTest.tested_on.desc(), AccessTest.id)).all()
    return [
        TestRow(one.id, one.way, one.tested_on, one.testers, one.equipment, one.found, one.ending, one.mended_on)
        for one in found
    ]


def untested(tests: Sequence[TestRow]) -> list[Way]:
    """The ways that nobody has tried yet."""
    tried = {test.way for test in tests}
    return [way for way in Way if way not in tried]
