"""Lines, orders, parts of the body and options brought along on a tablet without a network, as on the site (F9)."""

import itertools
import random
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from engage import paths
from engage.core import clock, database
from engage.core.database import db
from engage.listening.kiosk import offline, service
from engage.listening.surveys.models import Response
from engage.rules.questionnaire.answers import Answer, Mistake
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.path import path_for
from tests.factories.surveys import open_as_it_is, ready_made
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_easy_to_hit, assert_fits
from tests.unit.questionnaire.samples import option, sample, words

pytestmark = pytest.mark.browser
_JS = paths.static() / "src" / "js"
TWIN = "\n".join(
    line
    for name in ("chosen", "walk")
    for line in (_JS / f"{name}.js").read_text(encoding="utf-8").replace("export ", "").splitlines()
    if not line.startswith("import ")
)
NONE = {"id": "none", "text": words("None of these"), "exclusive": True}
ASKED: tuple[dict[str, object], ...] = (
    {
        "id": "last_week",
        "kind": "matrix",
        "every": True,
        "words": [words(word) for word in ("Never", "Sometimes", "Always")],
        "rows": [{"id": "slept", "text": words("I slept")}, {"id": "ate", "text": words("I ate")}],
    },
    {"id": "matters", "kind": "ranking", "options": [option("safe"), option("friends"), option("heard")]},
    {"id": "hurts", "kind": "bodymap", "options": [option("head"), option("tummy"), option("left-arm"), NONE]},
    {"id": "tools", "kind": "multiple", "most": 2, "options": [option("a"), option("b"), option("c"), NONE]},
    {"id": "best", "kind": "single", "carry": {"question": "tools"}},
    {"id": "learn", "kind": "multiple", "carry": {"question": "tools", "take": "not_chosen"}, "options": [NONE]},
    {"id": "sorted", "kind": "ranking", "carry": {"question": "tools"}, "options": [option("own")]},
    {"id": "why", "kind": "text", "text": words("Why {answer:best|one of them} of {answer:tools|all}?")},
)
SURVEY = "/larkmoor/surveys/kinds"


def definition() -> Definition:
    return sample(*ASKED, audience="parents", ask_how=False)


def forms(question: Question, step: Mapping[str, Any]) -> Iterator[dict[str, list[str]]]:
    """Every way of sending up to three of the options, twice, wrong and left, in any order; lines in every way."""
    ids = [*step["options"], "", "unheard-of", *(["rather-not"] if step["skip"] == step["id"] else [])]
    if step["reads"] == "rows":
        for sent in itertools.product([[], ["1"], ["3"], ["9"], ["1", "2"], ["2", "2"]], repeat=len(step["lines"])):
            yield {name: values for (_, name), values in zip(step["lines"], sent, strict=True)}
            yield {step["skip"]: ["yes"], **{name: v for (_, name), v in zip(step["lines"], sent, strict=True)}}
        return
    for count in range(5):
        for chosen in itertools.islice(itertools.product(ids, repeat=count), 300):
            yield {question.id: list(chosen)}
            if step["skip"] != step["id"]:
                yield {question.id: list(chosen), step["skip"]: ["yes"]}


def test_the_twin_reads_what_is_chosen_as_the_rules_do(window: Page) -> None:
    """Every answer and every complaint of every kind that is chosen from a list: the same answer, or message."""
    rows, wanted = [], []
    files = ("matrix", "ranking", "bodymap", "multiple", "exclusive-option", "single", "faces", "pair", "consent")
    for found in [definition(), *(ready_made(f"examples/{name}") for name in files)]:
        for question, step in zip(found.questions, offline.routing(found), strict=True):
            for form in forms(question, step) if step["reads"] else ():
                rows.append({"step": step, "form": form})
                read = question.parse(form)
                wanted.append({"wrong": read.key} if isinstance(read, Mistake) else dict(read))
    assert len(rows) > 3000
    said = window.evaluate(
        f"rows => {{ {TWIN} return rows.map(one => readChosen(one.step, one.step.options, one.form)).map(one =>"
        " one.wrong ? {wrong: one.wrong} : one); }",
        rows,
    )
    differing = [(r["form"], here, there) for r, here, there in zip(rows, said, wanted, strict=True) if here != there]
    assert differing == []


