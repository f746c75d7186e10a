"""A child at the browser: choosing, writing, pressing; with a pointer or with the keyboard alone."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from playwright.sync_api import Page

from tests.support.answering import WITH_WORKER, question_in

Answers = Mapping[str, Mapping[str, Any]]


def controls(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(name, value) of everything to choose or write."""
    for name, value in data.items():
        for one in value if isinstance(value, list) else [value]:
            yield name, one


def fill(page: Page, data: Mapping[str, Any]) -> None:
    """Choose or write the answer on a question page, by pointer."""
    for name, value in controls(data):
        box = page.locator(f'textarea[name="{name}"]')
        if box.count():
            box.fill(value)
        else:
            page.locator(f'input[name="{name}"][value="{value}"]').check()


def press(page: Page, name: str) -> None:
    """Press the one button of that name. Where it leads to another page, that one's scripts have run when this ends."""
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def go_through(page: Page, visit: Callable[[Page, str], None], answers: Answers = WITH_WORKER) -> list[str]:
    """From a question to the check page: `visit` each, fill it, press Continue; the questions met, in order."""
    met = []
    while "/q/" in page.url:
        question = question_in(page.url)
        visit(page, question)
        fill(page, answers[question])
        press(page, "Continue")
        met.append(question)
    if page.url.endswith("/how"):
        press(page, "Continue")
    return met


def tab_to(page: Page, selector: str, most: int = 40) -> None:
    """Press Tab until what matches `selector` has the focus; the test fails if it can't be reached."""
    for _ in range(most):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by keyboard on {page.url}")


def choose_by_keyboard(page: Page, data: Mapping[str, Any]) -> None:
    """Choose or write with Tab, arrows, Space and letters alone."""
    for name, value in controls(data):
        if page.locator(f'textarea[name="{name}"]').count():
            tab_to(page, f'textarea[name="{name}"]')
            page.keyboard.type(value)
        elif page.locator(f'input[type=radio][name="{name}"]').count():
            _arrow_to(page, name, value)
        else:
            tab_to(page, f'input[name="{name}"][value="{value}"]')
            page.keyboard.press("Space")


def _arrow_to(page: Page, name: str, value: str) -> None:
    tab_to(page, f'input[name="{name}"]')
    page.keyboard.press("Space")
    for _ in range(12):
        if page.evaluate("() => document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} cannot be chosen by arrows on {page.url}")
