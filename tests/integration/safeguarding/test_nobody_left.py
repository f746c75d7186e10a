"""C6, C7: what is kept from everybody here is seen to be late, and whoever is appointed is told of it."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from engage.adapters.mail import MemoryMail
from engage.core import clock, outbox
from engage.core.transaction import transaction
from engage.people import service as accounts
from engage.people.kinds import Role
from engage.safeguarding import alerts, queries, service_apart
from engage.safeguarding import service_triage as triage
from engage.safeguarding.kinds import Decision
from engage.voices.kinds import Concern
from tests.integration.safeguarding.test_contact_apart import ask
from tests.integration.safeguarding.test_contact_waits import TUESDAY
from tests.support import backups
from tests.support.apps import within
from tests.support.client import browser_of
from tests.support.notices import post, who
from tests.support.people import sign_in, staff
from tests.support.voices import say

__all__ = ["post"]
NOTE = "somebody decided"
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


def room_about(app: Flask, partnership: uuid.UUID, team: Team) -> None:
    """It went to the LADO, and nobody here reads that."""
    [voice] = say(app, partnership, concern=Concern.RED)
    with within(app, partnership), transaction():
        [matter] = queries.list_open(9)
        triage.open_flag(matter.worst.id, team["lead"])
        triage.decide(matter.worst.id, Decision.LADO, NOTE, by=team["lead"], seen=[*matter.ids, voice.id])
        service_apart.concern("response", voice.origin_id, set(team.values()))


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


@pytest.mark.parametrize("raise_one", [flag_about, request_about, room_about])
def test_c6_c7_whoever_it_is_about_is_told_nothing_and_whoever_runs_the_host_is(
    app: Flask,
    partnership: uuid.UUID,
    team: Team,
    post: MemoryMail,
    raise_one: Callable[[Flask, uuid.UUID, Team], None],
) -> None:
    """The only administrator is named: Today says nothing to them, not even that an alert reached nobody. Whatever
    watches the site sees that something is overdue, and the command says where and what to do, and nothing of it.
    """
    with time_machine.travel(TUESDAY, tick=False) as travel:
        before = {name: today(app, name) for name in team}
        assert (watched(app), doctor(app)) == (200, "")
        raise_one(app, partnership, team)
        travel.shift(timedelta(minutes=10))
        deliver(app, partnership)
        assert {name: today(app, name) for name in team} == before
        assert watched(app) == 503
        assert "In larkmoor something waits" in doctor(app)
        assert not any(name in doctor(app) for name in ("@larkmoor", "Ada", "Lead Example"))
        ned = staff(app, partnership, "ned@larkmoor.example", Role.ADMINISTRATOR)
        assert today(app, "ned").count("nobody-left") == 1, "one who is not named finds somebody"
        assert doctor(app) == ""
        with within(app, partnership), transaction():
            accounts.set_roles(ned, [Role.SAFEGUARDING_LEAD, Role.ALLEGATIONS_LEAD])
        deliver(app, partnership)
        assert (watched(app), doctor(app)) == (200, "")


def today(app: Flask, name: str) -> str:
    """The notes at the top of Today, as this person sees them."""
    browser = browser_of(app)
    sign_in(browser, f"{name}@larkmoor.example")
    page = browser.get("/staff/today").get_data(as_text=True)
    return " ".join(re.findall(r'id="(nobody-left-\d|silent)"', page))


def watched(app: Flask) -> int:
    return app.test_client().get("/healthz/alerts").status_code


def doctor(app: Flask) -> str:
    """What the command says of it."""
    found = backups.home_of(app).verb("doctor").output.splitlines()
    return "".join(line for line in found if "something waits" in line)
