"""S6, the small sibling of the drill: stopped dead at any moment, no worry is lost and nobody is told twice."""

import random
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.adapters.mail import MemoryMail
from engage.core import outbox
from engage.core.database import db
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding import jobs, queries, queries_duty, service_duty
from engage.safeguarding import service as safeguarding
from engage.voices import service as voices
from engage.voices.kinds import Concern
from tests.support.apps import within
from tests.support.notices import post, twice
from tests.support.people import staff
from tests.support.voices import prepare

__all__ = ["post"]
TUESDAY = datetime(2026, 11, 24, 9, 58, tzinfo=UTC)


class Killed(BaseException):
    """The process ends here: nothing catches it."""


def deadly(chance: random.Random, odds: float, act: Callable[..., object]) -> Callable[..., object]:
    """The same act; now and then the process dies just before it, or just after."""

    def tried(*given: object, **named: object) -> object:
        if chance.random() < odds:
            raise Killed
        done = act(*given, **named)
        if chance.random() < odds:
            raise Killed
        return done

    return tried


def alive(app: Flask, partnership: uuid.UUID, act: Callable[[], object]) -> bool:
    """Whether the process came through."""
    try:
        with within(app, partnership):
            act()
    except Killed:
        return False
    return True


def test_s6_killed_anywhere_no_flag_is_lost_and_no_alert_goes_out_under_two_names(
    app: Flask, partnership: uuid.UUID, post: MemoryMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, deaths = random.Random(7), 0
    team = [staff(app, partnership, f"{name}@larkmoor.example", Role.SAFEGUARDING_LEAD) for name in ("a", "b", "c")]
    with within(app, partnership), transaction():
        service_duty.set_order(team)
    with monkeypatch.context() as patch:
        for owner, name in ((voices, "store"), (safeguarding, "raise_flags"), (outbox, "enqueue")):
            patch.setattr(owner, name, deadly(chance, 0.1, getattr(owner, name)))
        with time_machine.travel(TUESDAY, tick=False):
            for _ in range(20):
                deaths += answer(app, partnership)
        for owner, name in ((post, "send"), (service_duty, "mark_told"), (service_duty, "_take")):
            patch.setattr(owner, name, deadly(chance, 0.15, getattr(owner, name)))
        for minute in range(0, 300, 5):
            with time_machine.travel(TUESDAY + timedelta(minutes=minute), tick=False):
                deaths += not alive(app, partnership, jobs.escalate)
                deaths += not alive(app, partnership, outbox.deliver)
    with time_machine.travel(TUESDAY + timedelta(minutes=300), tick=False):
        assert alive(app, partnership, jobs.escalate)
        assert alive(app, partnership, outbox.deliver)
    with within(app, partnership):
        assert queries.count_open().matters == 20
        assert len(queries_duty.steps_taken()) == 3 * 20
        assert db.session.scalar(sa.select(sa.func.count()).select_from(outbox.OutboxRow)) == 0
    names = {(str(message["To"]), str(message["Message-ID"])) for message in post.sent}
    # One tick: at once the first, then each deputy, then all three.
    assert len(names) == 6
    assert deaths > 10
    assert twice(post) <= deaths


def answer(app: Flask, partnership: uuid.UUID) -> int:
    """Somebody sends again until it is said that it is kept; how often the process died on the way."""
    deaths = 0
    origin = uuid.uuid4()

    def send() -> None:
        prepared = [prepare("he hits me", origin_id=origin, concern=Concern.RED)]
        with transaction():
            voices.store(prepared)
            safeguarding.raise_flags(prepared)

    # What died was rolled back: nothing of it is kept, so that sending again is sending once.
    while not alive(app, partnership, send):
        deaths += 1
    return deaths
