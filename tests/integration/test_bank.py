"""Ready-made surveys and single questions: found by whom they are for and what they serve, used, put into one's own."""

import uuid

import pytest
from flask import Flask

from engage.core.errors import Conflict, NotFound
from engage.core.transaction import transaction
from engage.listening.bank import service
from engage.listening.making import service as making
from engage.listening.surveys import service_gate
from engage.people.kinds import Role
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff

pytestmark = pytest.mark.one_database

HERE = "/staff/ready-made"


@pytest.fixture
def ada(app: Flask, partnership: uuid.UUID, client: PageClient) -> uuid.UUID:
    found = staff(app, partnership, "ada", Role.SURVEY_MANAGER)
    sign_in(client, "ada")
    return found


@pytest.mark.usefixtures("ada")
def test_there_is_a_complete_survey_for_everybody_that_is_asked_for(client: PageClient) -> None:
    """Rows 12, 15, 16, 22, 27, 93, 102, 103, 119, 124: fourteen at the least, each with a page and its promise."""
    names = set(service.ready_surveys())
    assert names >= {
        "my-world",
        "my-say",
        "young-people",
        "moving-on",
        "parents-carers",
        "staff-voice",
        "practitioner-forum",
        "partner-agencies",
        "learning-pulse",
        "training-feedback",
        "before-visit",
        "before-visit-staff",
        "board-workshop",
        "did-it-help",
    }
    page = client.get(HERE)
    assert all(f"{HERE}/{name}" in page.text for name in names)
    for name in names:
        assert "What it cannot change" in client.get(f"{HERE}/{name}").text
    assert "A kind grown-up reads this" in client.get(f"{HERE}/my-world/preview").text


@pytest.mark.usefixtures("ada")
def test_the_address_says_whom_for_and_which_framework(client: PageClient) -> None:
    page = client.get(f"{HERE}?audience=practitioners&framework=six-steps").text
    assert f"{HERE}/learning-pulse" in page
    assert f"{HERE}/my-world" not in page
    assert "No ready-made survey fits" in client.get(f"{HERE}?audience=parents&framework=ncb").text
    found = client.get(f"{HERE}/questions?words=stayed&audience=young&framework=nel").text
    assert "1 of 70 questions" in found
    assert f"{HERE}/questions/help-same-worker" in found
    assert "No question fits" in client.get(f"{HERE}/questions?words=zzz").text


@pytest.mark.usefixtures("ada")
def test_using_a_survey_begins_another_each_time(app: Flask, partnership: uuid.UUID, client: PageClient) -> None:
    for slug in ("my-say", "my-say-2"):
        used = client.submit(f"{HERE}/my-say", to=f"{HERE}/my-say/use")
        assert used.status_code == 303
        assert slug in used.location
        with within(app, partnership):
            assert making.working_copy(slug).definition == service.ready("my-say")
            assert service_gate.findings(slug, making.working_copy(slug).definition, is_live=False) == ()
    assert "another one beside it" in client.get(f"{HERE}/my-say").text


def test_a_question_goes_before_those_about_who_somebody_is(
    app: Flask, partnership: uuid.UUID, client: PageClient, ada: uuid.UUID
) -> None:
    """Twice is two questions with ids of their own; what the copy was changed to meanwhile is not overwritten."""
    client.submit(f"{HERE}/my-say", to=f"{HERE}/my-say/use")
    assert "My say" in client.get(f"{HERE}/questions/help-help-good").text
    page, to = f"{HERE}/questions/safety-home", f"{HERE}/questions/safety-home/put-in/my-say"
    assert client.submit(page, {"revision": "1"}, to=to).status_code == 303
    assert client.submit(page, {"revision": "1"}, to=to).status_code == 409
    with within(app, partnership), transaction():
        copy = making.working_copy("my-say")
        assert [question.id for question in copy.definition.questions][-3:] == ["change", "home", "age"]
        again = service.put_in("my-say", copy.revision, "safety-home", ada)
        asked = again.definition.question("home_2")
        assert asked.safety == ("1", "2")
        assert (asked.options() or ())[0].text.say("en").text == "Not safe at all"
        with pytest.raises(Conflict):
            service.put_in("my-say", copy.revision, "safety-home", ada)
        with pytest.raises(NotFound):
            service.put_in("my-say", again.revision, "nothing", ada)


@pytest.mark.usefixtures("ada")
def test_nothing_is_offered_that_is_not_there(client: PageClient) -> None:
    assert "No survey is being made or changed now" in client.get(f"{HERE}/questions/help-help-good").text
    for missing in ("tell-us", "nothing", "questions/nothing", "tell-us/preview"):
        assert client.get(f"{HERE}/{missing}").status_code == 404
    assert client.submit(f"{HERE}/my-say", to=f"{HERE}/tell-us/use").status_code == 404


def test_only_survey_managers_look(app: Flask, partnership: uuid.UUID, client: PageClient) -> None:
    staff(app, partnership, "eve", Role.ANALYST)
    sign_in(client, "eve")
    assert client.get(HERE).status_code == 403
    assert client.get(f"{HERE}/questions").status_code == 403
