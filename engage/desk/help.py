"""Help now: numbers to call, without script, session or database (C4).

Saving the numbers renders one file a language under ENGAGE_HOME/help; the page reads that file and falls back to what
is built in. Nothing on the way may ask the database.
"""

from pathlib import Path

from flask import Blueprint, Flask, current_app, g, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.core import languages, scope
from engage.people import queries
from engage.people import service as people
from engage.people.queries import HelpRow, PartnershipRow
from engage.web import respondent
from engage.web.access import public
from engage.web.errors import help_page
from engage.web.layout import asset, wanted

bp = Blueprint("help", __name__)


@bp.get("/<slug:place>/help")
@public
def page(place: str) -> ResponseReturnValue:
    """The partnership's numbers, as last rendered; without a file, the numbers that work everywhere."""
    rendered = [code for code in languages.codes() if _file(current_app, place, code).is_file()]
    code = wanted(rendered)
    text = _file(current_app, place, code).read_text(encoding="utf-8") if code in rendered else built_in()
    response = make_response(text)
    respondent.note_help(response)
    return response


@bp.get("/help")
@public
def built_in() -> ResponseReturnValue:
    """The numbers that work everywhere: fixed bytes, made without template or database."""
    return help_page(asset("young.css"))


def render(app: Flask, row: PartnershipRow) -> None:
    """Write one partnership's help pages; each file is replaced whole."""
    for code in row.languages:
        file = _file(app, row.slug, code)
        file.parent.mkdir(parents=True, exist_ok=True)
        text = _render(app, row, code)
        fresh = file.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(file)


def render_all(app: Flask) -> None:
    """Write every partnership's help pages: when the product starts."""
    with app.app_context():
        rows = queries.list_partnerships()
    for row in rows:
        render(app, row)


def _render(app: Flask, row: PartnershipRow, code: str) -> str:
    with app.test_request_context(f"/{row.slug}/help"):
        g.engage_place, g.engage_language = row, code
        scope.enter(row.id)
        numbers = [(row.number, _words(row, code)) for row in queries.list_help_numbers()]
        return render_template("desk/help.html", numbers=numbers)


def _words(row: HelpRow, code: str) -> str:
    """What stands beside a number: what the partnership wrote; in other languages ours, for what it left as it came."""
    shipped = {"999": _("if you or someone else is in danger now"), "0800 1111": _("Childline, free, day and night")}
    if code != "en" and (row.name, row.number, row.about) in people.FIRST_NUMBERS:
        return str(shipped[row.number])
    return f"{row.name}. {row.about}"


def _file(app: Flask, slug: str, code: str) -> Path:
    home: Path = app.extensions["engage_settings"].home
    return home / "help" / f"{slug}.{code}.html"
