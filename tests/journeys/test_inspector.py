"""A young inspector on a phone: without script, by keyboard, and every page in every state for axe."""

import re
import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from engage.core import clock
from engage.core.transaction import transaction
from engage.listening.inspections import service
from engage.listening.inspections.kinds import Finding
from engage.people.kinds import Role
from tests.support.apps import within
from tests.support.browser import Live, assert_focus_seen, assert_whole
from tests.support.inspections import CRITERIA, DAY, KEYS, Planned, a_service, lock, planned, published, score, scored
from tests.support.people import PASSWORD, staff
from tests.support.visits import press, tab_to

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(live: Live) -> Planned:
    return planned(live.app, live.partnership)


def enter(page: Page, live: Live, name: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{live}/inspect/sign-in")
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


def others_lock(live: Live, visit: Planned) -> None:
    for name, value in (("ben", 4), ("cas", 1)):
        score(live.app, live.partnership, visit, name, value)
        lock(live.app, live.partnership, visit, name)


def test_a4_an_inspector_scores_locks_and_sees_it_together_without_script(
    plain_window: Page, live: Live, visit: Planned
) -> None:
    """One point a page; a mistake keeps what was written; back and change; lock; then the team's page."""
    page = plain_window
    others_lock(live, visit)
    enter(page, live, "amy")
    page.get_by_role("link", name="Score this visit").click()
    page.get_by_role("link", name="Start scoring").click()
    page.get_by_label("What did you see or hear?").fill("The door was open")
    press(page, "Save and next point")
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_label("What did you see or hear?").input_value() == "The door was open"
    for number in range(1, len(KEYS) + 1):
        expect(page.get_by_text(f"Point {number} of {len(KEYS)}")).to_be_visible()
        choice = "I could not see this today" if number == 2 else "3 Mostly"
        page.get_by_role("radio", name=choice).check()
        press(page, "Save and next point")
    row = page.locator(".engage-check__row").first
    row.get_by_role("link", name="Change").click()
    page.get_by_role("radio", name="4 Fully").check()
    press(page, "Save and next point")
    assert "4: Fully" in row.inner_text()
    press(page, "Lock my scores")
    page.get_by_role("link", name="See what we saw together").click()
    expect(page.get_by_role("heading", name="Talk about these first")).to_be_visible()
    page.get_by_label("Add a strength").fill("They say hello")
    page.get_by_role("button", name=re.compile("Add.*Strengths")).click()
    expect(page.get_by_text("They say hello", exact=True)).to_be_visible()


def test_a5_a10_a_point_is_scored_by_keyboard(window: Page, live: Live, visit: Planned) -> None:
    """A5, A10: native radios in a fieldset with the point as its legend; arrows move, Tab leaves, Enter saves."""
    page = window
    enter(page, live, "amy")
    page.goto(f"{live}/inspect/{visit.id}/points/{KEYS[0]}")
    group = page.get_by_role("group", name="They make young people feel welcome")
    expect(group.get_by_role("radio")).to_have_count(6)
    tab_to(page, 'input[name="level"]')
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        assert_focus_seen(page)
    expect(page.locator('input[name="level"]:checked')).to_have_attribute("value", "3")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "note"
    tab_to(page, "main form button[type=submit]")
    assert_focus_seen(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/points/{KEYS[1]}")


def test_a1_a8_a9_every_page_of_an_inspector(window: Page, live: Live, visit: Planned) -> None:
    """A1, A8, A9: empty, begun, wrong, asked about danger, complete, locked, together, refused."""
    page = window
    staff(live.app, live.partnership, "new", Role.YOUNG_INSPECTOR)

    def whole(address: str = "") -> None:
        if address:
            page.goto(f"{live}{address}")
        assert_whole(page, 44)

    enter(page, live, "new")
    whole("/inspect/")
    enter(page, live, "amy")
    whole("/inspect/")
    whole(f"/inspect/{visit.id}/")
    whole(f"/inspect/{visit.id}/points/confidentiality-explained")
    press(page, "Save and next point")
    whole()
    page.get_by_role("radio", name="0 It was not there").check()
    page.get_by_label("What did you see or hear?").fill("A worker said he hits me when nobody looks")
    press(page, "Save and next point")
    assert page.url.endswith("/danger")
    whole()
    score(live.app, live.partnership, visit, "amy", 3)
    whole(f"/inspect/{visit.id}/")
    press(page, "Lock my scores")
    whole()
    others_lock(live, visit)
    whole(f"/inspect/{visit.id}/together")


@pytest.mark.parametrize("look", ["", "language=ar&theme=dark", "theme=contrast"])
def test_a1_a8_the_public_page_in_every_state(window: Page, live: Live, visit: Planned, look: str) -> None:
    """A1, A8: nothing there, stars, run out, said no, not judged, nothing found."""
    page = window
    if look:
        page.context.add_cookies([{"name": "engage-look", "value": look, "url": live.url}])

    def whole(address: str) -> None:
        page.goto(f"{live}{address}")
        assert_whole(page, 44)

    whole("/larkmoor/ratings")
    rated(live, visit)
    whole("/larkmoor/ratings")
    whole("/larkmoor/ratings?q=nothing+like+it")


def rated(live: Live, visit: Planned) -> None:
    """One service of each standing."""
    for name, values, days in (
        ("Clinic", (3, 4, 0), 0),
        ("Old hub", (4, 4, 4), 800),
        ("Swim club", (None, None, 1), 0),
    ):
        place = a_service(live.app, live.partnership, name)
        with within(live.app, live.partnership), transaction():
            made = service.plan_visit(place, (CRITERIA.key, CRITERIA.version), DAY, list(visit.team.values()))
        other = Planned(made, place, visit.team)
        scored(live.app, live.partnership, other, *values, private_space=1)
        with within(live.app, live.partnership), transaction():
            service.add_finding(made, Finding.STRENGTH, "They say hello")
            service.add_finding(made, Finding.CONSIDERATION, "M" * 199)
        published(live.app, live.partnership, other, clock.today() - timedelta(days=days))
    place = a_service(live.app, live.partnership, "Custody")
    with within(live.app, live.partnership), transaction():
        service.record_declined(place, "We have no one to host a visit.", DAY)


def test_a1_a8_every_page_of_a_supporter(window: Page, live: Live, visit: Planned) -> None:
    """A1, A8, A9: no visit, planning and its mistakes, waiting, ready to publish, published, said no."""
    page = window
    staff(live.app, live.partnership, "sue", Role.SUPPORTER)

    def whole(address: str = "") -> None:
        if address:
            page.goto(f"{live}{address}")
        assert_whole(page)

    enter(page, live, "sue")
    whole("/staff/inspections?q=nothing")
    whole("/staff/inspections/new")
    press(page, "Plan the visit")
    whole()
    whole("/staff/inspections/declined")
    press(page, "List it on the public page")
    whole()
    whole(f"/staff/inspections/{visit.id}")
    scored(live.app, live.partnership, visit, 4, 4, 1)
    whole(f"/staff/inspections/{visit.id}")
    page.get_by_role("button", name=re.compile("Add.*Strengths")).click()
    whole()
    press(page, "Publish the star")
    whole()
    whole("/staff/inspections")


def test_w12_words_of_the_team_are_words_everywhere(window: Page, live: Live, visit: Planned) -> None:
    """W12: nothing that a team, a service or a name says is ever run."""
    evil = "<img src=x onerror=alert(1)>{{7*7}}\"'><script>alert(2)</script>"
    page = window
    called: list[str] = []
    page.on("dialog", lambda dialog: (called.append(dialog.message), dialog.dismiss()))
    place = a_service(live.app, live.partnership, evil)
    with within(live.app, live.partnership), transaction():
        made = service.plan_visit(place, (CRITERIA.key, CRITERIA.version), DAY, list(visit.team.values()))
    other = Planned(made, place, visit.team)
    scored(live.app, live.partnership, other, 4, 4, 1)
    staff(live.app, live.partnership, "sue", Role.SUPPORTER)
    with within(live.app, live.partnership), transaction():
        service.add_finding(made, Finding.STRENGTH, evil)
        service.record_declined(visit.service_id, evil, DAY)
    enter(page, live, "amy")
    addresses = ["/inspect/", f"/inspect/{made}/", f"/inspect/{made}/together"]
    for address in addresses:
        page.goto(f"{live}{address}")
        assert "{{7*7}}" in page.content()
    published(live.app, live.partnership, other)
    enter(page, live, "sue")
    for address in ("/staff/inspections", f"/staff/inspections/{made}", "/larkmoor/ratings"):
        page.goto(f"{live}{address}")
        assert "{{7*7}}" in page.content()
    assert called == []


def test_the_id_of_nobody_is_nobodys_visit(plain_window: Page, live: Live, visit: Planned) -> None:
    """W2: a made-up visit is the same page as one that is not mine."""
    staff(live.app, live.partnership, "zed", Role.YOUNG_INSPECTOR)
    enter(plain_window, live, "zed")
    pages = []
    for made_up in (visit.id, uuid.uuid4()):
        answer = plain_window.goto(f"{live}/inspect/{made_up}/")
        assert answer is not None
        pages.append((answer.status, plain_window.locator("main").inner_text()))
    assert pages[0] == pages[1]
    assert pages[0][0] == 404
