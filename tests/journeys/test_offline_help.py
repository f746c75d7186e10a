"""Help now on a tablet without a network, pressed while Send closes the box: sent once, and known to who reads (C4)."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from engage.core.database import db
from engage.safeguarding.kinds import ASKED_FOR_HELP, FlagReason
from engage.safeguarding.models import Flag
from tests.journeys.test_offline_attacked import SHORT, answer, begin, heading, press, set_up, stored
from tests.support.apps import within
from tests.support.browser import Live

pytestmark = pytest.mark.browser
SLOW_ONCE = """() => { const real = crypto.subtle.encrypt.bind(crypto.subtle);
    crypto.subtle.encrypt = async (...it) => { crypto.subtle.encrypt = real;
        const wait = new Promise(done => { window.go = done; });
        document.documentElement.dataset.closing = "yes"; await wait; return real(...it); }; }"""


def help_while_it_is_closed(page: Page, live: Live) -> None:
    begin(page, set_up(live, SHORT))
    answer(page)
    page.evaluate(SLOW_ONCE)
    press(page, "Send my answers")
    expect(page.locator("html[data-closing=yes]")).to_be_attached()
    page.locator("[data-help]").click()
    heading(page, "Help now")


def is_sent_once(page: Page, live: Live) -> None:
    heading(page, "Thank you")
    press(page, "Finish")
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    assert stored(live) == ["yes"]
    with within(live.app, live.partnership):
        flags = db.session.scalars(sa.select(Flag).where(Flag.reason == FlagReason.LOW_ANSWER)).all()
        assert [flag.categories for flag in flags] == [[ASKED_FOR_HELP]]


def test_c4_help_while_it_is_closed_is_heard_and_leads_back_to_that_it_is_sent(window: Page, live: Live) -> None:
    page = window
    help_while_it_is_closed(page, live)
    with page.expect_response("**/answers"):
        page.evaluate("() => window.go()")
    heading(page, "Help now")
    press(page, "Back")
    is_sent_once(page, live)


def test_s6_whoever_is_back_from_help_before_it_is_closed_sends_once(window: Page, live: Live) -> None:
    page = window
    help_while_it_is_closed(page, live)
    press(page, "Back")
    heading(page, "Check your answers")
    press(page, "Send my answers")
    page.evaluate("() => window.go()")
    is_sent_once(page, live)
