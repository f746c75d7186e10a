"""Tell us something (anybody), and the pages of whoever handles what was told."""

import uuid
from collections.abc import Callable, Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from engage import paths
from engage.core import audit
from engage.core.errors import Refused
from engage.core.transaction import Saved, transactional
from engage.listening.casework import keeping, queries, service, views, views_glass
from engage.listening.casework.forms import OUTCOME_LABELS, CloseForm, KeepForm, MessageForm, RegimeForm, ToldForm
from engage.listening.casework.kinds import CaseKind, Outcome
from engage.listening.casework.sender import CaseSender
from engage.listening.surveys import supplying
from engage.listening.surveys.flow import Flow, Step
from engage.listening.surveys.pages import Pages
from engage.people import queries as people
from engage.rules.deadlines import DATA_PROTECTION, regimes_for
from engage.rules.questionnaire.load import load
from engage.safeguarding import queries_apart as apart
from engage.web.access import Permission, principal, requires, signed_in

bp = Blueprint("cases", __name__)
public_bp = Blueprint("tell_us", __name__)
_SOURCE = paths.surveys() / "tell-us.yaml"
DEFINITION = load(_SOURCE.read_text(encoding="utf-8"), _SOURCE.name)


class TellUsDoor:
    """The one form, with the partnership's own services to choose from."""

    def find(self, _where: dict[str, str]) -> Flow:
        definition = DEFINITION.supply(services=supplying.services())
        return Flow(key="tell-us", definition=definition, sender=CaseSender(), steps=_steps)

    def elsewhere(self) -> Sequence[Step]:
        return ()


def _steps() -> Sequence[Step]:
    return [
        (_("First"), _("A trained person reads what you wrote.")),
        (_("Within 5 working days"), _("We tell you that it arrived. Come back with your six words to see.")),
        (_("After that"), _("We write you an answer. It waits for you here.")),
    ]


Pages("tell_us", TellUsDoor()).add_to(public_bp, "/<slug:partnership>/tell-us")


@bp.before_request
def keep_apart() -> None:
    """Whoever a case is about, and their managers, find nothing at its address (C6)."""
    case_id = (request.view_args or {}).get("case_id")
    who = principal()
    if case_id is not None and who is not None and case_id in apart.hidden_from(who.id):
        abort(404)


@bp.get("/staff/cases")
@requires(Permission.HANDLE_CASES, Permission.SEE_CASES)
def cases() -> ResponseReturnValue:
    """Cases, the clock that runs out first at the top; filters stand in the address."""
    wanted = _narrowed()
    hidden = apart.hidden_from(signed_in().id)
    found = [case for case in queries.list_cases(wanted) if case.id not in hidden]
    items = views.queue_items(found, lambda case: url_for("cases.case", case_id=case.id))
    kinds = {kind.value: label for kind, label in views.KIND_LABELS.items()} | {DATA_PROTECTION: views.DATA_LABEL}
    return render_template("casework/cases.html", items=items, narrowed=wanted, kinds=kinds)


@bp.get("/staff/cases/<uuid:case_id>")
@requires(Permission.HANDLE_CASES, Permission.SEE_CASES)
def case(case_id: uuid.UUID) -> ResponseReturnValue:
    """One case: clocks, what was done and by whom; its words stay closed until somebody opens them."""
    return _case_page(case_id)


@bp.post("/staff/cases/<uuid:case_id>/open")
@requires(Permission.HANDLE_CASES)
@transactional
def open_case(case_id: uuid.UUID) -> ResponseReturnValue | Saved:
    """Open the words and the contact details; that is written down."""
    return Saved(_case_page(case_id, opened=service.open_case(case_id, signed_in().id)))


@bp.post("/staff/cases/<uuid:case_id>/acknowledge")
@requires(Permission.HANDLE_CASES)
@transactional
def acknowledge(case_id: uuid.UUID) -> ResponseReturnValue:
    """Tell the person that it arrived."""
    form = _telling(case_id, "ack")
    if not form.validate_on_submit() or not _told(service.acknowledge, case_id, form):
        return _case_page(case_id, ack_form=form)
    return redirect(url_for("cases.case", case_id=case_id), 303)


@bp.post("/staff/cases/<uuid:case_id>/answer")
@requires(Permission.HANDLE_CASES)
@transactional
def answer(case_id: uuid.UUID) -> ResponseReturnValue:
    """Answer the person."""
    form = _telling(case_id, "answer")
    if not form.validate_on_submit() or not _told(service.answer, case_id, form):
        return _case_page(case_id, answer_form=form)
    return redirect(url_for("cases.case", case_id=case_id), 303)


