"""Numbers and dates on a tablet without a network: what cannot be read is asked again, as the site asks it (F9)."""

import itertools
import uuid

import pytest
from playwright.sync_api import Page, expect

from engage import paths
from engage.core import clock, database
from engage.listening.kiosk import offline, service
from engage.rules.questionnaire.answers import Mistake
from tests.factories.surveys import open_as_it_is, ready_made
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible

pytestmark = pytest.mark.browser
READ = (paths.static() / "src" / "js" / "typed.js").read_text(encoding="utf-8").replace("export ", "")
NUMBERS = (
    "", " ", "7", "07", "٧", "۷", "९", "৯", "７", "1,5", "1.5", "3٫5", "7.0", "7,00", "-1", "−3", "24", "25", "1,000",
    "seven", "7 hours", "1 000", "1e1", "+7", "9" * 21, "0.0000000000000000001", ".", "7.", "½", "²", "24.0",
)  # fmt: skip
DAYS, MONTHS, YEARS = ("27", "31", "0", "٢٧", "first", ""), ("3", "02", "March", "mai", "13", "२", ""), (
    "2026", "26", "1066", "2050", "02026", "٢٠٢٦", "",
)  # fmt: skip


def test_the_twin_reads_what_people_type_as_the_rules_do(window: Page) -> None:
    """Every answer and every complaint, in figures of several scripts: the same band, or the same message."""
    rows, wanted = [], []
    for name in ("number", "date"):
        definition = ready_made(f"examples/{name}")
        for question, step in zip(definition.questions, offline.routing(definition), strict=True):
            boxes = list(question.boxes)
            choices = [NUMBERS] if len(boxes) == 1 else [DAYS, MONTHS, YEARS][3 - len(boxes) :]
            for typed in itertools.product(*choices):
                form = {box: [words] for box, words in zip(boxes, typed, strict=True)}
                rows.append({"step": step, "form": form})
                read = question.parse(form) if any(words.strip() for words in typed) else {}
                wanted.append({"wrong": read.key} if isinstance(read, Mistake) else {"value": read.get("value")})
    assert len(rows) > 300
    said = window.evaluate(
        f"rows => {{ {READ} return rows.map(one => readTyped(one.step, one.form)).map(one =>"
        " one.wrong ? {wrong: one.wrong} : {value: one.value ?? null}); }",
        rows,
    )
    differing = [
        (row["form"], here, there) for row, here, there in zip(rows, said, wanted, strict=True) if here != there
    ]
    assert differing == []


def test_f9_a_number_that_cannot_be_read_is_asked_again_before_it_is_sent(window: Page, live: Live) -> None:
    page = window
    open_as_it_is(live.app, live.partnership, ready_made("examples/number"), "number")
    with within(live.app, live.partnership):
        found: uuid.UUID = service.set_up("number", "Hall", clock.in_days(3), works_offline=True)
        database.end_write(commit=True)
    page.goto(f"{live}/larkmoor/tablet/{found}")
    page.wait_for_selector("html[data-ready=yes]")
    stage = page.locator("#stage")
    for _ in range(2):
        stage.get_by_role("button", name="Start", exact=True).click()
    for typed, said in (
        ("eight", "Write a number in figures, such as 12"),
        ("7.5", "Write a whole number, such as 12"),
        ("240", "Write a number that is 24 or less"),
    ):
        stage.get_by_role("textbox").fill(typed)
        stage.get_by_role("button", name="Continue").click()
        expect(stage.get_by_role("alert")).to_have_text(said)
        expect(stage.get_by_role("textbox")).to_have_value(typed)
    assert_accessible(page)
    stage.get_by_role("textbox").fill("٨")
    stage.get_by_role("button", name="Continue").click()
    expect(stage.get_by_role("alert")).to_have_count(0)
