"""A question whose answers are the partnership's services: asked as they were on the day its version was published."""

import re
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from engage.core import clock
from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.kiosk import offline
from engage.listening.kiosk import service as kiosk
from engage.listening.making import service as making
from engage.listening.reach import views_paper
from engage.listening.surveys import queries, service, service_gate, service_impact
from engage.listening.surveys.models import Response
from engage.people import queries as people_queries
from engage.people import service as people
from engage.people.kinds import AgencyKind, Role
from engage.people.models import Service
from engage.rules.questionnaire.changes import same_question
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import dump, load
from engage.rules.xlsform.writing import write_xlsform
from engage.understanding.releases import queries as released
from engage.understanding.releases import service as releases
from tests.factories.responses import add_responses
from tests.factories.surveys import assess, open_as_it_is
from tests.support.answering import answer_page, send, start
from tests.support.apps import within
from tests.support.boxes import closed
from tests.support.client import PageClient
from tests.support.people import sign_in, staff
from tests.unit.questionnaire.samples import option, sample

SURVEY = "/larkmoor/surveys/places"
ASKED = sample(
    {"id": "where", "kind": "single", "options_from": "services", "options": [option("other", other=True)]},
    {"id": "kind", "kind": "single", "options": [option("yes"), option("no")]},
    audience="parents",
    survey="places",
    ask_how=False,
)


@pytest.fixture
def services(app: Flask, partnership: uuid.UUID) -> dict[str, str]:
    """Name -> id of two services that are open, and one that has closed."""
    with within(app, partnership), transaction():
        agency = people.add_agency("Larkmoor Council", AgencyKind.STATUTORY)
        found = {name: str(people.add_service(agency, name)) for name in ("Quay club", "Mill Lane club", "Old hall")}
        db.session.execute(sa.update(Service).where(Service.name == "Old hall").values(is_open=False))
    return found


def newest(app: Flask, partnership: uuid.UUID) -> Definition:
    with within(app, partnership):
        row = queries.get_survey("places")
        assert row is not None
        assert row.definition is not None
        return row.definition


def names(definition: Definition) -> list[str]:
    return [each.text.say("en").text for each in definition.question("where").options() or ()]


def publish(app: Flask, partnership: uuid.UUID) -> int:
    """Begin a working copy of what stands and publish it as it is; the version's number."""
    with within(app, partnership), transaction():
        copy = making.begin("places", None)
        assert "supplied" not in copy.definition_text, "the next version waits for the services of its own day"
        found = service_gate.findings("places", copy.definition)
        return making.publish("places", copy.revision, None, {each.code: "It is a test" for each in found}).number


def test_d1_a_survey_with_services_is_answered_and_released(
    app: Flask, client: PageClient, partnership: uuid.UUID, services: dict[str, str], tmp_path: Path
) -> None:
    """Shown in the published words, stored by the service's id, counted in a release under its name."""
    open_as_it_is(app, partnership, ASKED, "places")
    address = start(client, SURVEY)
    page = client.get(address).text
    assert page.index("Mill Lane club") < page.index("Quay club") < page.index('value="other"')
    assert "Old hall" not in page, "it is closed"
    address = answer_page(client, address, {"where": services["Quay club"]}).headers["Location"]
    answer_page(client, address, {"kind": "yes"})
    assert "Quay club" in client.get(f"{SURVEY}/check").text
    assert send(client, SURVEY).status_code == 303
    with within(app, partnership):
        (answers,) = db.session.scalars(sa.select(Response.answers)).all()
    assert answers["where"] == {"value": services["Quay club"]}
    add_responses(app, partnership, "places", 90)
    with within(app, partnership), transaction():
        releases.make_release("places", releases.Place(tmp_path / "snapshots", 1), None)
    with within(app, partnership):
        shown = released.show("places")
    assert services["Quay club"] in str(shown)
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    results = client.get("/staff/results/places").text
    assert "Quay club" in results
    assert services["Quay club"] not in re.sub(r"<[^>]*>", "", results), "by its name, not by its id"


