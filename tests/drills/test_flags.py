"""S6: a worry is said, raised, told, told to the next, opened and decided on, while web and worker are killed.

ENGAGE_DRILL_FLAGGED (1000) people answer with worrying words; ENGAGE_DRILL_CLIENTS (16) at a time;
ENGAGE_DRILL_KILLS (20) is how often the worker is killed while it tells people.
"""

import os
import random
import signal
import time
import uuid
from dataclasses import replace
from datetime import time as of_day
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.app import create_app
from engage.core import audit, outbox, scope
from engage.core.database import db
from engage.core.transaction import transaction
from engage.people import queries as people
from engage.people import service as accounts
from engage.people.kinds import Role
from engage.rules.deadlines import Hours
from engage.safeguarding import queries, queries_duty, service_duty
from engage.safeguarding import service_triage as triage
from engage.safeguarding.kinds import Decision
from engage.safeguarding.models import Flag
from engage.safeguarding.models_duty import Alert, Told
from engage.settings import Settings
from tests.drills import conftest
from tests.drills.alerts import Shifted, Taken
from tests.drills.conftest import CHEAP, size
from tests.drills.test_kill import Crowd, Killer
from tests.support.serving import free_port, run_verb

LEADS = ("lena", "dora", "dan")
WORRY = "my dad hits me at night and i am scared canary"
ALWAYS = Hours(frozenset(range(1, 8)), of_day(0), of_day(0), on_bank_holidays=True)
MINUTES = 330


def open_home(home: Path) -> Flask:
    return create_app(Settings(home=home, argon2_memory_kib=64, argon2_passes=1))


def on_duty(home: Path) -> None:
    """A lead and two deputies with addresses, day and night."""
    app = open_home(home)
    with app.app_context():
        scope.enter(people.list_partnerships()[0].id)
        with transaction():
            made = [
                accounts.add_account(name.title(), f"{name}@larkmoor.example", [Role.SAFEGUARDING_LEAD])
                for name in LEADS
            ]
            service_duty.set_order(made)
            service_duty.set_duty(replace(queries_duty.USUAL, hours=ALWAYS))
        db.engine.dispose()


def test_s6_of_a_thousand_worries_none_is_lost_and_none_is_told_twice(
    home: Path, chance: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = size("FLAGGED", 1000)
    on_duty(home)
    with Taken() as taken:
        mail = {
            "ENGAGE_SMTP_URL": taken.url,
            "ENGAGE_MAIL_FROM": "engage@example.org",
            "ENGAGE_SITE_URL": "https://voice.larkmoor.example",
            "ENGAGE_LOG_LEVEL": "CRITICAL",
        }
        for name, value in mail.items():
            monkeypatch.setenv(name, value)
        answer_while_killing(home, count, chance)
        kills = tell_while_killing(home, mail, chance, size("KILLS", 20))
        report(home, count, kills, taken)
    acknowledge(home, count)
    conftest.say(f"F17 {run_verb(home, 'audit', 'verify').strip()}")


def answer_while_killing(home: Path, count: int, chance: random.Random) -> None:
    """Everybody answers while web processes, and now and then everything with the worker, are killed."""
    killer, restarts = Killer(home, free_port(), chance), 4
    try:
        crowd = Crowd(killer.served.port, count, size("CLIENTS", 16), chance, WORRY)
        while crowd.is_busy:
            killer.one()
            if killer.restarts < restarts and crowd.acknowledged >= count * (killer.restarts + 1) / (restarts + 1):
                killer.everything()
        assert killer.served.stop() == 0
    finally:
        killer.served.end()
    assert crowd.errors == []
    assert crowd.acknowledged == count
    conftest.say(f"S6 {count} said it; {killer.workers} web processes and {killer.restarts} times everything killed")


def tell_while_killing(home: Path, mail: dict[str, str], chance: random.Random, kills: int) -> int:
    """Five and a half hours of the worker, killed at random moments."""
    cheap = {f"ENGAGE_{name.upper()}": str(value) for name, value in CHEAP.items()}
    shifted, done = Shifted(home, MINUTES, cheap | mail), 0
    until = time.monotonic() + 3000
    while shifted.passed <= MINUTES:
        assert time.monotonic() < until, (home / "shifted-log").read_text()[-2000:]
        process = shifted.start()
        before = shifted.passed
        if done < kills:
            while process.poll() is None and shifted.passed == before:
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 1.5))
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
                done += 1
        process.wait()
    return done


def report(home: Path, count: int, kills: int, taken: Taken) -> None:
    app = open_home(home)
    with app.app_context():
        scope.enter(people.list_partnerships()[0].id)
        flagged = len(set(db.session.scalars(sa.select(Flag.origin_id))))
        ticks = set(db.session.scalars(sa.select(Flag.raised_at).where(Flag.decision.is_(None))))
        flags = db.session.scalar(sa.select(sa.func.count()).select_from(Flag)) or 0
        taken_steps = queries_duty.steps_taken()
        left = db.session.scalar(sa.select(sa.func.count()).select_from(outbox.OutboxRow))
        told = db.session.scalar(sa.select(sa.func.count()).select_from(Told)) or 0
        db.session.rollback()
        db.engine.dispose()
    messages = taken.messages
    again = sum(messages.values()) - len(messages)
    conftest.say(f"S6 flagged {flagged} of {count}, lost {count - flagged}; on {len(ticks)} ticks, {flags} flags")
    conftest.say(f"S6 worker killed {kills} times; {len(taken_steps)} steps of escalation, notices left {left}")
    conftest.say(
        f"S6 {len(messages)} alerts sent of {told} due; handed over again after a kill, under one name: {again}"
    )
    assert flagged == count
    assert len(taken_steps) == 3 * flags
    assert left == 0
    # At once the lead, then each deputy, then all three: six people a tick.
    assert len(messages) == told == 6 * len(ticks)
    assert again <= kills + 5
    assert not [body for body in taken.bodies if "canary" in body]


def acknowledge(home: Path, count: int) -> None:
    """Everything is opened and decided; then nothing of the alerts is left (N3)."""
    app = open_home(home)
    with app.app_context():
        scope.enter(people.list_partnerships()[0].id)
        lead: uuid.UUID = people.list_people_with(scope.current(), Role.SAFEGUARDING_LEAD)[0].id
        for matter in queries.list_open(count):
            with transaction():
                opened = triage.open_flag(matter.worst.id, lead)
                seen = matter.ids | {row.id for row, _ in opened.said}
                triage.decide(matter.worst.id, Decision.REFER, "drill", by=lead, seen=seen)
        with transaction():
            service_duty.escalate()
        assert queries.count_open().matters == 0
        assert [db.session.scalar(sa.select(sa.func.count()).select_from(table)) for table in (Alert, Told)] == [0, 0]
        opened_by = {event.actor_id for event in db.session.scalars(sa.select(audit.AuditEvent))}
        assert opened_by
        db.session.rollback()
        db.engine.dispose()
