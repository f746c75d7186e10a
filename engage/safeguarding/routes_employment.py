"""Matters of employment that staff raised: subjects for their agency, and no author."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.adapters.mail import is_address
from engage.core.transaction import transactional
from engage.people import queries as people
from engage.people import service as people_service
from engage.safeguarding import service_employment as employment
from engage.safeguarding import words_duty
from engage.safeguarding.kinds import Subject
from engage.web.access import Permission, requires

bp = Blueprint("employment", __name__)


@bp.get("/staff/safeguarding/employment")
@requires(Permission.READ_VOICES, Permission.MANAGE_PARTNERSHIP)
def page() -> ResponseReturnValue:
    """What was raised with which agency, how to raise something, and where it goes."""
    return _page()


@bp.post("/staff/safeguarding/employment")
@requires(Permission.READ_VOICES)
@transactional
def raise_subject() -> ResponseReturnValue:
    """Raise a subject with an agency."""
    subject, agency = request.form.get("subject", ""), request.form.get("agency", "")
    known = {str(each.id): each.id for each in people.list_agencies()}
    if subject not in set(Subject) or agency not in known:
        return _page(_("Choose an agency and a subject")), 422
    employment.tell_agency(known[agency], Subject(subject))
    return redirect(url_for("employment.page", told=1), 303)


@bp.post("/staff/safeguarding/employment/<uuid:agency_id>")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def set_contact(agency_id: uuid.UUID) -> ResponseReturnValue:
    """Where an agency takes matters of employment."""
    if agency_id not in {agency.id for agency in people.list_agencies()}:
        abort(404)
    contact = request.form.get("contact", "").strip()[:200]
    if contact and not is_address(contact):
        return _page(_("Enter an e-mail address, or nothing")), 422
    people_service.set_agency_contact(agency_id, contact)
    return redirect(url_for("employment.page"), 303)


def _page(trouble: str = "") -> str:
    return render_template(
        "safeguarding/employment.html",
        agencies=employment.raised(),
        subjects=words_duty.SUBJECTS,
        trouble=trouble,
        is_told="told" in request.args and not trouble,
    )
