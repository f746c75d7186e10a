"""Ask to be contacted (anybody, by name), and the queue of whoever contacts them."""

import uuid
from collections.abc import Collection, Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from engage.core import audit
from engage.core.errors import Conflict, Refused
from engage.core.ids import new_token
from engage.core.transaction import Saved, transactional
from engage.people import queries as people
from engage.safeguarding import queries_apart, queries_duty, words_hours
from engage.safeguarding.contact import queries, service, service_together, service_whom, views
from engage.safeguarding.contact.forms import AboutForm, ContactForm, OutcomeForm, narrowed
from engage.safeguarding.contact.kinds import Mistaken, Outcome
from engage.safeguarding.contact.queries import Narrowed
from engage.safeguarding.contact.service import Details
from engage.safeguarding.contact.words import OUTCOMES
from engage.safeguarding.forms import ids
from engage.web.access import Permission, public, requires, respondent, signed_in
from engage.web.csrf import without_token
from engage.web.layout import language
from engage.web.limits import Act, TooMany, limited
from engage.web.paging import page_number
from engage.web.refusals import sentence

bp = Blueprint("contact", __name__)
staff_bp = Blueprint("contact_queue", __name__)
_PAGE = 50
Unsaid = tuple[Collection[uuid.UUID], Collection[uuid.UUID]]
"""Who was ticked, and who stood named on the page that this was sent from."""


@bp.get("/<slug:partnership>/contact-me")
@public
def page() -> ResponseReturnValue:
    """The form: what may and may not be kept to ourselves stands before the first box."""
    return _form_page(ContactForm(formdata=None, key=new_token()))


@bp.post("/<slug:partnership>/contact-me")
@without_token  # needs no cookie, and reads none; guarded by Origin
@limited(Act.CONTACT)
@respondent
@transactional
def ask() -> ResponseReturnValue:
    """Keep it, apart from everything else."""
    form = ContactForm()
    if not form.validate_on_submit():
        return _form_page(form), 422
    said = Details(form.name.data, form.reach.data, form.safe.data or "", form.about.data or "")
    service.ask(said, form_key=form.key.data or new_token(), language=language())
    return redirect(url_for("contact.asked"), 303)


@bp.errorhandler(TooMany)
def throttled(error: TooMany) -> ResponseReturnValue:
    """Too many at once: the same page with everything that was typed, and who to call meanwhile (N14)."""
    return _form_page(ContactForm(), is_busy=True), 429, {"Retry-After": str(error.retry_after)}


@bp.get("/<slug:partnership>/contact-me/sent")
@public
def asked() -> ResponseReturnValue:
    """It is with us; nothing of it is repeated."""
    return render_template("contact/asked.html", **_hours())


