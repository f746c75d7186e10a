"""What duty is called on pages: by when something is to happen, and what a matter of employment is about."""

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from engage.safeguarding.kinds import Subject

SUBJECTS: dict[Subject, LazyString] = {
    Subject.PAY: _l("Pay and contracts"),
    Subject.WORKLOAD: _l("Workload and staffing"),
    Subject.MANAGEMENT: _l("Management and supervision"),
    Subject.TREATMENT: _l("How staff are treated"),
    Subject.CONDITIONS: _l("Working conditions"),
    Subject.OTHER: _l("Another matter of employment"),
}


def _(message: str, **values: object) -> str:
    return str(gettext(message, **values))


def until(moment: str, *, is_first_read: bool, is_late: bool) -> str:
    """By when a flag is to be opened, or decided on."""
    if is_late:
        return (
            _("Late: open by %(moment)s", moment=moment)
            if is_first_read
            else _("Late: decide by %(moment)s", moment=moment)
        )
    return _("Open by %(moment)s", moment=moment) if is_first_read else _("Decide by %(moment)s", moment=moment)
