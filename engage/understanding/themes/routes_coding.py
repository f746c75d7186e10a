"""Coding: one read comment at a time, from every channel, with suggestions that say why. A person decides."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.core import clock
from engage.core.transaction import transactional
from engage.people import queries as people
from engage.rules.themes import group_of
from engage.understanding.themes import filters, queries, queries_coding, service_coding, views
from engage.understanding.themes import views_coding as drawn
from engage.understanding.themes.queries_coding import Comment, Wanted
from engage.voices import queries as voices
from engage.web.access import Permission, requires, signed_in

bp = Blueprint("coding", __name__, url_prefix="/staff/themes/coding")

_LOT = 7


@bp.get("")
@requires(Permission.CODE_VOICES)
def page() -> ResponseReturnValue:
    """The comment that the address names, else the next one; before the day's opening, what opening means."""
    kept = filters.kept(request.args)
    if not queries_coding.has_opened(signed_in().id, clock.today()):
        return render_template("themes/coding_start.html", kept=kept, voice=request.args.get("voice", ""))
    wanted = filters.wanted(request.args)
    rows = _rows(wanted)
    return _coding_page(wanted, rows) if rows else _nothing_page(wanted)


@bp.post("/open")
@requires(Permission.CODE_VOICES)
@transactional
def open_day() -> ResponseReturnValue:
    """Open the comments for today; written down once."""
    service_coding.open_day(signed_in().id)
    where = filters.kept(request.form)
    if request.form.get("voice"):
        where["voice"] = request.form["voice"]
    return redirect(url_for("coding.page", **where), 303)


@bp.post("/<uuid:voice_id>")
@requires(Permission.CODE_VOICES)
@transactional
def save(voice_id: uuid.UUID) -> ResponseReturnValue:
    """Give the comment the themes that are ticked, and go to the next."""
    ticked = {found for text in request.form.getlist("theme_id") if (found := filters.id_of(text))}
    service_coding.code(voice_id, ticked, signed_in().id)
    return redirect(url_for("coding.page", done="coded", after=voice_id, **filters.kept(request.form)), 303)


@bp.post("/<uuid:voice_id>/worry")
@requires(Permission.CODE_VOICES)
@transactional
def worry(voice_id: uuid.UUID) -> ResponseReturnValue:
    """Pass a worry on to the safeguarding lead."""
    service_coding.worry(voice_id, signed_in().id)
    return redirect(url_for("coding.page", voice=voice_id, done="flagged", **filters.kept(request.form)), 303)


def _rows(wanted: Wanted) -> list[Comment]:
    """The comment to be shown, and those that come after it."""
    chosen, after = filters.id_of(request.args.get("voice", "")), filters.id_of(request.args.get("after", ""))
    if request.args.get("voice"):
        first = queries_coding.get_comment(chosen or uuid.UUID(int=0))
        return [first, *queries_coding.list_comments(wanted, _LOT - 1, after=first.id)]
    rows = queries_coding.list_comments(wanted, _LOT, after=after)
    if not rows and after and wanted.is_done is False:
        return queries_coding.list_comments(wanted, _LOT)
    return rows


def _coding_page(wanted: Wanted, rows: list[Comment]) -> str:
    themes = queries.list_themes()
    desk = drawn.Desk(themes, queries.codebook(), people.names_of(signed_in().partnership_id))
    texts = voices.texts([row.id for row in rows])
    return render_template(
        "themes/coding.html",
        comment=drawn.comment(rows[0], texts.get(rows[0].id), queries_coding.given(rows[0].id), desk),
        lot=drawn.lot(rows, texts),
        so_far=drawn.so_far(themes, group_of(rows[0].audience)),
        before=filters.id_of(request.args.get("after", "")),
        **_around(wanted),
    )


def _nothing_page(wanted: Wanted) -> str:
    return render_template("themes/coding_none.html", **_around(wanted))


def _around(wanted: Wanted) -> dict[str, object]:
    return {
        "kept": filters.kept(request.args),
        "progress": drawn.progress(queries_coding.progress(wanted)),
        "channels": drawn.channel_choices(),
        "groups": drawn.group_choices(),
        "sources": drawn.source_choices(queries_coding.sources()),
        "theme_choices": drawn.theme_choices(queries.list_themes()),
        "done": views.DONE.get(request.args.get("done", "")),
    }
