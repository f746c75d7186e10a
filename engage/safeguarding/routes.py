"""Triage: flags in order of harm, each opened by POST and decided with a reason."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from engage.core import audit, clock, scope
from engage.core.errors import Conflict
from engage.core.transaction import Saved, transactional
from engage.people import queries as people
from engage.safeguarding import (
    alerts,
    forms,
    queries,
    queries_apart,
    queries_duty,
    queries_rooms,
    service_duty,
    service_files,
    views,
    words_hours,
)
from engage.safeguarding import service_triage as triage
from engage.safeguarding.forms import AboutForm, DecisionForm
from engage.safeguarding.kinds import APART, Decision
from engage.safeguarding.views import FlagGroup, FlagPage
from engage.safeguarding.views_reading import unread
from engage.voices import queries as heard
from engage.voices.queries import Narrowed
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language
from engage.web.paging import page_number
from engage.web.words import listed

bp = Blueprint("safeguarding", __name__)
OPENS = (Permission.TRIAGE_FLAGS, Permission.READ_ALLEGATIONS, Permission.READ_WHISTLEBLOWING)
"""Who opens flags at all; which of them, `service_apart.may_open` says."""
_DOORS = {"allegations": Permission.READ_ALLEGATIONS, "whistleblowing": Permission.READ_WHISTLEBLOWING}
_PAGE = 50


@bp.get("/staff/safeguarding")
@requires(*OPENS, Permission.READ_VOICES)
def flags() -> ResponseReturnValue:
    """The triage queue; somebody who only reads goes to what waits to be read, whoever holds a room goes there."""
    if not signed_in().can(Permission.TRIAGE_FLAGS):
        return redirect(url_for(_door()), 303)
    page = page_number()
    hidden, duty = queries_rooms.seen_by(signed_in().id).without_new, queries_duty.duty()
    waiting = queries.count_open(without=hidden)
    matters = queries.list_open(_PAGE, (page - 1) * _PAGE, without=hidden)
    return render_template(
        "safeguarding/flags.html",
        groups=views.flag_groups(matters, _names(), duty),
        lede=views.lede(waiting, views.count_late(queries.waits(without=hidden), duty)),
        unread=unread(heard.count_unread_by_concern(Narrowed(without=queries.with_the_lead()))),
        nobody=words_hours.nobody_there(duty.hours),
        silent=alerts.silent(signed_in().id),
        hours=words_hours.on_days(duty.hours),
        on_call=_on_call(),
        page=page,
        pages=-(-waiting.matters // _PAGE),
        decided=_just_decided(),
        went_on=request.args.get("decided") in APART,
        is_apart="kept" in request.args,
    )


@bp.post("/staff/safeguarding/flags/<uuid:flag_id>")
@requires(*OPENS)
@transactional
def flag(flag_id: uuid.UUID) -> Saved:
    """Open one flag: what was said, what may be done, the form to decide with. Written down."""
    return _flag_page(flag_id, DecisionForm(formdata=None))


@bp.post("/staff/safeguarding/flags/<uuid:flag_id>/decision")
@requires(*OPENS)
@transactional
def decide(flag_id: uuid.UUID) -> ResponseReturnValue | Saved:
    """Decide; a mistake or somebody quicker shows the flag again with everything that was typed."""
    form = DecisionForm()
    if not form.validate_on_submit():
        return _flag_page(flag_id, form)
    seen = forms.ids(request.form.getlist("seen"))
    decision, message = Decision(form.decision.data), form.message.data or ""
    try:
        triage.decide(flag_id, decision, form.note.data, by=signed_in().id, seen=seen, message=message)
        if form.follow_up.data is not None:
            service_duty.set_follow_up(flag_id, form.follow_up.data)
    except Conflict:
        return _flag_page(flag_id, form, was_changed=True)
    return redirect(url_for("safeguarding.flags", decided=decision.value), 303)


@bp.get("/staff/safeguarding/decided")
@requires(Permission.TRIAGE_FLAGS)
def decided() -> ResponseReturnValue:
    """Flags that were decided: by whom, and what. Opened like any other."""
    return _decided_page(queries.TOGETHER, "decided")


@bp.get("/staff/safeguarding/allegations")
@requires(Permission.READ_ALLEGATIONS)
def allegations() -> ResponseReturnValue:
    """What went to the LADO, and what came to it since: a list of its own, without what whoever looks is named in."""
    return _decided_page((Decision.LADO,), "allegations")


@bp.get("/staff/safeguarding/whistleblowing")
@requires(Permission.READ_WHISTLEBLOWING)
def whistleblowing() -> ResponseReturnValue:
    """What went the protected way of whistleblowing, and what came to it since: a list of its own."""
    return _decided_page((Decision.WHISTLEBLOWING,), "whistleblowing")


def _decided_page(made: tuple[Decision, ...], room: str) -> str:
    page, names = page_number(), _names()
    # A flag that went to one room is listed there, though its matter went to the other too.
    of_room, hidden = queries_apart.hidden_from(signed_in().id), queries_rooms.seen_by(signed_in().id).without
    without = of_room if room in _DOORS else hidden
    rows = queries.list_decided(_PAGE, (page - 1) * _PAGE, made=made, without=without)
    pages = -(-queries.count_decided(made=made, without=without) // _PAGE)
    return render_template(
        "safeguarding/decided.html",
        waiting=_waiting(made, without) if room in _DOORS else [],
        items=views.decided_lines(rows, names),
        page=page,
        pages=pages,
        room=room,
    )


def _waiting(made: tuple[Decision, ...], without: frozenset[uuid.UUID]) -> list[FlagGroup]:
    """What came, since it was decided, to a matter that stands in this room."""
    needed = {queries_rooms.ROOMS[each] for each in made}
    only = frozenset(origin for origin, taken in queries_rooms.rooms().items() if taken & needed)
    matters = queries.list_open(_PAGE, without=without, only=only)
    return views.flag_groups(matters, _names(), queries_duty.duty())


def _door() -> str:
    """Where somebody who does not decide on flags comes in."""
    mine = [room for room, permission in _DOORS.items() if signed_in().can(permission)]
    return f"safeguarding.{mine[0]}" if mine else "reading.waiting"


def _flag_page(flag_id: uuid.UUID, form: DecisionForm, *, was_changed: bool = False) -> Saved:
    opened = triage.open_flag(flag_id, signed_in().id)
    names = _names()
    files = service_files.hand_out([row.id for row, _ in opened.said], signed_in().id)
    duty = queries_duty.duty()
    page: FlagPage = views.flag_page(opened, names, duty, files)
    form = form if page.can_reply else form.without_reply()
    if not form.errors and not was_changed:
        form.follow_up.data = clock.in_days(duty.follow_up_days)
    steps = views.trail(audit.trail(flag_id), names)
    shown = render_template(
        "safeguarding/flag.html",
        page=page,
        form=form,
        about=_about_form(opened.matter.worst.origin_id),
        again=queries_duty.follow_up_of(flag_id),
        steps=steps,
        flag_id=flag_id,
        was_changed=was_changed,
        room=_room(opened.matter.worst.decision),
        readers=_readers(),
        is_new_only=opened.is_new_only,
    )
    return Saved((shown, 409) if was_changed else shown)


def _room(decision: Decision | None) -> str:
    """Where a flag with this decision is listed: the list that a person came from and goes back to."""
    if decision is None:
        return "flags"
    return {Decision.LADO: "allegations", Decision.WHISTLEBLOWING: "whistleblowing"}.get(decision, "decided")


def _readers() -> list[tuple[str, str]]:
    """Whom a decision for a room hands the words to: the decision in words, and the names, listed."""
    found = {made: queries_rooms.holders({queries_rooms.ROOMS[made]}) for made in sorted(APART)}
    return [(views.decision(made) or "", listed([one.name for one in who], language())) for made, who in found.items()]


def _about_form(origin_id: uuid.UUID) -> AboutForm:
    named = queries_apart.named_in(origin_id)
    form = AboutForm(formdata=None, people=[str(each) for each in named])
    form.people.choices = [SelectChoice(str(each), name) for each, name in sorted(_names().items(), key=_by_name)]
    return form


def _by_name(pair: tuple[uuid.UUID, str]) -> str:
    return pair[1].casefold()


def _on_call() -> list[str]:
    """Who is told of a flag, in order; without an order, everybody who may decide."""
    names, order = _names(), queries_duty.order_told()
    able = [one.name for one in people.list_people_who(scope.current(), Permission.TRIAGE_FLAGS)]
    return [names[each] for each in order if each in names] or able


def _names() -> dict[uuid.UUID, str]:
    return people.names_of(scope.current())


def _just_decided() -> str | None:
    made = request.args.get("decided", "")
    return views.decision(Decision(made)) if made in set(Decision) else None
