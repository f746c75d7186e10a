"""What safeguarding calls things on its pages: concerns, reasons, kinds of harm, decisions, waits."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from flask_babel import LazyString, format_date, format_datetime, gettext, ngettext
from flask_babel import lazy_gettext as _l

from engage.core import clock
from engage.safeguarding.kinds import ASKED_FOR_HELP, Decision, FlagReason
from engage.voices import sources
from engage.voices.kinds import Channel, Concern
from engage.voices.screening import NEEDS_PERSON
from engage.voices.sources import Asked, Named
from engage.web.layout import language
from engage.web.words import listed

MESSAGE_SOURCE = "codes"

LEVELS: dict[Concern, LazyString] = {
    Concern.RED: _l("Read first"),
    Concern.NOT_CHECKED: _l("Not checked"),
    Concern.AMBER: _l("Read next"),
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
    Decision.LADO: _l("LADO"),
    Decision.WHISTLEBLOWING: _l("Whistleblowing"),
}
# The keys of the screening lists, in their order: gravest first.
HARMS: dict[str, LazyString] = {
    "suicide": _l("thoughts of ending their life"),
    "medical_danger": _l("danger to life or health"),
    "threat_to_others": _l("a threat to others"),
    "sexual_abuse": _l("sexual harm"),
    "sexual_exploitation": _l("sexual exploitation"),
    "staff_allegation": _l("harm by a member of staff or a carer"),
    "physical_abuse": _l("being hurt by somebody"),
    "fgm_forced_marriage_honour": _l("FGM, forced marriage or so-called honour"),
    "trafficking": _l("trafficking"),
    "domestic_abuse": _l("violence at home"),
    "criminal_exploitation": _l("criminal exploitation"),
    "self_harm": _l("hurting themselves"),
    "online_harm": _l("harm online"),
    "neglect": _l("not being looked after"),
    "child_on_child": _l("harm by another child"),
    "restraint": _l("restraint"),
    "missing": _l("missing or running away"),
    "radicalisation": _l("radicalisation"),
    "eating": _l("eating"),
    "danger": _l("being in danger or afraid"),
    "emotional_abuse": _l("being frightened or put down"),
    "bullying": _l("bullying"),
    "bereavement": _l("a death"),
}
NEEDS: dict[str, LazyString] = {
    "needs_person:language": _l("The lists do not know this language: a person must read it."),
    "needs_person:script": _l("The lists do not know these letters: a person must read it."),
    "needs_person:unreadable": _l("The lists cannot read this: a person must."),
    "needs_person:leaning": _l("It sounds like texts that told of a worry: a person must read it."),
    "needs_person:image": _l("There is a picture with it: a person must look at it."),
    "needs_person:audio": _l("There is a recording with it: a person must listen to it."),
    "needs_person:file": _l("There is a file with it: a person must look at it."),
    "needs_person:lost": _l("A file came with it that could not be opened."),
    "needs_person:apart": _l("It belongs to what is kept apart, where nobody else reads it."),
    "needs_person:again": _l("Somebody whose words were decided on has written again: they wait for an answer."),
    "needs_person:safety": _l("It answers a question about safety: a person must read it."),
}
ORIGINS: dict[str, LazyString] = {
    "response": _l("An answer to “%(source)s”"),
    "case": _l("A message in “Tell us something”: %(source)s"),
    "inspection": _l("A note of a young inspector: “%(source)s”"),
}


def _(message: str, **values: object) -> str:
    return str(gettext(message, **values))


@sources.names_everywhere
def name_messages(asked: Collection[Asked]) -> Mapping[Asked, Named]:
    """What came later through a receipt belongs to no question."""
    later = Named(_("A message with a code"), _("What this person wrote when they came back"))
    return {pair: later for pair in asked if pair[0] == MESSAGE_SOURCE}


def week(iso_week: str) -> str:
    """An ISO week as people say it: "week of 16 November", with its year where that is not this one."""
    monday = clock.week_start(iso_week)
    return _("week of %(day)s", day=format_date(monday, "d MMMM" if monday.year == clock.today().year else "d MMMM y"))


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


def reason(why: FlagReason, categories: Collection[str], questions: Collection[str] = ()) -> str:
    """Why a flag was raised, in a sentence; `questions` are the words of the questions in `categories`."""
    if why is FlagReason.WORDS:
        return screened(Concern.RED, categories)
    if why is FlagReason.LOW_ANSWER:
        said = [_("Answer that needs a person: %(questions)s", questions="; ".join(questions))] if questions else []
        said += [_("Pressed Help now while answering.")] if ASKED_FOR_HELP in categories else []
        return " ".join(said)
    plain = {
        FlagReason.NOT_CHECKED: _("The screening could not check it."),
        FlagReason.READER: _("A reader says somebody may not be safe."),
        FlagReason.HANDLER: _("Whoever handles the case says somebody may not be safe."),
    }
    return plain[why]


def screened(concern: Concern, categories: Iterable[str]) -> str:
    """What the screening saw in a text, and why a person is needed."""
    if concern is Concern.NOT_CHECKED:
        return _("Not checked: read it as if it were urgent.")
    seen = list(categories)
    kinds = listed((harm(each) for each in seen if not each.startswith(NEEDS_PERSON)), language())
    needs = " ".join(str(NEEDS[each]) for each in dict.fromkeys(seen) if each in NEEDS)
    if kinds:
        return " ".join(filter(None, (_("Screened as: %(kinds)s.", kinds=kinds), needs)))
    return needs or (_("Screened as worrying.") if concern is not Concern.NONE else _("The screening saw nothing."))


def harm(category: str) -> str:
    """A kind of harm in plain words; a key nobody has named yet is shown as words."""
    return str(HARMS.get(category, category.replace("_", " ").replace("-", " ")))
