"""A partnership chooses its two colours: told in words while choosing, then seen at the top of its public pages."""

from playwright.sync_api import Page, expect

from engage.people.kinds import Role
from tests.support.browser import Live, assert_accessible
from tests.support.people import PASSWORD, staff
from tests.support.visits import press


def test_a1_colours_are_told_while_they_are_chosen(window: Page, live: Live) -> None:
    """A1: the contrast is said in words; what was chosen stands at the top, and gives way to a reader's own colours."""
    staff(live.app, live.partnership, "ada", Role.ADMINISTRATOR)
    window.goto(f"{live}/staff/sign-in")
    window.get_by_label("Sign-in name").fill("ada")
    window.get_by_label("Password").fill(PASSWORD)
    press(window, "Sign in")
    window.goto(f"{live}/staff/partnership/keys")
    assert_accessible(window)
    window.get_by_label("What reads with it").fill("Dashboard")
    press(window, "Make it and show it once")
    expect(window.get_by_text("It is shown only now.")).to_be_visible()
    assert_accessible(window)
    window.goto(f"{live}/staff/partnership")
    form = window.locator("form[data-module='engage-contrast']")
    window.get_by_label("Colour of the words").fill("#888888")
    expect(form.get_by_role("status")).to_contain_text("That is too little")
    window.get_by_label("Colour of the words").fill("#ffffff")
    window.get_by_label("Colour behind them").fill("#4b0a48")
    expect(form.get_by_role("status")).to_contain_text("The words can be read well.")
    assert_accessible(window)
    press(window, "Use these colours")
    window.goto(f"{live}/larkmoor/")
    top = window.locator(".engage-top")
    expect(top).to_have_css("background-color", "rgb(75, 10, 72)")
    expect(top.locator("strong")).to_have_css("color", "rgb(255, 255, 255)")
    assert_accessible(window)
    window.emulate_media(color_scheme="dark")
    expect(top).not_to_have_css("background-color", "rgb(75, 10, 72)")
