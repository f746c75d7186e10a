"""P1, P7: every survey has an impact assessment that is made from what it asks, is signed, and goes out of date."""

import json
import uuid
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from flask import Flask

from engage.core import clock
from engage.core.errors import Refused
from engage.core.transaction import transaction
from engage.listening.making import service as making
from engage.listening.surveys import queries, service_gate, service_impact
from engage.listening.surveys import service as surveys
from engage.listening.surveys.service_impact import Assessed
from engage.people.kinds import Role
from engage.rules.questionnaire.data_map import data_map, scope
from tests.factories.surveys import open_as_it_is, open_survey, ready_made
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff

SAID = {
    "condition": "Article 9(2)(g), safeguarding of children",
    "necessity": "Each question is used in the yearly report; school and date of birth were left out",
    "risks": "A child in a small home is known by what they say",
    "consulted": "The youth council read it and took two questions out",
    "residual": "low",
    "signed_by": "Data protection officer",
}


def assessed(**changed: Any) -> Assessed:
    return replace(Assessed(**SAID, signed_on=clock.today()), **changed)


def test_p7_another_audience_makes_an_assessment_out_of_date_and_another_wording_does_not() -> None:
    """AADC 2: who is asked, on what ground and which sorts of things are kept; not the words of a question."""
    survey = ready_made("your-voice")
    other = survey.model_copy(update={"thanks": survey.title})
    assert scope(other) == scope(survey)
    for changed in (
        {"audience": "staff"},
        {"age_min": 4},
        {"lawful_basis": "consent"},
        {"questions": survey.questions[:1]},
    ):
        assert scope(survey.model_copy(update=changed)) != scope(survey)
    assert {entry.sort for entry in data_map(survey)} == {"chosen", "words"}
    assert {entry.sort for entry in data_map(ready_made("tell-us"))} == {"chosen", "words", "contact"}
    assert len(data_map(survey)) == len(survey.questions)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"necessity": " "}, "impact-said"),
        ({"residual": "none"}, "impact-said"),
        ({"residual": "high"}, "impact-high"),
        ({"signed_on": date(2999, 1, 1)}, "impact-day"),
    ],
)
def test_p7_an_assessment_that_says_too_little_is_not_kept(
    app: Flask, partnership: uuid.UUID, changed: dict[str, object], reason: str
) -> None:
    open_survey(app, partnership, "your-voice")
    with within(app, partnership), transaction(), pytest.raises(Refused, match=reason):
        service_impact.sign("your-voice", ready_made("your-voice"), assessed(**changed), uuid.uuid4())


def test_p7_the_gate_says_so_until_somebody_signed_for_what_is_asked_now(app: Flask, partnership: uuid.UUID) -> None:
    by = staff(app, partnership, "mo", Role.SURVEY_MANAGER)
    survey = ready_made("your-voice")
    open_as_it_is(app, partnership, survey, "your-voice")
    with within(app, partnership):
        assert "no_impact_assessment" in {finding.code for finding in service_gate.everything("your-voice", survey)}
        with transaction():
            assert service_impact.sign("your-voice", survey, assessed(), by) == 1
        assert "no_impact_assessment" not in {finding.code for finding in service_gate.everything("your-voice", survey)}
        younger = survey.model_copy(update={"age_min": 4})
        assert "no_impact_assessment" in {finding.code for finding in service_gate.everything("your-voice", younger)}
        with transaction():
            assert service_impact.sign("your-voice", younger, assessed(), by) == 2
        row = service_impact.newest("your-voice", survey)
        assert row is not None
        assert (row.number, row.is_current) == (2, False)


