"""Sign in, sign out, sign out everywhere, set a password."""

import uuid

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.core.errors import NotFound, Refused
from engage.core.transaction import transactional
from engage.people import devices, queries, service
from engage.people.devices import Device
from engage.people.forms import PasswordForm, SignInForm
from engage.people.signed_in import passwords
from engage.web import cookies
from engage.web.access import public, requires, respondent, signed_in
from engage.web.csrf import without_token
from engage.web.limits import Act, asks_itself, limited, limiter, missed, require

bp = Blueprint("people", __name__)


@bp.get("/staff/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The form for staff."""
    return _sign_in_page(SignInForm())


@bp.get("/inspect/sign-in")
@public
def inspector_sign_in() -> ResponseReturnValue:
    """The form for young inspectors: the same door, a younger page."""
    return _sign_in_page(SignInForm())


@bp.post("/staff/sign-in", endpoint="sign_in_post")
@bp.post("/inspect/sign-in", endpoint="inspector_sign_in_post")
@without_token
@limited(Act.SIGN_IN)
@asks_itself
@respondent
@transactional
def sign_in_post() -> ResponseReturnValue:
    """Check, start a session, go to Today (staff) or to the visits (young inspectors). Where an account signed in
    before, neither others' guessing at it nor what its network has used up is in its way.
    """
    if not cookies.is_safe_transport(request):
        abort(403)
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form)
    device = devices.of_cookie(cookies.device_cookie(request))
    is_known = service.knows(device, form.sign_in.data) and limiter().take_try(device.number)
    if not is_known:
        require(Act.SIGN_IN)
    found = service.sign_in(form.sign_in.data, form.password.data, passwords(), is_known=is_known)
    if found is None:
        if not is_known:
            missed(Act.SIGN_IN)
        form.password.errors = [_("The name or the password is wrong, or too many tries were made. Wait five minutes.")]
        service.keep_failures()
        return _sign_in_page(form)
    return _signed_in(device, *found)


@bp.post("/staff/sign-out")
@requires()
@transactional
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    service.end_session(cookies.read_cookie(request, cookies.STAFF) or "")
    return _signed_out()


@bp.post("/staff/sign-out-everywhere")
@requires()
@transactional
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of this account."""
    service.end_sessions(signed_in().id)
    return _signed_out()


@bp.get("/staff/account")
@requires()
def my_account() -> ResponseReturnValue:
    """Who I am here, what I may do, and sign out everywhere."""
    return render_template("people/my_account.html", person=signed_in())


@bp.get("/staff/set-password/<string:token>")
@public
def set_password(token: str) -> ResponseReturnValue:
    """The form behind a one-time link."""
    return render_template("people/set_password.html", form=PasswordForm(), token=token)


@bp.post("/staff/set-password/<string:token>")
@without_token
@respondent
@transactional
def set_password_post(token: str) -> ResponseReturnValue:
    """Set the password; the link is used up. The browser is known from then on as if they had signed in on it: whoever
    is new here, while others guess at passwords from their network, asks an administrator for a link.
    """
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            account_id = service.use_password_link(token, form.password.data, passwords())
        except NotFound:
            abort(404)
        except Refused:
            form.password.errors = [_("That password is too easy to guess. Use a few words together")]
        else:
            return _password_set(account_id)
    return render_template("people/set_password.html", form=form, token=token)


def _password_set(account_id: uuid.UUID) -> ResponseReturnValue:
    response, person = redirect(url_for("people.sign_in"), 303), queries.get_person(account_id)
    goes_round = person is None or person.is_inspector
    if not goes_round and cookies.is_safe_transport(request):
        known, path = service.with_account(devices.of_cookie(""), account_id).cookie(), url_for("people.sign_in_post")
        cookies.set_device_cookie(request, response, known, max_age=devices.LIFE_SECONDS, path=path)
    return response


def _first_page(account_id: uuid.UUID) -> str:
    person = queries.get_person(account_id)
    return "inspections.my_visits" if person and person.is_inspector else "today.page"


def _signed_in(device: Device, token: str, account_id: uuid.UUID) -> ResponseReturnValue:
    response = redirect(url_for(_first_page(account_id)), 303)
    hours = current_app.extensions["engage_settings"].staff_session_hours
    cookies.set_cookie(request, response, cookies.STAFF, token, max_age=hours * 3600)
    if not _is_shared():
        known = service.with_account(device, account_id).cookie()
        cookies.set_device_cookie(request, response, known, max_age=devices.LIFE_SECONDS)
    return response


def _is_shared() -> bool:
    """Whether this is where young inspectors sign in: on a tablet that goes round, which is to remember nobody."""
    return request.path.startswith("/inspect")


def _sign_in_page(form: SignInForm) -> str:
    return render_template("people/sign_in_young.html" if _is_shared() else "people/sign_in.html", form=form)


def _signed_out() -> ResponseReturnValue:
    response = redirect(url_for("people.inspector_sign_in" if signed_in().is_inspector else "people.sign_in"), 303)
    cookies.expire_cookie(request, response, cookies.STAFF)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
