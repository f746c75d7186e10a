"""Come back with a code: words open what became of what somebody said, and a conversation; or answers not sent yet.

Only the latter hand the browser a cookie: the secret that the words opened. What stands between the two requests of a
conversation is a sealed ticket in the form, good for fifteen minutes, that names the receipt and nothing else.
"""

import json
import uuid
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.answering.you_said import queries as you_said
from engage.answering.you_said.views import card
from engage.core import clock, scope
from engage.core.crypto import SealError, keyring
from engage.core.errors import Refused
from engage.core.transaction import Saved, transactional
from engage.listening.casework import queries as casework
from engage.listening.casework.kinds import CaseKind
from engage.listening.surveys import returning
from engage.safeguarding import receipts
from engage.safeguarding.receipts import Line, ReceiptRow
from engage.voices import queries as voices
from engage.web import respondent as answering
from engage.web.access import public, respondent
from engage.web.csrf import without_token
from engage.web.layout import language

bp = Blueprint("codes", __name__)
_TICKET, _MINUTES = "codes-ticket", 15
_WHAT = {
    CaseKind.COMPLAINT: _l("You told us that something went wrong."),
    CaseKind.COMPLIMENT: _l("You told us that something was good."),
    CaseKind.WORRY: _l("You told us about a worry."),
    CaseKind.IDEA: _l("You gave us an idea."),
}


@dataclass(frozen=True)
class Story:
    """What became of what somebody said, step by step, in words for them."""

    what: str
    steps: tuple[tuple[str, bool], ...]


@bp.get("/<slug:partnership>/codes")
@public
def page() -> ResponseReturnValue:
    """The form for the words."""
    return render_template("desk/codes.html", wrong=False, typed="")


@bp.post("/<slug:partnership>/codes")
@without_token  # needs no cookie; guarded by Origin
@respondent
def find() -> ResponseReturnValue:
    """Open what the words belong to; words that never were a code and words that were deleted get the same page."""
    typed = request.form.get("words", "")[:400]
    receipt, way = receipts.find(typed, language()), returning.find(typed, language())
    if receipt is not None:
        return _story_page(receipt)
    if way is None:
        return render_template("desk/codes.html", wrong=True, typed=typed), 404
    response = way.links.go("intro", back="1")
    answering.hand_over(response, way.secret)
    return response


@bp.post("/<slug:partnership>/codes/say")
@without_token
@respondent
@transactional
def say() -> ResponseReturnValue | Saved:
    """Write back; what is written is read by a trained person like everything else."""
    receipt_id = _opened(request.form.get("ticket", ""))
    try:
        receipts.say(receipt_id, request.form.get("text", ""), author_id=None, language=language())
    except Refused as refusal:
        return _story_page(receipts.get_receipt(receipt_id), refusal=refusal.reason), 422
    return Saved(_story_page(receipts.get_receipt(receipt_id), said=True))


def _story_page(receipt: ReceiptRow, *, said: bool = False, refusal: str = "") -> str:
    lines: list[Line] = receipts.conversation(receipt.id)
    typed = request.form.get("text", "") if refusal else ""
    return render_template(
        "desk/story.html",
        story=_story(receipt, lines),
        lines=lines,
        said=said,
        refusal=refusal,
        typed=typed,
        ticket=_ticket(receipt.id),
        most=receipts.LONGEST,
        week=clock.week_start(receipt.week),
        answers=[card(row) for row in you_said.answers_to_origin(receipt.origin_kind, receipt.origin_id)],
    )


def _story(receipt: ReceiptRow, lines: list[Line]) -> Story:
    if receipt.origin_kind == "case":
        return _case_story(receipt.origin_id)
    heard = voices.list_of_origin(receipt.origin_kind, receipt.origin_id)
    is_read = all(row.is_read for row in heard)
    steps = [(_("We have your answers"), True)]
    if heard:
        steps.append((_("A trained person has read your words"), is_read))
    steps.append((_("We wrote to you"), any(not line.is_from_person for line in lines)))
    return Story(_("You answered questions."), tuple(steps))


def _case_story(case_id: uuid.UUID) -> Story:
    case = casework.get_case(case_id)
    if case is None:
        abort(404)
    return Story(
        str(_WHAT[case.kind]),
        (
            (_("It arrived"), True),
            (_("We told you that we have it"), case.acknowledged_on is not None),
            (_("We answered you"), case.responded_on is not None),
            (_("It is finished"), case.closed_on is not None),
        ),
    )


def _ticket(receipt_id: uuid.UUID) -> str:
    words = json.dumps([str(receipt_id), clock.now().timestamp()])
    return keyring().seal(words, row=scope.current(), purpose=_TICKET).hex()


def _opened(ticket: str) -> uuid.UUID:
    try:
        receipt_id, made_at = json.loads(keyring().unseal(bytes.fromhex(ticket), row=scope.current(), purpose=_TICKET))
    except (SealError, ValueError):
        abort(400)
    if clock.now().timestamp() - made_at > _MINUTES * 60:
        abort(400)
    return uuid.UUID(receipt_id)
