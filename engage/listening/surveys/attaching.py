"""Taking files with an answer: made harmless, sealed and kept in the draft, shown again to whoever added them.

Which files belong to an answer is what the draft says; what a page sends under that name counts for nothing. A file
that was good is kept even where the rest of the page must be done again: a phone may not send it twice.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from engage.adapters.media import taking
from engage.adapters.media.kinds import MB, File, NotTaken
from engage.core import context
from engage.core.database import begin_rows
from engage.core.transaction import Saved
from engage.listening.surveys import files, showing, views
from engage.listening.surveys import journey as journeys
from engage.listening.surveys.files import SealedFile
from engage.listening.surveys.journey import Journey
from engage.listening.surveys.links import STOP, Links
from engage.listening.surveys.views import Filled
from engage.rules.questionnaire.answers import Answer, Form, Mistake, skipped
from engage.rules.questionnaire.kinds.attached import EMPTY, Attached
from engage.web import respondent as answering
from engage.web import security

MOST_BODY: Final = taking.MOST_BYTES + MB // 2
_DRAINED: Final = 64 * MB
_NAMES: Final = {"image/png": "picture.png", "image/jpeg": "picture.jpg", "application/pdf": "document.pdf"}


@dataclass(frozen=True)
class _Sent:
    """What a page sent: its fields with the ids that stay, the files that could be taken, the first that could not,
    the ids that go. `stays`: a file was taken off, and the page is to be shown again.
    """

    fields: dict[str, list[str]]
    staying: list[str]
    taken: list[File]
    refused: NotTaken | None
    going: Collection[str]
    stays: bool

    def form(self, asked: Attached, ids: Sequence[str]) -> Form:
        """The form with these ids as its files."""
        return {**self.fields, asked.kept_field: ids}


def answer(journey: Journey, question_id: str, links: Links) -> ResponseReturnValue | Saved:
    """Keep an answer with files, in this request's write transaction; on a mistake the same page, with what was good.

    The one form of ours that may be as large as a photo.
    """
    asked = journey.flow.definition.question(question_id)
    if not isinstance(asked, Attached):
        abort(404)
    security.accept_body(MOST_BODY)
    try:
        typed = request.form.to_dict(flat=False)
    except RequestEntityTooLarge:
        _drain()
        mistake = Mistake("file_too_large", asked.first_control, {"most": taking.MOST_BYTES // MB})
        return _wrong(journey, asked, links, mistake), 413
    if not answering.form_is_theirs():
        return showing.question_page(journey, question_id, links, Filled(typed), "expired"), 400
    if STOP in typed and _is_empty(asked, typed):
        return links.go("stop", **{"from": question_id})
    return _keep(journey, asked, links, _sent(journey, asked, typed))


def onward(saved: Journey | None, question_id: str, links: Links) -> ResponseReturnValue:
    """After an answer was kept: to the next question, back to the check page, to the page for those who stop, or out
    with nothing kept; None: all was sent meanwhile.
    """
    if saved is None:
        return links.go("sent")
    if saved.path.is_dropped:
        journeys.discard(saved)
        return links.go("stopped", question=question_id, **showing.door(saved.held.channel))
    page = context.asked()
    changing = "change" in page.args
    following = saved.waiting() if changing else saved.path.next(question_id)
    if STOP in page.form:
        response = links.go("stop", **{"from": question_id})
    elif following is None and saved.waits_for_how:
        response = links.go("how")
    else:
        response = links.go_on(following, changing=changing)
    if answering.was_shortened():
        # Something else was sent from another tab: these answers must not end with that one's Sent page.
        answering.hand_over(response, saved.secret)
    return response


def shown(journey: Journey, question_id: str, file_id: uuid.UUID) -> ResponseReturnValue:
    """A file of this person's own answer; 404 for any other id."""
    mine = (journey.answer_to(question_id) or {}).get("attachments", ())
    found = files.open_file(journey.flow.key, journey.secret, file_id) if file_id.hex in mine else None
    if found is None:
        abort(404)
    is_played = found.media_type.startswith(("image/", "audio/"))
    name = _NAMES.get(found.media_type, "recording")
    return security.served_file(found.data, found.media_type, name, download=not is_played)


def _is_empty(asked: Attached, typed: dict[str, list[str]]) -> bool:
    """Whether somebody who stops has added nothing on this page."""
    said = any(value.strip() for name in asked.fields() for value in typed.get(name, ()))
    return not said and not any(upload.filename for upload in request.files.getlist(asked.file_field))


