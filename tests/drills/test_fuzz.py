"""N15: whatever is typed or sent, nothing fails: receipts, forms with files, offline boxes, CSV.

ENGAGE_DRILL_FUZZ sets how many tries each gets (20,000 are some minutes; half an hour is about 200,000).
"""

import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.rules.questionnaire.import_rows import read_csv
from engage.safeguarding import codebooks
from tests.drills.conftest import say, size
from tests.factories.surveys import ready_made
from tests.support.apps import build
from tests.support.serving import set_up

TRIES = size("FUZZ", 5000)
LONG = settings(max_examples=TRIES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
FEWER = settings(LONG, max_examples=max(1, TRIES // 10))
ODD = st.text() | st.text(st.characters(categories=["Cc", "Cf", "Mn", "So", "Lo", "Ll"])) | st.just("\x00\n;=cmd")
HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
FORM = "application/x-www-form-urlencoded"
KINDS = st.sampled_from([
    FORM,
    "multipart/form-data; boundary=x",
    "application/json",
    "text/csv",
    "multipart/form-data",
    "",
])


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = build(set_up(tmp_path_factory.mktemp("fuzz")))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@given(ODD, st.sampled_from(["en", "ar", "pl", "xx"]))
@LONG
def test_n15_receipts_are_read_whatever_is_typed(typed: str, language: str) -> None:
    assert codebooks.read(typed, language)
    assert len(codebooks.codes_within(typed, (language, "en"))) <= 4


@given(ODD)
@FEWER
def test_n15_csv_files_are_reported_by_line_or_loaded(text: str) -> None:
    rows, problems = read_csv(ready_made("your-voice"), text)
    assert isinstance(rows, (list, tuple))
    assert isinstance(problems, (list, tuple))


def test_n15_forms_answer_whatever_is_posted(product: Flask) -> None:
    """Bodies of every kind, whole and broken, to every page that somebody unknown may post to."""
    addresses = sorted(
        rule.rule
        .replace("<slug:partnership>", "larkmoor")
        .replace("<slug:survey>", "your-voice")
        .replace("<string:question>", "going_well")
        for rule in product.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and not rule.rule.startswith(("/staff", "/inspect"))
    )
    addresses = [address.replace("<uuid:tablet_id>", str(uuid.UUID(int=0))) for address in addresses]
    addresses = [address for address in addresses if "<" not in address]
    statuses: dict[int, int] = {}

    @given(st.sampled_from(addresses), KINDS, st.binary(max_size=2000) | ODD.map(lambda text: text.encode()))
    @FEWER
    def post(address: str, kind: str, body: bytes) -> None:
        client = FlaskClient(product)
        client.post("/larkmoor/surveys/your-voice/start", headers=HERE)
        answer = client.post(address, data=body, content_type=kind, headers=HERE)
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        assert answer.status_code < 500, address

    post()
    say(f"N15: {sum(statuses.values())} bodies to {len(addresses)} addresses: {dict(sorted(statuses.items()))}")
