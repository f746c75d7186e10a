"""The one place that asks what time it is. Instants are UTC; dates and weeks are those of London."""

import math
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_TICK_MINUTES = 5


def now() -> datetime:
    """The present instant, UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in London."""
    return _day(int(now().timestamp() // 60))


@lru_cache(maxsize=4)
def _day(minute: int) -> date:
    """London's date in a minute since 1970: asked for several times on every page, and a day begins with a minute."""
    return datetime.fromtimestamp(minute * 60, UTC).astimezone(LONDON).date()


def iso_week(day: date | None = None) -> str:
    """The ISO week of `day` (today when left out), as "2026-W47": the finest time kept on an anonymous row (N3)."""
    year, week, _ = (day or today()).isocalendar()
    return f"{year}-W{week:02d}"


def tick(moment: datetime | None = None, minutes: int = _TICK_MINUTES) -> datetime:
    """`moment` rounded up to the next tick, so that a side row does not bring an anonymous act's time back (N3, N9)."""
    moment = moment or now()
    seconds = minutes * 60
    return datetime.fromtimestamp(math.ceil(moment.timestamp() / seconds) * seconds, UTC)


def week_start(week: str) -> date:
    """Monday of an ISO week written as "2026-W47"."""
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def in_days(days: int, start: date | None = None) -> date:
    """The date `days` after `start` (today when left out)."""
    return (start or today()) + timedelta(days=days)
