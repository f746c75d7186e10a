"""Hours of duty: when somebody reads, and how long that has lasted. Instants are UTC, hours are those of London.

A clock that counts minutes on duty stands still at night, so nobody is late for hours in which nobody was there, and
no alert is used up on a Sunday. Local times become instants one by one, so a day on which the clocks change is as long
as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engage.rules.deadlines.calendar import bank_holidays

LONDON = ZoneInfo("Europe/London")
_LOOK_AHEAD_DAYS = 400
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Hours:
    """On which ISO weekdays (1 is Monday) somebody is on duty, and from when to when; `closes` at 00:00 is midnight."""

    days: frozenset[int]
    opens: time
    closes: time
    on_bank_holidays: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError where nobody would ever be there."""
        if not self.days or not self.days <= frozenset(range(1, 8)):
            raise ValueError("at least one day of the week, 1 to 7")
        if self.closes != time(0) and self.closes <= self.opens:
            raise ValueError("the end of the day lies before its beginning")

    def spell(self, day: date) -> tuple[datetime, datetime] | None:
        """From when to when somebody is on duty on a day (UTC); None where nobody is."""
        if day.isoweekday() not in self.days or (not self.on_bank_holidays and day in bank_holidays(day.year)):
            return None
        last = day + timedelta(days=1) if self.closes == time(0) else day
        return _instant(day, self.opens), _instant(last, self.closes)

    def spells(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every spell on duty that ends after `since`, in order."""
        first = since.astimezone(LONDON).date() - timedelta(days=1)
        for offset in range(_LOOK_AHEAD_DAYS):
            spell = self.spell(first + timedelta(days=offset))
            if spell is not None and spell[1] > since:
                yield spell

    def next_open(self, now: datetime) -> datetime:
        """When somebody is there: `now` while they are, else the beginning of the next spell."""
        begins, _ends = next(self.spells(now))
        return max(begins, now)

    def is_open(self, now: datetime) -> bool:
        """Whether somebody is on duty at this instant."""
        return self.next_open(now) == now

    def after(self, start: datetime, minutes: int) -> datetime:
        """The instant when so many minutes on duty have passed since `start`. A clock of 0 is due at once."""
        left = timedelta(minutes=minutes)
        if not left:
            return start
        for begins, ends in self.spells(start):
            here = ends - max(begins, start)
            if here >= left:
                return max(begins, start) + left
            left -= here
        return start + timedelta(days=_LOOK_AHEAD_DAYS)

    def passed(self, start: datetime, end: datetime) -> int:
        """Whole minutes on duty between two instants; 0 where `end` lies before `start` (a clock that jumped back)."""
        total = timedelta()
        for begins, ends in self.spells(start):
            if max(begins, start) >= end:
                break
            total += min(ends, end) - max(begins, start)
        return int(total / _MINUTE)


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, LONDON).astimezone(UTC)
