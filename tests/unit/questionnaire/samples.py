"""Small definitions for tests: every kind once, in words that do not matter."""

from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from engage.paths import surveys
from engage.rules.questionnaire.answers import Answer
from engage.rules.questionnaire.definition import Definition

FILES = sorted(path for path in surveys().rglob("*.yaml") if path.parent.name != "bank")
"""Every definition that comes with the product: ready-made surveys and examples (the bank holds single questions)."""

PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The tables of Unicode are built by the first example: on a busy machine that takes seconds."""


def words(plain: str) -> dict[str, dict[str, str]]:
    return {"en": {"plain": plain, "easy": f"{plain} (easy)"}}


def option(option_id: str, **more: object) -> dict[str, object]:
    return {"id": option_id, "text": words(option_id), **more}


QUESTIONS: list[dict[str, object]] = [
    {"id": "safe", "kind": "faces", "scale": "five", "safety": ["1", "2"]},
    {"id": "service", "kind": "stars", "words": [words(str(n)) for n in range(1, 6)]},
    {"id": "told", "kind": "single", "options": [option("yes"), option("no"), option("else", other=True)]},
    {
        "id": "tell",
        "kind": "multiple",
        "most": 2,
        "options": [option("family"), option("friend"), option("else", other=True), option("none", exclusive=True)],
    },
    {"id": "heard", "kind": "agreement", "scale": "agree"},
    {"id": "mood", "kind": "pair", "options": [option("happy", symbol="happy"), option("worried", symbol="worried")]},
    {"id": "line", "kind": "slider", "to": 4, "low": words("never"), "high": words("always")},
    {"id": "sleep", "kind": "number", "max": 24, "bands": [5, 9], "unit": words("hours")},
    {"id": "visit", "kind": "date", "earliest": "2024-01", "latest": "2027-06"},
    {"id": "moved", "kind": "date", "ask": "month", "earliest": "2015-01", "latest": "2027-06", "bands": ["2020"]},
    {"id": "joins", "kind": "consent", "agree": words("yes"), "disagree": words("no")},
    {"id": "told_this", "kind": "information"},
    {"id": "watch_this", "kind": "video", "film": "hello-in-bsl"},
    {"id": "first", "kind": "ranking", "options": [option("home"), option("school"), option("friends")]},
    {
        "id": "about",
        "kind": "matrix",
        "words": [words("never"), words("sometimes"), words("often")],
        "rows": [{"id": "play", "text": words("play")}, {"id": "sleep-well", "text": words("sleep well")}],
        "safety": ["1"],
    },
    {
        "id": "hurts",
        "kind": "bodymap",
        "options": [option("head"), option("tummy"), option("left-hand"), option("none", exclusive=True)],
    },
    {"id": "better", "kind": "text", "most": 50},
    {"id": "place", "kind": "upload", "most": 2},
    {"id": "home", "kind": "drawing"},
    {"id": "day", "kind": "audio"},
    {"id": "you", "kind": "contact", "name_label": words("name"), "reach_label": words("reach")},
]


def tree(*questions: dict[str, object], **more: object) -> dict[str, object]:
    """A definition as plain data with these questions (each gets a text), or with one of every kind."""
    asked = [{"text": words(f"Ask {q['id']}?"), **deepcopy(q)} for q in questions or QUESTIONS]
    return {
        "survey": "sample",
        "audience": "children",
        "threshold": "children",
        "lawful_basis": "public_task",
        "title": words("Title"),
        "intro": {
            **{name: words(name) for name in ("who", "why", "reads", "limits", "expectation")},
            "minutes": 5,
        },
        "thanks": words("Thanks"),
        "scales": {"five": [words(str(n)) for n in range(5)], "agree": [words(str(n)) for n in range(6)]},
        "questions": asked,
        **more,
    }


def sample(*questions: dict[str, object], **more: object) -> Definition:
    return Definition.model_validate(tree(*questions, **more))


def of_the_table(walk: dict[str, Any]) -> Definition:
    """A walk of surveys/operators.json as a definition: the table leaves out all words."""
    walk = deepcopy(walk)
    for question in walk["questions"]:
        question["options"] = [
            option(**({"option_id": o} if isinstance(o, str) else {"option_id": o["id"], "exclusive": True}))
            for o in question.get("options", [])
        ]
        if not question["options"]:
            del question["options"]
    for rule in [end for thing in (*walk["questions"], *walk["sections"]) for end in thing.get("ends", [])]:
        rule["say"] = words("Enough")
    sections = [{"title": words(section["id"]), **section} for section in walk["sections"]]
    return sample(*walk["questions"], sections=sections)


@st.composite
def routed(draw: st.DrawFn) -> Definition:
    """A definition of up to eight questions that look back at each other, lead on and end in every way there is."""
    questions: list[dict[str, object]] = []
    numbers = draw(st.lists(st.integers(0, 3), min_size=1, max_size=8).map(sorted))
    loose = draw(st.sets(st.integers(0, 3)))
    mixed = draw(st.sets(st.integers(0, 3))) - loose
    for number, part in enumerate(numbers):
        kind = draw(st.sampled_from(["single", "multiple", "text"]))
        question: dict[str, object] = {"id": f"q{number}", "kind": kind}
        if part not in loose:
            question["section"] = f"s{part}"
        before = [q for q in questions if part not in mixed or q.get("section") != f"s{part}"]
        if kind != "text":
            question["options"] = [option(name) for name in "abc"]
            question |= draw(st.sampled_from([{}, {}, {"order": "random"}]))
        questions.append(question)
        _route(draw, question, before, [f"q{n}" for n in range(number + 1, len(numbers)) if numbers[n] not in mixed])
        if part in mixed:
            question.pop("skips", None), question.pop("ends", None)
    inside = sorted({*numbers} - loose)
    return sample(*questions, sections=[_section(draw, n, n in mixed, questions) for n in inside])


def _route(draw: st.DrawFn, question: dict[str, object], before: list[dict[str, object]], later: list[str]) -> None:
    """Give a question rules: about earlier questions, and about itself where it leads on."""
    if before and draw(st.booleans()):
        question["show_if"] = draw(conditions(before))
    rule = draw(st.sampled_from(["", "", "skips", "ends", "carry", "pipe"]))
    when = conditions([*before, question])
    choosing = [q["id"] for q in before if q["kind"] != "text"]
    if rule == "skips" and later:
        question["skips"] = [{"when": draw(when), "to": draw(st.sampled_from(later))}]
    if rule == "ends":
        question["ends"] = [{"when": draw(when), "say": words("Enough"), "nothing_kept": draw(st.booleans())}]
    if rule == "carry" and choosing and question["kind"] != "text":
        take = draw(st.sampled_from(["chosen", "not_chosen"]))
        question["carry"] = {"question": draw(st.sampled_from(choosing)), "take": take}
    if rule == "pipe" and choosing:
        question["text"] = words(f"About {{answer:{draw(st.sampled_from(choosing))}|nothing}}?")


def _section(draw: st.DrawFn, part: int, is_mixed: bool, questions: list[dict[str, object]]) -> dict[str, object]:
    section: dict[str, object] = {"id": f"s{part}", "title": words(f"Part {part}")}
    places = [place for place, q in enumerate(questions) if q.get("section") == f"s{part}"]
    before, inside = questions[: places[0]], questions[places[0] : places[-1] + 1]
    if is_mixed:
        section["order"] = "random"
    if before and draw(st.booleans()):
        section["show_if"] = draw(conditions(before))
    if draw(st.integers(0, 4)) == 0:
        section["ends"] = [{"when": draw(conditions([*before, *inside])), "say": words("Enough")}]
    return section


def conditions(questions: list[dict[str, object]]) -> st.SearchStrategy[dict[str, object]]:
    leaves = st.sampled_from(questions).flatmap(_leaf)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=2).map(lambda c: {"all": c}),
            st.lists(inner, min_size=1, max_size=2).map(lambda c: {"any": c}),
            inner.map(lambda c: {"not": c}),
        ),
        max_leaves=3,
    )


def _leaf(question: dict[str, object]) -> st.SearchStrategy[dict[str, object]]:
    base = {"question": question["id"]}
    said = st.sampled_from([{**base, "answered": True}, {**base, "not_answered": True}])
    if question["kind"] == "text":
        return said
    name = st.sampled_from("abc")
    if question["kind"] == "multiple":
        return said | name.map(lambda n: {**base, "includes": n})
    chosen = st.lists(name, min_size=1, max_size=3)
    return st.one_of(
        said,
        name.map(lambda n: {**base, "is": n}),
        name.map(lambda n: {**base, "is_not": n}),
        chosen.map(lambda n: {**base, "any_of": n}),
    )


ANSWERS = st.dictionaries(
    st.sampled_from([*(f"q{n}" for n in range(8)), "forged"]),
    st.one_of(
        st.just(Answer(skipped=True)),
        st.sampled_from("abc").map(lambda n: Answer(value=n)),
        st.lists(st.sampled_from("abc"), min_size=1, unique=True).map(lambda n: Answer(values=n)),
        st.just(Answer(text="words")),
    ),
)
"""Any answers, fitting or not, to questions that may or may not be shown or exist."""
