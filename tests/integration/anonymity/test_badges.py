"""Every door says which promise holds behind it: anonymous, confidential, or named; in a shape and in words."""

import re
import uuid

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from engage.people.kinds import Role
from tests.factories.surveys import open_survey
from tests.integration.test_every_route import address, rules
from tests.support.answering import SURVEY, send, start, walk, words_on
from tests.support.client import PageClient
from tests.support.people import sign_in, staff
from tests.support.whole import TOLD


def badges(page: TestResponse) -> list[str]:
    """Which badges a page has; each with its words."""
    text = page.get_data(as_text=True)
    found = re.findall(r'<p class="engage-p" data-badge="(\w+)">(.*?)</p>', text, re.DOTALL)
    for kind, inside in found:
        assert "<svg" in inside, kind
        assert len(re.sub(r"<[^>]+>", "", inside)) > 20, kind
    return [kind for kind, _inside in found]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (SURVEY, ["anonymous"]),
        ("/larkmoor/tell-us", ["anonymous", "confidential"]),
        ("/larkmoor/codes", ["anonymous"]),
        ("/larkmoor/contact-me", ["named"]),
        ("/inspect/sign-in", ["confidential"]),
        ("/staff/sign-in", ["named"]),
    ],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_open_door_has_its_badge(
    app: Flask, client: PageClient, partnership: uuid.UUID, path: str, expected: list[str], language: str
) -> None:
    open_survey(app, partnership)
    assert badges(client.get(path, headers={"Accept-Language": language})) == expected


def test_whoever_comes_back_is_told_that_it_is_still_anonymous(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    open_survey(app, partnership)
    walk(client, start(client))
    send(client)
    words = words_on(client.get(f"{SURVEY}/sent"))
    assert badges(client.post("/larkmoor/codes", data={"words": " ".join(words)})) == ["anonymous"]


def test_whoever_gave_a_name_is_not_told_that_nobody_knows_it(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    """A named complaint has six words too: their page says confidential, as its door did, and nothing of no name."""
    told = "/larkmoor/tell-us"
    walk(client, start(client, told), TOLD)
    sent = send(client, told)
    page = client.post("/larkmoor/codes", data={"words": " ".join(words_on(client.get(sent.headers["Location"])))})
    assert badges(page) == ["confidential"]
    assert "You gave us your name." in page.text
    assert "You still do not have to say who you are." not in page.text


def test_every_page_of_staff_says_that_it_is_named_and_the_inspectors_that_it_is_confidential(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    staff(app, partnership, "ada", *Role)
    sign_in(client, "ada")
    looked, wrong = 0, []
    for rule in rules(app):
        if "GET" not in (rule.methods or ()) or not rule.rule.startswith("/staff/") or "<" in rule.rule:
            continue
        page = client.get(address(rule))
        if page.status_code == 200 and b"engage-staff" in page.data:
            looked += 1
            wrong += [rule.rule] if "named" not in badges(page) else []
    assert looked > 10
    assert wrong == []
    assert "confidential" in badges(client.get("/inspect/"))