@staff_bp.get("/staff/safeguarding/contact")
@requires(Permission.TRIAGE_FLAGS)
def waiting() -> ResponseReturnValue:
    """Whoever waits to be contacted, and what ended; nothing that whoever looks is kept apart from."""
    hidden, page = queries_apart.hidden_from(signed_in().id), page_number()
    strange = service_together.strange_hours(without=hidden)
    narrow = narrowed(request.args, hidden, strange)
    came = queries.count_by_hour(without=hidden)
    rows = queries.list_waiting(narrow, strange, limit=_PAGE, offset=(page - 1) * _PAGE)
    said = ("state", "words", "hour") if narrow.hours else ("state", "words")
    names = people.names_of(signed_in().partnership_id)
    alike = queries.count_alike([row.id for row in rows], without=hidden)
    return render_template(
        "contact/queue.html",
        groups=views.groups(rows, names, came, strange, alike),
        hours=views.hour_lines(came, strange),
        count=queries.count_waiting(narrow),
        everybody=queries.count_waiting(Narrowed(without=hidden)),
        page=page,
        pages=-(-queries.count_waiting(narrow) // _PAGE),
        kept={name: request.args[name] for name in said if request.args.get(name)},
        ended=_ended(hidden, names),
        is_apart="kept" in request.args,
        unreal=request.args.get("unreal", 0, int),
    )


@staff_bp.post("/staff/safeguarding/contact/<uuid:request_id>")
@requires(Permission.TRIAGE_FLAGS)
@transactional
def open_request(request_id: uuid.UUID) -> Saved:
    """Open who it is and how to reach them; written down."""
    return Saved(_request_page(request_id, OutcomeForm(formdata=None)))


@staff_bp.post("/staff/safeguarding/contact/<uuid:request_id>/outcome")
@requires(Permission.TRIAGE_FLAGS)
@transactional
def close(request_id: uuid.UUID) -> ResponseReturnValue | Saved:
    """Say how it ended."""
    form = OutcomeForm()
    if queries.get(request_id) is None:
        abort(404)
    if not form.validate_on_submit():
        return Saved(_request_page(request_id, form))
    try:
        service.close(request_id, Outcome(form.outcome.data), form.note.data, signed_in().id)
    except Conflict:
        return Saved((_request_page(request_id, form), 409))
    return redirect(url_for("contact_queue.waiting"), 303)


@staff_bp.post("/staff/safeguarding/contact/<uuid:request_id>/about")
@requires(Permission.TRIAGE_FLAGS)
@transactional
def about(request_id: uuid.UUID) -> ResponseReturnValue | Saved:
    """Say which people with an account a request is about; they see nothing of it from now on. Taking somebody off asks
    why.
    """
    said = request.form.get("mistaken", "")
    mistaken = Mistaken(said) if said in set(Mistaken) else None
    named, shown = ids(request.form.getlist("people")), ids(request.form.getlist("shown"))
    try:
        service_whom.say_whom(request_id, named, signed_in().id, mistaken, shown=shown)
    except Refused as refusal:
        if refusal.reason != "contact-why_not":
            raise
        return Saved((_request_page(request_id, OutcomeForm(formdata=None), unsaid=(named, shown)), 422))
    return redirect(url_for("contact_queue.waiting", kept="apart"), 303)


def _ended(hidden: frozenset[uuid.UUID], names: Mapping[uuid.UUID, str]) -> views.Ended:
    page, count = page_number("ended"), queries.count_closed(without=hidden)
    rows = queries.list_closed(_PAGE, without=hidden, offset=(page - 1) * _PAGE)
    return views.Ended(views.lines(rows, names), count, page, -(-count // _PAGE))


def _form_page(form: ContactForm, *, is_busy: bool = False) -> str:
    return render_template("contact/ask.html", form=form, is_busy=is_busy, **_hours())


def _request_page(request_id: uuid.UUID, form: OutcomeForm, *, unsaid: Unsaid | None = None) -> str:
    opened = service.open_request(request_id, signed_in().id)
    names = people.names_of(signed_in().partnership_id)
    ended = str(OUTCOMES[opened.row.outcome]) if opened.row.outcome else ""
    return render_template(
        "contact/request.html",
        opened=opened,
        form=form,
        wait=views.wait(opened.row.received_on),
        ended=ended,
        can_reopen=opened.row.outcome is Outcome.NOT_REAL,
        events=audit.trail(request_id),
        names=names,
        about=_about_form(request_id, names, unsaid),
        shown=sorted(queries_apart.named_in(request_id)),
        may_take_off=service_whom.may_take_off(request_id, signed_in().id),
        may_say_whom=service_whom.may_say_whom(opened.row, signed_in().id),
    )


def _about_form(request_id: uuid.UUID, names: Mapping[uuid.UUID, str], unsaid: Unsaid | None) -> AboutForm:
    """Whom it is about; `unsaid` was sent without the reason for taking somebody off, and is asked for it. Whoever was
    named meanwhile stands ticked.
    """
    named = queries_apart.named_in(request_id)
    if unsaid is not None:
        ticked, shown = unsaid
        named = frozenset(ticked) | (named - frozenset(shown))
    form = AboutForm(formdata=None, people=[str(each) for each in named])
    if unsaid is not None:
        form.mistaken.errors = [sentence("contact-why_not", {})]
    by_name = sorted(names.items(), key=lambda pair: pair[1].casefold())
    form.people.choices = [SelectChoice(str(each), name) for each, name in by_name]
    return form


def _hours() -> dict[str, str]:
    hours = queries_duty.duty().hours
    return {"hours": words_hours.on_days(hours), "nobody": words_hours.nobody_there(hours)}
