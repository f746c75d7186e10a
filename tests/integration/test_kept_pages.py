"""Question pages are rendered once and used again: never somebody's words, never another's language, token or nonce."""

import re
import uuid
from typing import Any

import pytest
from flask import Flask
from markupsafe import escape

from engage.core.transaction import transaction
from engage.listening.surveys import queries, service
from engage.web.kept import mark
from tests.factories.surveys import open_survey
from tests.support.answering import ANSWERS, SURVEY, answer_page, send, start, walk, words_on
from tests.support.apps import within
from tests.support.client import PageClient, token_of

pytestmark = pytest.mark.one_database


@pytest.fixture
def survey(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    app.extensions.pop("engage_kept_pages", None)
    return open_survey(app, partnership)


def kept(app: Flask) -> str:
    return "\n".join(app.extensions["engage_kept_pages"].values())


def test_w3_w4_each_page_has_its_own_token_and_nonce(app: Flask, client: PageClient, survey: uuid.UUID) -> None:
    other: Any = app.test_client()
    pages = []
    for browser in (client, other, client):
        first = start(browser)
        pages.append(browser.get(first))
    nonces = [re.findall(r'nonce="([^"]*)"', page.get_data(as_text=True)) for page in pages]
    assert len({one for found in nonces for one in found}) == 3
    for page, found in zip(pages, nonces, strict=True):
        assert f"'nonce-{found[0]}'" in page.headers["Content-Security-Policy"]
    assert token_of(pages[0]) != token_of(pages[1])
    assert len(app.extensions["engage_kept_pages"]) == 1
    assert answer_page(other, f"{SURVEY}/q/safe_home", {"safe_home": "1"}).status_code == 303
    assert token_of(pages[0]) not in kept(app)


def test_nobodys_words_and_nobodys_mistake_are_kept(app: Flask, client: PageClient, survey: uuid.UUID) -> None:
    start(client)
    own: dict[str, dict[str, Any]] = {
        "tell": {"tell": ["someone-else"], "tell-other": "my uncle Ray"},
        "going_well": {"going_well": "a den by the canal"},
    }
    for question, data in own.items():
        answer_page(client, f"{SURVEY}/q/{question}", data)
        assert list(data.values())[-1] in client.get(f"{SURVEY}/q/{question}").get_data(as_text=True)
    answer_page(client, f"{SURVEY}/q/age", {"age": "not an option <b>at all</b>"})
    pages = kept(app)
    assert not [words for words in ("uncle Ray", "canal", "at all") if words in pages]


def test_every_reader_gets_their_own_page(app: Flask, client: PageClient, survey: uuid.UUID) -> None:
    """Chosen answers, language, easy words and colours: what one reader sees is not what the next one gets."""
    looks = ("", "words=easy", "language=ar", "language=ar&words=easy", "theme=dark", "pictures=off")
    seen = {}
    for look in looks:
        browser: Any = app.test_client()
        if look:
            browser.set_cookie("engage-look", look)
        page = browser.get(start(browser)).get_data(as_text=True)
        seen[look] = re.sub(r'(nonce|value)="[^"]{20,}"', "", page)
    assert len(set(seen.values())) == len(looks)
    answer_page(client, start(client), ANSWERS["safe_home"])
    assert 'value="4" checked' in client.get(f"{SURVEY}/q/safe_home").get_data(as_text=True)
    fresh: Any = app.test_client()
    assert "checked" not in fresh.get(start(fresh)).get_data(as_text=True)


def test_a_new_version_is_a_new_page(app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID) -> None:
    client.get(start(client))
    with within(app, partnership), transaction():
        row = queries.get_survey("your-voice")
        assert row is not None
        assert row.definition is not None
        first, second, *others = row.definition.questions
        said = first.model_copy(update={"text": second.text})
        service.publish_version(survey, row.definition.model_copy(update={"questions": (said, second, *others)}))
    page = client.get(f"{SURVEY}/q/safe_home").get_data(as_text=True)
    assert "How safe do you feel at school or college?" in page


def test_what_is_checked_and_the_words_of_a_receipt_are_nobody_elses(
    app: Flask, client: PageClient, survey: uuid.UUID
) -> None:
    """The page around them is kept, they are not: what somebody typed stands on it as text, whatever it is."""
    other: Any = app.test_client()
    receipts = []
    for browser, typed in ((client, "a den <b>by</b> the canal"), (other, "our cat & the hen")):
        said = {**ANSWERS, "going_well": {"going_well": typed}}
        checked = browser.get(walk(browser, start(browser), said)).get_data(as_text=True)
        assert escape(typed) in checked
        assert typed not in checked
        sent = browser.get(send(browser).headers["Location"])
        receipts.append(words_on(sent))
        assert words_on(browser.get(f"{SURVEY}/sent")) == receipts[-1]
        assert not [one for one in (*receipts[-1], escape(typed)) if f">{one}<" in kept(app)]
    assert receipts[0] != receipts[1]
    assert len(receipts[0]) == 6
    assert mark(0).removesuffix("0-") not in checked + sent.get_data(as_text=True)
