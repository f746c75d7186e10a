"""The verbs of the register: write a test down, say that a problem is mended."""

import uuid
from dataclasses import dataclass
from datetime import date

from engage.assurance.accessibility.kinds import Ending, Way
from engage.assurance.accessibility.models import AccessTest
from engage.core import audit, clock
from engage.core.database import begin_write
from engage.core.errors import NotFound, Refused


@dataclass(frozen=True)
class Tested:
    """What somebody writes down about one test."""

    way: Way
    tested_on: date
    testers: str
    equipment: str
    found: str
    is_problem: bool


def record(tested: Tested) -> uuid.UUID:
    """Keep a test; its id. Refused for a day to come, and for a problem that is not said."""
    if tested.tested_on > clock.today():
        raise Refused("access-test-day")
    if tested.is_problem and not tested.found.strip():
        raise Refused("access-test-found")
    test = AccessTest(
        way=tested.way,
        tested_on=tested.tested_on,
        testers=tested.testers.strip(),
        equipment=tested.equipment.strip(),
        found=tested.found.strip(),
        ending=Ending.PROBLEM if tested.is_problem else Ending.WORKS,
    )
    session = begin_write()
    session.add(test)
    session.flush()
    audit.record("access-test-recorded", "access-test", test.id, way=tested.way.value)
    return test.id


def mend(test_id: uuid.UUID) -> None:
    """Say that the problem a test found was mended today; anything else stays as it is."""
    test = begin_write().get(AccessTest, test_id)
    if test is None:
        raise NotFound
    if test.ending is Ending.PROBLEM:
        test.ending, test.mended_on = Ending.MENDED, clock.today()
        audit.record("access-test-mended", "access-test", test_id)
