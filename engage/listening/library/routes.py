"""Staff pages of the library: what there is, add to it, look at one thing, withdraw it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.core import audit
from engage.core.errors import NotFound, Refused
from engage.core.transaction import transactional
from engage.listening.library import queries, service
from engage.listening.library.forms import FILE_HINTS, ItemForm, item_form
from engage.listening.library.kinds import ItemKind
from engage.listening.library.views import KINDS, language_name, media_of
from engage.people import queries as people
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language
from engage.web.places import place
from engage.web.refusals import sentence
from engage.web.uploads import accepts_files

bp = Blueprint("library", __name__, url_prefix="/staff/library")
_FIELDS = {"library-permission": "permitted_by", "library-words": "words_en", "library-captions": "captions_en"}


@bp.get("")
@requires(Permission.MANAGE_SURVEYS)
def items() -> ResponseReturnValue:
    """Everything in the library, or one kind of it."""
    asked = request.args.get("kind", "")
    kind = ItemKind(asked) if asked in list(ItemKind) else None
    return render_template(
        "library/list.html", rows=queries.list_items(kind), kinds=KINDS, kind=kind, language_name=language_name
    )


@bp.get("/add/<any(picture,sound,film):kind>")
@requires(Permission.MANAGE_SURVEYS)
def ask_add(kind: str) -> ResponseReturnValue:
    """The form for one kind of thing."""
    return _add_page(ItemKind(kind), item_form(ItemKind(kind), _codes()))


@bp.post("/add/<any(picture,sound,film):kind>")
@requires(Permission.MANAGE_SURVEYS)
@accepts_files(max(service.MOST_BYTES.values()))
@transactional
def add(kind: str) -> ResponseReturnValue:
    """Take the file in."""
    form = item_form(ItemKind(kind), _codes())
    if not form.validate_on_submit():
        return _add_page(ItemKind(kind), form), 422
    try:
        slug = service.add_item(form.new_item(ItemKind(kind)))
    except Refused as refused:
        field = form[_FIELDS.get(refused.reason, _captions_or_file(refused.reason))]
        field.errors = [sentence(refused.reason, refused.params)]
        return _add_page(ItemKind(kind), form), 422
    return redirect(url_for("library.item", name=slug), 303)


@bp.get("/<slug:name>")
@requires(Permission.MANAGE_SURVEYS)
def item(name: str) -> ResponseReturnValue:
    """One thing: as people see it, its words, who said yes, what happened to it."""
    row = queries.get_item(name)
    if row is None:
        raise NotFound(name)
    names = people.names_of(signed_in().partnership_id)
    events = [(event, names.get(event.actor_id or row.id, "")) for event in audit.trail(row.id)]
    media = media_of(row, language()) if row.is_there else None
    return render_template(
        "library/item.html", row=row, media=media, kinds=KINDS, events=events, language_name=language_name
    )


@bp.post("/<slug:name>/withdraw")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def withdraw(name: str) -> ResponseReturnValue:
    """Remove its file for good; surveys that named it go on without it."""
    service.withdraw(name)
    return redirect(url_for("library.item", name=name), 303)


def _add_page(kind: ItemKind, form: ItemForm) -> str:
    title = {
        ItemKind.PICTURE: _("Add a picture"),
        ItemKind.SOUND: _("Add a recording"),
        ItemKind.FILM: _("Add a film"),
    }[kind]
    return render_template("library/add.html", form=form, kind=kind.value, title=title, file_hint=FILE_HINTS[kind])


def _codes() -> list[str]:
    found = place()
    return list(found.languages) if found else ["en"]


def _captions_or_file(reason: str) -> str:
    return "captions_en" if reason.startswith("library-captions") else "file"
