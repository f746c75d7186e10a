"""The partnership's own list of names: schools, homes, streets and people that are looked for in words (D6)."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.core.errors import Refused
from engage.core.transaction import transactional
from engage.understanding.themes import queries_names, service_names, views
from engage.understanding.themes.forms import NamesForm
from engage.understanding.themes.kinds import LONGEST_NAME, MOST_NAMES
from engage.web import refusals
from engage.web.access import Permission, requires
from engage.web.uploads import accepts_list

bp = Blueprint("known_names", __name__, url_prefix="/staff/themes/known-names")

# A letter of four bytes, each written as %xx in the body of a form.
_BYTES = 12


@bp.get("")
@requires(Permission.CODE_VOICES, Permission.RELEASE_QUOTES, Permission.MANAGE_PARTNERSHIP)
def page() -> ResponseReturnValue:
    """The list as it stands, to be changed as a whole."""
    names = queries_names.known_names()
    boxes = {kind.value: "\n".join(each) for kind, each in names.items()}
    return _page(NamesForm(data={**boxes, "seen": service_names.state_of(names)}))


@bp.post("")
@accepts_list(MOST_NAMES * LONGEST_NAME * _BYTES)
@requires(Permission.CODE_VOICES, Permission.RELEASE_QUOTES, Permission.MANAGE_PARTNERSHIP)
@transactional
def keep() -> ResponseReturnValue:
    """Keep the list as it was sent, or say which line does not fit, or that somebody else changed it meanwhile.

    Then what was typed stays, and saving it once more replaces theirs knowingly.
    """
    form = NamesForm()
    if form.validate_on_submit():
        try:
            service_names.keep_names(form.names(), seen=form.seen.data or "")
            return redirect(url_for("known_names.page", done="saved"), 303)
        except Refused as refused:
            form.school.errors = [refusals.sentence(refused.reason, refused.params)]
            form.seen.data = service_names.state_of(queries_names.known_names())
    return _page(form)


def _page(form: NamesForm) -> str:
    return render_template("themes/known_names.html", form=form, done=views.DONE.get(request.args.get("done", "")))
