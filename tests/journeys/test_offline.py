"""A tablet without a network, in a real browser: answered there, closed, sent once, and nothing left on it (F9)."""

import json
import random
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from engage import paths
from engage.core import clock, database
from engage.core.database import db
from engage.listening.kiosk import offline, service
from engage.listening.surveys.models import Response
from engage.rules.questionnaire.answers import Answer
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load
from engage.rules.questionnaire.path import path_for
from tests.factories.surveys import open_survey
from tests.support.answering import ANSWERS
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_easy_to_hit, assert_fits, pass_time
from tests.support.visits import fill
from tests.unit.questionnaire.samples import of_the_table

pytestmark = pytest.mark.browser

WALK = "\n".join(
    line
    for name in ("chosen", "walk")
    for line in (paths.static() / "src" / "js" / f"{name}.js").read_text(encoding="utf-8").splitlines()
    if not line.startswith("import ")
).replace("export ", "")
SHOW = """name => document.querySelector("#stage").replaceChildren(
    document.querySelector(`template[data-screen="${name}"]`).content.cloneNode(true))"""
LOSE = """() => { window.real = fetch; window.tried = 0;
    window.fetch = async (...it) => { await real(...it); tried += it[1]?.method === 'POST'; throw 'lost'; }; }"""
HANG = """() => { window.real = fetch; window.fail = null;
    const hang = () => new Promise((_, no) => { window.fail = no; });
    window.fetch = (...it) => it[1]?.method === 'POST' ? hang() : real(...it); }"""
FAIL_AT_ONE = """() => { window.real = fetch; let bad = null; let many = 0;
    crypto.randomUUID = () => String(many++);
    window.fetch = async (...it) => {
        if (it[1]?.method !== 'POST') return real(...it);
        const box = await new Response(it[1].body).text();
        bad ??= box;
        return box === bad ? new Response('', { status: 500 }) : real(...it); }; }"""
CASES = json.loads((paths.surveys() / "operators.json").read_text(encoding="utf-8"))


@pytest.fixture
def tablet(live: Live) -> str:
    open_survey(live.app, live.partnership)
    with within(live.app, live.partnership):
        found: uuid.UUID = service.set_up("your-voice", "Hall", clock.in_days(3), works_offline=True)
        database.end_write(commit=True)
    return f"{live}/larkmoor/tablet/{found}"


def open_tablet(page: Page, tablet: str) -> None:
    page.goto(tablet)
    page.wait_for_selector("html[data-ready=yes]")


def do(page: Page, name: str) -> None:
    page.locator("#stage").get_by_role("button", name=name, exact=True).click()


def answer_all(page: Page) -> None:
    do(page, "Start")
    do(page, "Start")
    while page.locator("#stage form").count():
        question = page.locator("#stage form").get_attribute("data-question")
        assert question
        fill(page, ANSWERS[question] if question != "how" else {})
        do(page, "Continue")
    do(page, "Send my answers")
    page.get_by_role("heading", name="Thank you").wait_for()


def stored(live: Live) -> list[Any]:
    with within(live.app, live.partnership):
        return list(db.session.execute(sa.select(Response.answers, Response.channel)).all())


def boxes(page: Page) -> int:
    count: int = page.evaluate(
        """async () => { const name = `engage-${location.pathname.split('/')[3]}`; const open = indexedDB.open(name, 1);
        const base = await new Promise(done => { open.onsuccess = () => done(open.result);
            open.onupgradeneeded = () => open.result.createObjectStore('boxes'); });
        const asked = base.transaction('boxes').objectStore('boxes').count();
        return new Promise(done => { asked.onsuccess = () => { base.close(); done(asked.result); }; }); }"""
    )
    return count


def test_f9_two_people_without_a_network_are_heard_once_each(window: Page, live: Live, tablet: str) -> None:
    page = window
    open_tablet(page, tablet)
    page.context.set_offline(True)
    try:
        page.reload()
        page.wait_for_selector("html[data-ready=yes]")
        answer_all(page)
        expect(page.locator("#stage").get_by_text("purple swing")).to_have_count(0)
        do(page, "Finish")
        answer_all(page)
        do(page, "Finish")
        assert boxes(page) == 2
        assert "2" in page.locator("[data-waiting]").inner_text()
        assert stored(live) == []
    finally:
        page.context.set_offline(False)
    page.get_by_text("No answers wait on this tablet.").wait_for()
    assert boxes(page) == 0
    assert [channel for _, channel in stored(live)] == ["kiosk", "kiosk"]
    assert all(answers["safe_home"] == {"value": "4"} for answers, _ in stored(live))
    do(page, "Send what waits")
    assert len(stored(live)) == 2


