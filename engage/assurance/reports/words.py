"""What a report calls the things it cites: ratings and what cases taught."""

from typing import Final

from flask_babel import LazyString, format_date, gettext, ngettext
from flask_babel import lazy_gettext as _l

from engage.assurance.reports.sources import Rating, Standing
from engage.listening.casework.kinds import CaseKind

LESSONS: Final[dict[CaseKind, LazyString]] = {
    CaseKind.COMPLAINT: _l("A complaint"),
    CaseKind.COMPLIMENT: _l("A compliment"),
    CaseKind.WORRY: _l("A worry"),
    CaseKind.IDEA: _l("An idea"),
}
_WITHOUT: Final[dict[Standing, LazyString]] = {
    Standing.RUN_OUT: _l("This rating has run out"),
    Standing.SAID_NO: _l("This service said no to a visit"),
}


def rating_row(rating: Rating) -> tuple[str, str, str, str]:
    """A service as a row: its stars, what they mean, until when. Without stars in force the row says why."""
    until = str(format_date(rating.expires_on, "MMMM y")) if rating.expires_on else ""
    phrase = _WITHOUT.get(rating.standing) or (gettext(rating.phrase) if rating.phrase else "")
    stars = ngettext("%(num)s star", "%(num)s stars", rating.stars) if rating.stars else gettext("No stars in force")
    return rating.service, str(stars), str(phrase), until