def _sent(journey: Journey, asked: Attached, fields: dict[str, list[str]]) -> _Sent:
    before = (journey.answer_to(asked.id) or {}).get("attachments", [])
    taken: list[File] = []
    refused: NotTaken | None = None
    for upload in request.files.getlist(asked.file_field)[: asked.most_files + 1]:
        if not upload.filename:
            continue  # what a browser sends for a control that was left empty
        try:
            taken.append(taking.take(upload.read(), asked.takes, asked.most_seconds))
        except NotTaken as reason:
            refused = refused or reason
    is_swapped = asked.most_files == 1 and (taken or f"{asked.id}-drop" in fields)
    going = before if is_swapped else [each for each in before if each in fields.get(f"{asked.id}-remove", ())]
    staying = [each for each in before if each not in going]
    return _Sent(fields, staying, taken, refused, going, f"{asked.id}-remove" in fields)


def _keep(journey: Journey, asked: Attached, links: Links, sent: _Sent) -> ResponseReturnValue | Saved:
    if asked.parse(sent.form(asked, ())) == skipped() and any(sent.fields.get(asked.skip_field, ())):
        return onward(_write(journey, asked, links, skipped(), (), [*sent.staying, *sent.going]), asked.id, links)
    refusal = _no_room(journey, asked, sent)
    if refusal is not None:
        return _wrong(journey, asked, links, _mistake(asked, refusal, sent)), 422
    rows = [files.seal(journey.flow.key, journey.secret, file) for file in sent.taken]
    ids = [*sent.staying, *(row.id.hex for row in rows)]
    given = asked.parse(sent.form(asked, ids))
    mistake = _mistake(asked, sent.refused, sent) if sent.refused else given if isinstance(given, Mistake) else None
    if mistake is None and not sent.stays and not isinstance(given, Mistake):
        return onward(_write(journey, asked, links, given, rows, sent.going), asked.id, links)
    saved = _write(journey, asked, links, _so_far(journey, asked, given, ids), rows, sent.going)
    if saved is None:
        return links.go("sent")
    if mistake is None or (sent.stays and mistake.key in EMPTY):
        return links.go_on(asked.id, changing="change" in request.args)
    return Saved((_wrong(saved, asked, links, mistake), 422))


def _no_room(journey: Journey, asked: Attached, sent: _Sent) -> NotTaken | None:
    if len(sent.staying) + len(sent.taken) > asked.most_files:
        return NotTaken("file_too_many", most=asked.most_files)
    has_room = not sent.taken or files.has_room(journey.flow.key, journey.secret, sent.taken, sent.going)
    return None if has_room else NotTaken("file_no_room")


def _so_far(journey: Journey, asked: Attached, given: Answer | Mistake, ids: list[str]) -> Answer | None:
    """What can be kept while the page must be done again: the files, and the last words that were in order."""
    held: Answer = (journey.answer_to(asked.id) or {}) if isinstance(given, Mistake) else given
    now: Answer = {}
    if ids:
        now["attachments"] = ids
    if held.get("text"):
        now["text"] = held["text"]
    return now or None


def _write(
    journey: Journey,
    asked: Attached,
    links: Links,
    given: Answer | None,
    rows: Sequence[SealedFile],
    going: Collection[str],
) -> Journey | None:
    if not journeys.enter(journey):
        abort(links.go("intro", lost="code"))
    begin_rows()  # the answer and its files together, or neither
    saved = journeys.save(journey, asked.id, given)
    if saved is not None:
        files.drop(journey.flow.key, journey.secret, going)
        files.keep(rows)
    return saved


def _mistake(asked: Attached, refusal: NotTaken, sent: _Sent) -> Mistake:
    kept = {name: tuple(values) for name, values in sent.fields.items() if name in asked.fields()}
    return Mistake(refusal.key, asked.first_control, refusal.params, kept)


def _wrong(journey: Journey, asked: Attached, links: Links, mistake: Mistake) -> str:
    return showing.question_page(journey, asked.id, links, views.wrong(asked, mistake, showing.reader()))


def _drain() -> None:
    """Read what is still on its way, up to a point: a browser that is cut off in mid-sentence shows no page at all."""
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, _DRAINED)
    while left > 0 and (piece := stream.read(min(left, MB))):
        left -= len(piece)