def test_the_twin_brings_options_along_as_the_rules_do(window: Page) -> None:
    """Hundreds of sets of answers, fitting or not: the same questions, options and names of what was chosen."""
    chance, found = random.Random(20261123), definition()
    steps = offline.routing(found)
    rows, wanted = [], []
    for _ in range(400):
        answers = {question.id: any_answer(question, chance) for question in found.questions}
        path = path_for(found, answers)
        rows.append({"answers": answers})
        wanted.append([[name, [option.id for option in path.question(name).options() or ()]] for name in path.ids])
    said = window.evaluate(
        f"([steps, rows]) => {{ {TWIN} return rows.map(({{answers}}) => walk(steps, answers)).map((path) =>"
        " path.ids.map((id) => [id, optionsFor(steps, steps.find((one) => one.id === id), path.kept)])); }",
        [steps, rows],
    )
    assert said == wanted
    labels = {name: {o.id: o.text.say("en").text for o in options} for name, options in offline.named(found).items()}
    words = found.question("why").text.say("en").text
    named = window.evaluate(
        f"([words, labels, steps, rows]) => {{ {TWIN} return rows.map(({{answers}}) =>"
        " filledIn(words, labels, walk(steps, answers).kept, ', ')); }",
        [words, labels, steps, rows],
    )
    paths = [path_for(found, row["answers"]) for row in rows]
    assert named == [path.question("why").text.say("en").text for path in paths]
    assert len({tuple(name for name, _ in each) for each in wanted}) == 5, "none, all, one, two"
    assert len({str(each) for each in wanted}) == 9, "none, and each one and each two of the three that come along"


def any_answer(question: Question, chance: random.Random) -> Answer:
    """An answer that the question might have been given once; it may not fit what is brought along now."""
    ids = [option.id for option in question.options() or ()]
    if not ids:
        return {"text": "x"}
    some = chance.sample(ids, chance.randint(1, min(3, len(ids))))
    answers: dict[str, Answer] = {
        "matrix": {"rows": {"slept": chance.choice(ids)}},
        "ranking": {"order": chance.sample(ids, len(ids)) if chance.random() < 0.5 else some},
        "single": {"value": chance.choice(ids)},
    }
    return chance.choice([answers.get(question.kind, {"values": some})] * 5 + [{"skipped": True}])


def continue_(page: Page, heading: str) -> None:
    """Press Continue; the page whose heading it is comes."""
    page.get_by_role("button", name="Continue", exact=True).locator("visible=true").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def answer_all(page: Page) -> None:
    """The same answers on the site and on the tablet, from the first question to the page before sending."""
    for row, word in (("I slept", "Sometimes"), ("I ate", "Always")):
        page.get_by_role("radiogroup", name=row).get_by_label(word, exact=True).check()
    continue_(page, "Ask matters?")
    page.get_by_role("button", name="Move up: heard").click()
    expect(page.locator("[data-module=engage-rank]").get_by_role("status")).to_have_text("“heard” is now 2 of 3")
    page.get_by_role("button", name="Move down: safe").click()
    continue_(page, "Ask hurts?")
    page.locator("[data-part=head]").click()
    page.get_by_label("left-arm", exact=True).check()
    continue_(page, "Ask tools?")
    page.get_by_label("a", exact=True).check()
    page.get_by_label("c", exact=True).check()
    continue_(page, "Ask best?")
    expect(page.get_by_label("b", exact=True)).to_have_count(0)
    page.get_by_label("c", exact=True).check()
    continue_(page, "Ask learn?")
    expect(page.get_by_label("a", exact=True)).to_have_count(0)
    page.get_by_label("b", exact=True).check()
    continue_(page, "Ask sorted?")
    page.get_by_role("button", name="Move up: own").click()
    continue_(page, "Why c of a, c?")
    page.get_by_role("textbox").fill("It helps {answer:best|me}")
    continue_(page, "Check your answers")
    for said in ("Why c of a, c?", "It helps {answer:best|me}"):  # what somebody wrote is never filled in
        expect(page.get_by_text(said, exact=True).first).to_be_visible()


def stored(live: Live) -> list[dict[str, Any]]:
    with within(live.app, live.partnership):
        return list(db.session.scalars(sa.select(Response.answers).order_by(Response.channel)).all())


@pytest.fixture
def tablet(live: Live) -> str:
    open_as_it_is(live.app, live.partnership, definition(), "kinds")
    with within(live.app, live.partnership):
        found: uuid.UUID = service.set_up("kinds", "Hall", clock.in_days(3), works_offline=True)
        database.end_write(commit=True)
    return f"{live}/larkmoor/tablet/{found}"


def begin(page: Page, tablet: str) -> None:
    page.goto(tablet)
    page.wait_for_selector("html[data-ready=yes]")
    for screen in ("start", "intro"):
        expect(page.locator(f"#stage[data-screen={screen}]")).to_be_visible()
        page.locator("#stage").get_by_role("button", name="Start", exact=True).click()


