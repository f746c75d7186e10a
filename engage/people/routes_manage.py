"""Pages of the administrator: accounts and roles; agencies, services and help numbers of the partnership."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from engage.core import audit, clock
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.transaction import Saved, transactional
from engage.people import queries, service, service_erasing
from engage.people.forms import (
    AGENCY_LABELS,
    ROLE_LABELS,
    AccountForm,
    AgencyForm,
    BrandForm,
    HelpNumberForm,
    RolesForm,
    ServiceForm,
)
from engage.people.kinds import AgencyKind, Role
from engage.web.access import Permission, requires, signed_in
from engage.web.refusals import sentence

bp = Blueprint("manage", __name__, url_prefix="/staff")


@bp.get("/people")
@requires(Permission.MANAGE_PEOPLE)
def people() -> ResponseReturnValue:
    """Everybody with an account, and the form for one more."""
    return _people_page(AccountForm())


@bp.post("/people")
@requires(Permission.MANAGE_PEOPLE)
@transactional
def add_account() -> ResponseReturnValue | Saved:
    """Add an account and show its one-time link, once."""
    form = AccountForm()
    if not form.validate_on_submit():
        return _people_page(form)
    try:
        account_id = service.add_account(form.name.data, form.sign_in.data, [Role(role) for role in form.roles.data])
    except Conflict:
        form.sign_in.errors = [_("That sign-in name is taken")]
        return _people_page(form)
    return _link_page(account_id)


@bp.get("/people/<uuid:account_id>")
@requires(Permission.MANAGE_PEOPLE)
def person(account_id: uuid.UUID) -> ResponseReturnValue:
    """One account: roles, open or closed, what was done to it and by whom."""
    return _person_page(account_id, RolesForm(roles=[str(role) for role in _mine(account_id).roles]))


@bp.post("/people/<uuid:account_id>/roles")
@requires(Permission.MANAGE_PEOPLE)
@transactional
def set_roles(account_id: uuid.UUID) -> ResponseReturnValue:
    """Change the roles; the person is signed out everywhere."""
    form = RolesForm()
    if not form.validate_on_submit():
        return _person_page(account_id, form)
    service.set_roles(account_id, [Role(role) for role in form.roles.data])
    return redirect(url_for("manage.person", account_id=account_id), 303)


@bp.post("/people/<uuid:account_id>/manager")
@requires(Permission.MANAGE_PEOPLE)
@transactional
def set_manager(account_id: uuid.UUID) -> ResponseReturnValue:
    """Say who manages this person, so that an allegation is kept from the whole line."""
    row = _mine(account_id)
    chosen = request.form.get("manager", "")
    manager = next((each.id for each in queries.list_people(row.partnership_id) if str(each.id) == chosen), None)
    service.set_manager(account_id, manager)
    return redirect(url_for("manage.person", account_id=account_id), 303)


@bp.post("/people/<uuid:account_id>/open")
@requires(Permission.MANAGE_PEOPLE)
@transactional
def set_active(account_id: uuid.UUID) -> ResponseReturnValue:
    """Close an account, or open it again. Nobody closes their own."""
    if account_id == signed_in().id:
        raise Refused("own-account")
    service.set_active(account_id, is_active=request.form.get("open") == "yes")
    return redirect(url_for("manage.person", account_id=account_id), 303)


@bp.post("/people/<uuid:account_id>/link")
@requires(Permission.MANAGE_PEOPLE)
@transactional
def new_link(account_id: uuid.UUID) -> ResponseReturnValue | Saved:
    """A new one-time link, shown once."""
    return _link_page(account_id)


@bp.get("/partnership")
@requires(Permission.MANAGE_PARTNERSHIP)
def partnership() -> ResponseReturnValue:
    """Agencies, services and help numbers."""
    return _partnership_page()


@bp.post("/partnership/drafts")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def show_drafts() -> ResponseReturnValue:
    """Whether the public may see translations that nobody has checked."""
    service.show_drafts(signed_in().partnership_id, wanted=request.form.get("shows_drafts") == "yes")
    return redirect(url_for("manage.partnership"), 303)


@bp.post("/partnership/colours")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def set_brand() -> ResponseReturnValue:
    """Choose the partnership's own two colours, or go back to the product's."""
    if request.form.get("own") == "no":
        service.set_brand(signed_in().partnership_id, None)
        return redirect(url_for("manage.partnership"), 303)
    form = BrandForm(prefix="brand")
    if form.validate_on_submit():
        try:
            service.set_brand(signed_in().partnership_id, (form.ink.data, form.ground.data))
        except Refused as refused:
            form.ink.errors = [sentence(refused.reason, refused.params)]
        else:
            return redirect(url_for("manage.partnership"), 303)
    return _partnership_page(brand=form), 422


@bp.post("/partnership/agencies")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def add_agency() -> ResponseReturnValue:
    """Add an agency."""
    form = AgencyForm(prefix="agency")
    if not form.validate_on_submit():
        return _partnership_page(agency=form)
    service.add_agency(form.name.data.strip(), AgencyKind(form.kind.data))
    return redirect(url_for("manage.partnership"), 303)


@bp.post("/partnership/services")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def add_service() -> ResponseReturnValue:
    """Add a service of an agency."""
    form = _service_form()
    if not form.validate_on_submit():
        return _partnership_page(service_form=form)
    service.add_service(uuid.UUID(form.agency.data), form.name.data.strip(), form.about.data or "")
    return redirect(url_for("manage.partnership"), 303)


@bp.post("/partnership/help-numbers")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def add_help_number() -> ResponseReturnValue:
    """Add a help number, checked today."""
    form = HelpNumberForm(prefix="help")
    if not form.validate_on_submit():
        return _partnership_page(help_form=form)
    place = len(queries.list_help_numbers()) + 1
    service.add_help_number(place, form.name.data, form.number.data, form.about.data or "", clock.today())
    return _numbers_changed()


@bp.post("/partnership/help-numbers/<uuid:number_id>/checked")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def check_help_number(number_id: uuid.UUID) -> ResponseReturnValue:
    """Say that somebody rang the number today and it is right."""
    service.check_help_number(number_id, clock.today())
    return _numbers_changed()


@bp.post("/partnership/help-numbers/<uuid:number_id>/remove")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def remove_help_number(number_id: uuid.UUID) -> ResponseReturnValue:
    """Take a number off the help page."""
    service.remove_help_number(number_id)
    return _numbers_changed()


def _partnership() -> queries.PartnershipRow:
    found = queries.get_partnership_by_id(signed_in().partnership_id)
    if found is None:
        raise NotFound
    return found


def _numbers_changed() -> ResponseReturnValue:
    return redirect(url_for("manage.partnership"), 303)


def _mine(account_id: uuid.UUID) -> queries.Person:
    found = queries.get_person(account_id)
    if found is None or found.partnership_id != signed_in().partnership_id:
        raise NotFound
    return found


def _people_page(form: AccountForm) -> str:
    rows = queries.list_people(signed_in().partnership_id)
    return render_template("people/people.html", form=form, people=rows, labels=ROLE_LABELS)


def _person_page(account_id: uuid.UUID, form: RolesForm) -> str:
    row = _mine(account_id)
    names = queries.names_of(row.partnership_id)
    others = sorted((name, each) for each, name in names.items() if each != account_id)
    return render_template(
        "people/person.html",
        person=row,
        form=form,
        others=[{"value": str(each), "label": name} for name, each in others],
        manager=queries.managers(row.partnership_id).get(account_id),
        is_erased=service_erasing.is_erased(account_id),
        must_stay=service_erasing.reasons_to_keep(account_id),
        labels=ROLE_LABELS,
        events=audit.trail(account_id),
        names=names,
    )


def _link_page(account_id: uuid.UUID) -> Saved:
    row = _mine(account_id)
    address = url_for("people.set_password", token=service.new_password_link(account_id), _external=True)
    return Saved(render_template("people/link.html", person=row, address=address, hours=service.LINK_HOURS))


def _service_form() -> ServiceForm:
    form = ServiceForm(prefix="service")
    form.agency.choices = [SelectChoice(str(agency.id), agency.name) for agency in queries.list_agencies()]
    return form


def _partnership_page(
    agency: AgencyForm | None = None,
    service_form: ServiceForm | None = None,
    help_form: HelpNumberForm | None = None,
    brand: BrandForm | None = None,
) -> str:
    here = _partnership()
    chosen = dict(zip(("ink", "ground"), here.brand or (), strict=False))
    brand = brand or BrandForm(prefix="brand", data=chosen)
    return render_template(
        "people/partnership.html",
        agency_form=agency or AgencyForm(prefix="agency"),
        service_form=service_form or _service_form(),
        help_form=help_form or HelpNumberForm(prefix="help"),
        agencies=queries.list_agencies(),
        agency_labels=AGENCY_LABELS,
        services=queries.list_services(only_open=False),
        numbers=queries.list_help_numbers(),
        stale_before=clock.in_days(-180),
        shows_drafts=here.shows_drafts,
        brand_form=brand,
        brand=here.brand,
        partnership_name=here.name,
        ratio=brand.ratio,
    )
