"""The clock of a matter: until it is opened, how soon it must be; then how soon somebody decides. Minutes on duty."""

from dataclasses import dataclass
from datetime import datetime

from engage.safeguarding.queries import Wait
from engage.safeguarding.queries_duty import DutyRow


@dataclass(frozen=True)
class Due:
    """Until when something is to happen (UTC); `gone` is the part of the time that has passed, 1 and more once late.

    `is_first_read`: it has to be opened; otherwise it was opened and has to be decided on.
    """

    at: datetime
    gone: float
    is_first_read: bool
    is_late: bool


def due(wait: Wait, duty: DutyRow, now: datetime) -> Due | None:
    """The clock of a matter as it stands `now`; None once it is decided."""
    since = wait.unopened_since or wait.since
    if since is None:
        return None
    is_first_read = wait.unopened_since is not None
    minutes = (duty.read if is_first_read else duty.decide).get(wait.level, duty.steps[-1])
    at = duty.hours.after(since, minutes)
    return Due(at, duty.hours.passed(since, now) / max(minutes, 1), is_first_read, now > at)
