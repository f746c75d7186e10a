"""A tablet without a network on a bad day: no room, a wrong clock, two tabs, left while it sends, too late (F9, S7)."""

import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, Route, expect

from engage.core import clock, database
from engage.core.database import db
from engage.listening.kiosk import service
from engage.listening.surveys.models import Response
from engage.safeguarding.kinds import ASKED_FOR_HELP, FlagReason
from engage.safeguarding.models import Flag
from engage.voices.kinds import Concern
from tests.factories.surveys import open_as_it_is, spoken
from tests.support import modes
from tests.support.apps import within
from tests.support.browser import Live
from tests.unit.questionnaire.samples import option, sample

pytestmark = pytest.mark.browser
SHORT = sample(
    {"id": "told", "kind": "single", "options": [option("yes"), option("no")]},
    {"id": "why", "kind": "text", "required": False},
    {"id": "last", "kind": "text", "required": False},
    audience="parents",
    ask_how=False,
)
FULL = """() => { window.realAdd = IDBObjectStore.prototype.add; IDBObjectStore.prototype.add = function () {
    throw new DOMException("no room", "QuotaExceededError"); }; }"""
SLOW = """() => { const real = crypto.subtle.encrypt.bind(crypto.subtle); window.go = () => {};
    const wait = () => new Promise(done => { window.go = done; });
    crypto.subtle.encrypt = async (...it) => { await wait(); return real(...it); }; }"""


def set_up(live: Live, definition: Any) -> str:
    open_as_it_is(live.app, live.partnership, definition, "bad-day")
    with within(live.app, live.partnership):
        found: uuid.UUID = service.set_up("bad-day", "Hall", clock.in_days(3), works_offline=True)
        database.end_write(commit=True)
    return f"{live}/larkmoor/tablet/{found}"


@pytest.fixture
def tablet(live: Live) -> str:
    return set_up(live, SHORT)


def press(page: Page, name: str) -> None:
    page.locator("#stage").get_by_role("button", name=name, exact=True).click()


def heading(page: Page, said: str) -> None:
    expect(page.locator("#stage").get_by_role("heading", level=1)).to_contain_text(said)


def begin(page: Page, tablet: str = "") -> None:
    if tablet:
        page.goto(tablet)
        expect(page.locator("html[data-ready=yes]")).to_be_attached()
    for screen in ("start", "intro"):
        expect(page.locator(f"#stage[data-screen={screen}]")).to_be_visible()
        press(page, "Start")
    heading(page, "Ask told?")


def answer(page: Page, said: str = "yes") -> None:
    page.locator("#stage").get_by_label(said, exact=True).check()
    for then in ("Ask why?", "Ask last?", "Check your answers"):
        press(page, "Continue")
        heading(page, then)


def stored(live: Live) -> list[Any]:
    with within(live.app, live.partnership):
        return list(db.session.scalars(sa.select(Response.answers["told"]["value"].as_string())).all())


def test_s7_a_tablet_without_room_says_so_and_keeps_what_was_answered(window: Page, live: Live, tablet: str) -> None:
    page = window
    begin(page, tablet)
    answer(page)
    page.evaluate(FULL)
    press(page, "Send my answers")
    expect(page.locator("#stage").get_by_role("alert")).to_contain_text("This tablet is full")
    page.evaluate("() => { IDBObjectStore.prototype.add = window.realAdd; }")
    press(page, "Send my answers")
    heading(page, "Thank you")
    press(page, "Finish")
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    assert stored(live) == ["yes"]


def test_s6_whoever_leaves_while_it_is_closed_has_sent_it_and_the_next_person_keeps_theirs(
    window: Page, live: Live, tablet: str
) -> None:
    page = window
    begin(page, tablet)
    answer(page)
    page.evaluate(SLOW)
    press(page, "Send my answers")
    page.locator("[data-leave]").click()
    begin(page)
    page.locator("#stage").get_by_label("no", exact=True).check()
    with page.expect_response("**/answers"):
        page.evaluate("() => window.go()")
    expect(page.locator("#stage").get_by_label("no", exact=True)).to_be_checked()
    heading(page, "Ask told?")
    assert stored(live) == ["yes"]


def test_s6_two_tabs_and_a_clock_that_is_years_wrong_send_each_answer_once(
    window: Page, live: Live, tablet: str
) -> None:
    page = window
    page.clock.set_fixed_time("1999-12-31T23:59:00Z")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/answers", hold)  # every attempt of this page hangs
    begin(page, tablet)
    answer(page)
    press(page, "Send my answers")
    heading(page, "Thank you")
    press(page, "Finish")
    expect(page.locator("[data-waiting]")).to_contain_text("1")
    other = page.context.new_page()  # finds the same box, and sends it while the first still hangs
    try:
        other.goto(tablet)
        expect(other.get_by_text("No answers wait on this tablet.")).to_be_visible()
    finally:
        other.close()
    assert stored(live) == ["yes"]
    waiting[0].continue_()
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    assert stored(live) == ["yes"]


