"""What answers call things, to staff and to everybody."""

from flask_babel import LazyString, format_date, gettext
from flask_babel import lazy_gettext as _l

from engage.answering.you_said.kinds import Reason, TakenDown, Verdict

VERDICTS: dict[Verdict, LazyString] = {
    Verdict.DID: _l("We did it"),
    Verdict.DOING: _l("We are doing it"),
    Verdict.DID_NOT: _l("We did not do it"),
    Verdict.NOT_YET: _l("We have not answered yet"),
}
REASONS: dict[Reason, LazyString] = {
    Reason.LAW: _l("The law does not let us"),
    Reason.MONEY: _l("There is not the money"),
    Reason.NOT_OURS: _l("It is not ours to change"),
    Reason.HARM: _l("It would hurt someone"),
    Reason.DISAGREED: _l("Others disagreed"),
    Reason.DECIDING: _l("We are still deciding"),
}
# What everybody reads: the truest reason in one plain sentence.
BECAUSE: dict[Reason, LazyString] = {
    Reason.LAW: _l("We did not do this, because the law does not let us"),
    Reason.MONEY: _l("We did not do this, because there is not enough money"),
    Reason.NOT_OURS: _l("We did not do this, because it is not ours to change"),
    Reason.HARM: _l("We did not do this, because it would hurt someone"),
    Reason.DISAGREED: _l("We did not do this, because other people disagreed"),
    Reason.DECIDING: _l("We did not do this yet, because we are still deciding"),
}
TAKEN_DOWN: dict[TakenDown, LazyString] = {
    TakenDown.WRONG: _l("Something in it is wrong"),
    TakenDown.OUT_OF_DATE: _l("It is out of date"),
    TakenDown.IDENTIFIES: _l("Somebody could be recognised"),
    TakenDown.REWRITE: _l("We want to say it better"),
}
EVENTS: dict[str, LazyString] = {
    "answer-written": _l("Answer written"),
    "answer-changed": _l("Answer changed"),
    "answer-published": _l("Answer published"),
    "answer-taken-down": _l("Answer taken down"),
}


def _(message: str, **values: object) -> str:
    return str(gettext(message, **values))


def day(when: object) -> str:
    """A date as people say it: "12 May 2026"."""
    return str(format_date(when, "d MMMM y"))
