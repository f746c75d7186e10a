"""A tablet without a network asks who was with somebody, as the site does before sending; it may be left out."""

import uuid

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect

from engage.core import clock
from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.kiosk import service
from engage.listening.surveys.models import Response
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_easy_to_hit, assert_fits
from tests.unit.questionnaire.samples import option, sample

pytestmark = pytest.mark.browser

ASKED = sample({"id": "ok", "kind": "single", "options": [option("yes"), option("no")]}, audience="young")


@pytest.fixture
def tablet(live: Live) -> str:
    open_as_it_is(live.app, live.partnership, ASKED, "how-answered")
    with within(live.app, live.partnership), transaction():
        found: uuid.UUID = service.set_up("how-answered", "Hall", clock.in_days(3), works_offline=True)
    return f"{live}/larkmoor/tablet/{found}"


def do(page: Page, name: str) -> None:
    page.locator("#stage").get_by_role("button", name=name, exact=True).click()


def to_the_last_page(page: Page) -> None:
    do(page, "Start")
    do(page, "Start")
    page.locator("#stage input[value=yes]").check()
    do(page, "Continue")
    expect(page.get_by_role("heading", name="How did you answer?")).to_be_focused()


def look_at_it(page: Page) -> None:
    """It reads and fits as any page, and there is a way back to the last question."""
    assert_accessible(page)
    assert_easy_to_hit(page)
    assert_fits(page)
    do(page, "Back")
    expect(page.locator("#stage input[value=yes]")).to_be_checked()
    page.locator("[data-module='engage-read']").last.dispatch_event("click")
    do(page, "Continue")


def alone_with_an_adult(page: Page, row: Locator) -> None:
    """As on the site: it is asked once more, and left like that neither is kept."""
    page.locator("#stage input[name=how-company][value=alone]").check()
    page.locator("#stage input[name=how-adult][value=yes]").check()
    do(page, "Continue")
    expect(page.locator("#stage").get_by_role("alert")).to_contain_text("Please choose again.")
    assert_accessible(page)
    do(page, "Continue")
    expect(row.locator("[data-answer]")).to_have_text("Not provided")
    row.get_by_role("button").click()
    page.locator("#stage input[name=how-adult][value=no]").check()


def test_f9_who_was_with_them_is_asked_offline_and_stored_as_the_site_stores_it(
    window: Page, live: Live, tablet: str
) -> None:
    page = window
    page.goto(tablet)
    page.wait_for_selector("html[data-ready=yes]")
    page.context.set_offline(True)
    try:
        to_the_last_page(page)
        look_at_it(page)
        page.locator("#stage").get_by_label("A friend").check()
        page.get_by_role("link", name="Help now").click()
        do(page, "Back")
        expect(page.locator("#stage").get_by_label("A friend")).to_be_checked()
        page.locator("#stage input[name=how-adult][value=no]").check()
        do(page, "Continue")
        row = page.locator("#stage .engage-check__row", has_text="How did you answer?")
        expect(row.locator("[data-answer]")).to_have_text("A friend, No adult was with you")
        row.get_by_role("button").click()
        alone_with_an_adult(page, row)
        page.locator("#stage input[name=how-company][value=rather-not]").check()
        do(page, "Continue")
        expect(row.locator("[data-answer]")).to_have_text("No adult was with you")
        do(page, "Send my answers")
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        do(page, "Finish")
        to_the_last_page(page)
        expect(page.locator("#stage input:checked")).to_have_count(0)
        do(page, "Continue")
        expect(row.locator("[data-answer]")).to_have_text("Not provided")
        do(page, "Send my answers")
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        do(page, "Finish")
    finally:
        page.context.set_offline(False)
    expect(page.locator("#stage [data-waiting]")).to_have_text("No answers wait on this tablet.")
    with within(live.app, live.partnership):
        asked = sa.select(Response.company, Response.adult, Response.read_aloud, Response.symbols, Response.large_print)
        stored = db.session.execute(asked).all()
    assert sorted(map(tuple, stored)) == [("", "", "", "yes", "no"), ("", "no", "yes", "yes", "no")]