def test_f9_what_the_site_takes_no_more_is_said_and_a_tablet_taken_away_can_still_be_ended(
    window: Page, live: Live, tablet: str
) -> None:
    page = window
    page.route("**/answers", lambda route: route.fulfill(status=400))
    begin(page, tablet)
    answer(page)
    press(page, "Send my answers")
    heading(page, "Thank you")
    press(page, "Finish")
    expect(page.get_by_text("The site could not take 1 of them.")).to_be_visible()
    with within(live.app, live.partnership):
        service.take_away(uuid.UUID(tablet.rsplit("/", 1)[1]))
        database.end_write(commit=True)
    press(page, "Send what waits")
    expect(page.locator("[data-do=intro]")).to_be_hidden()  # nobody begins on it any more
    expect(page.locator("[data-do=over]")).to_be_hidden()  # what was refused may be taken yet
    page.unroute("**/answers")
    page.route("**/answers", lambda route: route.fulfill(status=410))
    press(page, "Send what waits")
    expect(page.get_by_text("It is too late")).to_be_visible()
    press(page, "Finish with this tablet")
    page.wait_for_url("**/larkmoor/")


def test_c4_help_now_loses_nothing_on_the_way_and_is_known_to_who_reads(window: Page, live: Live, tablet: str) -> None:
    """As on the site: a flag says that somebody pressed it; whoever pressed it between two people raises none."""
    page = window
    begin(page, tablet)
    page.locator("[data-leave]").click()
    page.locator("[data-help]").click()
    press(page, "Back")
    expect(page.locator("#stage[data-screen=start]")).to_be_visible()
    begin(page)
    answer(page, "no")
    press(page, "Send my answers")
    heading(page, "Thank you")
    press(page, "Finish")
    begin(page)
    page.locator("#stage").get_by_label("yes", exact=True).check()
    press(page, "Continue")
    heading(page, "Ask why?")
    page.get_by_role("textbox").fill("Because of")
    page.locator("[data-help]").click()
    heading(page, "Help now")
    expect(page.locator("#stage").get_by_role("link", name="999")).to_be_visible()
    press(page, "Back")
    expect(page.get_by_role("textbox")).to_have_value("Because of")
    for then in ("Ask last?", "Check your answers"):
        press(page, "Continue")
        heading(page, then)
    press(page, "Send my answers")
    heading(page, "Thank you")
    press(page, "Finish")
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    assert sorted(stored(live)) == ["no", "yes"]
    with within(live.app, live.partnership):
        flags = db.session.scalars(sa.select(Flag).where(Flag.reason == FlagReason.LOW_ANSWER)).all()
        assert [(flag.level, flag.categories) for flag in flags] == [(Concern.AMBER, [ASKED_FOR_HELP])]


def test_what_is_changed_on_the_last_page_leads_back_to_it(window: Page, tablet: str) -> None:
    page = window
    begin(page, tablet)
    answer(page)
    page.get_by_role("button", name="Change Ask told?").click()
    heading(page, "Ask told?")
    page.locator("#stage").get_by_label("no", exact=True).check()
    press(page, "Continue")
    heading(page, "Check your answers")
    expect(page.locator("[data-answer]").first).to_have_text("no")
    page.get_by_role("button", name="Change Ask last?").click()
    heading(page, "Ask last?")
    press(page, "Back")
    heading(page, "Check your answers")


def test_a17_another_language_can_be_chosen_again_and_not_in_the_middle(window: Page, live: Live) -> None:
    """Whoever holds it next finds every language, whatever the one before has chosen."""
    page = window
    tablet = set_up(live, spoken(SHORT))
    modes.wear(page, live.url, "", "en")
    page.goto(f"{tablet}/offline?lang=ar")
    expect(page.locator("html[data-ready=yes]")).to_have_attribute("lang", "ar")
    expect(page.get_by_text("We cannot show this in your language")).to_have_count(0)
    tongues = page.locator("[data-tongues]")
    expect(tongues.get_by_role("link")).to_have_text(["English", "العربية"])
    tongues.get_by_role("link", name="English").click()
    expect(page.locator("html[data-ready=yes]")).to_have_attribute("lang", "en")
    begin(page)
    expect(tongues).to_be_hidden()
    page.locator("[data-leave]").click()
    expect(tongues).to_be_visible()
