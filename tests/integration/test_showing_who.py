"""D6: before anything is sent, words that show who somebody is are pointed out, without script on the page to check."""

import uuid
from typing import Any

import pytest
from flask import Flask

from tests.factories.surveys import open_survey
from tests.integration.test_casework import COMPLAINT, TELL_US
from tests.support.answering import ANSWERS, answer_page, question_in, start, walk
from tests.support.client import PageClient

NOTE = "This might show who you are"
NUMBER = "07700 900123"


def check_page(client: PageClient, said: str) -> str:
    """The page to check, after these words to the question about what goes well."""
    words: dict[str, dict[str, Any]] = {**ANSWERS, "going_well": {"going_well": said}}
    check = walk(client, start(client), words)
    assert question_in(check) == "check"
    return client.get(check).get_data(as_text=True)


@pytest.fixture(autouse=True)
def survey(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return open_survey(app, partnership)


def test_d6_the_page_to_check_points_out_what_shows_who_somebody_is(client: PageClient) -> None:
    page = check_page(client, f"my name is priya, ring {NUMBER} <b>")
    assert NOTE in page
    assert f'<bdi class="engage-marked">priya</bdi> <bdi class="engage-marked">{NUMBER}</bdi>' in page


def test_d6_a_page_without_such_words_says_nothing(client: PageClient) -> None:
    assert NOTE not in check_page(client, "my dog and the swing")


def test_d6_only_a_box_for_free_words_has_a_note_and_its_script(client: PageClient) -> None:
    """The words stand ready on the page, in its language; no other page carries them or asks for the script."""
    address, seen = start(client), {}
    while question_in(address) != "age":
        seen[question_in(address)] = client.get(address).get_data(as_text=True)
        address = answer_page(client, address, ANSWERS[question_in(address)]).headers["Location"]
    assert {name for name, page in seen.items() if "showing.js" in page} == {"going_well", "safer"}
    assert {name for name, page in seen.items() if NOTE in page} == {"going_well", "safer"}


@pytest.mark.parametrize(("named", "is_told"), [("no", True), ("yes", False)])
def test_d6_whoever_gave_a_name_is_not_warned_of_it(client: PageClient, named: str, is_told: bool) -> None:
    """Telling us something with a name is a choice; the question for the name and the way to reach is never judged."""
    told = {**COMPLAINT, "named": {"named": named}, "words": {"words": f"ring {NUMBER}"}}
    first = start(client, TELL_US)
    assert "showing.js" not in client.get(first).get_data(as_text=True)
    page = client.get(walk(client, first, told)).get_data(as_text=True)
    assert (NOTE in page) is is_told