def test_f9_what_is_answered_without_a_network_is_stored_once_and_as_the_site_stores_it(
    window: Page, live: Live, tablet: str
) -> None:
    page = window
    page.goto(f"{live}{SURVEY}")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ask last_week?")
    answer_all(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("We have your answers")
    (online,) = stored(live)
    page.goto(tablet)
    page.wait_for_selector("html[data-ready=yes]")
    page.context.set_offline(True)
    try:
        page.reload()
        page.wait_for_selector("html[data-ready=yes]")
        for _ in range(2):
            page.locator("#stage").get_by_role("button", name="Start", exact=True).click()
        answer_all(page)
        expect(page.locator("[data-answer] bdi", has_text="2. safe")).to_have_text("2. safe")  # in its own direction
        for line in ("I slept: Sometimes", "1. heard, 2. safe, 3. friends", "head, left-arm", "1. a, 2. own, 3. c"):
            expect(page.locator("[data-answer]", has_text=line)).to_have_count(1)
        page.get_by_role("button", name="Send my answers").click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        assert len(stored(live)) == 1
        page.get_by_role("button", name="Finish").click()
        expect(page.locator("[data-waiting]")).to_contain_text("1")
    finally:
        page.context.set_offline(False)
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    page.locator("#stage").get_by_role("button", name="Send what waits").click()
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    assert stored(live) == [online, online]
    assert online["matters"] == {"order": ["heard", "safe", "friends"]}
    assert online["sorted"] == {"order": ["a", "own", "c"]}


def test_f9_what_the_site_would_ask_again_is_asked_again_on_the_tablet(window: Page, live: Live, tablet: str) -> None:
    page = window
    begin(page, tablet)
    alert = page.locator("#stage").get_by_role("alert")
    press = page.locator("#stage").get_by_role("button", name="Continue", exact=True).locator("visible=true")
    press.click()
    expect(alert).to_have_text("Choose an answer for at least one line, or choose “I would rather not say”")
    page.get_by_role("radiogroup", name="I slept").get_by_label("Never", exact=True).check()
    press.click()
    expect(alert).to_contain_text("Choose an answer for this line too")
    expect(page.get_by_role("radiogroup", name="I ate").get_by_label("Never")).to_be_focused()
    assert_accessible(page)
    assert_easy_to_hit(page)
    assert_fits(page)
    page.get_by_role("radiogroup", name="I ate").get_by_label("Always", exact=True).check()
    continue_(page, "Ask matters?")
    page.get_by_role("button", name="Move up: heard").click()
    assert_accessible(page)
    assert_easy_to_hit(page)
    continue_(page, "Ask hurts?")
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.locator(".engage-rank__label")).to_have_text(["safe", "heard", "friends"])
    expect(page.get_by_role("button", name="Move up: safe")).to_be_hidden()
    continue_(page, "Ask hurts?")
    page.get_by_label("head", exact=True).check()
    page.get_by_label("None of these").check()
    press.click()
    expect(alert).to_have_text("Choose either “None of these” or other answers, not both")
    page.get_by_label("None of these").uncheck()
    continue_(page, "Ask tools?")
    for name in "abc":
        page.get_by_label(name, exact=True).check()
    press.click()
    expect(alert).to_have_text("Choose no more than 2 answers")
    page.get_by_label("b", exact=True).uncheck()
    page.get_by_label("c", exact=True).uncheck()
    page.get_by_label("a", exact=True).check()
    continue_(page, "Ask learn?")  # one option alone is nothing to choose from: "best" is not asked
    expect(page.get_by_label("a", exact=True)).to_have_count(0)


def test_options_stand_in_an_order_of_each_persons_own_that_stays_theirs(window: Page, live: Live) -> None:
    page = window
    open_as_it_is(live.app, live.partnership, ready_made("examples/random-order"), "random-order")
    with within(live.app, live.partnership):
        found = service.set_up("random-order", "Hall", clock.in_days(3), works_offline=True)
        database.end_write(commit=True)
    (step,) = offline.routing(ready_made("examples/random-order"))
    written, moving = step["options"], step["moving"]
    page.goto(f"{live}/larkmoor/tablet/{found}")
    expect(page.locator("html[data-ready=yes]")).to_be_attached()
    page.evaluate("() => { crypto.getRandomValues = (numbers) => numbers.fill(0); }")
    for screen in ("start", "intro"):
        expect(page.locator(f"#stage[data-screen={screen}]")).to_be_visible()
        page.locator("#stage").get_by_role("button", name="Start", exact=True).click()
    boxes = page.locator(f"#stage input[name={step['id']}]:not([value=rather-not])")
    expect(boxes).to_have_count(len(written))
    shown = [*moving[1:], moving[0], *written[len(moving) :]]  # what chance that always says 0 makes of it
    assert boxes.evaluate_all("all => all.map(one => one.value)") == shown != written
    boxes.nth(1).check()
    page.locator("#stage").get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    page.get_by_role("button", name="Change").click()
    expect(boxes).to_have_count(len(written))
    assert boxes.evaluate_all("all => all.map(one => one.value)") == shown
    expect(boxes.nth(1)).to_be_checked()