@bp.post("/staff/cases/<uuid:case_id>/close")
@requires(Permission.HANDLE_CASES)
@transactional
def close(case_id: uuid.UUID) -> ResponseReturnValue:
    """Close with an outcome and a learning point."""
    form = _close_form(_found(case_id))
    if not form.validate_on_submit():
        return _case_page(case_id, close_form=form)
    try:
        service.close(case_id, Outcome(form.outcome.data), form.learning.data or "")
    except Refused as refusal:
        if refusal.reason != "case-learning":
            raise
        form.learning.errors = [_("Write what was learned: a complaint always teaches something")]
        return _case_page(case_id, close_form=form)
    return redirect(url_for("cases.case", case_id=case_id), 303)


@bp.post("/staff/cases/<uuid:case_id>/procedure")
@requires(Permission.HANDLE_CASES)
@transactional
def choose_regime(case_id: uuid.UUID) -> ResponseReturnValue:
    """Put a case under another procedure of its kind."""
    service.choose_regime(case_id, request.form.get("regime", ""))
    return redirect(url_for("cases.case", case_id=case_id), 303)


@bp.post("/staff/cases/<uuid:case_id>/keep")
@requires(Permission.HANDLE_CASES)
@transactional
def keep(case_id: uuid.UUID) -> ResponseReturnValue:
    """Keep a case until its child turns 18 or 25, whatever the period of cases is; the date of birth is not kept."""
    form = KeepForm(prefix="keep")
    if not form.validate_on_submit():
        return _case_page(case_id, keep_form=form)
    keeping.keep_to_birthday(case_id, form.born.data, int(form.age.data))
    return redirect(url_for("cases.case", case_id=case_id), 303)


@bp.post("/staff/cases/<uuid:case_id>/not-safe")
@requires(Permission.HANDLE_CASES)
@transactional
def not_safe(case_id: uuid.UUID) -> ResponseReturnValue:
    """Somebody may not be safe: to the safeguarding lead, at once."""
    service.worry_about(case_id, signed_in().id)
    return redirect(url_for("cases.case", case_id=case_id), 303)


def _narrowed() -> queries.Narrowed:
    kind = request.args.get("kind", "")
    state = request.args.get("state", "open")
    return queries.Narrowed(
        kind=CaseKind(kind) if kind in set(CaseKind) else None,
        regime=kind if kind == DATA_PROTECTION else "",
        is_open={"open": True, "closed": False}.get(state),
        reference=request.args.get("reference", ""),
    )


def _found(case_id: uuid.UUID) -> queries.CaseRow:
    row = queries.get_case(case_id)
    if row is None:
        abort(404)
    return row


def _telling(case_id: uuid.UUID, prefix: str) -> MessageForm | ToldForm:
    """What a handler fills in: words for somebody with a code, else the day they told them."""
    return MessageForm(prefix=prefix) if service.has_code(case_id) else ToldForm(prefix=prefix)


def _told(tell: Callable[..., None], case_id: uuid.UUID, form: MessageForm | ToldForm) -> bool:
    """Acknowledge or answer; False where the day cannot be, which the form then says."""
    if isinstance(form, MessageForm):
        tell(case_id, form.words.data, signed_in().id)
        return True
    try:
        tell(case_id, "", signed_in().id, on=form.on.data)
    except Refused as refusal:
        if refusal.reason != "case-day":
            raise
        form.on.errors = [_("Enter a day after it arrived, not one to come")]
        return False
    return True


def _close_form(row: queries.CaseRow) -> CloseForm:
    form = CloseForm(prefix="close")
    form.outcome.choices = [SelectChoice(one.value, OUTCOME_LABELS[one]) for one in service.OUTCOMES[row.kind]]
    return form


def _case_page(
    case_id: uuid.UUID,
    *,
    opened: service.Opened | None = None,
    ack_form: MessageForm | ToldForm | None = None,
    answer_form: MessageForm | ToldForm | None = None,
    close_form: CloseForm | None = None,
    keep_form: KeepForm | None = None,
) -> str:
    row = _found(case_id)
    regime_form = RegimeForm(regime=row.regime)
    regime_form.regime.choices = [SelectChoice(one.key, one.name) for one in regimes_for(row.kind.value)]
    return render_template(
        "casework/case.html",
        case=row,
        kind=views.kind_label(row),
        why=views.why(row),
        clocks=views.clock_views(row),
        opened=opened,
        labels=views.QUESTION_LABELS,
        outcomes=OUTCOME_LABELS,
        learning=service.learning_of([row]).get(row.id, ""),
        ack_form=ack_form or _telling(case_id, "ack"),
        answer_form=answer_form or _telling(case_id, "answer"),
        close_form=close_form or _close_form(row),
        regime_form=regime_form,
        keep_form=keep_form or KeepForm(prefix="keep"),
        events=audit.trail(case_id),
        names=people.names_of(signed_in().partnership_id),
        glass=views_glass.door(row, signed_in()),
    )
