"""Every page of staff in Arabic, every page of young and public places in Arabic and Urdu: each by its own address."""

import re
import uuid
from collections.abc import Collection
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from engage.core.database import begin_write
from engage.core.transaction import transaction
from engage.desk import help as help_now
from engage.people.models import Partnership
from tests.factories.surveys import open_as_it_is, ready_made, spoken
from tests.support import modes, proof
from tests.support.answering import SURVEY, WITH_WORKER, question_in
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_fits
from tests.support.people import PASSWORD
from tests.support.visits import fill
from tests.support.whole import pages_of, staff_pages, whole_place

pytestmark = pytest.mark.browser

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PUBLIC = (
    "", "help", "codes", "you-said", "ratings", "what-we-keep", "accessibility", "credits", "computer-check",
    "contact-me", "surveys/none",
)  # fmt: skip
CONTRAST = ("color-contrast", "color-contrast-enhanced")
BY_HAND = {"people.set_password", "reading.file", "quotes.new", "staff_surveys.card", "today.door"}
"""Behind a token that only a mail or another page gives, leading elsewhere, or not in the frame of a page of staff."""
OPENED = (
    ("/staff/safeguarding", "form[action*='/flags/'] button"),
    ("/staff/safeguarding/contact", "form[action*='/contact/'] button"),
    ("/staff/safeguarding/reading", "form[action$='/sheet'] button"),
    ("/staff/cases", "main a[href^='/staff/cases/']:not([href$='/held'])"),
    ("", "form[action$='/open'] button"),
    ("/staff/themes/coding", "form[action$='/open'] button"),
)
"""Protected records, which open by POST: where, and what is pressed there."""


def come_in(page: Page, live: Live) -> None:
    page.goto(f"{live}/staff/sign-in")
    page.locator("#sign_in").fill("eve")
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_load_state()


def whole(page: Page, language: str, *, but: Collection[str] = ()) -> None:
    """A1, A8, A17: this page as it stands."""
    turned(page, language)
    assert_accessible(page, but=but)


def turned(page: Page, language: str) -> None:
    """A17, A8: in its language, running the other way, and nothing spills over."""
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (language, "rtl"), page.url
    assert_fits(page)


def test_a1_a8_a17_every_page_of_staff_in_arabic(window: Page, live: Live, tmp_path: Path) -> None:
    """A1, A8, A17: every page that somebody with all roles comes to, at 320 px. axe looks at every third of them here,
    and not at contrast, which does not turn round with a page; make drill asks it about all.
    """
    whole_place(live.app, live.partnership, tmp_path)
    found = pages_of(live.app, "eve", "ar")
    assert staff_pages(live.app) - {endpoint(live.app, address) for address in found} <= BY_HAND
    modes.wear(window, live.url, "", "ar")
    come_in(window, live)
    for number, address in enumerate((*found, "/staff/surveys/your-voice/card")):
        window.goto(f"{live}{address}")
        if address.endswith("/make/preview/page"):  # as a child meets it, in a language that the survey has
            continue
        turned(window, "ar")
        if number % 3 == 0:
            assert_accessible(window, but=CONTRAST)
    for address, pressed in OPENED:
        if address:
            window.goto(f"{live}{address}")
        window.locator(pressed).first.click()
        window.wait_for_load_state()
        whole(window, "ar", but=CONTRAST)
    comment = window.locator("main form[action*='/coding/']").first.get_attribute("action") or ""
    window.goto(f"{live}/staff/themes/quotes/new/{re.findall(UUID, comment)[0]}")
    whole(window, "ar", but=CONTRAST)


def endpoint(app: Flask, address: str) -> str:
    name: str = app.url_map.bind("localhost").match(address.partition("?")[0], method="GET")[0]
    return name


@pytest.fixture
def survey(live: Live) -> uuid.UUID:
    """The child's survey with words in Arabic and Urdu, in a partnership that speaks both."""
    with within(live.app, live.partnership), transaction():
        begin_write().get_one(Partnership, live.partnership).languages = list(modes.LANGUAGES)
    return open_as_it_is(live.app, live.partnership, spoken(ready_made("your-voice")), "your-voice")


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_a1_a8_a17_every_public_page(window: Page, live: Live, survey: uuid.UUID, language: str) -> None:
    help_now.render_all(live.app)
    modes.wear(window, live.url, "", language)
    for address in (*(f"/larkmoor/{name}" for name in PUBLIC), "/comfort?back=/larkmoor/", SURVEY):
        window.goto(f"{live}{address}")
        whole(window, language)


def test_a1_a2_a8_a17_the_whole_journey_in_urdu(window: Page, live: Live, survey: uuid.UUID) -> None:
    """A1, A2, A8, A17: each page empty of mistakes and one with, each in the next look there is."""
    page, looks, wrong = window, modes.turns(), list[str]()

    def judge() -> None:
        look = next(look for look, language in looks if language == "ur")
        modes.wear(page, live.url, look, "ur")
        page.reload()
        whole(page, "ur")
        wrong.extend(f"{page.url} {look}: {one}" for one in (proof.aaa_errors(page) if proof.available() else ()))

    modes.wear(page, live.url, "", "ur")
    page.goto(f"{live}{SURVEY}")
    page.locator("main form button").first.click()
    page.locator("main form button[type=submit]").first.click()
    page.locator(".govuk-error-summary").wait_for()
    whole(page, "ur")
    while not page.url.endswith("/sent"):
        if "/q/" in page.url:
            judge()
            fill(page, WITH_WORKER[question_in(page.url)])
        here = page.url
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda url, here=here: url != here)
    judge()
    assert wrong == []
