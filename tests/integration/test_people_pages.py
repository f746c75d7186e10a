"""The administrator's pages: accounts, roles, help numbers; nobody else gets in."""

import re
import uuid

import pytest
from flask import Flask

from engage.core.database import begin_write
from engage.core.transaction import transaction
from engage.listening.surveys import service_gate
from engage.people.kinds import Role
from engage.people.models import Partnership
from tests.factories.surveys import ready_made
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.people import PASSWORD, sign_in, staff

pytestmark = pytest.mark.one_database


@pytest.fixture
def admin(app: Flask, client: PageClient, partnership: uuid.UUID) -> PageClient:
    staff(app, partnership, "ada", Role.ADMINISTRATOR)
    sign_in(client, "ada")
    return client


def test_an_administrator_adds_somebody_who_sets_a_password(app: Flask, admin: PageClient) -> None:
    page = admin.submit("/staff/people", {"name": "Sam", "sign_in": "sam", "roles": ["viewer"]})
    address = re.search(r"/staff/set-password/[\w-]+", page.get_data(as_text=True))
    assert address
    sam = app.test_client()
    assert sam.post(address.group(), data={"password": PASSWORD}).status_code == 303
    sign_in(sam, "sam")
    assert sam.get("/staff/people").status_code == 403


def test_bad_input_keeps_what_was_typed(admin: PageClient) -> None:
    page = admin.submit("/staff/people", {"name": "Sam", "sign_in": "ada", "roles": ["viewer"]})
    text = page.get_data(as_text=True)
    assert "That sign-in name is taken" in text
    assert 'value="Sam"' in text
    assert "Choose at least one role" in admin.submit("/staff/people", {"name": "S", "sign_in": "s"}).get_data(
        as_text=True
    )


def test_w7_changed_roles_and_closed_accounts_are_signed_out(
    app: Flask, admin: PageClient, partnership: uuid.UUID
) -> None:
    account = staff(app, partnership, "sam", Role.VIEWER)
    sam = app.test_client()
    sign_in(sam, "sam")
    page = f"/staff/people/{account}"
    admin.submit(page, {"roles": ["scrutineer"]}, to=f"{page}/roles")
    assert sam.get("/staff/today").status_code == 303
    sign_in(sam, "sam")
    admin.submit(page, {"open": "no"}, to=f"{page}/open")
    assert sam.get("/staff/today").status_code == 303
    assert "Account closed" in admin.get(page).get_data(as_text=True)


def test_w2_another_partnerships_account_is_not_there(app: Flask, admin: PageClient) -> None:
    assert admin.get(f"/staff/people/{uuid.uuid4()}").status_code == 404


def test_services_agencies_and_help_numbers_are_kept(admin: PageClient) -> None:
    home = "/staff/partnership"
    admin.submit(home, {"agency-name": "Larkmoor Council", "agency-kind": "statutory"}, to=f"{home}/agencies")
    page = admin.get(home).get_data(as_text=True)
    agency = re.search(r'<option value="([0-9a-f-]{36})"', page)
    assert agency
    admin.submit(home, {"service-name": "Youth hub", "service-agency": agency.group(1)}, to=f"{home}/services")
    admin.submit(home, {"help-name": "Night team", "help-number": "01632 960456"}, to=f"{home}/help-numbers")
    page = admin.get(home).get_data(as_text=True)
    assert "Youth hub" in page
    assert "01632 960456" in page
    number = re.findall(r'href="(/staff/partnership/help-numbers/[0-9a-f-]{36})"', page)[-1]
    right = {"name": "Night team", "number": "01632 960457", "about": "All night", "checked_on": "2026-01-02"}
    assert "still to come" in admin.submit(number, {**right, "checked_on": "2999-01-01"}).get_data(as_text=True)
    assert admin.submit(number, right).status_code == 303
    assert admin.submit(number, {}, to=f"{number}/up").status_code == 303
    page = admin.get(home).get_data(as_text=True)
    assert page.index("01632 960457") < page.index("0800 1111"), "C4: put right, and moved up"
    assert "Checked 2 January 2026" in page
    assert "Not checked for six months" in page
    bad = admin.submit(home, {"help-name": "X", "help-number": "javascript:1"}, to=f"{home}/help-numbers")
    assert "Use digits and spaces" in bad.get_data(as_text=True)


def test_w3_no_form_works_without_its_token(admin: PageClient) -> None:
    assert admin.post("/staff/people", data={"name": "Sam"}).status_code == 400
    assert token_of(admin.get("/staff/people"))


def test_own_colours_are_taken_only_where_words_can_be_read(app: Flask, admin: PageClient) -> None:
    """R2: a pair below 7 to 1 is refused in words; a good one is a style sheet of its own on public pages."""
    home, where = "/staff/partnership", "/staff/partnership/colours"
    poor = admin.submit(home, {"brand-ink": "#999999", "brand-ground": "#ffffff"}, to=where)
    assert poor.status_code == 422
    assert "These colours have a contrast of 2.8 to 1" in poor.text
    assert admin.submit(home, {"brand-ink": "red", "brand-ground": "url(//x)"}, to=where).status_code == 422
    assert admin.submit(home, {"brand-ink": "#FFFFFF", "brand-ground": "#4B0A48"}, to=where).status_code == 303
    assert "Contrast 14." in admin.get(home).text
    visitor = PageClient(app, app.response_class)
    sheet = re.search(r'href="(/larkmoor/colours/[0-9a-f]{16}\.css)"', visitor.get("/larkmoor/").text)
    assert sheet
    style = visitor.get(sheet[1])
    assert style.mimetype == "text/css"
    assert "immutable" in style.headers["Cache-Control"]
    assert "background:#4b0a48;color:#ffffff" in style.text
    assert "not([data-theme])" in style.text
    assert visitor.get("/larkmoor/colours/0123456789abcdef.css").status_code == 404
    assert "/colours/" not in visitor.get("/larkmoor/help").text + admin.get(home).text
    assert admin.submit(home, {"own": "no"}, to=where).status_code == 303
    assert "/colours/" not in visitor.get("/larkmoor/").text
    assert visitor.get(sheet[1]).status_code == 404


def test_the_gate_knows_the_colours(app: Flask, admin: PageClient, partnership: uuid.UUID) -> None:
    """R2: colours that came in by another way than the page stop a survey from going live."""
    with within(app, partnership), transaction():
        row = begin_write().get_one(Partnership, partnership)
        row.brand_ink, row.brand_ground = "#777777", "#ffffff"
    with within(app, partnership):
        assert "low_contrast" in {found.code for found in service_gate.findings("your-voice", ready_made("your-voice"))}
