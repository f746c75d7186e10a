"""See the working copy as people will: every way of reading it, with the real routing. Nothing is stored."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.core import languages
from engage.core.errors import NotFound
from engage.listening.making import gate, service, views_preview
from engage.listening.making.picks import Pick
from engage.listening.making.trying import Try
from engage.listening.surveys import supplying
from engage.web import security
from engage.web.access import Permission, requires
from engage.web.appearance import CHOICES, Appearance

bp = Blueprint("making_preview", __name__, url_prefix="/staff/surveys/<slug:name>/make/preview")


@bp.get("")
@requires(Permission.MANAGE_SURVEYS)
def preview(name: str) -> ResponseReturnValue:
    """A phone with the survey in it, the ways to read it, and what the gate found beside."""
    definition = supplying.filled(service.working_copy(name).definition)
    look = _look()
    security.frame_own_pages()
    return render_template(
        "making/preview.html",
        name=name,
        title=definition.title.say("en").text,
        look=look,
        languages=[Pick(code, languages.get(code).name) for code in definition.languages],
        themes=_themes(),
        frame=url_for("making_preview.page", name=name, **_asked(look)),
        opens_film=_opens_film(),
        pages=views_preview.pages(
            definition,
            look.language or languages.DEFAULT,
            lambda **where: url_for("making_preview.page", name=name, **where, **_asked(look)),
        ),
        found=gate.gathered(name, definition),
    )


@bp.route("/page", methods=["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS)
def page(name: str) -> ResponseReturnValue:
    """One page of the walk; what was answered so far stands in the address, as choices only."""
    definition = supplying.filled(service.working_copy(name).definition)
    look = _look()
    asked = request.args.get("q", "")
    if asked and asked not in definition and asked != "end":
        raise NotFound(asked)
    g.engage_language, g.engage_appearance = look.language or languages.DEFAULT, look
    security.be_framed()
    here: dict[str, Any] = {"name": name, **_asked(look)}
    walk = Try(
        definition,
        request.args.get("kept", "")[:4000],
        lambda **where: url_for(".page", **here, **where),
        opens_film=_opens_film(),
    )
    if request.method == "POST":
        return walk.answered(asked, request.form.to_dict(flat=False))
    return walk.shown(asked)


def _opens_film() -> bool:
    return request.args.get("film") == "open"


def _look() -> Appearance:
    """How the preview is read: from the address, never from the cookie of whoever looks."""
    given = {name: request.args[name] for name, known in CHOICES.items() if request.args.get(name) in known}
    language = request.args.get("language", "")
    return Appearance(**given, language=language if language in languages.codes() else "")


def _asked(look: Appearance) -> dict[str, Any]:
    film = {"film": "open"} if _opens_film() else {}
    return {**film, **{name: value for name in (*CHOICES, "language") if (value := getattr(look, name))}}


def _themes() -> list[Pick]:
    names = {"": _("As on the device"), "paper": _("Paper"), "white": _("White"), "cream": _("Cream")}
    names |= {"dark": _("Dark"), "contrast": _("High contrast")}
    return [Pick(value, names.get(value, value.capitalize())) for value in CHOICES["theme"]]
