"""The words of an invitation for one survey and one address: the same for the message and for its preview."""

import uuid
from dataclasses import dataclass

from flask_babel import force_locale, format_date
from flask_babel import gettext as _

from engage.adapters.mail import Invitation
from engage.core import languages, scope
from engage.core.languages import Direction
from engage.listening.invited.queries import InvitedRow, ReminderRow
from engage.listening.invited.service import token_of
from engage.listening.surveys.queries import SurveyRow
from engage.people import queries as people
from engage.people.queries import PartnershipRow
from engage.rules.questionnaire.texts import ENGLISH
from engage.rules.questionnaire.translations import for_readers, offer

_TURNED = "\u200f"
"""A mark nobody sees: plain text that begins with it runs from right to left, whatever name stands first in it."""
_APART = "\u2068{}\u2069"
"""Words that keep their own direction inside others."""


@dataclass(frozen=True)
class Part:
    """The words in one language, and which way they run. `lines`: paragraphs; an address is one of its own."""

    language: str
    direction: Direction
    subject: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its lines as plain text, which has no other way to say which way it runs than a mark before each."""
        turned = _TURNED if self.direction is Direction.RIGHT_TO_LEFT else ""
        return "\n\n".join(line if line.startswith("http") else turned + line for line in self.lines)


@dataclass(frozen=True)
class _Told:
    """What the sentences are filled with. `closes` is "" where the survey has no last day yet."""

    place: str
    title: str
    closes: str
    is_opening: bool


def invitation(row: SurveyRow, reminder: ReminderRow, reminder_id: uuid.UUID, site: str) -> Invitation:
    """What one address is told on one occasion. `site`: this site's address as people type it."""
    to = reminder.to or InvitedRow(reminder_id, "", "")
    place = _place()
    spoken = _parts(row, place, reminder.occasion, to, _here(site, place))
    subjects, texts = [part.subject for part in spoken], [part.text for part in spoken]
    if len(spoken) > 1:
        subjects = [_APART.format(subject) for subject in subjects]
        names = [_APART.format(languages.get(part.language).name) for part in spoken]
        texts = [" | ".join(names), *(f"{name}\n\n{text}" for name, text in zip(names, texts, strict=True))]
    return Invitation(
        subject=" / ".join(subjects),
        text="\n\n\n".join(texts) + "\n",
        languages=tuple(part.language for part in spoken),
        stop_link=_stop_link(_here(site, place), to),
        message_id=reminder_id.hex,
    )


def preview(row: SurveyRow, occasion: str, site: str) -> list[Part]:
    """What somebody on the list will be told, with a link that stops nothing."""
    place = _place()
    return _parts(row, place, occasion, InvitedRow(uuid.UUID(int=0), "", ""), _here(site or "https://...", place))


def offered(row: SurveyRow) -> list[str]:
    """The languages in which people are written to: those the survey's pages are shown in. English comes first."""
    return _offered(row, _place())


def _offered(row: SurveyRow, place: PartnershipRow) -> list[str]:
    if row.definition is None:
        return [ENGLISH]
    shown = offer(row.definition, drafts=place.shows_drafts).languages
    return [code for code in shown if code == ENGLISH or (code in place.languages and _has_words(code))]


def _parts(row: SurveyRow, place: PartnershipRow, occasion: str, to: InvitedRow, here: str) -> list[Part]:
    """The words in the language chosen for an address where that is offered, else in every one that is."""
    known, links = _offered(row, place), (f"{here}/surveys/{row.slug}", _stop_link(here, to))
    chosen = [to.language] if to.language in known else known
    return [_part(row, place, code, occasion, links) for code in chosen]


def _part(row: SurveyRow, place: PartnershipRow, code: str, occasion: str, links: tuple[str, str]) -> Part:
    title = for_readers(row.definition).title.say(code).text if row.definition is not None else row.slug
    direction = languages.direction(code)
    apart = _APART if direction is Direction.RIGHT_TO_LEFT else "{}"
    with force_locale(code):
        name = f"{place.name} ({_('an invented place, for trying things out')})" if place.is_invented else place.name
        closes = str(format_date(row.closes_on, "EEEE d MMMM")) if row.closes_on is not None else ""
        told = _Told(apart.format(name), apart.format(title), closes, occasion == "open")
        return Part(code, direction, _subject(told), (_hello(told), links[0], *_promise(told, code), links[1]))


def _subject(told: _Told) -> str:
    if told.is_opening:
        return str(_("%(title)s: have your say", title=told.title))
    return str(_("%(title)s: still open until %(day)s", title=told.title, day=_day(told)))


def _hello(told: _Told) -> str:
    hello = str(_("%(place)s would like to hear from you.", place=told.place))
    if told.is_opening:
        return hello
    return f"{hello} {_('You can still answer, until the end of %(day)s.', day=_day(told))}"


def _promise(told: _Told, code: str) -> list[str]:
    """That it is free to answer, that the message goes to everybody, and what leads into the link that stops it."""
    until = str(_("You can answer until %(day)s.", day=told.closes)) if told.is_opening and told.closes else ""
    free = str(_("You do not have to answer. Nobody asks your name."))
    draft = (
        "" if languages.get(code).is_checked else str(_("This translation is a draft. No speaker has checked it yet."))
    )
    first = " ".join(words for words in (until, free, _everybody()) if words)
    return [words for words in (first, draft, str(_("To get no more of these messages:"))) if words]


def _everybody() -> str:
    return str(
        _("If you have answered already, thank you: we cannot see who has, so we write to everybody on our list.")
    )


def _day(told: _Told) -> str:
    """A list is often written before the survey has its days: what is sent later names the day itself."""
    return told.closes or str(_("the last day"))


def _has_words(code: str) -> bool:
    """Whether the sentences are there in a language: nobody is sent the English twice."""
    with force_locale(ENGLISH):
        english = _everybody()
    with force_locale(code):
        return _everybody() != english


def _here(site: str, place: PartnershipRow) -> str:
    return f"{site.rstrip('/')}/{place.slug}"


def _stop_link(here: str, to: InvitedRow) -> str:
    return f"{here}/reminders/{to.id}/{token_of(to.id)}"


def _place() -> PartnershipRow:
    return next(found for found in people.list_partnerships() if found.id == scope.current())
