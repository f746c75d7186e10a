"""C6, C7: what is kept from everybody here is seen to be late, and whoever is appointed is told of it."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from engage.adapters.mail import MemoryMail
from engage.core import clock, outbox
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding import alerts, service_apart
from engage.voices.kinds import Concern
from tests.integration.safeguarding.test_contact_apart import ask
from tests.integration.safeguarding.test_contact_waits import TUESDAY
from tests.support.apps import within
from tests.support.notices import post, who
from tests.support.people import staff
from tests.support.voices import say

__all__ = ["post"]
Team = dict[str, uuid.UUID]


@pytest.fixture
def team(app: Flask, partnership: uuid.UUID) -> Team:
    """A lead and an administrator, and nobody else."""
    roles = {"lead": Role.SAFEGUARDING_LEAD, "ada": Role.ADMINISTRATOR}
    return {name: staff(app, partnership, f"{name}@larkmoor.example", role) for name, role in roles.items()}


def flag_about(app: Flask, partnership: uuid.UUID, team: Team) -> None:
    [voice] = say(app, partnership, concern=Concern.RED)
    with within(app, partnership), transaction():
        service_apart.concern("response", voice.origin_id, set(team.values()))


def request_about(app: Flask, partnership: uuid.UUID, team: Team) -> None:
    with within(app, partnership):
        ask("Lead Example and Ada Example, my dad hits me")


def deliver(app: Flask, partnership: uuid.UUID) -> bool:
    """Send what is due; whether an alert is seen to be late afterwards, by staff and by machines."""
    with within(app, partnership):
        outbox.deliver()
        late = outbox.is_overdue(alerts.kinds(), clock.now() - timedelta(minutes=5))
        assert late == alerts.is_overdue_anywhere()
        return late


@pytest.mark.parametrize("raise_one", [flag_about, request_about])
def test_c6_c7_what_is_kept_from_everybody_is_late_until_somebody_is_appointed_who_is_told(
    app: Flask,
    partnership: uuid.UUID,
    team: Team,
    post: MemoryMail,
    raise_one: Callable[[Flask, uuid.UUID, Team], None],
) -> None:
    with time_machine.travel(TUESDAY, tick=False) as travel:
        raise_one(app, partnership, team)
        for minutes, is_late in ((3, False), (7, True), (10, True)):
            travel.shift(timedelta(minutes=minutes))
            assert deliver(app, partnership) is is_late
        staff(app, partnership, "nell@larkmoor.example", Role.SAFEGUARDING_LEAD)
        assert who(post) == []
        assert deliver(app, partnership) is False
        assert set(who(post)) == {"nell"}
