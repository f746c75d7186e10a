"""What staff pages of surveys are given: states in words, what is asked, the trail. No number about people."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString, format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.core import clock
from engage.core.audit import AuditEvent
from engage.listening.surveys import gate_words
from engage.listening.surveys.kinds import SurveyState
from engage.listening.surveys.queries import Overridden, SurveyRow
from engage.rules.questionnaire.checks import Finding
from engage.rules.questionnaire.definition import Definition

AUDIENCES: Mapping[str, LazyString] = {
    "children": _l("Children"),
    "young": _l("Children and young people"),
    "parents": _l("Parents and carers"),
    "staff": _l("Staff"),
    "practitioners": _l("People who work with children"),
    "anyone": _l("Anybody"),
}
KINDS: Mapping[str, LazyString] = {
    "faces": _l("Faces"),
    "stars": _l("Stars"),
    "single": _l("One answer"),
    "multiple": _l("Several answers"),
    "agreement": _l("Agreement scale"),
    "ranking": _l("Things to put in order"),
    "matrix": _l("Several lines, one scale"),
    "bodymap": _l("Parts of the body"),
    "pair": _l("One of two pictures"),
    "slider": _l("A line from one end to the other"),
    "number": _l("A number"),
    "date": _l("A date or a month"),
    "consent": _l("Agreeing to take part"),
    "information": _l("A page that only tells"),
    "text": _l("Own words"),
    "contact": _l("Contact details"),
    "drawing": _l("A drawing"),
    "audio": _l("A recording of one’s voice"),
    "upload": _l("A photo or a file"),
    "video": _l("A film to watch"),
}
DEEDS: Mapping[str, LazyString] = {
    "survey-created": _l("Added"),
    "survey-version-published": _l("New version published"),
    "survey-opened": _l("Opened"),
    "survey-closed": _l("Closed"),
    "survey-dates-changed": _l("Changed the days"),
    "survey-entry-set": _l("Changed who may answer"),
    "people-invited": _l("Added to the list of the invited"),
    "invited-removed": _l("Removed the list of the invited"),
    "reminders-planned": _l("Changed when the invited are written to"),
    "codes-made": _l("Made cards with codes"),
    "codes-printed": _l("Printed cards with codes"),
    "codes-stopped": _l("Stopped a batch of codes"),
    "translation-checked": _l("A translation was checked"),
    "translation-unchecked": _l("A translation is a draft again"),
    "survey-archived": _l("Put into the archive"),
    "survey-brought-back": _l("Taken out of the archive"),
    "working-copy-begun": _l("Working copy begun"),
    "working-copy-discarded": _l("Working copy thrown away"),
    "responses-imported": _l("Answers loaded from a file"),
    "impact-assessed": _l("Impact assessment signed"),
    "tablet-set-up": _l("Shared tablet set up"),
    "tablet-taken-away": _l("Shared tablet taken away"),
    "known-totals-set": _l("Wrote down numbers that others know"),
    "overlap-declared": _l("Declared that it asks the same people as another survey"),
    "overlap-kept": _l("Left that declaration in force"),
    "overlap-given-up": _l("Proposed to take that declaration back"),
    "overlap-taken-back": _l("Took that declaration back"),
}


@dataclass(frozen=True)
class State:
    """Where a survey is, as a tag shows it."""

    text: str
    kind: str


@dataclass(frozen=True)
class InSpiteOf:
    """What a version was published with, once for all places where one person gave one reason for it."""

    text: str
    reason: str
    who: str
    places: int


@dataclass(frozen=True)
class PutRight:
    """One finding that stops a survey from opening."""

    code: str
    where: str
    text: str


@dataclass(frozen=True)
class Asked:
    """One question as the staff page lists it."""

    text: str
    lang: str
    kind: str
    options: str
    notes: str


def state_of(row: SurveyRow) -> State:
    """The state in words, and the tag's kind."""
    if row.archived_on is not None:
        return State(_("Archived"), "quiet")
    if row.is_open:
        return State(_("Open"), "good")
    if row.opens_later:
        return State(_("Opens later"), "wait")
    if row.state is SurveyState.DRAFT:
        return State(_("Not opened yet"), "plain")
    return State(_("Closed"), "quiet")


def asked(definition: Definition, language: str) -> list[Asked]:
    """Every question: its words, its kind, how many answers there are to choose from."""
    listed = []
    for question in definition.questions:
        options = question.options()
        notes = [_("Only some people are asked this")] if question.show_if is not None else []
        if question.safety:
            notes.append(_("A low answer raises a flag"))
        if question.background:
            notes.append(_("Divides results"))
        words = question.text.say(language)
        count = str(len(options)) if options else ""
        listed.append(Asked(words.text, words.lang, str(KINDS[question.kind]), count, ". ".join(notes)))
    return listed


def in_spite_of(overridden: Sequence[Overridden], names: Mapping[uuid.UUID, str]) -> list[InSpiteOf]:
    """The reasons given, in the order of the gate; a finding at many places is one line."""
    places = Counter((each.message, each.reason, names.get(each.by or uuid.UUID(int=0), "")) for each in overridden)
    return [InSpiteOf(*said, count) for said, count in places.items()]


def put_right(findings: Sequence[Finding], definition: Definition) -> list[PutRight]:
    """What stops a survey from opening: where, and what is wrong there."""
    return [
        PutRight(each.code, gate_words.whereabouts(each, definition), gate_words.said(each).what) for each in findings
    ]


def trail_items(events: Sequence[AuditEvent], names: Mapping[uuid.UUID, str]) -> list[dict[str, str]]:
    """Who did what when, newest first."""
    return [
        {
            "what": str(DEEDS.get(event.action, event.action)),
            "when": day(event.happened_at.astimezone(clock.LONDON).date()),
            "iso": event.happened_at.isoformat(timespec="seconds"),
            "who": names.get(event.actor_id or uuid.UUID(int=0)) or _("From the command line"),
        }
        for event in reversed(events)
    ]


def day(value: date | None) -> str:
    """A date in words; "" for none."""
    return str(format_date(value, "d MMMM y")) if value is not None else ""
