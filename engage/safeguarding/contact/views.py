"""What the pages of the contact lane show."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date, gettext, ngettext

from engage.core import clock
from engage.rules.deadlines import first_day_of_iso_week, working_days_between
from engage.safeguarding.contact.queries import ContactRow
from engage.safeguarding.contact.words import OUTCOMES

# By the end of the next working day somebody has tried.
_WORKING_DAYS = 1


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


def lines(rows: Sequence[ContactRow], names: Mapping[uuid.UUID, str]) -> list[Line]:
    """Whoever waits, in the order given."""
    what = gettext("Somebody asks to be contacted")
    return [Line(row.id, what, _why(row, names), wait(row.received_on), row.opened_by is not None) for row in rows]


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


def _why(row: ContactRow, names: Mapping[uuid.UUID, str]) -> str:
    if row.outcome is not None:
        came = format_date(first_day_of_iso_week(row.week), "d MMMM y")
        who = names.get(row.closed_by, "") if row.closed_by else ""
        return str(gettext("%(how)s. %(name)s, week of %(day)s.", how=str(OUTCOMES[row.outcome]), name=who, day=came))
    said = [gettext("Worrying words: read this first.")] if row.is_urgent else []
    if row.opened_by:
        said.append(gettext("Opened by %(name)s.", name=names.get(row.opened_by, "")))
    return " ".join(said) or str(gettext("Their name and how to reach them open with it. It belongs to no answers."))
