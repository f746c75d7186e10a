"""What a report rests on: published numbers and released words, whatever else lies in the database (D1)."""

import ast
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from engage.assurance.reports import service
from engage.assurance.reports.blocks import from_data, to_data
from engage.assurance.reports.content import compose, document_of
from engage.core.transaction import transaction
from tests.conventions.tree import tracked
from tests.support.apps import within
from tests.support.queries import count_queries
from tests.support.reports import found, freeze_results, report, said, texts_in
from tests.support.themes import theme

# Whatever counts people, opens a comment or reads an answer.
FORBIDDEN = {
    "stored_answers", "count_version", "count_responses", "people_by_theme", "frozen_counts", "frozen_number",
    "latest_row", "texts", "open_text", "open_texts", "open_original", "read_voices",
}  # fmt: skip
FORBIDDEN_MODULES = ("engage.voices", "engage.safeguarding", "engage.understanding.releases.snapshot")

# How long words and flags are kept says nothing of what is in them; which matters are kept apart is asked so that
# nothing of them is shown.
HARMLESS = {("engage.safeguarding", frozenset({name})) for name in ("keeping", "queries_apart")}


def used_in(source: str) -> set[str]:
    """What a module imports, and what it calls of other modules, of all that assurance must not use."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            names = {one.name for one in node.names}
            module = node.module or ""
            others = module if module.endswith(".models") and "assurance" not in module else ""
            found |= (names & FORBIDDEN) | {others}
            if (module, frozenset(names)) not in HARMLESS:
                found |= {module for one in FORBIDDEN_MODULES if module.startswith(one)}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            on_a_form = isinstance(node.func.value, ast.Name) and node.func.value.id in {"form", "self"}
            found |= set() if on_a_form else {node.func.attr} & FORBIDDEN
    return found - {""}


def test_d1_assurance_uses_nothing_that_counts_people_or_opens_words() -> None:
    paths = tracked((".py",), "engage/assurance")
    assert len(paths) > 10
    assert {path.name: used for path in paths if (used := used_in(path.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    "line",
    [
        "from engage.listening.surveys.models import Response",
        "from engage.voices import queries",
        "from engage.voices.queries import VoiceRow",
        "from engage.listening.surveys.queries_closed import count_version",
        "surveys.count_responses(survey_id)",
        "voices.texts([])",
        "themes.people_by_theme()",
    ],
)
def test_d1_the_check_sees_what_it_looks_for(line: str) -> None:
    assert used_in(line)


def test_d1_no_true_count_is_in_it(app: Flask, partnership: uuid.UUID, ana: uuid.UUID, tmp_path: Path) -> None:
    freeze_results(app, partnership, tmp_path, "your-voice", 63)
    row = report(app, partnership, ana, texts={})
    with within(app, partnership):
        content = compose(row, "en")
    numbers = {number for text in texts_in(content["sections"]) for number in re.findall(r"\d+", text)}
    assert "65" in numbers
    assert "63" not in numbers
    assert content["releases"][0]["base"] == 65


def test_a_draft_says_so_in_the_document_and_a_frozen_one_carries_its_hash(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    row = report(app, partnership, ana)
    with within(app, partnership):
        draft = document_of(compose(row, "en"), None)
    assert "Draft" in getattr(draft.blocks[0], "text", "")
    with within(app, partnership), transaction():
        sha256 = service.freeze_report(row.id, ana, "en")
    with within(app, partnership):
        kept = whole(row.id)
        frozen = document_of(kept, sha256)
        assert document_of(kept, sha256) == frozen
    assert dict(frozen.facts)["Fingerprint"].replace(" ", "").endswith(sha256)
    assert "Draft" not in str(frozen.blocks)
    assert from_data(to_data(frozen.blocks)) == frozen.blocks


def whole(report_id: uuid.UUID) -> dict[str, Any]:
    content = found(report_id).content
    assert content is not None
    return content


def test_a_report_without_anything_says_so(app: Flask, partnership: uuid.UUID) -> None:
    row = report(app, partnership, None, texts={})
    with within(app, partnership):
        content = compose(row, "en")
    assert "No released results were chosen for this report." in said(content, "data")
    assert said(content, "quality").endswith("Nothing has been written here.")
    assert "Children and young people: no results are in this report." in said(content, "gaps")
    assert ["Started by", "Command line"] in content["facts"]


def test_it_asks_the_database_as_often_for_twenty_themes_as_for_one(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    made = [theme(app, partnership, f"Theme {number}") for number in range(20)]
    asked = []
    for some in (made[:1], made):
        row = report(app, partnership, ana, themes=some)
        with count_queries(app) as counted, within(app, partnership):
            compose(row, "en")
        asked.append(len(counted))
    assert asked[0] == asked[1]