def test_a_version_keeps_its_services_and_the_next_one_takes_those_of_its_day(
    app: Flask, partnership: uuid.UUID, services: dict[str, str]
) -> None:
    """A service renamed or closed later changes nothing that was published; trends hold while the answers are alike."""
    open_as_it_is(app, partnership, ASKED, "places")
    first = newest(app, partnership)
    assert names(first) == ["Mill Lane club", "Quay club", "other"]
    assert load(dump(first), "again") == first
    assert publish(app, partnership) == 1, "the same services again are the same version"
    with within(app, partnership), transaction():
        db.session.execute(sa.update(Service).where(Service.name == "Old hall").values(is_open=True))
        db.session.execute(sa.update(Service).where(Service.name == "Quay club").values(name="Harbour club"))
    assert newest(app, partnership) == first
    assert publish(app, partnership) == 2
    second = newest(app, partnership)
    assert names(second) == ["Harbour club", "Mill Lane club", "Old hall", "other"]
    kept = {each.id for each in first.question("where").options() or ()}
    assert kept < {each.id for each in second.question("where").options() or ()}
    assert not same_question(first.question("where"), second.question("where"))
    assert same_question(first.question("kind"), second.question("kind"))


def test_an_assessment_holds_when_the_services_are_written_in_so_the_survey_opens(
    app: Flask, partnership: uuid.UUID, services: dict[str, str]
) -> None:
    with within(app, partnership), transaction():
        making.create("places", ASKED, None)
        assess("places", ASKED)
        found = service_gate.findings("places", ASKED)
        assert "no_services" not in {each.code for each in found}
        making.publish("places", 1, None, {each.code: "It is a test" for each in found})
        row = queries.get_survey("places")
        assert row is not None
        assert row.definition is not None
        assert service_impact.is_current("places", row.definition)
        assert service.open_survey("places").is_open


@pytest.mark.one_database
def test_the_gate_says_that_there_are_no_services_and_the_preview_shows_those_there_are(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    """R3: somebody who has to choose a place that is not there is told nothing; whoever makes the survey is."""
    maya = staff(app, partnership, "maya", Role.SURVEY_MANAGER)
    with within(app, partnership), transaction():
        making.create("places", ASKED, maya)
    sign_in(client, "maya")
    assert "There are no services to choose from" in client.get("/staff/surveys/places/gate").text
    with within(app, partnership), transaction():
        people.add_service(people.add_agency("Larkmoor Council", AgencyKind.STATUTORY), "Mill Lane club")
    assert "There are no services to choose from" not in client.get("/staff/surveys/places/gate").text
    shown = client.get("/staff/surveys/places/make/preview/page?q=where").text
    assert "Mill Lane club" in shown
    form = client.get("/staff/surveys/places/make/question/where").text
    assert "supplied" not in form, "nobody writes by hand what publishing writes"
    assert publish(app, partnership) == 1
    with within(app, partnership), transaction():
        people.add_service(people_queries.list_agencies()[0].id, "Harbour club")
        making.begin("places", maya)
    changes = client.get("/staff/surveys/places/make/changes").text
    assert "Harbour club" in changes
    assert "Mill Lane club" not in changes, "it could be chosen before"


@pytest.mark.one_database
def test_f9_a_tablet_without_a_network_asks_the_services_of_its_version(
    app: Flask, client: PageClient, partnership: uuid.UUID, services: dict[str, str]
) -> None:
    """What is refused is only a version that was published before its services were written in."""
    assert offline.hindrances(ASKED) == ("where",)
    open_as_it_is(app, partnership, ASKED, "places")
    with within(app, partnership), transaction():
        tablet = kiosk.set_up("places", "Hall", clock.in_days(3), works_offline=True)
    plain = FlaskClient(app)  # one document of many screens, each with its heading
    document = plain.get(f"/larkmoor/tablet/{tablet}/offline").get_data(as_text=True)
    assert "Mill Lane club" in document
    assert services["Quay club"] in document
    box = closed(app, partnership, tablet, "places", fields={"where": {"where": [services["Quay club"]]}})
    assert client.post(f"/larkmoor/tablet/{tablet}/answers", data=box).status_code == 200
    with within(app, partnership):
        (answers,) = db.session.scalars(sa.select(Response.answers)).all()
    assert answers["where"] == {"value": services["Quay club"]}


@pytest.mark.one_database
def test_paper_and_workbook_have_the_services_of_the_version(
    app: Flask, partnership: uuid.UUID, services: dict[str, str]
) -> None:
    open_as_it_is(app, partnership, ASKED, "places")
    with app.test_request_context("/"):
        printed = list(views_paper.printed(newest(app, partnership), views_paper.Reader("en", "plain")))
    assert "Mill Lane club" in str(printed[0])
    made = write_xlsform(newest(app, partnership))
    assert not any("left out" in lost.reason for lost in made.lost if lost.place == "where")
    assert any("the day it was published" in lost.reason for lost in made.lost)
    assert any("left out" in lost.reason for lost in write_xlsform(ASKED).lost if lost.place == "where")
