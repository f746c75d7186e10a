"""Somebody asks what is held about them, or wants it erased (P4, P5): found by name, looked through, handed over."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from engage.core import audit
from engage.core.errors import NotFound, Refused
from engage.core.transaction import Saved, transactional
from engage.desk.rights import about, files
from engage.listening.casework import about as cases
from engage.listening.casework import queries as casework
from engage.safeguarding.contact import keeping as contact
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language

bp = Blueprint("held", __name__, url_prefix="/staff/cases/held")
LONGEST = 200


@bp.get("")
@requires(Permission.HANDLE_CASES, Permission.TRIAGE_FLAGS)
def ask() -> ResponseReturnValue:
    """What to look for, and why nobody without a name can be found."""
    return render_template("rights/held.html", words="", hits=None)


@bp.post("")
@requires(Permission.HANDLE_CASES, Permission.TRIAGE_FLAGS)
@transactional
def find() -> ResponseReturnValue | Saved:
    """What may be theirs; looking is written down."""
    words = request.form.get("words", "")[:LONGEST]
    return Saved(render_template("rights/held.html", words=words, hits=about.find(words, signed_in().id)))


@bp.post("/review")
@requires(Permission.HANDLE_CASES, Permission.TRIAGE_FLAGS)
@transactional
def review() -> ResponseReturnValue | Saved:
    """All of it, so that a person takes out what is about others before it goes."""
    keys = request.form.getlist("key")
    if not keys:
        return render_template("rights/held.html", words="", hits=None, nothing=True), 422
    pieces = about.collect(keys, signed_in().id)
    return Saved(render_template("rights/review.html", pieces=pieces, keys=keys, reasons=_reasons(keys)))


@bp.post("/file")
@requires(Permission.HANDLE_CASES, Permission.TRIAGE_FLAGS)
@transactional
def make_file() -> ResponseReturnValue | Saved:
    """The file for the person, with each text as it was left; that it was made is written down."""
    keys, form = request.form.getlist("key"), request.form.get("form", "html")
    if form not in files.TYPES or request.form.get("looked") != "yes":
        raise Refused("not-looked-through")
    pieces = about.collect(keys, signed_in().id)
    texts = {name.removeprefix("text-"): value for name, value in request.form.items() if name.startswith("text-")}
    body = files.written(about.redacted(pieces, texts), form, language())
    audit.record("held-data-handed-over", "person", None, count=len(pieces), form=form)
    headers = {"Content-Disposition": f'attachment; filename="held-about-you.{form}"'}
    return Saved(Response(body, mimetype=files.TYPES[form].partition(";")[0], headers=headers))


@bp.post("/erase")
@requires(Permission.HANDLE_CASES, Permission.TRIAGE_FLAGS)
@transactional
def erase() -> ResponseReturnValue | Saved:
    """Erase a case with a name, or a request to be contacted; refused with the reason while it must be kept."""
    pieces = about.collect([request.form.get("key", "")], signed_in().id)
    kind, _mark, row_id = pieces[0].key.partition(":")
    if kind == about.CONTACT:
        contact.erase(about.parted(f"{kind}:{row_id}")[1], signed_in().id)
    elif kind == about.CASE:
        cases.erase(about.parted(f"{kind}:{row_id}")[1])
    else:
        raise Refused("must-be-kept")
    return Saved(render_template("rights/held.html", words="", hits=None, erased=True))


def _reasons(keys: list[str]) -> dict[str, list[str]]:
    """Key of a case or of a request to be contacted -> why it cannot be erased now."""
    found = {}
    for key in keys:
        kind, row_id = about.parted(key)
        if kind == about.CASE:
            case = casework.get_case(row_id)
            if case is None:
                raise NotFound
            found[key] = cases.reasons_to_keep(case)
        elif kind == about.CONTACT:
            found[key] = contact.reasons_to_keep(row_id, signed_in().id)
    return found
