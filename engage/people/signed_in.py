"""Who is signed in on this request: the loader that `app` plugs into the access policy."""

from flask import current_app, g, request

from engage.people import queries, service
from engage.people.passwords import Passwords
from engage.web import cookies


def load() -> queries.Person | None:
    """The person whose session the staff cookie holds; sets the place that layouts show."""
    token = cookies.read_cookie(request, cookies.STAFF)
    if not token:
        return None
    person = service.person_of(token, session_rule())
    if person is not None:
        g.engage_place = queries.get_partnership_by_id(person.partnership_id)
    return person


def session_rule() -> service.SessionRule:
    """How long sessions last here."""
    settings = current_app.extensions["engage_settings"]
    return service.SessionRule(settings.staff_idle_minutes, settings.staff_session_hours)


def passwords() -> Passwords:
    """The password hasher of this app."""
    made: Passwords = current_app.extensions["engage_passwords"]
    return made
