"""What the pages of the contact lane show."""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from flask_babel import format_date, gettext, ngettext

from engage.core import clock
from engage.core.clock import LONDON
from engage.rules.deadlines import first_day_of_iso_week, working_days_between
from engage.safeguarding.contact.queries import ContactRow, Hour
from engage.safeguarding.contact.words import OUTCOMES

# By the end of the next working day somebody has tried.
_WORKING_DAYS = 1
Names = Mapping[uuid.UUID, str]
Strange = Collection[Hour]
Alike = Mapping[uuid.UUID, int]


@dataclass(frozen=True)
class Wait:
    """How long somebody has waited to be contacted, for the clock macro."""

    big: str
    small: str
    gone: float
    kind: str
    is_late: bool


@dataclass(frozen=True)
class Line:
    """One line of the queue, or of what ended."""

    id: uuid.UUID
    what: str
    why: str
    clock: Wait | None
    is_opened: bool


@dataclass(frozen=True)
class Ended:
    """One page of what ended, of `count` on all of them."""

    lines: list[Line]
    count: int
    page: int
    pages: int


@dataclass(frozen=True)
class Group:
    """Lines that belong together. `folded`: how many came in that hour, which was an unusual one; 0 for an ordinary
    group, which lies open.
    """

    id: str
    title: str
    lines: list[Line]
    is_urgent: bool
    folded: int


@dataclass(frozen=True)
class HourLine:
    """How many came in a strange hour; `value` names it in the address bar."""

    value: str
    label: str
    count: int


def lines(rows: Sequence[ContactRow], names: Names) -> list[Line]:
    """Whoever waits, in the order given."""
    return [_line(row, _why(row, names)) for row in rows]


def groups(
    rows: Sequence[ContactRow], names: Names, came: Mapping[Hour, int], strange: Strange, alike: Alike
) -> list[Group]:
    """Whoever waits, in the order given: what came in an unusual hour stands by itself, each hour folded."""
    found = []
    for number, (key, some) in enumerate(groupby(rows, key=_together), 1):
        is_urgent, hour = key
        shown = [_line(row, _why(row, names, strange, alike.get(row.id, 0))) for row in some]
        title = _title(is_urgent=is_urgent, hour=hour)
        found.append(Group(f"contact-{number}", title, shown, is_urgent, came.get((hour, is_urgent), 0) if hour else 0))
    return found


def hour_lines(came: Mapping[Hour, int], strange: Strange) -> list[HourLine]:
    """How many who wait came in which strange hour, the newest first; of an ordinary hour nothing is told."""
    count: Counter[datetime] = Counter()
    for hour, is_urgent in strange:
        count[hour] += came.get((hour, is_urgent), 0)
    return [HourLine(f"{hour:%Y%m%dT%H}", hour_name(hour), count[hour]) for hour in sorted(count, reverse=True)]


def hour_name(hour: datetime) -> str:
    """An hour as people here say it: "22 November, 14:00 to 15:00"."""
    begins, ends = hour.astimezone(LONDON), (hour + timedelta(hours=1)).astimezone(LONDON)
    day = format_date(begins.date(), "d MMMM")
    return str(gettext("%(day)s, %(begins)s to %(ends)s", day=day, begins=f"{begins:%H:%M}", ends=f"{ends:%H:%M}"))


def _together(row: ContactRow) -> tuple[bool, datetime | None]:
    return row.is_urgent, row.came_at if row.is_flood else None


def _title(*, is_urgent: bool, hour: datetime | None) -> str:
    if hour is None:
        return str(gettext("Worrying words") if is_urgent else gettext("Waiting"))
    name = hour_name(hour)
    if is_urgent:
        return str(gettext("Worrying words, in an unusual hour: %(hour)s", hour=name))
    return str(gettext("An unusual hour: %(hour)s", hour=name))


def _line(row: ContactRow, why: str) -> Line:
    what = str(gettext("Somebody asks to be contacted"))
    return Line(row.id, what, why, wait(row.received_on), row.opened_by is not None)


def wait(received_on: date | None) -> Wait | None:
    """The clock of an open request; late after the working day that follows the one it came on."""
    if received_on is None:
        return None
    days = (clock.today() - received_on).days
    passed = working_days_between(received_on, clock.today())
    is_late = passed > _WORKING_DAYS
    big = gettext("Today") if not days else ngettext("%(num)s day", "%(num)s days", days)
    since = gettext("Since %(moment)s.", moment=format_date(received_on, "d MMMM"))
    small = gettext("%(since)s Late.", since=since) if is_late else since
    return Wait(str(big), str(small), passed / (_WORKING_DAYS + 1), "harm" if is_late else "wait", is_late)


def _why(row: ContactRow, names: Names, strange: Strange = (), same: int = 0) -> str:
    if row.outcome is not None:
        came = format_date(first_day_of_iso_week(row.week), "d MMMM y")
        who = names.get(row.closed_by, "") if row.closed_by else ""
        return str(gettext("%(how)s. %(name)s, week of %(day)s.", how=str(OUTCOMES[row.outcome]), name=who, day=came))
    said = [gettext("Worrying words: read this first.")] if row.is_urgent else []
    if row.opened_by:
        said.append(gettext("Opened by %(name)s.", name=names.get(row.opened_by, "")))
    if row.is_known and (row.came_at, row.is_urgent) in strange:
        said.append(gettext("Names a service, or somebody, that is known here."))
    if same > 1:
        said.append(ngettext("The same words came %(num)s time.", "The same words came %(num)s times.", same))
    return " ".join(said) or str(gettext("Their name and how to reach them open with it. It belongs to no answers."))
