"""Sections, skipping ahead, ending early, carried options, piped choices and orders of their own."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engage.paths import surveys
from engage.rules.questionnaire.answers import Answer, Answers, Mistake
from engage.rules.questionnaire.conditions import Condition, holds
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import DefinitionError, load
from engage.rules.questionnaire.path import on_path, order_for, path_for
from engage.rules.questionnaire.reachable import unreachable
from engage.rules.questionnaire.split import split
from tests.unit.questionnaire.samples import ANSWERS, PATIENT, of_the_table, option, routed, sample, tree, words

CASES: dict[str, Any] = json.loads((surveys() / "operators.json").read_text(encoding="utf-8"))
SEEDS = st.sampled_from([b"", b"one", b"two", b"three"])


@pytest.mark.parametrize("case", CASES["conditions"], ids=lambda case: json.dumps(case["condition"])[:60])
def test_each_closed_operator_means_what_the_table_of_cases_says(case: dict[str, Any]) -> None:
    assert holds(Condition.model_validate(case["condition"]), case["answers"]) is case["holds"]


@pytest.mark.parametrize("walk", CASES["walks"], ids=lambda walk: str(walk["name"]))
def test_each_rule_of_the_way_leads_where_the_table_of_cases_says(walk: dict[str, Any]) -> None:
    definition = of_the_table(walk)
    for case in walk["cases"]:
        path = path_for(definition, case["answers"], _whose(definition, case.get("order")))
        assert list(path.ids) == case["path"], case
        if "end" in case:
            ended = None if path.end is None else "nothing kept" if path.is_dropped else "sent"
            assert ended == case["end"], case
        if "sent" in case:
            assert list(on_path(definition, case["answers"])) == case["sent"], case
        if "parts" in case:
            part = path.part(path.ids[-1])
            assert part is not None
            assert (part.at, part.of) == (case["parts"], case["parts"])
        for question_id, expected in case.get("options", {}).items():
            assert [o.id for o in path.question(question_id).options() or ()] == expected, case


def _whose(definition: Definition, order: list[str] | None) -> bytes:
    """The seed of somebody who walks the questions in this order; b"" for the written one."""
    seeds = (bytes([number]) for number in range(256))
    steps = [question.id for question in definition.questions] if order is None else order
    if steps == [step.id for step in definition.steps]:
        return b""
    return next(seed for seed in seeds if [step.id for step in order_for(definition, seed)] == steps)


@PATIENT
@given(definition=routed(), answers=ANSWERS, seed=SEEDS)
def test_every_path_ends_and_is_walked_back_as_it_was_walked_on(
    definition: Definition, answers: Answers, seed: bytes
) -> None:
    path = path_for(definition, answers, seed)
    assert len(set(path.ids)) == len(path.ids) <= len(definition.questions)
    at, steps = path.ids[0] if path.ids else None, []
    while at is not None:
        steps.append(at)
        at = path.next(at)
    assert tuple(steps) == path.ids
    back = [steps.pop()] if steps else []
    while back and (before := path.previous(back[-1])) is not None:
        back.append(before)
    assert tuple(reversed(back)) == path.ids


@PATIENT
@given(definition=routed(), answers=ANSWERS, seed=SEEDS)
def test_answering_whatever_is_asked_always_comes_to_the_end(
    definition: Definition, answers: Answers, seed: bytes
) -> None:
    """Each page leads on: after at most as many answers as there are questions nothing is left to ask."""
    assert path_for(definition, _walked(definition, answers, seed), seed).first_unanswered() is None


def _walked(definition: Definition, wanted: Answers, seed: bytes = b"") -> dict[str, Answer]:
    """The answers of somebody who goes from page to page: `wanted` where the page takes them, else leaving it."""
    answers: dict[str, Answer] = {}
    for _ in definition.questions:
        path = path_for(definition, answers, seed)
        waiting = path.first_unanswered()
        if waiting is None:
            break
        question, answer = path.question(waiting), wanted.get(waiting, {"skipped": True})
        fits = not isinstance(question.parse(question.filled(answer)), Mistake)
        answers[waiting] = answer if fits else {"skipped": True}
        here = path.position(waiting)
        assert path_for(definition, answers, seed).ids[:here] == path.ids[:here]
    return answers


@PATIENT
@given(definition=routed(), answers=ANSWERS, seed=SEEDS)
def test_an_answer_off_the_path_reaches_nothing_that_is_sent(
    definition: Definition, answers: Answers, seed: bytes
) -> None:
    path = path_for(definition, answers, seed)
    parts = split(definition, answers)
    sent = {*parts.closed, *parts.contact, *(voice.question_id for voice in parts.voices)}
    assert sent <= set(path.ids)
    assert set(path.kept) == set(on_path(definition, answers))
    assert path_for(definition, path.kept, seed) == path


@PATIENT
@given(definition=routed(), answers=ANSWERS)
def test_what_the_gate_calls_unreachable_is_reached_by_nobody(definition: Definition, answers: Answers) -> None:
    assert not unreachable(definition) & set(path_for(definition, _walked(definition, answers)).ids)


def test_the_order_is_a_persons_own_and_stays_theirs() -> None:
    names = [*"abcdefgh"]
    choices = [*(option(name) for name in names), option("none"), option("x", other=True)]
    definition = sample({"id": "q", "kind": "single", "order": "random", "options": choices})

    def order(seed: bytes) -> list[str]:
        return [o.id for o in path_for(definition, {}, seed).question("q").options() or ()]

    assert order(b"") == [*names, "none", "x"]
    assert order(b"me") == order(b"me")
    orders = {tuple(order(bytes([n]))) for n in range(50)}
    assert len(orders) > 40
    assert {found[-2:] for found in orders} == {("none", "x")}
    first = [found[0] for found in orders]
    assert all(first.count(name) < 20 for name in names)


def test_several_answers_are_kept_in_written_order_however_they_were_shown() -> None:
    definition = sample({"id": "q", "kind": "multiple", "order": "random", "options": [option(n) for n in "abcdef"]})
    for seed in (b"1", b"2", b"3", b"4"):
        given_answer = path_for(definition, {}, seed).parse("q", {"q": ["f", "a", "d"]})
        assert given_answer == {"values": ["a", "d", "f"]}


def test_a_shuffled_section_asks_the_same_questions_in_another_order() -> None:
    questions = [{"id": f"q{n}", "kind": "text", "section": "mix" if n < 6 else "rest"} for n in range(8)]
    sections = [{"id": "mix", "title": words("Mixed"), "order": "random"}, {"id": "rest", "title": words("Rest")}]
    definition = sample(*questions, sections=sections)
    orders = {path_for(definition, {}, bytes([n])).ids for n in range(20)}
    assert len(orders) > 15
    assert {found[6:] for found in orders} == {("q6", "q7")}
    assert {frozenset(found) for found in orders} == {frozenset(f"q{n}" for n in range(8))}


def test_chosen_options_are_named_in_the_readers_words_and_a_persons_own_never_are() -> None:
    """W12: nothing somebody wrote, and nothing that looks like code, is ever put into a question."""
    ours = {"en": {"plain": "Your social worker", "easy": "Your worker"}, "ar": {"plain": "الأخصائي", "easy": "العامل"}}
    asking = {
        "en": {
            "plain": "What does {answer:who|the person} do? {{7*7}} {name}",
            "easy": "What do {answer:who|they} do?",
        },
        "ar": {"plain": "ماذا يفعل {answer:who|الشخص}؟"},
    }
    definition = sample(
        {"id": "who", "kind": "multiple", "options": [{"id": "sw", "text": ours}, option("gran", other=True)]},
        {"id": "what", "kind": "text", "text": asking},
        languages=["en", "ar"],
    )

    def asked(answer: Answer, language: str = "en", *, easy: bool = False) -> str:
        return path_for(definition, {"who": answer}).question("what").text.say(language, easy=easy).text

    both: Answer = {"values": ["sw", "gran"], "other": "{answer:who|x} Gran {{7*7}}"}
    assert asked(both) == "What does Your social worker, gran do? {{7*7}} {name}"
    assert asked(both, easy=True) == "What do Your worker, gran (easy) do?"
    assert asked({"values": ["sw"]}, "ar") == "ماذا يفعل الأخصائي؟"
    assert asked(both, "ar") == "ماذا يفعل الأخصائي، gran؟"
    assert asked({"skipped": True}, easy=True) == "What do they do?"
    assert "Gran" not in asked(both)


def _loaded(*questions: dict[str, Any], **more: Any) -> list[str]:
    """The paths of what the loader finds wrong."""
    try:
        load(yaml.safe_dump(tree(*questions, **more)), "made.yaml")
    except DefinitionError as error:
        return [fault.path for fault in error.problems]
    return []


CLOSED = {"id": "q", "kind": "single", "options": [option("a"), option("b")]}
AFTER = {"id": "z", "kind": "text"}
PARTS = [{"id": "s1", "title": words("One"), "order": "random"}, {"id": "s2", "title": words("Two")}]
WHEN = {"question": "q", "is": "a"}
LATER = {"question": "z", "answered": True}
BAD: list[tuple[str, list[dict[str, Any]], dict[str, Any]]] = [
    ("questions.0.skips.0.to", [{**CLOSED, "skips": [{"when": WHEN, "to": "nowhere"}]}, AFTER], {}),
    ("questions.1.skips.0.to", [AFTER, {**CLOSED, "skips": [{"when": WHEN, "to": "z"}]}], {}),
    ("questions.0.skips.0.to", [{**CLOSED, "skips": [{"when": WHEN, "to": "q"}]}, AFTER], {}),
    (
        "questions.0.skips.0.when",
        [{**CLOSED, "skips": [{"when": LATER, "to": "z"}]}, AFTER],
        {},
    ),
    ("questions.0.ends.0.when", [{**CLOSED, "ends": [{"when": {"question": "q", "is": "c"}, "say": words("x")}]}], {}),
    ("questions.0.ends.0.say", [{**CLOSED, "ends": [{"when": WHEN, "say": words("{answer:z|x}")}]}, AFTER], {}),
    ("questions.0.ends.0.say", [{**CLOSED, "ends": [{"when": WHEN}]}], {}),
    ("questions.1.carry.question", [AFTER, {"id": "c", "kind": "single", "carry": {"question": "z"}}], {}),
    ("questions.0.carry.question", [{"id": "c", "kind": "single", "carry": {"question": "q"}}, CLOSED], {}),
    ("questions.1.text", [CLOSED, {**AFTER, "text": words("About {answer:gone|x}")}], {}),
    ("questions.1.text", [CLOSED, {**AFTER, "text": words("About {answer:q}")}], {}),
    ("questions.1.hint", [CLOSED, {**AFTER, "hint": words("About { Answer q|x}")}], {}),
    ("questions.1.text", [AFTER, {**CLOSED, "text": words("You wrote {answer:z|x}")}], {}),
    ("questions.0.text", [{**CLOSED, "text": words("About {answer:q|x}")}], {}),
    ("title", [CLOSED], {"title": words("For {answer:q|x}")}),
    ("sections.0", [CLOSED], {"sections": PARTS[:1]}),
    (
        "questions.2.section",
        [{**CLOSED, "section": "s1"}, AFTER, {**AFTER, "id": "again", "section": "s1"}],
        {"sections": PARTS[:1]},
    ),
    ("questions.0.section", [{**CLOSED, "section": "s9"}], {}),
    ("questions.1.section", [{**CLOSED, "section": "s2"}, {**AFTER, "section": "s1"}], {"sections": PARTS}),
    ("sections.1", [{**CLOSED, "section": "s1"}], {"sections": PARTS}),
    ("sections.0.show_if", [{**CLOSED, "section": "s1"}], {"sections": [{**PARTS[0], "show_if": WHEN}]}),
    (
        "questions.1.show_if",
        [{**CLOSED, "section": "s1"}, {**AFTER, "section": "s1", "show_if": WHEN}],
        {"sections": PARTS[:1]},
    ),
    (
        "questions.0.ends",
        [{**CLOSED, "section": "s1", "ends": [{"when": WHEN, "say": words("x")}]}],
        {"sections": PARTS[:1]},
    ),
    (
        "sections.0.ends",
        [{**CLOSED, "section": "s1"}],
        {"sections": [{**PARTS[0], "ends": [{"when": WHEN, "say": words("x"), "nothing_kept": True}]}]},
    ),
    ("questions.0.order", [{**CLOSED, "order": "random", "safety": ["a"]}], {}),
    ("questions.0.id", [{**CLOSED, "id": "s1", "section": "s1"}], {"sections": PARTS[:1]}),
]


@pytest.mark.parametrize(("place", "questions", "more"), BAD)
def test_a_rule_that_cannot_work_is_refused_where_it_stands(
    place: str, questions: list[dict[str, Any]], more: dict[str, Any]
) -> None:
    assert place in _loaded(*questions, **more)
    assert not _loaded(CLOSED, AFTER)
