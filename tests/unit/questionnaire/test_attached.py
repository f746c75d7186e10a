"""Answers that are files, by the rules alone: ids that are kept, words beside or instead, and what results count."""

import pytest

from engage.rules.questionnaire.answers import SKIP, Answer, Form, Mistake
from engage.rules.questionnaire.split import Said, split
from tests.unit.questionnaire.samples import sample

ONE, TWO, THREE = (f"{n}" * 32 for n in "abc")
ASKED = sample({"id": "place", "kind": "upload", "most": 2}, {"id": "home", "kind": "drawing", "required": True})
PLACE = ASKED.question("place")

TAKEN: list[tuple[Form, Answer]] = [
    ({"place-kept": [ONE]}, {"attachments": [ONE]}),
    ({"place-kept": [ONE, ONE, TWO], "place": [" The bench "]}, {"attachments": [ONE, TWO], "text": "The bench"}),
    ({"place": ["Only words"]}, {"text": "Only words"}),
    ({"place-kept": ["../../etc/passwd", "<script>", "A" * 32, ONE[:-1], ""]}, {"skipped": True}),
    ({"place-kept": [ONE], "place-skip": [SKIP]}, {"skipped": True}),
    ({"place-file": ["not a file"], "place-remove": [ONE]}, {"skipped": True}),
    ({}, {"skipped": True}),
]


@pytest.mark.parametrize(("form", "answer"), TAKEN)
def test_ids_and_words_are_an_answer_and_fill_the_form_again(form: Form, answer: Answer) -> None:
    assert PLACE.parse(form) == answer
    assert PLACE.parse(PLACE.filled(answer)) == answer


@pytest.mark.parametrize(
    ("question", "form", "key", "control"),
    [
        ("place", {"place-kept": [ONE, TWO, THREE]}, "file_too_many", "place-file"),
        ("place", {"place": ["x" * 3001]}, "too_long", "place"),
        ("home", {}, "attach_or_skip", "home-file"),
        ("home", {"home-kept": [ONE, TWO]}, "file_too_many", "home-file"),
    ],
)
def test_too_many_too_long_and_nothing_are_explained(question: str, form: Form, key: str, control: str) -> None:
    mistake = ASKED.question(question).parse(form)
    assert isinstance(mistake, Mistake)
    assert (mistake.key, mistake.control) == (key, control)


def test_results_count_only_answered_and_skipped_and_the_words_become_a_voice() -> None:
    """D1: beside the response stands that something was given, no id of a file and no words."""
    parts = split(ASKED, {"place": {"attachments": [ONE], "text": "A bench"}, "home": {"attachments": [TWO]}})
    assert parts.closed == {"place": {"value": "given"}, "home": {"value": "given"}}
    assert parts.voices == (Said("place", "A bench", (ONE,)), Said("home", "", (TWO,)))
    [column] = PLACE.columns()
    assert [option.id for option in column.options] == ["given"]
    assert PLACE.placed(parts.closed["place"]) == {"place": ("given",)}
    assert PLACE.placed({"skipped": True}) == {"place": (SKIP,)}


def test_a_file_divides_nobody() -> None:
    with pytest.raises(ValueError, match="divides nobody"):
        sample({"id": "place", "kind": "upload", "background": True})