def test_f9_nothing_readable_lies_on_the_tablet_and_at_the_end_nothing_at_all(
    window: Page, live: Live, tablet: str
) -> None:
    """ASVS 14.3.3: what waits is closed; when the tablet is done, shelf, pages and worker are gone."""
    page = window
    open_tablet(page, tablet)
    page.route("**/answers", lambda route: route.abort())
    answer_all(page)
    do(page, "Finish")
    raw = page.evaluate(
        """async () => { const name = `engage-${location.pathname.split('/')[3]}`; const open = indexedDB.open(name, 1);
        const base = await new Promise(done => { open.onsuccess = () => done(open.result); });
        const asked = base.transaction('boxes').objectStore('boxes').getAll();
        const read = () => asked.result.map(one => String.fromCharCode(...one));
        return new Promise(done => { asked.onsuccess = () => { base.close(); done(read()); }; }); }"""
    )
    assert len(raw) == 1
    assert "swing" not in raw[0]
    assert "safe_home" not in raw[0]
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0
    page.unroute("**/answers")
    do(page, "Send what waits")
    page.get_by_text("No answers wait on this tablet.").wait_for()
    expect(page.get_by_role("button", name="Finish with this tablet")).to_be_hidden()  # nobody in the room ends it
    with within(live.app, live.partnership):
        service.take_away(uuid.UUID(tablet.rsplit("/", 1)[1]))
        database.end_write(commit=True)
    do(page, "Send what waits")
    expect(page.get_by_text("Nobody is asking on it any more.")).to_be_visible()
    expect(page.get_by_text("Press Start")).to_be_hidden()  # there is no such button any more
    do(page, "Finish with this tablet")
    page.wait_for_url("**/larkmoor/")
    left = page.evaluate(
        """async () => [...await caches.keys(), ...(await indexedDB.databases()).map(one => one.name),
        ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope)]"""
    )
    assert [name for name in left if tablet.rsplit("/", 1)[1] in name] == []


def test_f9_an_answer_that_gets_lost_on_the_way_back_is_sent_again_and_stored_once(
    window: Page, live: Live, tablet: str
) -> None:
    page = window
    open_tablet(page, tablet)
    page.evaluate(LOSE)
    answer_all(page)
    do(page, "Finish")
    for _ in range(50):  # the page's policy forbids what waiting for a script's value would need
        if page.evaluate("window.tried"):
            break
        page.wait_for_timeout(100)
    assert boxes(page) == 1
    assert len(stored(live)) == 1
    page.evaluate("() => { window.fetch = real; }")
    do(page, "Send what waits")
    page.get_by_text("No answers wait on this tablet.").wait_for()
    assert len(stored(live)) == 1


def test_f9_whoever_asks_again_while_a_sending_hangs_is_heard_when_it_ends(
    window: Page, live: Live, tablet: str
) -> None:
    page = window
    open_tablet(page, tablet)
    page.evaluate(HANG)
    answer_all(page)
    do(page, "Finish")
    expect(page.locator("[data-waiting]")).to_contain_text("1")
    do(page, "Send what waits")
    page.evaluate("() => { window.fetch = real; fail('lost'); }")
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    assert len(stored(live)) == 1


def test_f9_what_waits_is_tried_again_though_nobody_presses_anything(window: Page, live: Live, tablet: str) -> None:
    """A network that cannot be used yet, or comes back without a word: ever less often, until it is sent."""
    page = window
    page.clock.install()
    open_tablet(page, tablet)
    page.route("**/answers", lambda route: route.abort())
    answer_all(page)
    do(page, "Finish")
    expect(page.locator("[data-waiting]")).to_contain_text("1")
    with page.expect_request("**/answers"):
        pass_time(page, 5)
    page.unroute("**/answers")
    pass_time(page, 20)
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    assert len(stored(live)) == 1


def test_a_tablet_left_in_the_middle_clears_itself(window: Page, tablet: str) -> None:
    """A19: nobody comes to another child's open question; on the start page it asks nothing."""
    page = window
    page.clock.install()
    open_tablet(page, tablet)
    pass_time(page, 200)
    asks = page.get_by_role("alertdialog")
    expect(asks).not_to_be_visible()
    do(page, "Start")
    do(page, "Start")
    page.get_by_label("Mostly safe").check()
    pass_time(page, 151)
    expect(asks).to_be_visible()
    pass_time(page, 31)
    page.locator("#stage[data-screen=start]").wait_for()
    do(page, "Start")
    do(page, "Start")
    expect(page.get_by_label("Mostly safe")).not_to_be_checked()


