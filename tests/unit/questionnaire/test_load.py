"""Reading and writing definitions: a fault is told by line, path and what to write; anything else is never a crash."""

import copy
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engage.paths import surveys
from engage.rules.questionnaire import tree as tree_module
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import DefinitionError, dump, load, version_hash
from engage.rules.questionnaire.tree import FaultyTreeError, read_tree
from tests.unit.questionnaire.samples import PATIENT, option, routed, sample, tree, words

GOOD = """\
survey: small
audience: staff
threshold: staff
title: {en: Small}
intro:
  who: {en: Us}
  why: {en: Because}
  reads: {en: Someone}
  minutes: 5
thanks: {en: Thanks}
scales:
  three: [{en: low}, {en: mid}, {en: high}]
questions:
  - id: first
    kind: faces
    scale: three
    text: {en: "How is it?"}
  - id: second
    kind: single
    text: {en: "Which one?"}
    show_if: {question: first, is: "1"}
    options:
      - {id: a, text: {en: A}}
      - {id: b, text: {en: B}}
"""

BROKEN: list[tuple[str, str, str]] = [
    ("audience: staff", "audience: kids", "small.yaml:2: audience: "),
    ("threshold: staff", "", "small.yaml:1: threshold: is missing; write children or staff"),
    ("title: {en: Small}", "titel: {en: Small}", "small.yaml:4: titel: is not a field here; did you mean title?"),
    ("who: {en: Us}", "who: {ar: نحن}", "small.yaml:6: intro.who: has no English; write it as {en:"),
    ("minutes: 5", "minutes: soon", "small.yaml:9: intro.minutes: "),
    ("minutes: 5", "minutes: 5\n  minutes: 6", "small.yaml:10: intro.minutes: is there twice; keep one of the two"),
    ("low}, {en: mid}", "low}", "small.yaml:16: questions.0.scale: has 2 words; write three or five words"),
    ("scale: three", "scale: nine", "small.yaml:16: questions.0.scale: there is no scale 'nine'"),
    ("scale: three", "safety: ['9']\n    scale: three", "small.yaml:16: questions.0.safety: '9' is not an option"),
    ("kind: faces", "kind: smiles", "small.yaml:14: questions.0: has an unknown kind smiles; write one of: faces,"),
    ("kind: faces", "hint: {en: x}", "small.yaml:14: questions.0: has no kind; write one of: faces,"),
    ('text: {en: "Which one?"}', "hint: {en: x}", "small.yaml:18: questions.1.text: is missing; write it as {en:"),
    ("question: first", "question: second", "small.yaml:21: questions.1.show_if: looks at 'second', which comes later"),
    ("question: first", "question: none", "small.yaml:21: questions.1.show_if: there is no question 'none'; write an"),
    ('is: "1"', 'is: "7"', "small.yaml:21: questions.1.show_if: 'first' has no option '7'; write one of: 1, 2, 3"),
    ('is: "1"', 'includes: "1"', "small.yaml:21: questions.1.show_if: includes does not fit the kind faces; use is,"),
    ('is: "1"', "is: '1', is_not: '2'", "small.yaml:21: questions.1.show_if: needs exactly one of is, is_not,"),
    ('is: "1"', "answered: false", "small.yaml:21: questions.1.show_if: answered and not_answered take only"),
    ("id: second", "id: first", "small.yaml:18: questions.1.id: 'first' is there twice; give each question"),
    ("id: second", "id: week", "small.yaml:18: questions.1.id: 'week' is kept for the product"),
    ("id: second", "id: Second One", "small.yaml:18: questions.1.id: "),
    ("{id: b, text", "{id: a, text", "small.yaml:24: questions.1.options.1.id: 'a' is there twice"),
    ("{id: b, text", "{id: rather-not, text", "small.yaml:24: questions.1.options.1.id: 'rather-not' is kept"),
    (
        "{id: b, text",
        "{id: b, exclusive: true, text",
        "small.yaml:24: questions.1.options.1.exclusive: only a multiple",
    ),
    ("      - {id: b, text: {en: B}}\n", "", "small.yaml:22: questions.1.options: has fewer than two; write at least"),
    ("title: {en: Small}", "title: &t {en: Small}", "small.yaml:4: anchors and aliases (& and *) are not used here"),
    ("title: {en: Small}", "title: !x {en: Small}", "small.yaml:4: title: has a tag !x; remove the !tag"),
    ("title: {en: Small}", "title: {? [a] : b}", "small.yaml:4: title: has a list or a map as a key"),
    ("title: {en: Small}", "title: {en: Small", "small.yaml:"),
    ("title: {en: Small}", "languages: [cy]\ntitle: {en: Small}", "small.yaml:4: languages: has no en"),
    ("title: {en: Small}", "checked: {ar: draft}\ntitle: {en: Small}", "small.yaml:4: checked.ar: is not one of the"),
    ("title: {en: Small}", "age_min: 9\nage_max: 5\ntitle: {en: Small}", "small.yaml:4: age_min: is above age_max"),
]


