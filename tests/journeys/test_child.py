"""A child on a phone answers "Your voice" in a real browser: without script, by keyboard, in every state of a page."""

import gzip
import re
import uuid

import pytest
from playwright.sync_api import Page, Route, expect

from tests.factories.surveys import open_survey
from tests.support.answering import SURVEY, WITH_WORKER, question_in
from tests.support.browser import Live, assert_accessible, assert_fits, assert_focus_seen, assert_whole
from tests.support.visits import choose_by_keyboard, fill, go_through, press, tab_to

# The first question of each kind; the others look the same.
KINDS = ("safe_home", "tell", "listened", "helped", "help_good", "going_well")

pytestmark = pytest.mark.browser


@pytest.fixture
def survey(live: Live) -> uuid.UUID:
    return open_survey(live.app, live.partnership)


def begin(page: Page, live: Live) -> None:
    page.goto(f"{live}{SURVEY}")
    press(page, "Start")


def nothing(_page: Page, _question: str) -> None:
    """Only pass by."""


def receipt(page: Page) -> list[str]:
    return page.locator("#receipt-words li").all_inner_texts()


def test_a4_the_whole_journey_without_script_on_a_phone(plain_window: Page, live: Live, survey: uuid.UUID) -> None:
    """Start, answer everything, go back and change one, check, send, receipt; back shows what was sent."""
    page = plain_window
    page.goto(f"{live}{SURVEY}")
    assert page.get_by_role("heading", level=1).inner_text() == "Before you start"
    for promised in ("Who is asking?", "When would you tell someone?", "You do not have to do this."):
        expect(page.get_by_text(promised)).to_be_visible()
    press(page, "Start")
    fill(page, WITH_WORKER["safe_home"])
    press(page, "Continue")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("Mostly safe")).to_be_checked()
    press(page, "Continue")
    met = go_through(page, lambda page, _question: assert_no_script_needed(page))
    assert met[-1] == "extra_help"
    row = page.locator(".engage-check__row").filter(has_text="How safe do you feel online?")
    row.get_by_role("link", name="Change How safe do you feel online?").click()
    page.get_by_label("Not very safe").check()
    press(page, "Continue")
    assert question_in(page.url) == "check"
    assert row.locator("dd").first.inner_text() == "Not very safe"
    press(page, "Send my answers")
    assert page.url.endswith("/sent")
    words = receipt(page)
    assert len(words) == 6
    expect(page.locator("#receipt-words img")).to_have_count(6)
    page.go_back()
    assert page.url.endswith("/sent")
    assert receipt(page) == words
    page.get_by_role("link", name="Finish").click()
    page.goto(f"{live}{SURVEY}/sent")
    expect(page.get_by_text("Your answers are not on this device")).to_be_visible()


def assert_no_script_needed(page: Page) -> None:
    """No button that would do nothing, no sideways scroll, help within reach (C4)."""
    assert page.locator("[data-module=engage-read]:visible").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.get_by_role("link", name="Help now")).to_be_visible()


def test_a5_the_whole_journey_by_keyboard(window: Page, live: Live, survey: uuid.UUID) -> None:
    """Tab, arrows, Space, Enter and letters are enough, and what has the focus is always seen."""
    page = window
    page.goto(f"{live}{SURVEY}")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/q/safe_home")
    while "/q/" in page.url:
        here = page.url
        choose_by_keyboard(page, WITH_WORKER[question_in(here)])
        assert_focus_seen(page)
        tab_to(page, "main form button[type=submit]")
        assert_focus_seen(page)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, here=here: url != here)
    for following in ("**/check", "**/sent"):  # how somebody answered is asked, and may be left out
        tab_to(page, "main form button[type=submit]", most=60)
        page.keyboard.press("Enter")
        page.wait_for_url(following)
    assert len(receipt(page)) == 6


def test_a1_a8_a9_every_page_of_the_journey(window: Page, live: Live, survey: uuid.UUID) -> None:
    """A1, A8, A9: nothing for axe to find, nothing spills over, nothing is too small, on each page as it is filled."""
    page = window

    def whole(_page: Page = page, question: str = "") -> None:
        if question:
            fill(page, WITH_WORKER[question])
        if question and question not in KINDS:
            assert_fits(page)
        else:
            assert_whole(page, 44)

    page.goto(f"{live}{SURVEY}")
    whole()
    press(page, "Start")
    go_through(page, whole)
    whole()
    press(page, "Send my answers")
    whole()
    page.goto(f"{live}{SURVEY}?lost=1")
    whole()
    page.goto(f"{live}/larkmoor/surveys/no-such-thing")
    whole()


