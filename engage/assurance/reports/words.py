"""What a report calls the things it cites: quotes, answers, ratings, what cases taught."""

from typing import Final

from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _l

from engage.answering.you_said.kinds import Verdict
from engage.answering.you_said.queries import AnswerRow, OwedRow
from engage.answering.you_said.words import BECAUSE, VERDICTS, day
from engage.assurance.reports.sources import Rating, Standing
from engage.listening.casework.kinds import CaseKind
from engage.rules.themes import Group
from engage.understanding.themes.queries_quotes import QuoteRow

LESSONS: Final[dict[CaseKind, LazyString]] = {
    CaseKind.COMPLAINT: _l("A complaint"),
    CaseKind.COMPLIMENT: _l("A compliment"),
    CaseKind.WORRY: _l("A worry"),
    CaseKind.IDEA: _l("An idea"),
}
SPEAKERS: Final[dict[Group, LazyString]] = {
    Group.CHILDREN: _l("A child or young person"),
    Group.FAMILIES: _l("A parent or carer"),
    Group.STAFF: _l("Somebody who works with children"),
    Group.ANYONE: _l("Somebody who told us something"),
}
_WITHOUT: Final[dict[Standing, LazyString]] = {
    Standing.RUN_OUT: _l("This rating has run out"),
    Standing.SAID_NO: _l("This service said no to a visit"),
}


def _(message: str, **values: object) -> str:
    return str(gettext(message, **values))


def spoken_by(quote: QuoteRow) -> str:
    """Who said it, as coarsely as it may be said, and whether these are their own words."""
    who = str(SPEAKERS[quote.audience])
    return _("%(who)s, in other words", who=who) if quote.is_paraphrase else who


def answer_row(answer: AnswerRow) -> tuple[str, str, str, str]:
    """A published answer as a row; a reason why not always stands in it."""
    decided = _("%(who)s, %(day)s", who=answer.decided_by, day=day(answer.decided_on))
    return answer.you_said, str(VERDICTS[answer.verdict]), "\n".join(_came_of(answer)), decided


def _came_of(answer: AnswerRow) -> list[str]:
    if answer.verdict is Verdict.DID_NOT:
        why = f"{BECAUSE[answer.reason]}." if answer.reason else ""
        instead = _("What we will do: %(what)s", what=answer.we_did) if answer.we_did else ""
        return [line for line in (why, answer.because, instead) if line]
    promised = _("By %(day)s.", day=day(answer.due_on)) if answer.due_on else ""
    return [line for line in (answer.we_did, promised) if line]


def owed_line(owed: OwedRow) -> str:
    """A theme that waits for its answer, and by when one was promised."""
    if owed.promised_on is None:
        return owed.theme
    if owed.is_late:
        return _("%(theme)s: an answer was promised by %(day)s", theme=owed.theme, day=day(owed.promised_on))
    return _("%(theme)s: an answer is promised by %(day)s", theme=owed.theme, day=day(owed.promised_on))


def rating_row(rating: Rating) -> tuple[str, str, str, str]:
    """A service as a row: its stars, what they mean, until when. Without stars in force the row says why."""
    until = day(rating.expires_on) if rating.expires_on else ""
    phrase = _WITHOUT.get(rating.standing) or (gettext(rating.phrase) if rating.phrase else "")
    stars = ngettext("%(num)s star", "%(num)s stars", rating.stars) if rating.stars else gettext("No stars in force")
    return rating.service, str(stars), str(phrase), until
