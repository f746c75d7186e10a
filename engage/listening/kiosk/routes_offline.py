"""Where there is no network: the one document with every question, its worker, and the door its boxes come in by."""

import base64
import uuid
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage import paths
from engage.adapters.media.kinds import MB
from engage.core import clock
from engage.core import languages as known
from engage.core.errors import NotFound
from engage.core.transaction import Saved, transactional
from engage.listening.ballots.kinds import Entry
from engage.listening.kiosk import offline, queries, taking
from engage.listening.kiosk.queries import TabletRow
from engage.listening.library import queries as library
from engage.listening.library.views import media_of
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import showing, showing_how, views_files
from engage.listening.surveys.aids import Aids, aids_of
from engage.listening.surveys.flow import Flow
from engage.listening.surveys.routes import SurveyDoor
from engage.listening.surveys.views import Filled, question_view
from engage.people import queries as people
from engage.rules.questionnaire.answers import MISTAKES, OR_SKIP
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.attached import Attached
from engage.rules.questionnaire.piping import comma
from engage.rules.questionnaire.translations import offer
from engage.web import layout, security
from engage.web import tablet as device
from engage.web.access import public, respondent
from engage.web.csrf import without_token
from engage.web.limits import Act, limited
from engage.web.places import place

bp = Blueprint("kiosk_offline", __name__, url_prefix="/<slug:partnership>/tablet/<uuid:tablet_id>")

_MISTAKES = (
    *OR_SKIP, *OR_SKIP.values(), "choose_fewer", "one_only", "unknown_option", "exclusive", "words_and_skip",
    "too_long", "not_a_number", "not_whole", "number_too_low", "number_too_high", "not_a_date", "date_too_early",
    "date_too_late", "rank_all", "file_too_many", "file_not_photo", "file_not_pdf", "file_broken", "file_no_room",
)  # fmt: skip
"""What a tablet may have to say of an answer."""

MOST_BOX = taking.MOST_WORDS + 7 * MB
"""Bytes of one box: all its words, and the five MB of files that a tablet puts into one, as text."""


@bp.get("/offline")
@public
def page(tablet_id: uuid.UUID) -> ResponseReturnValue:
    """Every screen of the survey in one document, in one language; whoever opens it is signed in there no more."""
    tablet, flow = _asking(tablet_id)
    languages, you, definition = _speak(flow), showing.reader(), flow.definition
    helps = _helps(definition)
    if offline.records(definition):
        security.allow_recording()
    text = render_template(
        "kiosk/offline.html",
        title=you.say(definition.title),
        intro={name: you.say(text) for name, text in definition.intro.texts()},
        minutes=definition.intro.minutes,
        thanks=you.say(definition.thanks),
        questions=[question_view(flow, question, you, helps[question.id].media) for question in definition.asked],
        helps=helps,
        how=showing_how.groups({}) if definition.asks_how else [],
        filled=Filled(),
        action="",
        kept=(),
        numbers=people.list_help_numbers(),
        not_offered=None,  # the languages it is in stand at its top: whoever holds it next did not choose this one
        tongues=[(code, known.get(code).name, _here(tablet_id, lang=code)) for code in languages],
        facts=_facts(tablet, flow, languages),
    )
    response = make_response(text)
    device.leave_nobody(response)
    return response


@bp.get("/worker.js")
@public
def worker(tablet_id: uuid.UUID) -> ResponseReturnValue:
    """The worker that opens the document without a network; it can act below this tablet's address only."""
    _offline_tablet(tablet_id)
    text = (paths.static() / "dist" / "worker.js").read_text(encoding="utf-8")
    return Response(text, mimetype="text/javascript")


@bp.post("/answers")
@without_token  # a box closed for this site needs no cookie; guarded by Origin
@limited(Act.SEND)
@respondent
@transactional
def take(tablet_id: uuid.UUID) -> ResponseReturnValue | Saved:
    """Take in one box. The device drops it only when this says that it is stored."""
    tablet = _offline_tablet(tablet_id)
    survey = surveys.get_survey_by_id(tablet.survey_id)
    if clock.today() > queries.brings_until(tablet, survey.closes_on if survey is not None else None):
        abort(410)
    security.accept_body(MOST_BOX)
    taking.take(tablet, request.get_data())
    return Saved(({"stored": True}, 200))


def _offline_tablet(tablet_id: uuid.UUID) -> TabletRow:
    found = queries.get_tablet(tablet_id)
    if found is None or not found.works_offline:
        raise NotFound
    return found


