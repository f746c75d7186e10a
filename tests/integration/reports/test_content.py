"""What stands in a report: seven sections, every number from a release, what is hidden and why (D1, S 57 to 64)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask

from engage.assurance.reports.content import compose
from engage.core import database
from engage.people import service as people
from engage.people.kinds import Role
from engage.understanding.releases import queries as releases
from tests.support.apps import empty, within
from tests.support.people import staff
from tests.support.reports import TEXTS, evidence, report, said, section, texts_in

# Made once a database, so all of these run in one place.
pytestmark = pytest.mark.one_database
SURVEYS = ("your-voice", "staff-voice", "parents-carers")


@dataclass(frozen=True)
class Reported:
    """A report's content, and what the releases it rests on show."""

    content: dict[str, Any]
    shown: dict[str, dict[str, Any]]
    unsaid: dict[str, Any]  # its content where nobody says of which period it is


@pytest.fixture(scope="module")
def reported(any_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reported]:
    """One report on everything, made once for every test that only looks at it."""
    with any_app.app_context():
        made = people.add_partnership("larkmoor", "Larkmoor Safeguarding Children Partnership", "Larkmoor", ["en"])
        database.end_write(commit=True)
    staff(any_app, made, "reader", Role.RESPONDER)
    ana = staff(any_app, made, "ana", Role.ANALYST)
    evidence(any_app, made, tmp_path_factory.mktemp("reported"), ana)
    row = report(any_app, made, ana)
    with within(any_app, made):
        shown = {slug: releases.show(slug) or {} for slug in SURVEYS}
        unsaid = replace(row, texts={**row.texts, "period": ""})
        found = Reported(compose(row, "en"), shown, compose(unsaid, "en"))
    yield found
    with any_app.app_context():
        empty(any_app)


@pytest.fixture
def content(reported: Reported) -> dict[str, Any]:
    return reported.content


def test_the_seven_sections_stand_in_the_order_a_board_reads_them(content: dict[str, Any]) -> None:
    assert [part["title"] for part in content["sections"]] == [
        "1. What do we know? What does the data tell us?",
        "2. What does the quality assurance tell us?",
        "3. What do front line practitioners tell us?",
        "4. What is the voice of the child telling us?",
        "5. Gaps in knowledge, and how we can fill them",
        "6. Areas for development",
        "7. Next steps and actions for partners",
    ]
    table = section(content, "data")[2]
    assert (table["kind"], table["header"]) == ("table", ["Reference", "Indicator", "Headline"])
    assert table["rows"][0] == ["CLA 12", "Children who changed social worker", "41 of 312"]
    assert section(content, "quality") == [{"kind": "paragraph", "text": "Twelve case files were audited in June."}]
    concerns = ["Caseloads are too high", "Thresholds differ"]
    assert {"kind": "bullets", "items": concerns} in section(content, "practitioners")
    [actions] = section(content, "actions")
    assert actions["rows"] == [
        ["Police", "Ring back within two days", "March 2027"],
        ["Health", "Share the clinic list", ""],
    ]


def test_each_voice_stands_in_its_own_section(content: dict[str, Any]) -> None:
    assert "Staff voice, release 1" in said(content, "practitioners")
    assert "Caseloads\nAbout 15 people who work with children" in said(content, "practitioners")
    assert "Your voice" not in said(content, "practitioners")
    children = said(content, "children")
    assert "How safe do you feel at home?" in children
    assert "Told late that a worker changes\nAbout 25 children and young people" in children
    assert "The Corner drop-in\n5 stars" in children
    assert "Caseloads\n" not in children
    kinds = {block["kind"] for block in section(content, "children")}
    assert {"chart", "table"} <= kinds
    assert "Parents and carers, release 1" in said(content, "data")
    assert "Ring back within two days, also when there is no news." in said(content, "development")


def test_only_released_words_are_quoted_each_under_its_theme(reported: Reported) -> None:
    children, practitioners = (section(reported.content, key) for key in ("children", "practitioners"))
    said_by = {"kind": "quote", "text": "I was told on the day", "source": "A child or young person", "language": "en"}
    assert children[children.index(said_by) - 1]["text"] == "Told late that a worker changes"
    assert "I see each child too seldom" in said(reported.content, "practitioners")
    assert said_by not in practitioners
    assert not [text for text in texts_in(reported.content) if "Nobody has released this" in text or "person 1" in text]


def test_what_was_answered_stands_with_what_was_not_and_why(content: dict[str, Any]) -> None:
    [answers] = [one for one in section(content, "children") if one.get("caption") == "Published answers"]
    found = {row[1]: row[2] for row in answers["rows"]}
    assert found == {
        "We did it": "A letter goes out two weeks before.",
        "We did not do it": "We did not do this, because there is not enough money.\n"
        "A night bus costs more than we have.\nWhat we will do: We ask again next year.",
    }
    [owed] = [one for one in section(content, "development") if one["kind"] == "bullets"][1:]
    assert owed["items"] == ["Caseloads", "Nobody rings back"]


def test_what_is_hidden_is_said_with_its_reason_and_so_is_who_was_not_heard(content: dict[str, Any]) -> None:
    gaps = said(content, "gaps")
    assert "Some numbers are hidden: fewer than 10 people, or nobody." in gaps
    assert "Some numbers are hidden: fewer than 11 people, or nobody." in gaps
    assert "Buses at night: too few people, or nobody, to give a number." in gaps


def test_a_period_of_one_day_is_named_once(reported: Reported) -> None:
    [period] = [value for label, value in reported.unsaid["facts"] if label == "Period"]
    assert re.fullmatch(r"Results frozen on \d+ \w+ \d{4}", period)


def test_facts_name_the_sources(content: dict[str, Any]) -> None:
    facts = [tuple(fact) for fact in content["facts"]]
    assert ("Partnership", "Larkmoor Safeguarding Children Partnership") in facts
    assert ("Period", TEXTS["period"]) in facts
    assert ("Started by", "Ana") in facts
    [child] = [value for label, value in facts if label == "Your voice, release 1"]
    assert child.startswith("About 60 children and young people.")
    assert "fewer than 10 are hidden" in child
    hashes = {value.removeprefix("SHA-256: ").replace(" ", "") for _, value in facts if value.startswith("SHA-256")}
    assert hashes == {cited[name] for cited in content["releases"] for name in ("sha256", "version_sha256")}


def test_d1_every_number_is_one_that_a_release_shows(reported: Reported) -> None:
    content = reported.content
    for cited in content["releases"]:
        whole = reported.shown[cited["survey"]]
        assert [table for table in whole["tables"] if not table["filters"]] == cited["tables"]
    tables = [table for cited in content["releases"] for table in cited["tables"]]
    counts = {cell["count"] for table in tables for cell in table["cells"]} | {table["base"] for table in tables}
    bars = {
        value
        for part in content["sections"]
        for one in part["blocks"]
        if one["kind"] == "chart"
        for _, value in one["bars"]
    }
    assert bars <= counts
    rounded = {int(number) for text in texts_in(content["sections"]) for number in re.findall(r"[Aa]bout (\d+)", text)}
    themes = {25, 15}
    assert rounded - themes <= counts | {60, 45, 25}
    assert all(number >= 10 and number % 5 == 0 for number in rounded)
    shares = {
        round(100 * cell["count"] / table["base"])
        for table in tables
        for cell in table["cells"]
        if cell["count"] is not None and table["base"]
    }
    percents = {int(number) for text in texts_in(content["sections"]) for number in re.findall(r"(\d+)%", text)}
    assert percents
    assert percents <= {min(100, share) for share in shares}
