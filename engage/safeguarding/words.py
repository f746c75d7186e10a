"""What safeguarding calls things on its pages: concerns, reasons, kinds of harm, decisions, waits."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import LazyString, format_date, format_datetime, gettext, ngettext
from flask_babel import lazy_gettext as _l

from engage.core import clock
from engage.safeguarding.kinds import Decision, FlagReason
from engage.voices.kinds import Channel, Concern

LEVELS: dict[Concern, LazyString] = {
    Concern.RED: _l("Read first"),
    Concern.NOT_CHECKED: _l("Not checked"),
    Concern.AMBER: _l("Worrying"),
    Concern.NONE: _l("Nothing seen"),
}
CHANNELS: dict[Channel, LazyString] = {
    Channel.SURVEY: _l("Survey"),
    Channel.CASE: _l("Tell us something"),
    Channel.INSPECTION: _l("Young inspection"),
}
DECISIONS: dict[Decision, LazyString] = {
    Decision.NO_CONCERN: _l("No concern"),
    Decision.SIGNPOST: _l("Signpost"),
    Decision.REPLY: _l("Reply"),
    Decision.REFER: _l("Refer"),
    Decision.EMERGENCY: _l("Emergency"),
}
HARMS: dict[str, LazyString] = {
    "suicide": _l("thoughts of ending their life"),
    "self_harm": _l("hurting themselves"),
    "eating": _l("eating"),
    "physical_abuse": _l("being hurt by somebody"),
    "emotional_abuse": _l("being frightened or put down"),
    "sexual_abuse": _l("sexual harm"),
    "sexual_exploitation": _l("sexual exploitation"),
    "criminal_exploitation": _l("criminal exploitation"),
    "neglect": _l("not being looked after"),
    "domestic_abuse": _l("violence at home"),
    "honour_based": _l("forced marriage or honour-based harm"),
    "trafficking": _l("trafficking"),
    "online": _l("harm online"),
    "radicalisation": _l("radicalisation"),
    "child_on_child": _l("harm by another child"),
    "bullying": _l("bullying"),
    "missing": _l("missing or running away"),
    "restraint": _l("restraint"),
    "staff_allegation": _l("harm by a member of staff or a carer"),
    "medical": _l("danger to health"),
    "bereavement": _l("a death"),
    "threat": _l("a threat to others"),
}
ORIGINS: dict[str, LazyString] = {
    "response": _l("An answer to “%(source)s”"),
    "case": _l("A message through “%(source)s”"),
    "inspection": _l("A note of a young inspector: “%(source)s”"),
}


def _(message: str, **values: object) -> str:
    return str(gettext(message, **values))


def week(iso_week: str) -> str:
    """An ISO week as people say it: "week of 16 November 2026"."""
    return _("week of %(day)s", day=format_date(clock.week_start(iso_week), "d MMMM y"))


def waited(since: datetime | None) -> str:
    """How long somebody has waited since a tick, in words."""
    if since is None:
        return _("Decided")
    minutes = int((clock.now() - since).total_seconds() // 60)
    if minutes < 5:
        return _("Just now")
    if minutes < 120:
        return str(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    if minutes < 48 * 60:
        return str(ngettext("%(num)s hour", "%(num)s hours", minutes // 60))
    return str(ngettext("%(num)s day", "%(num)s days", minutes // (24 * 60)))


def moment(instant: datetime) -> str:
    """An instant as a clock in London shows it, with its day unless that is today."""
    here = instant.astimezone(clock.LONDON)
    form = "HH:mm" if here.date() == clock.today() else "d MMMM, HH:mm"
    return str(format_datetime(here, form, rebase=False))


def reason(why: FlagReason, categories: Iterable[str], questions: Iterable[str] = ()) -> str:
    """Why a flag was raised, in a sentence; `questions` are the words of the questions in `categories`."""
    if why is FlagReason.WORDS:
        return screened(Concern.RED, categories)
    if why is FlagReason.LOW_ANSWER:
        return _("Lowest answer: %(questions)s", questions="; ".join(questions))
    plain = {
        FlagReason.NOT_CHECKED: _("The screening could not check it."),
        FlagReason.READER: _("A reader says somebody may not be safe."),
        FlagReason.HANDLER: _("Whoever handles the case says somebody may not be safe."),
    }
    return plain[why]


def screened(concern: Concern, categories: Iterable[str]) -> str:
    """What the screening saw in a text."""
    if concern is Concern.NOT_CHECKED:
        return _("Not checked: read it as if it were urgent.")
    kinds = ", ".join(harm(category) for category in categories)
    if kinds:
        return _("Screened as: %(kinds)s.", kinds=kinds)
    return _("Screened as worrying.") if concern is not Concern.NONE else _("The screening saw nothing.")


def harm(category: str) -> str:
    """A kind of harm in plain words; a key nobody has named yet is shown as words."""
    return str(HARMS.get(category, category.replace("_", " ").replace("-", " ")))
