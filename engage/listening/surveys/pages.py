"""The views of a journey, the same for every flow: intro, one question a page, check, sent.

A feature gives a `Door` (which flow stands at an address, who stores its answers) and gets the views. Pages that carry
answers ask for their form's token themselves: a form that is refused is shown again with everything that was typed.
"""

import uuid
from collections.abc import Callable

from flask import Blueprint, abort, make_response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from engage.core import crypto
from engage.core.context import asked
from engage.core.database import db
from engage.core.logging import get_logger
from engage.core.transaction import Saved, transactional
from engage.listening.surveys import attaching, sending, showing, views
from engage.listening.surveys import journey as journeys
from engage.listening.surveys.flow import Flow, Full, NotOpen
from engage.listening.surveys.journey import Journey
from engage.listening.surveys.links import STOP
from engage.listening.surveys.pages_how import HowAnswered
from engage.listening.surveys.pages_leaving import Leaving
from engage.listening.surveys.pages_shared import Door
from engage.rules.questionnaire import how
from engage.rules.questionnaire.answers import Mistake, showable
from engage.rules.questionnaire.kinds.attached import Attached
from engage.web import respondent as answering
from engage.web.access import public, respondent
from engage.web.csrf import without_token
from engage.web.errors import page_for
from engage.web.limits import Act, TooMany, limited, missed, require
from engage.web.security import forget_page_data

__all__ = ["Door", "Pages"]


