"""The codebook: which themes there are, what suggests them, how many people spoke of each, frozen."""

import uuid

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.core import audit
from engage.core.errors import Conflict
from engage.core.transaction import transactional
from engage.people import queries as people
from engage.understanding.themes import queries, service, views, words
from engage.understanding.themes.forms import ThemeForm
from engage.understanding.themes.service import ThemeText
from engage.web.access import Permission, requires, signed_in

bp = Blueprint("themes", __name__, url_prefix="/staff/themes")


@bp.get("")
@requires(Permission.SEE_RESULTS, Permission.CODE_VOICES)
def codebook() -> ResponseReturnValue:
    """Every theme, with the form for one more."""
    return _codebook_page(ThemeForm())


@bp.post("")
@requires(Permission.CODE_VOICES)
@transactional
def add() -> ResponseReturnValue:
    """Add a theme."""
    form = ThemeForm()
    if form.validate_on_submit():
        try:
            service.add_theme(_text(form))
            return redirect(url_for("themes.codebook", done="added"), 303)
        except Conflict:
            form.name.errors = [_("There is a theme of that name")]
    return _codebook_page(form)


@bp.post("/count")
@requires(Permission.CODE_VOICES)
@transactional
def count() -> ResponseReturnValue:
    """Freeze the numbers of people that may be frozen today."""
    moved = service.freeze_counts(current_app.extensions["engage_settings"].release_day)
    return redirect(url_for("themes.codebook", done="counted" if moved else "not-counted"), 303)


@bp.get("/<uuid:theme_id>")
@requires(Permission.SEE_RESULTS, Permission.CODE_VOICES)
def theme(theme_id: uuid.UUID) -> ResponseReturnValue:
    """One theme: what it says, and its trail."""
    row = queries.get_theme(theme_id)
    form = ThemeForm(name=row.name, about=row.about, phrases="\n".join(row.phrases), picture=row.picture)
    return _theme_page(theme_id, form)


@bp.post("/<uuid:theme_id>")
@requires(Permission.CODE_VOICES)
@transactional
def change(theme_id: uuid.UUID) -> ResponseReturnValue:
    """Say a theme anew."""
    form = ThemeForm()
    if form.validate_on_submit():
        try:
            service.change_theme(theme_id, _text(form))
            return redirect(url_for("themes.theme", theme_id=theme_id, done="saved"), 303)
        except Conflict:
            form.name.errors = [_("There is a theme of that name")]
    return _theme_page(theme_id, form)


@bp.post("/<uuid:theme_id>/open")
@requires(Permission.CODE_VOICES)
@transactional
def set_open(theme_id: uuid.UUID) -> ResponseReturnValue:
    """Close a theme, or open it again."""
    service.set_open(theme_id, is_open=request.form.get("open") == "yes")
    return redirect(url_for("themes.theme", theme_id=theme_id, done="saved"), 303)


def _text(form: ThemeForm) -> ThemeText:
    return ThemeText(form.name.data, (form.about.data or "").strip(), form.lines(), form.picture.data)


def _codebook_page(form: ThemeForm) -> str:
    state, wanted = request.args.get("state", ""), request.args.get("q", "").strip()
    rows = queries.list_themes(is_open={"": True, "closed": False}.get(state))
    return render_template(
        "themes/codebook.html",
        form=form,
        themes=views.theme_lines(rows, wanted),
        state=state,
        wanted=wanted,
        done=views.DONE.get(request.args.get("done", "")),
    )


def _theme_page(theme_id: uuid.UUID, form: ThemeForm) -> str:
    row = queries.get_theme(theme_id)
    names = people.names_of(signed_in().partnership_id)
    return render_template(
        "themes/theme.html",
        theme=row,
        form=form,
        heard=words.heard_from(row.heard),
        trail=views.trail(audit.trail(theme_id), names),
        done=views.DONE.get(request.args.get("done", "")),
    )
