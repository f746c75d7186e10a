"""The verbs of duty: set hours and clocks, say who is told of a flag, take the steps of escalation that are due."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from engage.core import audit, clock, outbox, scope
from engage.core.database import begin_write
from engage.core.errors import NotFound, Refused
from engage.core.ids import new_id
from engage.people import queries as people
from engage.people.queries import Person
from engage.safeguarding import queries_duty as queries
from engage.safeguarding.models import Flag
from engage.safeguarding.models_duty import Alert, Duty, FollowUp, OnDuty, Told
from engage.safeguarding.queries_duty import LEVELS, STEPS, DutyRow
from engage.web.access import Permission

ESCALATED = "flag-escalated"
FOLLOW_UP = "follow-up-due"


def set_duty(duty: DutyRow) -> None:
    """Keep the hours and the clocks of the present partnership."""
    minutes = dict(zip(STEPS, duty.steps, strict=True))
    minutes |= {f"read.{level.value}": duty.read[level] for level in LEVELS}
    minutes |= {f"decide.{level.value}": duty.decide[level] for level in LEVELS}
    session = begin_write()
    row = session.scalars(sa.select(Duty)).first() or Duty(id=new_id())
    row.opens_at = duty.hours.opens.isoformat("minutes")
    row.closes_at = duty.hours.closes.isoformat("minutes")
    row.days, row.on_bank_holidays = [str(day) for day in sorted(duty.hours.days)], duty.hours.on_bank_holidays
    row.minutes, row.follow_up_days = dict(minutes), duty.follow_up_days
    session.add(row)
    audit.record("duty-changed", "duty", row.id)


def set_order(accounts: Sequence[uuid.UUID]) -> None:
    """Who is told of a flag, in order: the designated lead first. Refused for somebody who may not decide on flags."""
    able = {person.id for person in _able()}
    order = list(dict.fromkeys(accounts))
    if not set(order) <= able:
        raise Refused("duty-nobody")
    session = begin_write()
    session.execute(sa.delete(OnDuty))
    session.add_all(OnDuty(account_id=each, position=place) for place, each in enumerate(order, 1))
    audit.record("deputies-changed", "duty", None, count=len(order))


def recipients(
    step: int, blocked: Collection[uuid.UUID], keepers: Collection[Person] | None = None, *, is_grave: bool = False
) -> list[Person]:
    """Who is told of a flag at a step: 0 is when it is raised. Nobody in `blocked` is. `keepers` hold the room that its
    matter went to: then they stand for everybody who may decide. Where none of them is left everybody who may decide
    is told as ever, and the administrators; at the last step for one that `is_grave`, beside the keepers.

    In the order that was set, the lead first and then a deputy a step; at the last step everybody who may decide, and
    the administrators, who see nothing of it but can find somebody. Without an order everybody who may decide is told
    at once. Where nobody is left the administrators are told from the beginning.
    """
    kept = [person for person in keepers or () if person.id not in blocked]
    is_last = step >= len(STEPS)
    everybody = [] if kept and not (is_last and is_grave) else [who for who in _able() if who.id not in blocked]
    able = list({who.id: who for who in (*kept, *everybody)}.values())
    finding = [who for who in finders() if who.id not in blocked and who not in able]
    place = {account: at for at, account in enumerate(queries.order_told())}
    listed = sorted((person for person in able if person.id in place), key=lambda person: place[person.id])
    if is_last or not able:
        return [*able, *finding]
    next_ones = listed[step : step + 1] or listed or able
    return next_ones if keepers is None or kept else [*next_ones, *finding]


def escalate() -> int:
    """Take every step that is due for a flag nobody has opened: each once, whoever else tries at the same time; how
    many were taken. Clocks count minutes on duty (C7).
    """
    if not queries.unopened() and not queries.is_anybody_told():
        return 0
    begin_write()
    _forget_told()
    unopened = queries.unopened()
    duty, now, taken = queries.duty(), clock.now(), queries.steps_taken()
    due: dict[datetime, int] = {}
    count = 0
    for flag in unopened:
        if flag.raised_at not in due:
            passed = duty.hours.passed(flag.raised_at, now)
            due[flag.raised_at] = sum(passed >= minutes for minutes in duty.steps)
        for step in range(1, due[flag.raised_at] + 1):
            if (flag.id, step) not in taken:
                _take(flag.id, step)
                count += 1
    return count


def close(flags: Collection[uuid.UUID]) -> None:
    """Flags are decided: what was said about who is told of them goes, in the caller's transaction (N3)."""
    begin_write().execute(sa.delete(Alert).where(Alert.flag_id.in_(flags)))


def mark_told(account_id: uuid.UUID, step: int, tick: datetime) -> None:
    """Somebody was told of everything that was raised on a tick."""
    begin_write().add(Told(account_id=account_id, step=step, tick=tick))


def remind(on: date) -> int:
    """Give notice of every decided flag whose day has come, once; how many."""
    session = begin_write()
    due = queries.reminders_due(on)
    for flag_id in due:
        session.execute(sa.update(FollowUp).where(FollowUp.flag_id == flag_id).values(is_reminded=True))
        outbox.enqueue(FOLLOW_UP, flag_id, is_late=True)
    return len(due)


def set_follow_up(flag_id: uuid.UUID, due_on: date) -> None:
    """Look at a decided flag again on a day, in the caller's transaction."""
    session = begin_write()
    session.execute(sa.delete(FollowUp).where(FollowUp.flag_id == flag_id))
    session.add(FollowUp(flag_id=flag_id, due_on=due_on, done_by=None))


def follow_up_done(flag_id: uuid.UUID, by: uuid.UUID) -> None:
    """Somebody looked at it again; written down."""
    mine = sa.update(FollowUp).where(FollowUp.flag_id == flag_id, FollowUp.done_by.is_(None))
    if not begin_write().execute(mine.values(done_by=by).returning(FollowUp.flag_id)).all():
        raise NotFound
    audit.record("flag-followed-up", "flag", flag_id)


def _take(flag_id: uuid.UUID, step: int) -> None:
    alert_id = new_id()
    begin_write().execute(sa.insert(Alert).values(id=alert_id, flag_id=flag_id, step=step))
    outbox.enqueue(ESCALATED, alert_id, is_late=True)


def _forget_told() -> None:
    """A tick of which nothing is open any more tells nothing to anybody: its rows go (N3)."""
    session = begin_write()
    open_ticks = set(session.scalars(sa.select(Flag.raised_at).where(Flag.raised_at.is_not(None)).distinct()))
    past = set(session.scalars(sa.select(Told.tick).distinct())) - open_ticks
    if past:
        session.execute(sa.delete(Told).where(Told.tick.in_(past)))


def _able() -> list[Person]:
    return people.list_people_who(scope.current(), Permission.TRIAGE_FLAGS)


def finders() -> list[Person]:
    """The administrators: they see nothing of a flag, and can appoint whoever may."""
    return people.list_people_who(scope.current(), Permission.MANAGE_PEOPLE)
