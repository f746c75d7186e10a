"""What is held on one person, put together for them (P4): cases they gave their name with, their requests to be
contacted, and their own account. Each kind is found and opened by whoever may open it anyhow.

Somebody without a name cannot be found here, by anybody: that is what anonymous means. They come with their receipt.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import format_date, format_datetime
from flask_babel import gettext as _

from engage.core import audit, clock, scope
from engage.core.database import begin_write
from engage.core.errors import NotFound
from engage.listening.casework import about as cases
from engage.listening.casework.views import QUESTION_LABELS, kind_label
from engage.listening.inspections import queries as inspections
from engage.people import queries as people
from engage.people.forms import ROLE_LABELS
from engage.people.queries import Person
from engage.safeguarding import queries as flags
from engage.safeguarding import queries_apart as apart
from engage.safeguarding.contact import service as contact
from engage.safeguarding.contact.words import OUTCOMES
from engage.safeguarding.words import week
from engage.web.access import Permission

CASE, ACCOUNT, CONTACT = "case", "account", "contact"
_NEEDED = {CASE: Permission.HANDLE_CASES, ACCOUNT: Permission.HANDLE_CASES, CONTACT: Permission.TRIAGE_FLAGS}


@dataclass(frozen=True)
class Hit:
    """Something that may be theirs: `key` says what, `name` whose, `what` in words."""

    key: str
    name: str
    what: str


@dataclass(frozen=True)
class Piece:
    """One thing that is held: facts, and texts in which others may be named. `note`: for whoever looks it through,
    in no file.
    """

    key: str
    title: str
    facts: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...] = ()
    note: str = ""


def find(words: str, by: uuid.UUID) -> list[Hit]:
    """What may be held under a name, an address or a number; that somebody looked is written down, not for whom."""
    begin_write()
    finders = {CASE: _cases, CONTACT: _requests, ACCOUNT: _accounts}
    hits = [hit for kind, look in finders.items() if _may(by, kind) for hit in look(words, by)]
    audit.record("held-data-searched", "person", None, count=len(hits))
    return hits


def collect(keys: Sequence[str], by: uuid.UUID) -> list[Piece]:
    """All that these keys stand for, opened; written down. NotFound for one that is not theirs to open."""
    begin_write()
    pieces = [piece for key in keys for piece in _pieces(key, by)]
    for key in keys:
        kind, row_id = parted(key)
        audit.record("held-data-opened", kind, row_id)
    return pieces


def redacted(pieces: Sequence[Piece], texts: Mapping[str, str]) -> list[Piece]:
    """The pieces with each text as somebody left it; one that is missing in `texts` ("0-1") is left out whole."""
    return [
        replace(
            piece,
            texts=tuple((label, texts.get(f"{at}-{n}", "")) for n, (label, _text) in enumerate(piece.texts)),
        )
        for at, piece in enumerate(pieces)
    ]


def parted(key: str) -> tuple[str, uuid.UUID]:
    """The kind of a thing and its id; NotFound for what is no key."""
    kind, mark, row_id = key.partition(":")
    try:
        return kind, uuid.UUID(row_id)
    except ValueError:
        raise NotFound(mark) from None


def _may(by: uuid.UUID, kind: str) -> bool:
    who = people.get_person(by)
    return who is not None and kind in _NEEDED and who.can(_NEEDED[kind])


def _cases(words: str, by: uuid.UUID) -> list[Hit]:
    found = cases.find(words, apart.hidden_from(by))
    return [Hit(f"{CASE}:{row.id}", f"{row.name} ({row.reach})", row.reference) for row in found]


def _requests(words: str, by: uuid.UUID) -> list[Hit]:
    return [
        Hit(f"{CONTACT}:{request_id}", f"{details.name} ({details.reach})", _("Asked to be contacted"))
        for request_id, details in contact.find(words, by)
    ]


def _accounts(words: str, _by: uuid.UUID) -> list[Hit]:
    wanted = words.strip().casefold()
    return [
        Hit(f"{ACCOUNT}:{one.id}", one.name, _("Account"))
        for one in (people.list_people(scope.current()) if wanted else [])
        if wanted in one.name.casefold() or wanted in one.sign_in.casefold()
    ]


def _pieces(key: str, by: uuid.UUID) -> list[Piece]:
    kind, row_id = parted(key)
    if not _may(by, kind):
        raise NotFound
    if kind == CONTACT:
        return [_request(key, contact.held_on(row_id, by))]
    if kind == CASE and row_id not in apart.hidden_from(by):
        return [_case(key, cases.held_on(row_id))]
    person = people.get_person(row_id) if kind == ACCOUNT else None
    if person is None or person.partnership_id != scope.current():
        raise NotFound
    return [_account(key, person, by), *_visits(key, person)]


def _case(key: str, held: cases.OnCase) -> Piece:
    case = held.case
    days = (
        (_("Received"), case.received_on),
        (_("Acknowledged"), case.acknowledged_on),
        (_("Answered"), case.responded_on),
        (_("Closed"), case.closed_on),
    )
    facts = [(_("Name"), held.name), (_("How to reach you"), held.reach), (_("Service"), case.service or "")]
    facts += [(label, str(format_date(day, "d MMMM yyyy"))) for label, day in days if day is not None]
    said = [(str(QUESTION_LABELS.get(question, question)), text) for question, text in held.said]
    said += [(_("You wrote") if line.is_from_person else _("We wrote"), line.text) for line in held.lines]
    if opened := _openings(held.opened):
        said.append((_("Who opened your name and contact details"), opened))
    note = _("Their name was opened, and somebody decided not to tell them: see the case. The file leaves that out.")
    untold = not all(each.is_told for each in held.opened)
    return Piece(key, f"{kind_label(case)} {case.reference}", _filled(facts), tuple(said), note if untold else "")


def _openings(found: Sequence[cases.Opening]) -> str:
    """Who opened it and when, a line each; what they are not told of could put somebody in danger, and is left out."""
    names = people.names_of(scope.current()) if found else {}
    told = [(names.get(one.account_id, "") if one.account_id else "", one.at) for one in found if one.is_told]
    return "\n".join(f"{_minute(at)} {name}".strip() for name, at in told)


def _minute(at: datetime) -> str:
    return str(format_datetime(at.astimezone(clock.LONDON), "d MMM yyyy HH:mm"))


def _request(key: str, held: contact.Opened) -> Piece:
    said = held.details or contact.Details("", "", "", "")
    ended = str(OUTCOMES[held.row.outcome]) if held.row.outcome else ""
    facts = (
        (_("Name"), said.name),
        (_("How to reach you"), said.reach),
        (_("When it is safe"), said.safe),
        (_("Received"), week(held.row.week)),
        (_("How it ended"), ended),
    )
    texts = ((_("You wrote"), said.about), (_("What was done"), held.note or ""))
    return Piece(key, _("Asked to be contacted"), _filled(facts), _filled(texts))


def _account(key: str, person: Person, by: uuid.UUID) -> Piece:
    roles = ", ".join(sorted(str(ROLE_LABELS[role]) for role in person.roles))
    facts = [(_("Name"), person.name), (_("Sign-in name"), person.sign_in), (_("Roles"), roles)]
    # That a colleague opened something would tell whoever it is kept from that it is there (C6).
    hidden = apart.hidden_from(by) if person.id != by else frozenset[uuid.UUID]()
    unknown = hidden | flags.of_origins(hidden)
    facts.append((_("Can sign in"), _("Yes") if person.is_active else _("No")))
    facts += [
        (_minute(event.happened_at), event.action)
        for event in audit.acts_of(person.id)
        if event.subject_id not in unknown
    ]
    return Piece(key, _("Account of %(name)s", name=person.name), _filled(facts))


def _visits(key: str, person: Person) -> list[Piece]:
    return [
        Piece(
            key,
            _("Visit to %(service)s", service=visit.service),
            tuple(
                (score.criterion, _("could not see") if score.value is None else str(score.value)) for score in scores
            ),
            tuple((score.criterion, score.note) for score in scores if score.note),
        )
        for visit in inspections.list_visits_of(person.id)
        if (scores := sorted(inspections.own_scores(visit.id, person.id).values(), key=lambda one: one.criterion))
    ]


def _filled(facts: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in facts if value)
