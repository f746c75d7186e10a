"""C3: every claim has tests that exist and run, pages show only what is proven, and the list of claims says how."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask

from engage import paths
from engage.rules.questionnaire.checks.promises import BANNED
from engage.web import claims
from engage.web.claims import CLAIMS, Claim, Place
from tests.conventions.tree import ROOT, name_of, tracked
from tests.support.proving import record

CODES = [f"N{number}" for number in range(1, 17)]
# Pages that people who are not signed in may see, by folder.
ANONYMOUS = ("surveys", "desk", "kiosk", "casework", "errors", "web", "you_said", "layouts")
FOLDERS = re.compile(r"templates/(\w+)/")


def functions_in(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_c3_every_claim_has_tests_that_run(claim: Claim) -> None:
    assert claim.tests
    for test in claim.tests:
        file, name = test.split("::")
        function = functions_in(ROOT / file).get(name)
        assert function is not None, test
        left_out = [ast.unparse(each) for each in function.decorator_list if re.search("skip|xfail", ast.unparse(each))]
        assert left_out == [], test


def test_c3_the_record_that_is_shipped_proves_every_claim() -> None:
    """Run `python -m pytest --prove` with the tests of a new claim, or `make test`, and keep the record it writes."""
    assert [claim.id for claim in CLAIMS if claim.digest not in claims.proven()] == []
    assert len({claim.id for claim in CLAIMS}) == len(CLAIMS)


def test_c3_a_red_or_absent_or_skipped_test_takes_its_claim_off() -> None:
    green = {test: {"passed"} for claim in CLAIMS for test in claim.tests}
    whole = record({}, green)
    assert set(whole) == {claim.id for claim in CLAIMS}
    first = CLAIMS[0]
    for ends in ({"failed"}, {"passed", "failed"}, {"skipped"}):
        assert first.id not in record(whole, green | {first.tests[0]: ends})
    assert record(whole, {}) == whole, "a run of other tests changes nothing"
    assert first.id not in record({}, {test: {"passed"} for test in first.tests[1:]})
    assert first.id not in record({first.id: "of other words"}, {})


def test_c3_what_is_not_proven_is_not_said() -> None:
    app = Flask("pages")
    with app.test_request_context():
        everything = {claim.digest for claim in CLAIMS}
        first = next(claim for claim in CLAIMS if claim.place is Place.ANSWERS)
        # Without languages of its own, an app says every sentence as it is written.
        assert first.words in _said(Place.ANSWERS, everything)
        assert first.words not in _said(Place.ANSWERS, everything - {first.digest})
        assert _said(Place.COOKIES, set()) == []


def _said(place: Place, record: set[str]) -> list[str]:
    return [claim.words for claim in CLAIMS if claim.place == place and claim.digest in record]


def test_c3_pages_say_claims_from_the_table_alone() -> None:
    """No sentence of the table stands in a template, where nothing would take it off."""
    written = {name_of(path): path.read_text(encoding="utf-8") for path in tracked((".html",), "templates")}
    assert [
        f"{claim.id} in {name}"
        for name, text in written.items()
        for claim in CLAIMS
        if claim.words in text and claim.place is not Place.INTRO
    ] == []
    assert all(f"claims('{place}')" in "".join(written.values()) for place in Place)


def test_c3_the_list_of_promises_is_the_table() -> None:
    text = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
    for claim in CLAIMS:
        row = next((line for line in text.splitlines() if line.startswith(f"| `{claim.id}` |")), "")
        assert claim.words in row, claim.id
        for test in claim.tests:
            assert test.split("::")[1] in row, f"{claim.id}: {test}"


@pytest.mark.parametrize("code", CODES)
def test_every_rule_of_the_anonymous_channel_has_its_test(code: str) -> None:
    """N1 to N16: at least one test carries the code in its name, and the list of promises names the rule."""
    named = re.compile(rf"def test_(\w+_)?{code.lower()}_")
    assert any(named.search(path.read_text(encoding="utf-8")) for path in tracked((".py",), "tests"))
    assert f"| {code} |" in (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")


def _pages() -> dict[str, str]:
    found = {}
    for path in tracked((".html",), "templates"):
        folder = FOLDERS.search(name_of(path))
        if folder and folder.group(1) in ANONYMOUS:
            found[name_of(path)] = path.read_text(encoding="utf-8").lower()
    return found


def test_c2_no_page_promises_what_nobody_can_keep() -> None:
    """Templates and claims of the anonymous flows; the gate asks the same of surveys (see test_checks)."""
    said = _pages() | {claim.id: claim.words.lower() for claim in CLAIMS}
    said["messages.pot"] = (paths.translations() / "messages.pot").read_text(encoding="utf-8").lower()
    assert len(said) > 40
    assert [f"{phrase} in {name}" for name, text in said.items() for phrase in BANNED if phrase in text] == []


def test_c2_no_survey_that_comes_along_does_either() -> None:
    written = {path.name: path.read_text(encoding="utf-8").lower() for path in sorted(paths.surveys().rglob("*.yaml"))}
    assert len(written) > 40
    assert [f"{phrase} in {name}" for name, text in written.items() for phrase in BANNED if phrase in text] == []