def test_a1_every_kind_with_a_mistake(window: Page, live: Live, survey: uuid.UUID) -> None:
    """An empty choice, and too long a text: the summary has the focus and leads to the control; axe finds nothing."""
    page = window
    begin(page, live)
    seen = []
    while "/q/" in page.url:
        question = question_in(page.url)
        box = page.locator(f'textarea[name="{question}"]')
        if page.url not in seen and question in KINDS:
            if box.count():
                box.fill("far too much " * 400)
            press(page, "Continue")
            expect(page).to_have_title(re.compile("^Error: "))
            assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
            assert_accessible(page)
            assert_fits(page)
            page.locator(".govuk-error-summary a").click()
            focus = page.evaluate("document.activeElement.id")
            assert focus == (f"{question}-box" if box.count() else f"{question}-1")
            seen.append(page.url)
        fill(page, WITH_WORKER[question])
        press(page, "Continue")
    assert len(seen) == len(KINDS)


def test_a10_stars_are_radios_with_words(window: Page, live: Live, survey: uuid.UUID) -> None:
    """A10: the question is the legend, each star has its words, "No rating" is there; arrows move, Tab leaves."""
    page = window
    begin(page, live)
    while question_in(page.url) != "help_good":
        fill(page, WITH_WORKER[question_in(page.url)])
        press(page, "Continue")
    group = page.get_by_role("group", name="How good is the help you get?")
    labels = [label.inner_text().strip() for label in group.locator("label").all()]
    assert labels[0] == "1 star - Very bad"
    assert labels[4:] == ["5 stars - Very good", "No rating"]
    tab_to(page, "input[name=help_good]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("2 stars - Bad")).to_be_checked()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") != "help_good"


def test_c1_limits_stand_before_and_beside_every_box(plain_window: Page, live: Live, survey: uuid.UUID) -> None:
    """C1, C4: the limits of confidentiality on the intro and beside each box for words; help on every page."""
    page = plain_window
    limits = "we must tell people whose job is to keep children safe"
    page.goto(f"{live}{SURVEY}")
    expect(page.locator("main").get_by_text(limits)).to_be_visible()
    press(page, "Start")

    def look(page: Page, question: str) -> None:
        boxes = page.locator("main textarea").count()
        expect(page.get_by_text(limits)).to_have_count(boxes)
        expect(page.get_by_role("link", name="Help now")).to_be_visible()
        expect(page.get_by_text("Nobody can see your answers until you send them.")).to_be_visible()

    go_through(page, look)


def test_a18_a_language_switch_keeps_the_answers(window: Page, live: Live, survey: uuid.UUID) -> None:
    """The page turns round; what was answered stays; words that are only in English say so."""
    page = window
    begin(page, live)
    fill(page, WITH_WORKER["safe_home"])
    press(page, "Continue")
    page.locator(".engage-top__lang").click()
    page.locator("#language-2").check()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/q/safe_school")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert_accessible(page)
    assert_fits(page)
    page.locator(".govuk-back-link").click()
    expect(page.locator("#safe_home-4")).to_be_checked()


def test_t14_the_first_question_is_light_and_asks_only_its_own_house(
    window: Page, live: Live, survey: uuid.UUID
) -> None:
    """T14, N7: at most six requests, at most 40 KB compressed beside the font, and one origin."""
    page = window
    begin(page, live)
    asked: dict[str, int] = {}

    def note(route: Route) -> None:
        answer = route.fetch()
        asked[route.request.url] = len(gzip.compress(answer.body(), 9))
        route.fulfill(response=answer)

    page.route("**/*", note)
    page.reload()
    page.wait_for_load_state("networkidle")
    page.unroute("**/*")
    assert all(url.startswith(live.url) for url in asked)
    assert len(asked) <= 6, asked
    assert sum(size for url, size in asked.items() if ".woff2" not in url) <= 40 * 1024, asked


def test_when_nothing_can_be_saved_the_page_says_so(window: Page, live: Live, survey: uuid.UUID) -> None:
    """The state "try again" is a page like any other: axe finds nothing and what was chosen is still chosen."""
    page = window
    begin(page, live)
    page.evaluate("document.querySelector('[name=csrf_token]').value = 'old'")
    fill(page, WITH_WORKER["safe_home"])
    press(page, "Continue")
    expect(page.get_by_text("Your answers are still on this page.")).to_be_visible()
    expect(page.locator("#safe_home-4")).to_be_checked()
    assert_accessible(page)
    press(page, "Continue")
    assert question_in(page.url) == "safe_school"


def test_the_box_of_another_answer_waits_for_it(
    window: Page, plain_window: Page, live: Live, survey: uuid.UUID
) -> None:
    """ "Someone else" opens its box, with the limits of privacy beside it, with scripts and without."""
    for page in (window, plain_window):
        begin(page, live)
        while question_in(page.url) != "tell":
            fill(page, WITH_WORKER[question_in(page.url)])
            press(page, "Continue")
        box = page.locator("#tell-other-box")
        expect(box).not_to_be_visible()
        page.get_by_role("checkbox", name="Someone else").check()
        box.fill("My football coach")
        expect(page.get_by_text("we must tell people whose job")).to_be_visible()
        press(page, "Continue")
        page.get_by_role("link", name="Back").click()
        expect(box).to_have_value("My football coach")
