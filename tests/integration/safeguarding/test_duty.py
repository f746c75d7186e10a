"""C7: a flag nobody opens goes to the next person at 15 minutes, an hour and four hours on duty, each step once."""

import contextlib
import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask_babel import force_locale

from engage.adapters.mail import MemoryMail
from engage.core import languages, outbox
from engage.core.database import db
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.rules.deadlines import Hours
from engage.safeguarding import jobs, queries, queries_duty, service_duty, words_hours
from engage.safeguarding import service_triage as triage
from engage.safeguarding.kinds import Decision
from engage.safeguarding.models_duty import Alert, Told
from engage.voices.kinds import Concern
from tests.support.apps import within
from tests.support.notices import post, who
from tests.support.pages import press
from tests.support.people import sign_in, staff
from tests.support.voices import say

__all__ = ["post"]
TUESDAY = datetime(2026, 11, 24, 10, 2, tzinfo=UTC)
FRIDAY_EVENING = datetime(2026, 11, 27, 18, 2, tzinfo=UTC)
ROUND_THE_CLOCK = Hours(frozenset(range(1, 8)), time(0), time(0), on_bank_holidays=True)
OFFICE = Hours(frozenset(range(1, 6)), time(9), time(17))


@pytest.fixture
def team(app: Flask, partnership: uuid.UUID) -> dict[str, uuid.UUID]:
    """A lead, two deputies, one more who may decide, and an administrator; the first three stand in the order."""
    names = ("lead", "dora", "dan", "extra")
    made = {name: staff(app, partnership, f"{name}@larkmoor.example", Role.SAFEGUARDING_LEAD) for name in names}
    made["ada"] = staff(app, partnership, "ada@larkmoor.example", Role.ADMINISTRATOR)
    with within(app, partnership), transaction():
        service_duty.set_order([made["lead"], made["dora"], made["dan"]])
    return made


def run(app: Flask, partnership: uuid.UUID) -> None:
    """What the worker does on a tick."""
    with within(app, partnership):
        jobs.escalate()
    with within(app, partnership):
        outbox.deliver()


def at_each(
    app: Flask, partnership: uuid.UUID, kept: MemoryMail, start: datetime, hours: float
) -> dict[str, list[str]]:
    """Run the worker every five minutes for so many hours; who was told, by the time that had passed."""
    told = {}
    for ticks in range(int(hours * 12) + 1):
        with time_machine.travel(start + timedelta(minutes=5 * ticks), tick=False):
            run(app, partnership)
            if names := who(kept):
                told[str(timedelta(minutes=5 * ticks))] = names
    return told


