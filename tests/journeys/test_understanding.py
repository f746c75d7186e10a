"""Themes, coding, quotes and answers in a real browser: by keyboard, without script, for axe; no written word runs."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from engage.answering.you_said import service as answers
from engage.answering.you_said.kinds import Reason, Verdict
from engage.answering.you_said.service import AnswerText
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.rules.themes import Group
from engage.understanding.themes import service_quotes
from engage.understanding.themes.service_quotes import QuoteText
from tests.support import themes
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_easy_to_hit, assert_fits
from tests.support.people import PASSWORD, staff
from tests.support.visits import press

pytestmark = pytest.mark.browser

SAID = "Miss Khan lets us stay in at lunch but Year 6 wait by the gate and push"
REFUSAL = AnswerText(
    Group.CHILDREN, "The stop is dark", Verdict.DID_NOT, "The council", date(2026, 5, 1), "We ask again.",
    Reason.MONEY, "Lights cost a lot.", look_again_on=date(2026, 6, 1),
)  # fmt: skip


@pytest.fixture
def ana(live: Live) -> uuid.UUID:
    return staff(live.app, live.partnership, "ana", Role.ANALYST)


@pytest.fixture
def gate(live: Live, ana: uuid.UUID) -> uuid.UUID:
    """Three themes, the first spoken of by ten and counted; one comment waits to be coded."""
    made = [
        themes.theme(live.app, live.partnership, name, *phrases)
        for name, phrases in (("Unsafe places", ("gate", "push*")), ("Adults who help", ("lets us",)), ("Buses", ()))
    ]
    for theme, people in zip(made, (10, 1, 1), strict=True):
        voices = themes.heard(live.app, live.partnership, *["It is dark"] * people)
        themes.code(live.app, live.partnership, [voice.id for voice in voices], [theme], ana)
    themes.count(live.app, live.partnership)
    return made[0]


def enter(page: Page, live: Live, name: str = "ana") -> None:
    page.goto(f"{live}/staff/sign-in")
    page.fill("#sign_in", name)
    page.fill("#password", PASSWORD)
    press(page, "Sign in")


def sound(page: Page) -> None:
    """What every page and state owes: axe, no sideways scroll."""
    assert_accessible(page)
    assert_fits(page)


def test_a1_a_theme_is_coded_by_keys_alone(window: Page, live: Live, gate: uuid.UUID) -> None:
    """1 to 9 choose, Enter saves and goes on, Z goes back, F opens the way to the safeguarding lead."""
    (voice,) = themes.heard(live.app, live.partnership, SAID)
    enter(window, live)
    window.goto(f"{live}/staff/themes/coding")
    sound(window)
    press(window, "Open comments")
    sound(window)
    window.keyboard.press("1")
    window.keyboard.press("/")
    expect(window.locator(".engage-suggest").get_by_text("Buses")).to_be_visible()
    sound(window)
    window.keyboard.press("f")
    expect(window.get_by_role("button", name="Pass it to the safeguarding lead")).to_be_visible()
    window.keyboard.press("Enter")
    window.wait_for_url("**after=*")
    expect(window.get_by_text("Every comment that was read has been coded")).to_be_visible()
    sound(window)
    window.goto(f"{live}/staff/themes/coding?voice={voice.id}&show=all")
    expect(window.get_by_label("Unsafe places")).to_be_checked()
    sound(window)


def test_a4_coding_and_quoting_need_no_script(plain_window: Page, live: Live, gate: uuid.UUID) -> None:
    themes.heard(live.app, live.partnership, SAID)
    page = plain_window
    enter(page, live)
    page.goto(f"{live}/staff/themes/coding")
    press(page, "Open comments")
    page.get_by_label("Unsafe places").check()
    press(page, "Save and next")
    page.get_by_role("link", name="See what was coded").click()
    page.goto(page.url)
    page.get_by_role("link", name="Prepare a quote from it").click()
    press(page, "Take the places out") if page.get_by_text("Take the places out").count() else None
    press(page, "Give it to a second person")
    expect(page.get_by_text("The quote waits for a second person.")).to_be_visible()


def test_a1_pages_of_the_codebook_and_of_quotes(window: Page, live: Live, gate: uuid.UUID, ana: uuid.UUID) -> None:
    staff(live.app, live.partnership, "lena", Role.SAFEGUARDING_LEAD)
    (voice,) = themes.heard(live.app, live.partnership, SAID)
    themes.code(live.app, live.partnership, [voice.id], [gate], ana)
    with within(live.app, live.partnership), transaction():
        quote = service_quotes.prepare(voice.id, QuoteText("Year 6 wait by the gate", gate, is_paraphrase=False), ana)
    enter(window, live)
    for address in ("", f"/{gate}", "/quotes", "/quotes?state=refused", f"/quotes/{quote}", "/known-names", "?q=zebra"):
        window.goto(f"{live}/staff/themes{address}")
        sound(window)
    window.goto(f"{live}/staff/themes")
    press(window, "Add theme")
    sound(window)
    window.goto(f"{live}/staff/themes/coding")
    press(window, "Open comments")
    window.goto(f"{live}/staff/themes/quotes/new/{voice.id}")
    press(window, "Give it to a second person")
    expect(window.get_by_role("alert")).to_be_visible()
    sound(window)
    window.context.clear_cookies()
    enter(window, live, "lena")
    window.goto(f"{live}/staff/themes/quotes/{quote}")
    press(window, "Open the comment it comes from")
    sound(window)
    press(window, "It may be shown")
    sound(window)


def test_a1_an_answer_is_written_seen_and_published(window: Page, live: Live, gate: uuid.UUID) -> None:
    enter(window, live)
    for state in ("", "?state=drafts", "?state=published"):
        window.goto(f"{live}/staff/answers{state}")
        sound(window)
    window.goto(f"{live}/staff/answers/new/{gate}")
    window.get_by_label("You said").fill("Nobody is at the gate at lunch")
    window.get_by_label("We did not do it").check()
    press(window, "Save draft")
    expect(window.get_by_role("link", name="Choose why it was not done")).to_be_visible()
    sound(window)
    window.get_by_label("There is not the money").check()
    window.get_by_label("Why not, said to a 9-year-old").fill("Grown ups at lunch cost money. We do not have it.")
    window.get_by_label("Who decided, or does it?").fill("Heads of schools")
    press(window, "Show me what a child will see")
    expect(window.get_by_text("because there is not enough money")).to_be_visible()
    sound(window)
    press(window, "Save draft")
    press(window, "Publish exactly this")
    sound(window)
    window.goto(f"{live}/larkmoor/you-said")
    expect(window.get_by_role("heading", name="Nobody is at the gate at lunch")).to_be_visible()
    sound(window)


def test_a8_a9_a17_the_public_page(window: Page, live: Live, gate: uuid.UUID, ana: uuid.UUID) -> None:
    """Empty, full, narrowed; dark and right to left; every control large enough; lateness and dates in words."""
    window.goto(f"{live}/larkmoor/you-said")
    sound(window)
    done = replace(REFUSAL, verdict=Verdict.DID, reason=None, because="", audience=Group.STAFF, look_again_on=None)
    promise = replace(done, verdict=Verdict.NOT_YET, due_on=date(2026, 1, 1))
    with within(live.app, live.partnership), transaction():
        for text in (REFUSAL, done, promise):
            answers.publish(answers.add(gate, text, ana), ana)
    for address in ("", "?outcome=did_not", "?outcome=doing", "?for=staff"):
        window.goto(f"{live}/larkmoor/you-said{address}")
        sound(window)
        assert_easy_to_hit(window)
    window.goto(f"{live}/larkmoor/you-said")
    expect(window.get_by_text("We are late.")).to_have_count(2)
    window.emulate_media(color_scheme="dark")
    sound(window)
    window.emulate_media(color_scheme="light")
    window.goto(f"{live}/comfort?back=/larkmoor/you-said")
    window.get_by_label("العربية").check()
    window.locator("main button[type=submit]").first.click()
    window.goto(f"{live}/larkmoor/you-said")
    expect(window.locator("html")).to_have_attribute("dir", "rtl")
    sound(window)


def test_w12_no_written_word_runs(window: Page, live: Live, gate: uuid.UUID, ana: uuid.UUID) -> None:
    """Names, phrases, comments, quotes and answers full of code, on every page that shows them."""
    called: list[str] = []
    window.expose_function("__canary", lambda: called.append("called"))
    lena = staff(live.app, live.partnership, "lena", Role.SAFEGUARDING_LEAD)
    for words in themes.NASTY:
        theme = themes.theme(live.app, live.partnership, words, words)
        voices = themes.heard(live.app, live.partnership, *[words] * 10)
        themes.code(live.app, live.partnership, [voice.id for voice in voices], [theme], ana)
        themes.count(live.app, live.partnership)
        with within(live.app, live.partnership), transaction():
            quote = service_quotes.prepare(voices[0].id, QuoteText(words, theme, is_paraphrase=True), ana)
            service_quotes.release(quote, lena)
            text = replace(REFUSAL, you_said=words, because=words, we_did=words, decided_by=words)
            answers.publish(answers.add(theme, text, ana), ana)
    enter(window, live)
    window.goto(f"{live}/staff/themes/coding")
    press(window, "Open comments")
    addresses = (
        "/staff/themes",
        f"/staff/themes/{theme}",
        "/staff/themes/coding?show=all",
        "/staff/themes/quotes?state=released",
        f"/staff/themes/quotes/{quote}",
        f"/staff/themes/quotes/new/{voices[0].id}",
        "/staff/answers?state=published",
        f"/staff/answers/new/{theme}",
        "/larkmoor/you-said",
        "/larkmoor/",
        "/staff/today",
    )
    for address in addresses:
        window.goto(f"{live}{address}")
    assert called == []
