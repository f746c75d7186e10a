"""An analyst makes a report in a real browser: every page and state, without script too, nasty words as words."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engage.assurance.reports.kinds import THEMATIC
from engage.people.kinds import Role
from tests.support.apps import within
from tests.support.browser import Live, assert_whole
from tests.support.people import PASSWORD, staff
from tests.support.reports import evidence, found, report
from tests.support.themes import NASTY
from tests.support.visits import press

pytestmark = pytest.mark.browser
REPORTS = "/staff/reports"


def come_in(page: Page, live: Live) -> None:
    page.goto(f"{live}/staff/sign-in")
    page.get_by_label("Sign-in name").fill("ana")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


def test_a1_every_page_of_a_report(window: Page, live: Live, tmp_path: Path) -> None:
    """A1, A8, A9: empty list, start and its mistake, write, changed meanwhile, draft, ask, frozen, full list."""
    page = window
    evidence(live.app, live.partnership, tmp_path, staff(live.app, live.partnership, "ana", Role.ANALYST))
    come_in(page, live)
    page.goto(f"{live}{REPORTS}")
    assert_whole(page)
    page.get_by_role("link", name="Start a report").click()
    assert_whole(page)
    press(page, "Start")
    expect(page).to_have_title(re.compile("^Error: "))
    assert_whole(page)
    page.get_by_label("What is it about?").fill("Feeling safe online")
    press(page, "Start")
    assert_whole(page)
    page.locator("#text_children").fill("They feel safest at home.")
    page.locator("#text_actions").fill("Police; Ring back; March 2027")
    before = page.locator("[name=revision]").input_value()
    press(page, "Save and look at it")
    expect(page.get_by_text("They feel safest at home.")).to_be_visible()
    expect(page.get_by_text("I was told on the day")).to_be_visible()
    assert_whole(page)
    page.get_by_role("link", name="Write", exact=True).click()
    page.evaluate("before => { document.querySelector('[name=revision]').value = before; }", before)
    press(page, "Save")
    expect(page.get_by_text("Somebody else saved this report")).to_be_visible()
    assert_whole(page)
    press(page, "Save")
    page.get_by_role("link", name="Reports", exact=True).click()
    page.get_by_role("link", name="Feeling safe online").click()
    page.get_by_role("link", name="Freeze").click()
    assert_whole(page)
    press(page, "Freeze it")
    expect(page.get_by_text("Fingerprint", exact=False).first).to_be_visible()
    assert_whole(page)
    page.goto(f"{live}{REPORTS}")
    assert_whole(page)


def test_a10_a_report_is_made_without_script(plain_window: Page, live: Live) -> None:
    page = plain_window
    staff(live.app, live.partnership, "ana", Role.ANALYST)
    come_in(page, live)
    page.goto(f"{live}{REPORTS}/new")
    page.get_by_label("What is it about?").fill("Listening")
    press(page, "Start")
    page.locator("#text_development").fill("Ring back")
    press(page, "Save and look at it")
    page.get_by_role("link", name="Freeze").click()
    press(page, "Freeze it")
    with page.expect_download() as started:
        page.get_by_role("link", name="JSON").click()
    assert started.value.suggested_filename == "thematic-report-listening.json"


def test_w12_nasty_words_run_nowhere(window: Page, live: Live) -> None:
    """W12: in the list, the form, the draft and its charts, the question before freezing."""
    page = window
    ana = staff(live.app, live.partnership, "ana", Role.ANALYST)
    evil = "\n".join(NASTY)
    texts = {field.key: evil for field in THEMATIC.fields} | {"period": evil}
    made = report(live.app, live.partnership, ana, title=NASTY[0], texts=texts)
    page.add_init_script("window.__canary = () => { window.__called = true; };")
    come_in(page, live)
    for address in ("", f"/{made.id}", f"/{made.id}/edit", f"/{made.id}/freeze"):
        page.goto(f"{live}{REPORTS}{address}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.__called") is None, address
        assert page.locator("main script, main img[src=x]").count() == 0
    with within(live.app, live.partnership):
        assert found(made.id).texts["data"].startswith("<script>")
