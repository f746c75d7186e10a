"""Help now: numbers to call, without script, session or database (C4).

Saving the numbers renders one file a language under ENGAGE_HOME/help; the page reads that file and falls back to what
is built in. Nothing on the way may ask the database.
"""

import re
import uuid
from pathlib import Path

from flask import Blueprint, Flask, current_app, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import escape

from engage.core import languages, scope
from engage.people import queries
from engage.people import service as people
from engage.people.queries import HelpRow, PartnershipRow
from engage.web import respondent, tablet
from engage.web.access import public
from engage.web.errors import help_page
from engage.web.layout import asset, wanted

bp = Blueprint("help", __name__)

_SOME_TABLET = uuid.UUID(int=0)
_WHERE_FROM, _HELP_AGAIN, _COMFORT = "/where-they-come-from", "/help-again", "/comfort-and-help-again"
"""Marks in the file, for what is known only once somebody asks for it."""

_OURS = r"(?:https?://{host})?(/{place}/(?!/|(?:tablet|help|contact-me)\b)[\w/-]*(?:\?[\w/?&=%+.~-]*)?)"
"""Where it may lead back to: a page of this place that does not clear a shared tablet and does not only lead here."""


@bp.get("/<slug:place>/help")
@public
def page(place: str) -> ResponseReturnValue:
    """The partnership's numbers, as last rendered; without a file, the numbers that work everywhere.

    It leads back to the questions: with two switches nobody reaches the browser's own way back (A6). A shared tablet
    is given its own, which clears itself here too. Until that is rendered (a newer version of the product was just
    started) it is given what everybody is.
    """
    held = tablet.present()
    text = _rendered(place, held) or _rendered(place, None)
    response = make_response(_led_back(text, place, held) if text else built_in())
    respondent.note_help(response)
    return response


def _rendered(place: str, held: uuid.UUID | None) -> str:
    """What was rendered for this place, in the language that suits best; "" without any."""
    codes = [code for code in languages.codes() if _file(current_app, place, code, on_tablet=held).is_file()]
    code = wanted(codes)
    return _file(current_app, place, code, on_tablet=held).read_text(encoding="utf-8") if code in codes else ""


def _led_back(text: str, place: str, held: uuid.UUID | None) -> str:
    """The page with its ways on and back, which stay the same however often it is opened again."""
    back = _where_from(place, held)
    again = url_for("help.page", place=place, back=back)
    ways = {_WHERE_FROM: back, _HELP_AGAIN: again, _COMFORT: url_for("comfort.page", back=again)}
    for mark, way in ways.items():
        text = text.replace(f'href="{mark}"', f'href="{escape(way)}"')
    return text if held is None else text.replace(str(_SOME_TABLET), str(held))


def _where_from(place: str, held: uuid.UUID | None) -> str:
    """The page of ours that led here; where none is known, the first one; on a shared tablet what was begun: never a
    page that clears it.
    """
    ours = _OURS.format(host=re.escape(request.host), place=re.escape(place))
    for address in (request.args.get("back"), request.referrer):
        if found := re.fullmatch(ours, address or "", re.ASCII):
            return found[1]
    if held is None:
        return url_for("home.partnership_home", partnership=place)
    return url_for("kiosk.go_on", partnership=place, tablet_id=held)


@bp.get("/help")
@public
def built_in() -> ResponseReturnValue:
    """The numbers that work everywhere: fixed bytes, made without template or database."""
    return help_page(asset("young.css"))


def render(app: Flask, row: PartnershipRow) -> None:
    """Write one partnership's help pages; each file is replaced whole."""
    for code in row.languages:
        for held in (None, _SOME_TABLET):
            file = _file(app, row.slug, code, on_tablet=held)
            file.parent.mkdir(parents=True, exist_ok=True)
            text = _render(app, row, code, held)
            fresh = file.with_suffix(".new")
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(file)


def render_all(app: Flask) -> None:
    """Write every partnership's help pages: when the product starts."""
    with app.app_context():
        rows = queries.list_partnerships()
    for row in rows:
        render(app, row)


def _render(app: Flask, row: PartnershipRow, code: str, held: uuid.UUID | None) -> str:
    # Forced: what renders this again every minute has long asked for texts in a language of its own.
    with app.test_request_context(f"/{row.slug}/help"), force_locale(code):
        g.engage_place, g.engage_language = row, code
        scope.enter(row.id)
        numbers = [(row.number, _words(row, code)) for row in queries.list_help_numbers()]
        around = {"back_href": _WHERE_FROM, "help_href": _HELP_AGAIN, "comfort_href": _COMFORT}
        if held is not None:
            again = url_for("kiosk.again", tablet_id=held)
            around |= dict.fromkeys(("again_href", "exit_href", "home_href"), again)
        return render_template("desk/help.html", numbers=numbers, **around)


def _words(row: HelpRow, code: str) -> str:
    """What stands beside a number: what the partnership wrote; in other languages ours, for what it left as it came."""
    shipped = {"999": _("if you or someone else is in danger now"), "0800 1111": _("Childline, free, day and night")}
    if code != "en" and (row.name, row.number, row.about) in people.FIRST_NUMBERS:
        return str(shipped[row.number])
    return f"{row.name}. {row.about}"


def _file(app: Flask, slug: str, code: str, *, on_tablet: uuid.UUID | None) -> Path:
    home: Path = app.extensions["engage_settings"].home
    return home / "help" / f"{slug}.{code}{'.tablet' if on_tablet is not None else ''}.html"