def _asking(tablet_id: uuid.UUID) -> tuple[TabletRow, Flow]:
    tablet = _offline_tablet(tablet_id)
    survey = surveys.get_survey_by_id(tablet.survey_id)
    if survey is None or not tablet.is_running or not survey.is_open or survey.entry is Entry.CODES:
        abort(410)
    flow = SurveyDoor().find({"survey": survey.slug})
    if offline.hindrances(flow.definition):  # a newer version asks what only the site can
        abort(410)
    return tablet, flow


def _speak(flow: Flow) -> list[str]:
    """Put this document in the language its address names, if the survey may be shown in it; all there are."""
    here = place()
    allowed, unchecked = offer(flow.definition, drafts=here is not None and here.shows_drafts)
    wanted = request.args.get("lang", "")
    languages = [code for code in (here.languages if here else []) if code in allowed]
    layout.offer([wanted] if wanted in languages else languages, unchecked)
    return languages


def _here(tablet_id: uuid.UUID, lang: str | None = None) -> str:
    return url_for("kiosk_offline.page", tablet_id=tablet_id, lang=lang)


def _helps(definition: Definition) -> dict[str, Aids]:
    """What stands beside the words of each question, by its id; "": beside what is said before the first."""
    beside = {question.id: aids_of(question, layout.language()) for question in definition.asked}
    return {**beside, "": aids_of(definition.intro, layout.language())}


def _media(definition: Definition) -> list[str]:
    """The addresses of every film, recording and picture that any screen shows, in whatever language."""
    names = {name for thing in (definition.intro, *definition.questions) for name in thing.library_names()}
    things = [media_of(row, layout.language()) for row in library.shown(names).values()]
    return [address for thing in things for address in (thing.href, *(track.href for track in thing.tracks))]


def _mistake(key: str) -> str:
    words = MISTAKES[key]
    return str(_(words))


def _files(definition: Definition) -> dict[str, list[str]]:
    """How the page to check names what was added: id of the question -> words for one file, for two, and so on."""
    return {
        question.id: [views_files.added(question, count) for count in range(1, question.most_files + 1)]
        for question in definition.questions
        if isinstance(question, Attached)
    }


def _facts(tablet: TabletRow, flow: Flow, languages: list[str]) -> dict[str, Any]:
    """What the script has to know. No secret is among it: the key only closes."""
    here = _here(tablet.id)
    return {
        "id": str(tablet.id),
        "place": str(showing.reader().plain(flow.definition.title)),
        "version": str(flow.version_id),
        "language": layout.language(),
        "easy": showing.reader().easy,
        "modes": showing.modes(),
        "key": base64.b64encode(taking.public_key(tablet.id)).decode(),
        "steps": offline.routing(flow.definition, showing.reader().plain),
        "parts": {part.id: showing.reader().plain(part.title) for part in flow.definition.sections},
        "labels": {
            name: {option.id: showing.reader().plain(option.text) for option in options}
            for name, options in offline.named(flow.definition).items()
        },
        "comma": comma(layout.language()),
        "take": url_for("kiosk_offline.take", tablet_id=tablet.id),
        "worker": url_for("kiosk_offline.worker", tablet_id=tablet.id),
        "scope": here.removesuffix("offline"),
        "over": url_for("home.partnership_home"),
        "media": _media(flow.definition),
        "pages": [here, *(f"{here}?lang={code}" for code in languages)],
        "words": _words(flow.definition),
    }


def _words(definition: Definition) -> dict[str, Any]:
    """What the script says by itself; {at}, {of} and {count} are its to fill in."""
    return {
        "at": _("Question {at} of about {of}"),
        "part": _("Part %(at)s of %(of)s: %(title)s", at="{at}", of="{of}", title="{title}"),
        **{key: _mistake(key) for key in _MISTAKES},
        "files": _files(definition),
        "nothing": _("Not provided"),
        "adult": showing_how.with_an_adult(),
        "clash": showing_how.clash(),
        "full": _("This tablet is full. Tell the person who looks after it: it needs a network."),
        "waiting": _("Answers that wait on this tablet for a network: {count}"),
        "late": _("It is too late: the site takes these answers no more. Tell the person who looks after this tablet."),
        "refused": _("The site could not take {count} of them. Tell the person who looks after this tablet."),
        "none": _("No answers wait on this tablet."),
    }