def test_c7_escalation_goes_to_the_deputies_in_order_each_step_once(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    """Raised at 10:02, so on the tick of 10:05; nobody opens it."""
    with time_machine.travel(TUESDAY, tick=False):
        say(app, partnership, "my canary words", concern=Concern.RED)
        say(app, partnership, "more of them", concern=Concern.AMBER)
    told = at_each(app, partnership, post, datetime(2026, 11, 24, 10, 5, tzinfo=UTC), 5)
    assert told == {
        "0:00:00": ["lead"],
        "0:15:00": ["dora"],
        "1:00:00": ["dan"],
        "4:00:00": ["ada", "dan", "dora", "extra", "lead"],
    }


def test_c7_nothing_is_used_up_while_nobody_is_on_duty(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    with time_machine.travel(FRIDAY_EVENING, tick=False):
        say(app, partnership, concern=Concern.RED)
    with time_machine.travel(FRIDAY_EVENING + timedelta(minutes=3), tick=False):
        run(app, partnership)
    assert who(post) == ["lead"], "told at once, whatever the hour"
    with time_machine.travel(datetime(2026, 11, 29, 23, 55, tzinfo=UTC), tick=False):
        run(app, partnership)
    assert who(post) == []
    assert at_each(app, partnership, post, datetime(2026, 11, 30, 9, 0, tzinfo=UTC), 1) == {
        "0:15:00": ["dora"],
        "1:00:00": ["dan"],
    }


def test_c7_a_partnership_sets_its_own_steps_and_hours(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    with within(app, partnership), transaction():
        service_duty.set_duty(replace(queries_duty.USUAL, steps=(5, 10, 20), hours=ROUND_THE_CLOCK))
    with time_machine.travel(FRIDAY_EVENING, tick=False):
        say(app, partnership, concern=Concern.RED)
    told = at_each(app, partnership, post, FRIDAY_EVENING + timedelta(minutes=3), 0.5)
    assert list(told) == ["0:00:00", "0:05:00", "0:10:00", "0:20:00"]


def test_c7_it_stops_when_somebody_opens_and_a_decision_forgets_who_was_told(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    """N3: nothing of the alerts outlives the flag's own time."""
    with time_machine.travel(TUESDAY, tick=False):
        voice = say(app, partnership, concern=Concern.RED)[0]
    assert len(at_each(app, partnership, post, TUESDAY + timedelta(minutes=3), 0.5)) == 2
    with time_machine.travel(TUESDAY + timedelta(hours=1), tick=False), within(app, partnership):
        flag = queries.list_open(1)[0].worst.id
        with transaction():
            triage.open_flag(flag, team["dora"])
    assert at_each(app, partnership, post, TUESDAY + timedelta(hours=1), 5) == {}
    with time_machine.travel(TUESDAY + timedelta(hours=7), tick=False):
        with within(app, partnership), transaction():
            triage.decide(flag, Decision.REFER, "why", by=team["dora"], seen=[flag, voice.id])
        run(app, partnership)
    with within(app, partnership):
        left = [db.session.scalar(sa.select(sa.func.count()).select_from(table)) for table in (Alert, Told)]
        assert left == [0, 0]


def test_f11_many_workers_at_once_take_each_step_once(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        for _ in range(4):
            say(app, partnership, concern=Concern.RED)
    with time_machine.travel(TUESDAY + timedelta(hours=5), tick=False):
        start = threading.Barrier(5)

        def work() -> None:
            with within(app, partnership):
                start.wait(10)
                with transaction():
                    service_duty.escalate()

        threads = [threading.Thread(target=_quietly(work)) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        run(app, partnership)
        with within(app, partnership):
            taken = sorted(step for _flag, step in queries_duty.steps_taken())
    assert taken == sorted([1, 2, 3] * 4)
    names = who(post)
    assert {name: names.count(name) for name in names} == {"lead": 2, "dora": 2, "dan": 2, "extra": 1, "ada": 1}


def _quietly(work: Callable[[], None]) -> Callable[[], None]:
    def attempt() -> None:
        with contextlib.suppress(sa.exc.IntegrityError):  # another was quicker: this one tries again on its next tick
            work()

    return attempt


def test_f10_a_clock_put_back_neither_repeats_nor_loses_a_step(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        say(app, partnership, concern=Concern.RED)
    told = []
    for minutes in (20, -40, 10, 20, 24 * 60, 70):
        with time_machine.travel(TUESDAY + timedelta(minutes=minutes), tick=False):
            run(app, partnership)
            told += who(post)
    assert sorted(told) == ["ada", "dan", "dan", "dora", "dora", "extra", "lead", "lead"]


def test_f12_a_notice_handed_over_twice_is_known_to_be_one(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """N9: killed between sending and keeping that it was sent, the worker sends the very same message again."""
    with time_machine.travel(TUESDAY, tick=False):
        say(app, partnership, "my canary words", concern=Concern.RED)

    def killed(*_: object) -> None:
        raise RuntimeError("killed")

    with time_machine.travel(TUESDAY + timedelta(minutes=3), tick=False):
        with monkeypatch.context() as patch:
            patch.setattr(service_duty, "mark_told", killed)
            run(app, partnership)
        run(app, partnership)
        run(app, partnership)
    assert len(post.sent) == 2
    assert len({message["Message-ID"] for message in post.sent}) == 1
    assert "canary" not in post.sent[0].as_string()


def nobody_there(app: Flask, language: str) -> str:
    """What children read before a survey, too."""
    with app.test_request_context("/larkmoor/"), force_locale(language):
        return words_hours.nobody_there(OFFICE)


def test_out_of_hours_truth_stands_on_the_pages_and_duty_is_set_on_its_page(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    browser = app.test_client()
    with time_machine.travel(datetime(2026, 11, 28, 12, 0, tzinfo=UTC), tick=False):
        sign_in(browser, "lead@larkmoor.example")
        truth = "Nobody is on duty now. Somebody reads again on Monday 30 November, 09:00."
        for address in ("/staff/today", "/staff/safeguarding", "/staff/safeguarding/duty"):
            assert truth in browser.get(address).get_data(as_text=True), address
        assert [code for code in languages.codes()[1:] if "Nobody" in nobody_there(app, code)] == []
        page = press(browser, "/staff/safeguarding/duty", **FILLED, first_told=str(team["dan"]), closes="08:00")
        assert "Choose a time after the beginning" in page
        page = press(browser, "/staff/safeguarding/duty", **FILLED, first_told=str(team["dan"]), closes="13:00")
        assert "Saved" in page
        assert "Monday to Saturday, 09:00 to 13:00" in page
        assert "Nobody is on duty now" not in page
    with within(app, partnership):
        assert queries_duty.order_told() == [team["dan"]]
        assert queries_duty.duty().steps == (5, 30, 60)


FILLED = {
    "days": ["1", "2", "3", "4", "5", "6"],
    "opens": "09:00",
    "second_told": "",
    "third_told": "",
    "step_first": "5",
    "step_second": "30",
    "step_third": "60",
    "follow_up_days": "7",
    **{f"{kind}_{level}": "90" for kind in ("read", "decide") for level in ("red", "not_checked", "amber")},
}


def test_what_is_late_stands_first_in_its_level_and_is_said(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        say(app, partnership, source_key="opened", concern=Concern.RED)
        with within(app, partnership), transaction():
            triage.open_flag(queries.list_open(1)[0].worst.id, team["lead"])
    with time_machine.travel(TUESDAY + timedelta(minutes=20), tick=False):
        say(app, partnership, source_key="unopened", concern=Concern.RED)
    with time_machine.travel(TUESDAY + timedelta(minutes=95), tick=False):
        browser = app.test_client()
        sign_in(browser, "lead@larkmoor.example")
        page = browser.get("/staff/safeguarding").get_data(as_text=True)
        today = browser.get("/staff/today").get_data(as_text=True)
    assert "One is late." in page
    assert page.index("Late: open by 11:25") < page.index("Decide by 14:05")
    assert today.index("Late: open by") < today.index("Decide by")
