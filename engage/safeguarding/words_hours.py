"""When somebody reads, and that nobody does now: said to children and families too, so in every language of theirs."""

from babel.dates import get_datetime_format, get_day_names
from flask_babel import format_datetime, get_locale, gettext

from engage.core import clock
from engage.rules.deadlines import Hours
from engage.web.layout import language
from engage.web.words import listed


def _(message: str, **values: object) -> str:
    return str(gettext(message, **values))


def nobody_there(hours: Hours) -> str:
    """What is true outside hours: that nobody reads now, and when somebody does; empty while somebody is on duty."""
    now = clock.now()
    opens = hours.next_open(now)
    if opens == now:
        return ""
    together = str(get_datetime_format("medium", get_locale() or "en"))  # Arabic has a comma of its own
    form = together.format("HH:mm", "EEEE d MMMM")
    when = format_datetime(opens.astimezone(clock.LONDON), form, rebase=False)
    return _("Nobody is on duty now. Somebody reads again on %(when)s.", when=when)


def on_days(hours: Hours) -> str:
    """When somebody reads, in words: "Monday to Friday, 09:00 to 17:00"."""
    opens, closes = hours.opens.isoformat("minutes"), hours.closes.isoformat("minutes")
    return _(
        "%(days)s, %(opens)s to %(closes)s",
        days=_days(sorted(hours.days)),
        opens=opens,
        closes="24:00" if closes == "00:00" else closes,
    )


def _days(days: list[int]) -> str:
    names = get_day_names("wide", locale=get_locale() or "en")
    first, last = days[0], days[-1]
    if len(days) > 2 and last - first == len(days) - 1:
        return _("%(first)s to %(last)s", first=names[first - 1], last=names[last - 1])
    return listed((names[day - 1] for day in days), language())
