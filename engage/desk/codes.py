"""Come back with a code: words open what became of what somebody said, and a conversation; or answers not sent yet.

Only the latter hand the browser a cookie: the secret that the words opened. What stands between two requests of a
conversation is a ticket (see `tickets`).
"""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engage.answering.you_said import queries as you_said
from engage.answering.you_said.views import card
from engage.core import clock
from engage.core.errors import Refused
from engage.core.transaction import Saved, transactional
from engage.desk import tickets
from engage.desk.rights import taking_back
from engage.desk.story import story_of
from engage.listening.surveys import returning
from engage.safeguarding import receipts
from engage.safeguarding.receipts import ReceiptRow
from engage.web import respondent as answering
from engage.web.access import public, respondent
from engage.web.csrf import without_token
from engage.web.errors import page_for
from engage.web.layout import language
from engage.web.limits import Act, TooMany, limited, missed

bp = Blueprint("codes", __name__)


@bp.get("/<slug:partnership>/codes")
@public
def page() -> ResponseReturnValue:
    """The form for the words."""
    return render_template("desk/codes.html", wrong=False, typed="")


@bp.post("/<slug:partnership>/codes")
@without_token  # needs no cookie; guarded by Origin
@limited(Act.CODE)
@respondent
def find() -> ResponseReturnValue:
    """Open what the words belong to; words that never were a code and words that were deleted get the same page."""
    typed = request.form.get("words", "")[:400]
    receipt, way = receipts.find(typed, language()), returning.find(typed, language())
    if receipt is not None:
        return _story_page(receipt)
    if way is None:
        missed(Act.CODE)
        return render_template("desk/codes.html", wrong=True, typed=typed), 404
    response = way.links.go("intro", back="1")
    answering.hand_over(response, way.secret)
    return response


@bp.post("/<slug:partnership>/codes/say")
@without_token
@respondent
@transactional
def say() -> ResponseReturnValue | Saved:
    """Write back; what is written is read by a trained person like everything else. A page that stood open for long is
    shown again with what was typed.
    """
    ticket = tickets.read(request.form.get("ticket", ""))
    receipt = receipts.get_receipt(ticket.receipt_id)
    if ticket.is_old:
        return _again_page(tickets.make(receipt.id, only_sends=True)), 422
    try:
        receipts.say(receipt.id, request.form.get("text", ""), author_id=None, language=language())
    except Refused as refusal:
        if ticket.only_sends:
            return _again_page(tickets.make(receipt.id, only_sends=True), refusal=refusal.reason), 422
        return _story_page(receipt, refusal=refusal.reason), 422
    if ticket.only_sends:
        return Saved(render_template("desk/codes.html", wrong=False, typed="", said=True))
    return Saved(_story_page(receipt, said=True))


@bp.post("/<slug:partnership>/codes/take-back")
@without_token
@respondent
def ask_first() -> ResponseReturnValue:
    """What taking it back does and cannot do, before it is done."""
    receipt = receipts.get_receipt(tickets.open_ticket(request.form.get("ticket", "")))
    choice = taking_back.choice_of(receipt.origin_kind, receipt.origin_id)
    if not choice.can:
        return _story_page(receipt)
    return render_template("desk/take_back.html", choice=choice, ticket=tickets.make(receipt.id))


@bp.post("/<slug:partnership>/codes/take-back/now")
@without_token
@respondent
@transactional
def take_back() -> ResponseReturnValue | Saved:
    """Take it back; a second press finds nothing left and says the same."""
    receipt = receipts.look_up(tickets.open_ticket(request.form.get("ticket", "")))
    if receipt is None:
        return render_template("desk/taken_back.html", is_gone=True, is_held=False)
    is_held = taking_back.choice_of(receipt.origin_kind, receipt.origin_id).is_held
    try:
        is_gone = taking_back.take_back(receipt.id)
    except Refused:  # a release counted it between the two pages, and there are no words
        return _story_page(receipt), 409
    return Saved(render_template("desk/taken_back.html", is_gone=is_gone, is_held=is_held))


@bp.errorhandler(TooMany)
def throttled(error: TooMany) -> ResponseReturnValue:
    """Too many at once: a message is shown again as it was typed (N14)."""
    if request.endpoint != "codes.say":
        return page_for(error)
    return _again_page(request.form.get("ticket", ""), is_busy=True), 429, {"Retry-After": str(error.retry_after)}


def _again_page(ticket: str, *, is_busy: bool = False, refusal: str = "") -> str:
    found = {"typed": request.form.get("text", ""), "ticket": ticket, "most": receipts.LONGEST}
    return render_template("desk/say_again.html", is_busy=is_busy, refusal=refusal, **found)


def _story_page(receipt: ReceiptRow, *, said: bool = False, refusal: str = "") -> str:
    lines = receipts.conversation(receipt.id)
    choice = taking_back.choice_of(receipt.origin_kind, receipt.origin_id)
    return render_template(
        "desk/story.html",
        story=story_of(receipt, lines, choice),
        choice=choice,
        lines=lines,
        said=said,
        refusal=refusal,
        typed=request.form.get("text", "") if refusal else "",
        ticket=tickets.make(receipt.id),
        most=receipts.LONGEST,
        week=clock.week_start(receipt.week),
        answers=[card(row) for row in you_said.answers_to_origin(receipt.origin_kind, receipt.origin_id)],
    )
