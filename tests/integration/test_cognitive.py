"""A20: one task a page, help in one place, every step undone or left for later, no wrong answers."""

import re
import uuid
from itertools import pairwise

import pytest
from flask import Flask

from tests.factories.surveys import open_survey
from tests.support.answering import SURVEY, WITH_WORKER, answer_page, question_in, start
from tests.support.client import PageClient

pytestmark = pytest.mark.one_database


def pages(client: PageClient) -> dict[str, str]:
    """Every page from the first question to the check page, by its address."""
    address, seen = start(client), dict[str, str]()
    while address not in seen:
        seen[address] = client.get(address).get_data(as_text=True)
        name = question_in(address)
        if name == "check":
            break
        address = answer_page(client, address, WITH_WORKER.get(name, {})).headers["Location"]
    return seen


def dock(page: str) -> str:
    """Help and settings as they stand on a page, without the way back."""
    nav = page.split('<nav class="engage-dock"')[1].split("</nav>", maxsplit=1)[0]
    return re.sub(r'back=[^"]*', "", nav)


def test_a20_one_task_a_page_and_help_in_one_place(app: Flask, partnership: uuid.UUID, client: PageClient) -> None:
    open_survey(app, partnership)
    intro = client.get(SURVEY).get_data(as_text=True)
    assert "There are no wrong answers." in intro
    assert "You can stop when you want." in intro
    found = pages(client)
    assert len(found) > 12
    assert question_in(list(found)[-1]) == "check"
    assert len({dock(page) for page in (intro, *found.values())}) == 1, "the same help, in the same order, everywhere"
    assert dock(intro).index("/larkmoor/help") < dock(intro).index("/comfort")
    for address, page in found.items():
        main = page.split("<main")[1].split("</main>")[0]
        assert main.count("<h1") == 1, address
        assert main.count("<form") == 1, address
        assert page.index("</main>") < page.index('class="engage-dock"'), address


def test_a20_every_step_can_be_undone_and_left_for_later(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    """A20: back to the page before with its answer kept, each answer changed from the check page, and a way to stop."""
    open_survey(app, partnership)
    found = pages(client)
    asked = [address for address in found if "/q/" in address]
    for before, address in pairwise(asked):
        back = re.search(r'<a class="govuk-back-link" href="([^"]+)"', found[address])
        assert back is not None, address
        assert back.group(1).split("?")[0] == before, address
        assert 'name="stop-here"' in found[address], address
        assert 'value="rather-not"' in found[address], address
    assert " checked" in client.get(asked[0]).get_data(as_text=True), "the answer is still there"
    check = list(found.values())[-1]
    changes = re.findall(r'href="[^"]*/q/([a-z_]+)[^"]*"', check)
    assert set(changes) >= {question_in(address) for address in asked}
