"""P1, P7: every survey has an impact assessment that is made from what it asks, is signed, and goes out of date."""

import json
import uuid
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask

from engage.core import clock
from engage.core.errors import Refused
from engage.core.transaction import transaction
from engage.listening.surveys import service_gate, service_impact
from engage.listening.surveys.service_impact import Assessed
from engage.people.kinds import Role
from engage.rules.questionnaire.data_map import data_map, scope
from tests.factories.surveys import open_survey, ready_made
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


def assessed(**changed: object) -> Assessed:
    return Assessed(**{"signed_on": clock.today(), **SAID, **changed})  # type: ignore[arg-type]


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
    open_survey(app, partnership, "your-voice")
    survey = ready_made("your-voice")
    with within(app, partnership):
        assert "no_impact_assessment" in {finding.code for finding in service_gate.everything(survey)}
        with transaction():
            assert service_impact.sign("your-voice", survey, assessed(), by) == 1
        assert "no_impact_assessment" not in {finding.code for finding in service_gate.everything(survey)}
        younger = survey.model_copy(update={"age_min": 4})
        assert "no_impact_assessment" in {finding.code for finding in service_gate.everything(younger)}
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
    open_survey(app, partnership, "your-voice")
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