def test_a1_a8_a9_every_screen(window: Page, tablet: str) -> None:
    page = window
    open_tablet(page, tablet)
    for name in page.evaluate(
        "() => [...document.querySelectorAll('template[data-screen]')].map(one => one.dataset.screen)"
    ):
        page.evaluate(SHOW, name)
        assert_fits(page)
        if not name.startswith("q-") or name in {"q-safe_home", "q-tell", "q-going_well"}:
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            assert_accessible(page)
            assert_easy_to_hit(page)
    page.evaluate(SHOW, "q-going_well")
    page.get_by_role("textbox").fill("x" * 2100)
    do(page, "Continue")
    expect(page.get_by_role("alert")).to_have_text("Write at most 2000 letters. You have written 100 too many")
    assert_accessible(page)


def test_the_twin_is_held_to_the_table_of_cases(window: Page) -> None:
    """The table that the rules are held to: every operator, and every walk that a tablet can go by itself."""
    conditions = CASES["conditions"]
    said = window.evaluate(
        f"cases => {{ {WALK} return cases.map(one => holds(one.condition, one.answers)); }}", conditions
    )
    assert said == [case["holds"] for case in conditions]
    definitions = [(of_the_table(walk), walk["cases"]) for walk in CASES["walks"]]
    assert [offline.hindrances(found) for found, _ in definitions] == [()] * len(definitions)
    rows = [
        {**case, "steps": _ordered(offline.routing(found), case.get("order"))}
        for found, cases in definitions
        for case in cases
    ]
    walked = window.evaluate(f"rows => {{ {WALK} return rows.map(one => walk(one.steps, one.answers)); }}", rows)
    assert [path["ids"] for path in walked] == [row["path"] for row in rows]
    for path, row in zip(walked, rows, strict=True):
        if "end" in row:
            ended = path["end"] and ("nothing kept" if path["end"]["nothing_kept"] else "sent")
            assert ended == row["end"], row["answers"]
        if "sent" in row:
            assert sorted(path["kept"]) == sorted(row["sent"]), row["answers"]


def _ordered(steps: list[dict[str, Any]], order: list[str] | None) -> list[dict[str, Any]]:
    return steps if order is None else sorted(steps, key=lambda step: order.index(step["id"]))


def test_the_twin_walks_as_the_rules_do(window: Page) -> None:
    """Every ready survey that a tablet can ask, a dozen sets of answers each: the same questions in the same order."""
    chance = random.Random(20261122)
    rows: list[dict[str, Any]] = []
    for file in [*paths.surveys().glob("*.yaml"), *(paths.surveys() / "examples").glob("*.yaml")]:
        definition = load(file.read_text(encoding="utf-8"), file.name)
        if not offline.hindrances(definition):
            rows += [_row(definition, chance) for _ in range(12)]
    assert len(rows) > 100
    said = window.evaluate(f"rows => {{ {WALK} return rows.map(one => walk(one.steps, one.answers).ids); }}", rows)
    assert said == [row["ids"] for row in rows]


def _row(definition: Definition, chance: random.Random) -> dict[str, Any]:
    answers: dict[str, Answer] = {}
    for question in definition.questions:
        ids = [option.id for option in question.options() or ()]
        many = any(column.is_multiple for column in question.columns())
        chosen: Answer = (
            {"values": chance.sample(ids, 1)}
            if many and ids
            else {"value": chance.choice(ids)}
            if ids
            else {"text": "x"}
        )
        answers[question.id] = chance.choice([chosen, chosen, chosen, {"skipped": True}])
        if chance.random() < 0.1:
            del answers[question.id]
    return {"steps": offline.routing(definition), "answers": answers, "ids": list(path_for(definition, answers).ids)}


def test_s7_one_box_that_the_site_fails_at_holds_up_no_other(window: Page, live: Live, tablet: str) -> None:
    """It waits for another try; whoever answered after it is heard today."""
    page = window
    open_tablet(page, tablet)
    page.evaluate(FAIL_AT_ONE)
    for _ in range(2):
        answer_all(page)
        do(page, "Finish")
    expect(page.get_by_text("Answers that wait on this tablet for a network: 1")).to_be_visible()
    assert len(stored(live)) == 1
    page.evaluate("() => { window.fetch = window.real; }")
    page.evaluate("dispatchEvent(new Event('online')) && null")
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    assert len(stored(live)) == 2
