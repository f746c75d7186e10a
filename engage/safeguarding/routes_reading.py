"""Reading: every comment is opened and read by a trained person before anybody analyses it."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.core.transaction import Saved, transactional
from engage.safeguarding import forms, queries, queries_apart, queries_duty, service, service_files, words_hours
from engage.safeguarding import views_reading as views
from engage.safeguarding.forms import SHEET
from engage.safeguarding.routes import OPENS
from engage.voices import queries as heard
from engage.voices.queries import Narrowed
from engage.web.access import Permission, requires, signed_in
from engage.web.security import served_file

bp = Blueprint("reading", __name__)


@bp.get("/staff/safeguarding/reading")
@requires(Permission.READ_VOICES)
def waiting() -> ResponseReturnValue:
    """What waits to be read, in order of concern, without its words."""
    narrowed = _narrowed(request.args)
    counts = heard.count_unread_by_concern(narrowed)
    return render_template(
        "safeguarding/reading.html",
        lots=views.lots(heard.list_unread(SHEET, narrowed=narrowed)),
        counts=views.unread(counts),
        oldest=views.oldest_week(counts),
        hours=words_hours.on_days(queries_duty.duty().hours),
        is_late=views.is_long_ago(counts),
        filters=views.filters(heard.unread_sources(), narrowed),
        passed_on=len(queries.passed_on() - queries_apart.hidden_from(signed_in().id)),
        marked=request.args.get("marked", 0, int),
    )


@bp.post("/staff/safeguarding/reading/sheet")
@requires(Permission.READ_VOICES)
@transactional
def sheet() -> ResponseReturnValue | Saved:
    """Open the next twenty; written down."""
    return _next_sheet()


@bp.post("/staff/safeguarding/reading/marked")
@requires(Permission.READ_VOICES)
@transactional
def mark() -> ResponseReturnValue | Saved:
    """What a reader pressed on a sheet: one read, one passed on to the safeguarding lead, or all read."""
    act = forms.sheet_act(request.form)
    reader = signed_in().id
    for voice_id in act.passed_on:
        service.pass_on(voice_id, reader)
    done = service.mark_read(act.shown if act.all_read else act.read, reader)
    if act.all_read:
        return _next_sheet(done) if act.and_next else _back_to_list(done)
    return _sheet_page(act.shown, done, was_passed_on=bool(act.passed_on))


@bp.get("/staff/safeguarding/files/<string:token>")
@requires(Permission.READ_VOICES, *OPENS)
def file(token: str) -> ResponseReturnValue:
    """A file that came with words this reader has opened: pictures and sound on the page, all else as a download."""
    found = service_files.open_file(token, signed_in().id)
    is_played = found.media_type.startswith(("image/", "audio/"))
    name = f"attachment.{views.ending(found.media_type)}"
    return served_file(found.data, found.media_type, name, download=not is_played)


def _next_sheet(done: int = 0) -> ResponseReturnValue | Saved:
    rows = heard.list_unread(SHEET, narrowed=_narrowed(request.form))
    return _sheet_page([row.id for row in rows], done)


def _sheet_page(
    voice_ids: Sequence[uuid.UUID], done: int, *, was_passed_on: bool = False
) -> ResponseReturnValue | Saved:
    opened = service.open_sheet(voice_ids)
    if not opened:
        return _back_to_list(done)
    files = service_files.hand_out([row.id for row, _ in opened], signed_in().id)
    said = views.said(opened, files)
    return Saved(
        render_template(
            "safeguarding/sheet.html", said=said, kept=_kept(), done_count=done, was_passed_on=was_passed_on
        )
    )


def _back_to_list(done: int) -> ResponseReturnValue:
    kept = _kept()
    channel, source, concern = kept.get("channel"), kept.get("source"), kept.get("concern")
    return redirect(url_for("reading.waiting", marked=done, channel=channel, source=source, concern=concern), 303)


def _narrowed(fields: forms.Fields) -> Narrowed:
    return forms.narrowed(fields, queries.with_the_lead())


def _kept() -> dict[str, str]:
    """The narrowing of the list, to carry on."""
    return {name: value for name in ("channel", "source", "concern") if (value := request.values.get(name, ""))}