@pytest.mark.parametrize(("good", "bad", "line"), BROKEN)
def test_a_fault_names_its_line_its_path_and_what_to_write(good: str, bad: str, line: str) -> None:
    assert good in GOOD
    with pytest.raises(DefinitionError) as caught:
        load(GOOD.replace(good, bad, 1), "small.yaml")
    assert any(said.startswith(line) for said in str(caught.value).splitlines()), str(caught.value)


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    text = GOOD.replace("audience: staff", "audience: kids").replace("minutes: 5", "minutes: soon")
    with pytest.raises(DefinitionError) as caught:
        load(text, "small.yaml")
    assert [(fault.line, fault.path) for fault in caught.value.problems] == [(2, "audience"), (9, "intro.minutes")]


@pytest.mark.parametrize("text", ["", "just words", "- a list", "[" * 5000, "a: {" * 400, "\x00", "x" * 1_000_001])
def test_what_is_no_survey_is_explained(text: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        load(text, "odd.yaml")
    assert str(caught.value).startswith("odd.yaml:1: ")


@pytest.mark.parametrize("file", sorted(surveys().glob("*.yaml")), ids=lambda f: f.stem)
def test_the_library_with_and_without_its_c_part_reads_the_same(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = file.read_text(encoding="utf-8")
    fast = read_tree(text)
    monkeypatch.setattr(tree_module, "_LOADER", yaml.BaseLoader)
    assert read_tree(text) == fast
    with pytest.raises(FaultyTreeError, match="nested too deeply"):
        read_tree("[" * 5000)


def test_words_stay_the_words_that_were_written() -> None:
    text = GOOD.replace("{en: A}", "{en: no, fr: 12:30}").replace("id: b,", "id: 010,").replace("{en: B}", "{en: on}")
    options = load(text, "small.yaml").question("second").options() or ()
    assert options[0].text.say("en").text == "no"
    assert options[0].text.say("fr").text == "12:30"
    assert (options[1].id, options[1].text.say("en").text) == ("010", "on")


def test_a_text_falls_back_from_easy_to_plain_to_english_and_says_which_language_it_is() -> None:
    title = sample(title={"en": {"plain": "Plain", "easy": "Easy"}, "ar": {"plain": "عنوان"}}).title
    assert title.say("ar", easy=True) == ("عنوان", "ar")
    assert title.say("so", easy=True) == ("Easy", "en")
    assert title.say("so") == ("Plain", "en")


@PATIENT
@given(definition=routed())
def test_dump_and_load_give_the_same_definition_and_hash(definition: Definition) -> None:
    again = load(dump(definition), "again.yaml")
    assert again == definition
    assert version_hash(again) == version_hash(definition)


@PATIENT
@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_any_wording_that_loads_survives_being_written_out(plain: str, easy: str) -> None:
    text = yaml.safe_dump(tree(title={"en": {"plain": plain, "easy": easy}}), allow_unicode=False)
    try:
        definition = load(text, "any.yaml")
    except DefinitionError:
        return
    assert load(dump(definition), "again.yaml").title == definition.title


def test_the_hash_ignores_layout_and_sees_every_change_of_words() -> None:
    definition = load(GOOD, "small.yaml")
    reordered = load(GOOD.replace("audience: staff\nthreshold: staff", "threshold: staff\n\naudience: staff"), "x.yaml")
    changed = load(GOOD.replace("{en: B}", "{en: Bee}"), "x.yaml")
    assert version_hash(reordered) == version_hash(definition)
    assert version_hash(changed) != version_hash(definition)


def test_a_definition_is_a_value() -> None:
    definition = sample()
    with pytest.raises(ValueError, match="frozen"):
        definition.survey = "other"


def test_background_and_two_other_boxes_are_refused_where_they_cannot_be() -> None:
    with pytest.raises(ValueError, match="only a question with options can be background"):
        sample({"id": "why", "kind": "text", "background": True})
    with pytest.raises(ValueError, match="two options with a box"):
        sample({"id": "a", "kind": "single", "options": [option("x", other=True), option("y", other=True)]})
    with pytest.raises(ValueError, match="either words: or scale:"):
        sample({"id": "a", "kind": "stars", "scale": "five", "words": [words("x")] * 5})


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=12)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@PATIENT
@given(data=st.data())
def test_a_definition_with_anything_put_anywhere_loads_or_is_explained(data: st.DataObject) -> None:
    broken = copy.deepcopy(tree())
    place: object = broken
    while isinstance(place, dict | list) and place:
        key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else list(range(len(place)))))
        inner = place[key]
        if not isinstance(inner, dict | list) or data.draw(st.integers(0, 2)) == 0:
            place[key] = data.draw(TREES)
            break
        place = inner
    _loads_or_explains(yaml.safe_dump(broken))


@PATIENT
@given(st.text(max_size=200) | st.lists(st.sampled_from(list("{}[]:,-&*!|>'\"# \n?a")), max_size=60).map("".join))
def test_any_text_loads_or_is_explained(text: str) -> None:
    _loads_or_explains(text)


@PATIENT
@given(data=st.data())
def test_a_ready_made_survey_with_a_piece_cut_out_loads_or_is_explained(data: st.DataObject) -> None:
    text = (surveys() / "examples" / "show-if.yaml").read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 80)))
    _loads_or_explains(text[:start] + text[end:])


def _loads_or_explains(text: str) -> None:
    problems = None
    try:
        load(text, "fuzz.yaml")
    except DefinitionError as error:
        problems = error.problems
    assert problems is None or (problems and all(problem.line >= 1 and problem.message for problem in problems))
