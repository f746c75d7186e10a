"""What a regime says about one case today."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from engage.rules.deadlines.calendar import add_months, add_working_days, is_provisional, working_days_between
from engage.rules.deadlines.regimes import Event, Regime, Step

State = Literal["running", "due_soon", "late", "met", "met_late"]


@dataclass(frozen=True)
class Clock:
    """One running or stopped clock.

    due: the last day in time. latest: the hard stop an extension could move it to, None where there is none.
    provisional: due lies beyond the published bank holidays. days_left: working days from today (from the day it was
    met, once it is) to due; 0 on the day itself, negative after it.
    """

    key: str
    name: str
    due: date
    latest: date | None
    provisional: bool
    days_left: int
    state: State


def clocks(
    regime: Regime,
    facts: Mapping[Event, date],
    today: date,
    *,
    extended: Collection[str] = (),
    closures: Collection[date] = (),
    at_latest: Mapping[Event, date] | None = None,
) -> tuple[Clock, ...]:
    """The clocks of a case, in the regime's order; a clock whose starting event has not happened is left out.

    facts: local dates of what happened. extended: keys of steps for which an extension was agreed and told.
    closures: further days on which nobody works. at_latest: the last day on which an event may have happened, where
    only a span of days is kept (`facts` has its first): its clock is due as from the first day, and late only when it
    is late as from the last.
    """
    return tuple(
        _clock(step, facts, today, extended=step.key in extended, closures=closures, at_latest=at_latest or {})
        for step in regime.steps
        if step.counts_from in facts
    )


def _clock(
    step: Step,
    facts: Mapping[Event, date],
    today: date,
    *,
    extended: bool,
    closures: Collection[date],
    at_latest: Mapping[Event, date],
) -> Clock:
    start = facts[step.counts_from]
    latest = add_working_days(start, step.extended_to, closures) if step.extended_to else None
    due = latest if extended and latest else _due(step, start, closures)
    met = facts.get(step.met_by)
    sure = max(due, _due(step, at_latest.get(step.counts_from, start), closures))
    ended = met or today
    days_left = 0 if due < ended <= sure else working_days_between(ended, due, closures)
    state = _state(step, sure, met, today, days_left)
    return Clock(step.key, step.name, due, latest, is_provisional(due), days_left, state)


def _due(step: Step, start: date, closures: Collection[date]) -> date:
    if step.working_days:
        return add_working_days(start, step.working_days, closures)
    if step.months:
        return add_months(start, step.months)
    return start + timedelta(days=step.days or 0)


def _state(step: Step, due: date, met: date | None, today: date, days_left: int) -> State:
    if met:
        return "met" if met <= due else "met_late"
    if today > due:
        return "late"
    return "due_soon" if days_left <= step.soon else "running"
