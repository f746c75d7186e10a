"""Help now on a tablet without a network, pressed while Send closes the box: sent once, and known to who reads (C4)."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from engage.core.database import db
from engage.safeguarding.kinds import ASKED_FOR_HELP, FlagReason
from engage.safeguarding.models import Flag
from tests.factories.surveys import spoken
from tests.journeys.test_offline_attacked import SHORT, answer, begin, heading, press, set_up, stored
from tests.support.apps import within
from tests.support.browser import Live
from tests.unit.questionnaire.samples import sample

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


def test_c4_help_is_known_of_whoever_goes_back_to_the_first_page_or_reads_it_in_another_language(
    window: Page, live: Live
) -> None:
    """They are still the same person; the one after them asked for nothing, and is asked everything anew."""
    page = window
    page.goto(set_up(live, spoken(SHORT)))
    expect(page.locator("html[data-ready=yes]")).to_be_attached()
    press(page, "Start")
    page.locator("[data-help]").click()
    press(page, "Back")
    for name, code in (("العربية", "ar"), ("English", "en")):
        page.locator("[data-tongues]").get_by_role("link", name=name).click()
        expect(page.locator(f"html[lang={code}] #stage[data-screen=intro]")).to_be_visible()
    press(page, "Start")
    page.locator("#stage").get_by_label("yes", exact=True).check()
    press(page, "Continue")
    heading(page, "Ask why?")
    for _page in range(2):
        press(page, "Back")
    expect(page.locator("[data-tongues]")).to_be_hidden()  # another page would take away what they answered
    press(page, "Go on with my answers")
    expect(page.locator("#stage").get_by_label("yes", exact=True)).to_be_checked()
    press(page, "Back")
    press(page, "Start again")
    expect(page.locator("#stage input:checked")).to_have_count(0)
    answer(page)
    press(page, "Send my answers")
    is_sent_once(page, live)
    begin(page)
    answer(page, "no")
    press(page, "Send my answers")
    press(page, "Finish")
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    with within(live.app, live.partnership):
        assert db.session.scalar(sa.select(sa.func.count(Flag.id)).where(Flag.reason == FlagReason.LOW_ANSWER)) == 1


def test_c4_help_is_known_of_whoever_chose_to_take_no_part_and_answers_after_all(window: Page, live: Live) -> None:
    page = window
    leaves = {"when": {"question": "told", "is": "no"}, "say": {"en": "That is fine."}, "nothing_kept": True}
    first, *others = SHORT.model_dump(mode="json", by_alias=True, exclude_defaults=True)["questions"]
    begin(page, set_up(live, sample({**first, "ends": [leaves]}, *others, audience="parents", ask_how=False)))
    page.locator("#stage").get_by_label("no", exact=True).check()
    press(page, "Continue")
    heading(page, "You need not go on")
    page.locator("[data-help]").click()
    press(page, "Back")
    expect(page.locator("#stage[data-screen=intro]")).to_be_visible()
    press(page, "Start")
    answer(page)
    press(page, "Send my answers")
    is_sent_once(page, live)
