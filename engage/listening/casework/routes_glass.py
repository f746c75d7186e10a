"""Seeing who a confidential case is from: asked for with a reason, agreed to by a second person, open for a day (C5).

A case without a name has none of these pages: its address leads nowhere, whoever asks.
"""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from engage.core.transaction import Saved, transactional
from engage.listening.casework import queries, queries_glass, service, service_glass, views, views_glass
from engage.listening.casework.forms import REPLY_LABELS, AskForm, ReplyForm
from engage.listening.casework.kinds import Reply
from engage.listening.casework.queries import CaseRow
from engage.listening.casework.routes import keep_apart
from engage.listening.casework.service_glass import Contact
from engage.web.access import Permission, requires, signed_in

bp = Blueprint("glass", __name__)
bp.before_request(keep_apart)
_ANYBODY = (Permission.HANDLE_CASES, Permission.SEE_CASES, Permission.TRIAGE_FLAGS)


@bp.get("/staff/cases/<uuid:case_id>/who")
@requires(*_ANYBODY)
def page(case_id: uuid.UUID) -> ResponseReturnValue:
    """What this person asked for, what waits for them to decide, or the form to ask."""
    return _page(_confidential(case_id))


@bp.post("/staff/cases/<uuid:case_id>/who")
@requires(Permission.SEE_CASES, Permission.TRIAGE_FLAGS)
@transactional
def ask(case_id: uuid.UUID) -> ResponseReturnValue:
    """Ask, with a reason."""
    case, form = _confidential(case_id), AskForm(prefix="ask")
    if not queries_glass.may_ask(case, signed_in()):
        abort(404)
    if not form.validate_on_submit():
        return _page(case, ask_form=form)
    service_glass.ask(case_id, form.reason.data or "", signed_in().id)
    return redirect(url_for("glass.page", case_id=case_id), 303)


@bp.post("/staff/cases/<uuid:case_id>/who/<uuid:request_id>")
@requires(Permission.HANDLE_CASES, Permission.TRIAGE_FLAGS)
@transactional
def decide(case_id: uuid.UUID, request_id: uuid.UUID) -> ResponseReturnValue:
    """Agree to somebody else's request, or refuse it."""
    case = _confidential(case_id)
    if queries_glass.get_request(request_id, case_id) is None or not queries_glass.may_decide(case, signed_in()):
        abort(404)
    form = _reply_form(case_id, request_id)
    if not form.validate_on_submit():
        return _page(case, reply_forms={request_id: form})
    service_glass.decide(case_id, request_id, Reply(form.reply.data), form.words.data or "", signed_in().id)
    return redirect(url_for("cases.case", case_id=case_id), 303)


@bp.post("/staff/cases/<uuid:case_id>/who/open")
@requires(Permission.SEE_CASES, Permission.TRIAGE_FLAGS)
@transactional
def open_contact(case_id: uuid.UUID) -> ResponseReturnValue | Saved:
    """Open name and contact details; that is written down."""
    case = _confidential(case_id)
    return Saved(_page(case, contact=service_glass.open_contact(case_id, signed_in().id)))


def _confidential(case_id: uuid.UUID) -> CaseRow:
    """The case, where somebody gave their name with it and this person may ask or decide; else there is nothing."""
    case, who = queries.get_case(case_id), signed_in()
    if case is None or not (queries_glass.may_ask(case, who) or queries_glass.may_decide(case, who)):
        abort(404)
    return case


def _reply_form(case_id: uuid.UUID, request_id: uuid.UUID) -> ReplyForm:
    form = ReplyForm(prefix=f"r{request_id.hex}")
    able = [one for one in Reply if one is not Reply.TELL or service.has_code(case_id)]
    form.reply.choices = [SelectChoice(one.value, REPLY_LABELS[one]) for one in able]
    return form


def _page(
    case: CaseRow,
    *,
    ask_form: AskForm | None = None,
    reply_forms: dict[uuid.UUID, ReplyForm] | None = None,
    contact: Contact | None = None,
) -> str:
    who, filled = signed_in(), reply_forms or {}
    mine, asking = views_glass.last_of(case, who), views_glass.to_decide(case, who)
    is_free = mine is None or not (mine.is_waiting or mine.until)
    is_alone = queries_glass.may_ask(case, who) and not queries_glass.deciders(case, who.id)
    return render_template(
        "casework/glass.html",
        case=case,
        kind=views.kind_label(case),
        mine=mine,
        asking=[(one, filled.get(one.id) or _reply_form(case.id, one.id)) for one in asking],
        ask_form=(ask_form or AskForm(prefix="ask")) if is_free and queries_glass.may_ask(case, who) else None,
        contact=contact,
        nobody_decides=is_alone,
        nobody_is_told=is_alone and not queries_glass.finders(case.id),
    )
