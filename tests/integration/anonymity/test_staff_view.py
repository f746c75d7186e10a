"""N10, N11: what staff can narrow, count, search or take out of anonymous feedback is never finer than a release."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from engage.core.database import Base
from engage.people.kinds import Role
from engage.understanding.themes import filters
from engage.voices.kinds import Concern
from tests.factories.responses import add_responses
from tests.factories.surveys import open_survey, ready_made
from tests.integration.test_every_route import address, rules
from tests.support.client import PageClient
from tests.support.people import sign_in, staff
from tests.support.reports import freeze_results
from tests.support.voices import say

# What may stand beside words: nothing that was asked about the person. A column more needs a reason here.
BESIDE_WORDS = {
    "id", "partnership_id", "channel", "audience", "origin_kind", "origin_id", "source_key", "question_key", "language",
    "week", "text_sealed", "concern", "concern_order", "categories", "reader_id", "read_on", "is_wordless",
    "is_taken_back", "is_handed_on",
}  # fmt: skip
NARROWING = {"show", "channel", "source", "group", "theme"}
MARK = "kestrel of the reading list"


def test_n10_nothing_about_the_person_stands_beside_their_words(app: Flask) -> None:
    """No filter can be built on what is not there: background answers are in responses, which no page of words asks."""
    columns = {column.name for column in Base.metadata.tables["voice"].columns}
    assert columns <= BESIDE_WORDS, columns - BESIDE_WORDS
    assert set(filters.NAMES) == NARROWING


@pytest.fixture
def results(app: Flask, partnership: uuid.UUID, tmp_path: Path, client: PageClient) -> PageClient:
    """Sixty answers, frozen, and an analyst."""
    freeze_results(app, partnership, tmp_path, "your-voice", 60)
    staff(app, partnership, "anna", Role.ANALYST)
    sign_in(client, "anna")
    return client


def test_n10_no_address_narrows_results_below_the_rules(results: PageClient) -> None:
    """The page of results, asked for each option of each question with one answer by itself, and for the first option
    of all of them together: wherever there is a page, no cell of a table says one to nine."""
    definition = ready_made("your-voice")
    asked = [question for question in definition.questions if question.options() and question.kind == "single"]
    chosen = {question.id: [option.id for option in question.options() or ()] for question in asked}
    first = {name: options[0] for name, options in chosen.items()}
    tried = 0
    for narrowed in [*({name: one} for name, options in chosen.items() for one in options), first]:
        query = "&".join(f"{name}={value}" for name, value in narrowed.items())
        page = results.get(f"/staff/results/your-voice?{query}")
        assert page.status_code in {200, 303, 400, 404}
        if page.status_code == 200:
            tried += 1
            assert list(small_counts(page.get_data(as_text=True))) == [], query
    assert tried > 5


def small_counts(text: str) -> Iterator[str]:
    """Cells of a table that say one to nine."""
    for cell in re.findall(r"<td[^>]*>\s*([^<]*?)\s*</td>", text):
        if re.fullmatch(r"[1-9]( %)?", cell):
            yield cell


def test_n10_an_analyst_sees_no_word_that_nobody_read(app: Flask, partnership: uuid.UUID, results: PageClient) -> None:
    say(app, partnership, MARK, concern=Concern.RED)
    seen = []
    for rule in rules(app):
        if "GET" in (rule.methods or ()) and rule.rule.startswith("/staff/") and "uuid" not in rule.rule:
            page = results.get(f"{address(rule)}?q=kestrel&show=all")
            if MARK.encode() in page.data:
                seen.append(rule.rule)
    assert seen == []


PAGES_OF_WORDS = re.compile(r"/staff/(safeguarding|themes|cases|results|reports|surveys|people|inspections)")


@pytest.mark.one_database
@pytest.mark.parametrize("role", list(Role))
def test_n11_lists_counts_searches_files_and_errors_know_no_more_than_the_page(
    app: Flask, partnership: uuid.UUID, client: PageClient, role: Role
) -> None:
    """Role by route: words that wait for a reader are in no list, search, export, audit page or error of anybody."""
    open_survey(app, partnership)
    add_responses(app, partnership, "your-voice", 12)
    say(app, partnership, MARK, concern=Concern.RED)
    staff(app, partnership, "sam", role)
    sign_in(client, "sam")
    seen, looked = [], 0
    for rule in rules(app):
        if "GET" in (rule.methods or ()) and PAGES_OF_WORDS.match(rule.rule):
            for query in ("", f"?q={MARK[:7]}&source=your-voice&show=all&state=open&page=-1"):
                page = client.get(address(rule) + query)
                looked += 1
                assert page.status_code < 500
                seen += [rule.rule] if MARK.encode() in page.data else []
    assert looked > 20
    assert seen == []