class Pages(Leaving, HowAnswered):
    """The views of one door. `name` is its blueprint's."""

    def add_to(self, bp: Blueprint, prefix: str) -> None:
        """Put the views under `prefix` ("/<slug:partnership>/surveys/<slug:survey>")."""
        for rule, method, view in (
            ("", "GET", self.intro),
            ("/start", "POST", self.start),
            ("/q/<string:question>", "GET", self.question),
            ("/q/<string:question>", "POST", self.answer),
            ("/q/<string:question>/files/<uuid:file>", "GET", self.file),
            ("/how", "GET", self.how),
            ("/how", "POST", self.tell),
            ("/check", "GET", self.check),
            ("/send", "POST", self.send),
            ("/sent", "GET", self.sent),
            ("/stop", "GET", self.stop),
            ("/stop/words", "POST", self.keep),
            ("/stop/delete", "POST", self.delete),
            ("/stopped/<string:question>", "GET", self.stopped),
            ("/finish", "GET", self.finish),
        ):
            bp.add_url_rule(prefix + rule, view.__name__, view, methods=[method])
        bp.register_error_handler(NotOpen, self.shut)
        bp.register_error_handler(TooMany, self.throttled)

    @public
    def intro(self, **where: str) -> ResponseReturnValue:
        """Before question 1: who asks, why, who reads it, when somebody must be told. Sets no cookie (N8)."""
        flow = self._open(where)
        secret = answering.present()
        journey = journeys.resume(flow, secret) if secret is not None else None
        begun = (
            journey is not None
            and journey.held.is_kept
            and not journeys.is_someone_new(journey, showing.code_in_address(), again=False)
        )
        _require_room(flow, begun=begun)
        needs_code = not begun or (journey is not None and journey.is_at_the_gate)
        return showing.intro_page(flow, self._links(where), flow.steps(), begun=begun, needs_code=needs_code)

    @without_token  # no cookie yet that a token could be bound to: the Origin guard stands here alone
    @limited(Act.START)
    @respondent
    @transactional
    def start(self, **where: str) -> ResponseReturnValue:
        """Mint the secret, or go on with the one there is; then to the first question that waits."""
        flow, links, typed = self._open(where), self._links(where), request.form.get("code", "").strip()
        known = answering.present()
        before = journeys.resume(flow, known) if known is not None else None
        is_new = before is None or _is_spent(before, typed)
        journey = journeys.resume(flow, crypto.new_secret()) if before is None or is_new else before
        _require_room(flow, begun=journey.held.is_kept)
        if typed:
            require(Act.CODE)
        if not journeys.let_in(journey, typed):
            missed(Act.CODE)
            return links.go("intro", **showing.refused(typed))
        if before is not None and (is_new or "again" in request.form):
            journeys.discard(before)
            journey = journeys.resume(flow, journey.secret)
        journeys.begin(journey, journeys.door_of(before if "again" in request.form else None, showing.channel()))
        response = links.go_on(journey.waiting())
        if is_new or answering.was_shortened():
            answering.hand_over(response, journey.secret)
        return response

    @respondent
    def question(self, question: str, **where: str) -> ResponseReturnValue:
        """One question, with the answer that was given to it before."""
        journey = self._on_path(question, where)
        filled = views.filled(journey.path.question(question), journey.answer_to(question))
        return showing.question_page(journey, question, self._links(where), filled)

    @without_token  # asked for inside, so that nothing typed is lost
    @respondent
    def answer(self, question: str, **where: str) -> ResponseReturnValue:
        """Keep the answer and go on; on a mistake or trouble the same page with everything that was typed."""
        try:
            return self._answer(question, where)
        except OperationalError:
            return _again(lambda: self._typed(question, where, "busy"))

    @transactional
    def _answer(self, question: str, where: dict[str, str]) -> ResponseReturnValue | Saved:
        journey, links = self._on_path(question, where), self._links(where)
        if isinstance(journey.flow.definition.question(question), Attached):
            return attaching.answer(journey, question, links)
        if not answering.form_is_theirs():
            return self._typed(question, where, "expired"), 400
        form = asked().form.to_dict(flat=False)
        stopping = STOP in form
        given = journey.path.parse(question, form)
        if stopping and views.says_nothing(given):
            return links.go("stop", **{"from": question})
        if isinstance(given, Mistake):
            filled = views.wrong(journey.path.question(question), given, showing.reader())
            return showing.question_page(journey, question, links, filled), 422 if given.is_wrong else 200
        if not journeys.enter(journey):
            return links.go("intro", lost="code")
        return attaching.onward(journeys.save(journey, question, given, how.used(form)), question, links)

    @respondent
    def file(self, question: str, file: uuid.UUID, **where: str) -> ResponseReturnValue:
        """A picture or recording that was added to an answer, for nobody but whoever added it."""
        secret = answering.present()
        journey = journeys.resume(self.door.find(where), secret) if secret else None
        return attaching.shown(journey, question, file) if journey else abort(404)

    @respondent
    def check(self, **where: str) -> ResponseReturnValue:
        """Everything that was answered, before it is sent."""
        return showing.check_page(self._complete(where), self._links(where))

    @without_token  # asked for inside, so that the page can be shown again
    @limited(Act.SEND)
    @respondent
    def send(self, **where: str) -> ResponseReturnValue:
        """Store the answers, then say so: nothing is acknowledged that is not stored."""
        try:
            return self._send(where)
        except OperationalError:
            return _again(lambda: showing.check_page(self._complete(where), self._links(where), "busy"))

    @transactional
    def _send(self, where: dict[str, str]) -> ResponseReturnValue:
        journey, links = self._complete(where), self._links(where)
        if not answering.form_is_theirs():
            return showing.check_page(journey, links, "expired"), 400
        you = showing.reader()
        manner = sending.Manner(you.language, you.easy, showing.modes(), answering.asked_for_help())
        if not sending.send(journey, manner):
            return links.go("check")  # another tab has asked for more since; the check page leads there
        response = links.go("sent")
        answering.shorten(response, journey.secret)
        return response

    @respondent
    def sent(self, **where: str) -> ResponseReturnValue:
        """Thank you, the receipt, what happens next, who to call: for as long as the browser keeps the secret."""
        flow, links, secret = self._find(where), self._links(where), self._secret(where)
        if not flow.sender.is_sent(journeys.submission_key(flow, secret)):
            return links.go("check")
        response = make_response(showing.sent_page(flow, secret, links, flow.steps()))
        forget_page_data(response)
        return response

    def throttled(self, error: TooMany) -> ResponseReturnValue:
        """Too many at once: the same page with everything that was typed, where there is one (N14)."""
        where, endpoint = dict(request.view_args or {}), request.endpoint or ""
        try:
            if endpoint.endswith(".answer"):
                page = self._typed(where.pop("question"), where, "busy")
            elif endpoint.endswith(".send"):
                page = showing.check_page(self._complete(where), self._links(where), "busy")
            else:
                return page_for(error)
        except HTTPException:
            return page_for(error)
        return page, 429, {"Retry-After": str(error.retry_after)}

    def _typed(self, question: str, where: dict[str, str], trouble: str) -> str:
        """The question's page with what was just typed, though it could not be kept."""
        filled = views.Filled({name: [showable(one) for one in sent] for name, sent in request.form.lists()})
        return showing.question_page(self._on_path(question, where), question, self._links(where), filled, trouble)


def _is_spent(journey: Journey, typed: str) -> bool:
    """A second person on the same device: nobody answers under a secret that was sent, here or elsewhere."""
    if journey.is_sent or (answering.was_shortened() and not journey.held.is_kept):
        return True
    return journeys.is_someone_new(journey, typed, again="again" in request.form)


def _require_room(flow: Flow, *, begun: bool) -> None:
    if not begun and flow.is_full():
        raise Full(flow.definition.title)


def _again(page: Callable[[], str]) -> ResponseReturnValue:
    """The page once more, after the database refused to write; if it can't even be read, the fixed page for that."""
    db.session.rollback()
    get_logger().error("answers-not-saved", endpoint=request.endpoint or "")
    return page(), 503