def test_p1_p7_the_pack_holds_basis_map_risks_settings_and_who_signed(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    """P1, P7: signed on the page, taken away as Word and as JSON; before, the pack says that nobody has signed."""
    staff(app, partnership, "mo", Role.SURVEY_MANAGER)
    open_as_it_is(app, partnership, ready_made("your-voice"), "your-voice")
    sign_in(client, "mo")
    at = "/staff/surveys/your-voice/impact"
    assert "Nobody has signed this" in client.get(f"{at}/json").get_data(as_text=True)
    later = {**SAID, "signed_on": (clock.today() + timedelta(days=1)).isoformat()}
    assert "still to come" in client.submit(at, later).get_data(as_text=True)
    assert client.submit(at, {**SAID, "signed_on": clock.today().isoformat()}).status_code == 303
    assert "Signed and current" in client.get(at).get_data(as_text=True)
    pack = json.dumps(json.loads(client.get(f"{at}/json").data), ensure_ascii=False)
    for words in ("article 6(1)", "Data map", "Flows", "N1, N2, D2, D3", "Smallest group shown", *SAID.values()):
        assert words == "low" or words in pack
    for question in ready_made("your-voice").questions:
        assert question.text.root["en"].plain in pack
    body = ZipFile(BytesIO(client.get(f"{at}/docx").data)).read("word/document.xml").decode()
    assert SAID["consulted"] in body


def test_p7_nothing_opens_before_somebody_signed_or_gave_a_reason_by_name(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    """AADC 2: under whatever address it was loaded; the page leads to the assessment, and Today does."""
    mo = staff(app, partnership, "mo", Role.SURVEY_MANAGER)
    staff(app, partnership, "rita", Role.RESPONDER)
    definition = ready_made("your-voice")
    with within(app, partnership), transaction():
        for slug in ("first", "second"):
            surveys.create_survey(slug, definition)
        for slug in ("first", "second"):
            with pytest.raises(Refused, match="survey-not-ready"):
                surveys.open_survey(slug)
    sign_in(client, "mo")
    page = client.get("/staff/surveys/first").get_data(as_text=True)
    assert "Nobody has signed an impact assessment" in page
    assert "/staff/surveys/first/impact" in page
    assert "/staff/surveys/first/impact" in client.get("/staff/today").get_data(as_text=True)
    at = "/staff/surveys/first/impact"
    assert client.submit(at, {**SAID, "signed_on": clock.today().isoformat()}).status_code == 303
    with within(app, partnership), transaction():
        assert surveys.open_survey("first").is_open
        with pytest.raises(Refused, match="survey-not-ready"):
            surveys.open_survey("second")
        surveys.answer_for("second", {"no_impact_assessment": "Signed on paper, 3 March"}, mo)
        row = surveys.open_survey("second")
        assert row.version is not None
        assert [(each.code, each.by) for each in queries.list_overrides(row.version.id)] == [
            ("no_impact_assessment", mo)
        ]


def test_p7_what_is_open_asks_another_audience_only_once_somebody_signed_for_that(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    """The page signs for what is asked next; a first version is published without, for nobody can answer it yet."""
    staff(app, partnership, "mo", Role.SURVEY_MANAGER)
    open_survey(app, partnership, "your-voice")
    with within(app, partnership), transaction():
        copy = making.begin("your-voice", None)
        younger = copy.definition.model_copy(update={"age_min": 10})
        copy = making.change("your-voice", copy.revision, younger, None)
        with pytest.raises(Refused, match="reasons-missing"):
            making.publish("your-voice", copy.revision, None)
        fresh = making.create("fresh", younger, None)
        assert making.check("fresh", fresh.revision) == ()
        assert making.publish("fresh", fresh.revision, None).number == 1
    sign_in(client, "mo")
    page = client.get("/staff/surveys/your-voice/make/publish").get_data(as_text=True)
    assert "/staff/surveys/your-voice/impact" in page
    assert "does not open before it is signed" not in page
    at = "/staff/surveys/your-voice/impact"
    assert "Out of date" in client.get(at).get_data(as_text=True)
    assert client.submit(at, {**SAID, "signed_on": clock.today().isoformat()}).status_code == 303
    with within(app, partnership), transaction():
        assert making.publish("your-voice", copy.revision, None).number == 2


@pytest.mark.parametrize("days", [(1, 9, 20), (-9, 0, 20)], ids=["opens tomorrow", "last day over"])
def test_p7_days_do_not_lead_round_the_assessment(
    app: Flask, partnership: uuid.UUID, days: tuple[int, int, int]
) -> None:
    """A survey that was opened asks by itself from its first day on, and again once its last day is moved."""
    open_survey(app, partnership, "your-voice")
    opens, closes, tells = (clock.in_days(each) for each in days)
    with within(app, partnership), transaction():
        surveys.set_dates("your-voice", opens_on=opens, closes_on=closes, tell_by=tells)
    later = clock.now() + timedelta(days=1 if closes <= clock.today() else 0)
    with time_machine.travel(later, tick=False), within(app, partnership), transaction():
        row = queries.get_survey("your-voice")
        assert row is not None
        assert not row.is_open
        copy = making.begin("your-voice", None)
        younger = copy.definition.model_copy(update={"age_min": 10})
        copy = making.change("your-voice", copy.revision, younger, None)
        assert making.check("your-voice", copy.revision)
        with pytest.raises(Refused, match="reasons-missing"):
            making.publish("your-voice", copy.revision, None)
