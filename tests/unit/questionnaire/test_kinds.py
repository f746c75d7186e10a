"""Every kind against good, empty, skipped and hostile forms: any input is an answer or a mistake, never an error."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.rules.questionnaire.answers import MISTAKES, SKIP, Answer, Form, Mistake
from engage.rules.questionnaire.kinds import KINDS
from engage.rules.questionnaire.kinds.base import Option
from engage.rules.questionnaire.load import version_hash
from engage.rules.questionnaire.texts import Text
from tests.unit.questionnaire.samples import PATIENT, QUESTIONS, option, sample

EVERY = sample()
QUESTIONS_BY_ID = {str(question["id"]): question for question in QUESTIONS}

TAKEN: list[tuple[str, Form, Answer]] = [
    ("safe", {"safe": ["1"]}, {"value": "1"}),
    ("safe", {"safe": [SKIP]}, {"skipped": True}),
    ("safe", {"safe": ["1", SKIP]}, {"skipped": True}),
    ("safe", {"safe": ["1", "1"]}, {"value": "1"}),
    ("service", {"service": ["5"]}, {"value": "5"}),
    ("told", {"told": ["else"], "told-other": [" my aunt "]}, {"value": "else", "other": "my aunt"}),
    ("told", {"told": ["else"]}, {"value": "else"}),
    ("told", {"told": ["yes"], "told-other": ["left over"]}, {"value": "yes"}),
    ("tell", {"tell": ["friend", "family"]}, {"values": ["family", "friend"]}),
    ("tell", {"tell": ["none"]}, {"values": ["none"]}),
    ("tell", {"tell": ["family", "else"], "tell-other": ["Gran"]}, {"values": ["family", "else"], "other": "Gran"}),
    ("heard", {"heard": ["dont_know"]}, {"value": "dont_know"}),
    ("mood", {"mood": ["worried"]}, {"value": "worried"}),
    ("line", {"line": ["0"]}, {"value": "0"}),
    ("sleep", {"sleep": [" 8 "]}, {"number": "8", "value": "5-8"}),
    ("sleep", {"sleep": ["٢٤"]}, {"number": "24", "value": "9-24"}),
    ("sleep", {"sleep": ["007.0"]}, {"number": "7", "value": "5-8"}),
    ("sleep", {"sleep-skip": ["yes"], "sleep": [" "]}, {"skipped": True}),
    (
        "visit",
        {"visit-day": ["29"], "visit-month": ["2"], "visit-year": ["2024"]},
        {"date": "2024-02-29", "value": "2024"},
    ),
    (
        "visit",
        {"visit-day": ["1"], "visit-month": ["September"], "visit-year": ["٢٠٢٥"]},
        {"date": "2025-09-01", "value": "2025"},
    ),
    ("moved", {"moved-month": ["06"], "moved-year": ["2027"]}, {"date": "2027-06", "value": "2020-2027"}),
    ("first", {"first": ["school", "home", "friends"]}, {"order": ["school", "home", "friends"]}),
    ("first", {"first": ["home"], "first-skip": ["yes"]}, {"skipped": True}),
    (
        "first",
        {"first": ["home", "school", "friends"], "first-move": ["up.x"]},
        {"order": ["home", "school", "friends"]},
    ),
    ("about", {"about-play": ["1"]}, {"rows": {"play": "1"}}),
    ("about", {"about-skip": ["yes"], "about-play": ["1"]}, {"skipped": True}),
    ("hurts", {"hurts": ["tummy", "head"]}, {"values": ["head", "tummy"]}),
    ("joins", {"joins": ["disagree"]}, {"value": "disagree"}),
    ("told_this", {"told_this": ["forged"]}, {"seen": True}),
    ("better", {"better": ["More\r\nlights"]}, {"text": "More\nlights"}),
    ("better", {"better": ["  "]}, {"skipped": True}),
    ("better", {"better": [SKIP]}, {"text": SKIP}),
    ("better", {"better": [" \n"], "better-skip": ["yes"]}, {"skipped": True}),
    ("better", {"better": ["a\x00b\ud800"]}, {"text": "a\ufffdb\ufffd"}),
    ("better", {"better": ["=1+1 \u202eabc"]}, {"text": "=1+1 \u202eabc"}),
    ("you", {"you-name": ["Sam"]}, {"name": "Sam", "reach": ""}),
    ("you", {}, {"skipped": True}),
]

REFUSED: list[tuple[str, Form, str, str]] = [
    ("safe", {}, "choose_one_or_skip", "safe-1"),
    ("safe", {"safe": [""]}, "choose_one_or_skip", "safe-1"),
    ("safe", {"safe": ["6"]}, "unknown_option", "safe-1"),
    ("safe", {"safe": ["1", "2"]}, "one_only", "safe-1"),
    ("told", {"told": ["else"], "told-other": ["x" * 201]}, "too_long", "told-other"),
    ("tell", {}, "choose_some_or_skip", "tell-1"),
    ("tell", {"tell": ["friend", "none"]}, "exclusive", "tell-1"),
    ("tell", {"tell": ["family", "friend", "else"]}, "choose_fewer", "tell-1"),
    ("tell", {"tell": ["friend", "forged"]}, "unknown_option", "tell-1"),
    ("mood", {"mood": ["happy", "worried"]}, "one_only", "mood-1"),
    ("line", {"line": ["5"]}, "unknown_option", "line-1"),
    ("line", {"line": ["5-"]}, "unknown_option", "line-1"),
    ("sleep", {"sleep": [""]}, "number_or_skip", "sleep-1"),
    ("sleep", {"sleep": ["eight"]}, "not_a_number", "sleep-1"),
    ("sleep", {"sleep": ["1e2"]}, "not_a_number", "sleep-1"),
    ("sleep", {"sleep": ["9" * 400]}, "not_a_number", "sleep-1"),
    ("sleep", {"sleep": ["7.5"]}, "not_whole", "sleep-1"),
    ("sleep", {"sleep": ["-1"]}, "number_too_low", "sleep-1"),
    ("sleep", {"sleep": ["1,000"]}, "number_too_high", "sleep-1"),
    ("visit", {}, "date_or_skip", "visit-day"),
    ("visit", {"visit-day": ["30"], "visit-month": ["2"], "visit-year": ["2025"]}, "not_a_date", "visit-day"),
    ("visit", {"visit-day": ["3"], "visit-month": ["2"]}, "not_a_date", "visit-year"),
    ("visit", {"visit-day": ["3"], "visit-month": ["2"], "visit-year": ["25"]}, "not_a_date", "visit-day"),
    ("visit", {"visit-day": ["31"], "visit-month": ["12"], "visit-year": ["2023"]}, "date_too_early", "visit-day"),
    ("visit", {"visit-day": ["1"], "visit-month": ["7"], "visit-year": ["2027"]}, "date_too_late", "visit-day"),
    ("moved", {"moved-month": ["13"], "moved-year": ["2020"]}, "not_a_date", "moved-month"),
    ("first", {}, "rank_all", "first-1"),
    ("first", {"first": ["home", "school"]}, "rank_all", "first-1"),
    ("first", {"first": ["home", "school", "forged"]}, "rank_all", "first-1"),
    ("about", {}, "rows_or_skip", "about-1-1"),
    ("about", {"about-play": ["1"], "about-sleep-well": ["4"]}, "unknown_option", "about-2-1"),
    ("about", {"about-play": ["1", "2"]}, "one_only", "about-1-1"),
    ("hurts", {"hurts": ["head", "none"]}, "exclusive", "hurts-1"),
    ("hurts", {"hurts": ["head", "elbow"]}, "unknown_option", "hurts-1"),
    ("joins", {"joins": [SKIP]}, "unknown_option", "joins-1"),
    ("joins", {}, "choose_one", "joins-1"),
    ("better", {"better": ["x" * 51]}, "too_long", "better"),
    ("better", {"better": ["words"], "better-skip": ["yes"]}, "words_and_skip", "better"),
    ("sleep", {"sleep": ["8"], "sleep-skip": ["yes"]}, "words_and_skip", "sleep-1"),
    ("moved", {"moved-year": ["2020"], "moved-skip": ["yes"]}, "words_and_skip", "moved-month"),
    ("you", {"you-reach": ["0700"], "you-skip": ["yes"]}, "words_and_skip", "you-reach"),
    ("home", {"home": ["A house"], "home-skip": ["yes"]}, "words_and_skip", "home"),
    ("you", {"you-name": ["x" * 201]}, "too_long", "you-name"),
    ("you", {"you-reach": ["x" * 201]}, "too_long", "you-reach"),
]


def test_the_sample_has_every_kind() -> None:
    assert {question.kind for question in EVERY.questions} == set(KINDS)


@pytest.mark.parametrize(("question_id", "form", "answer"), TAKEN)
def test_a_good_form_is_an_answer_that_fills_the_form_again(question_id: str, form: Form, answer: Answer) -> None:
    question = EVERY.question(question_id)
    assert question.parse(form) == answer
    assert question.parse(question.filled(answer)) == answer


@pytest.mark.parametrize(("question_id", "form", "key", "control"), REFUSED)
def test_a_bad_form_is_a_mistake_that_keeps_what_was_sent(question_id: str, form: Form, key: str, control: str) -> None:
    mistake = EVERY.question(question_id).parse(form)
    assert isinstance(mistake, Mistake)
    assert (mistake.key, mistake.control) == (key, control)
    assert mistake.kept == {name: tuple(values) for name, values in form.items()}
    assert "{" not in mistake.english


def test_a_mistake_names_the_option_in_the_readers_words() -> None:
    mistake = EVERY.question("tell").parse({"tell": ["friend", "none"]})
    assert isinstance(mistake, Mistake)
    assert mistake.said("en", easy=True) == {"option": "none (easy)"}
    assert mistake.english == "Choose either “none” or other answers, not both"


def test_required_words_are_asked_for_and_cannot_be_skipped_where_the_form_says_so() -> None:
    asked = sample({"id": "say", "kind": "text", "required": True, "skippable": False}).question("say")
    for form in ({}, {"say-skip": ["yes"]}):
        mistake = asked.parse(form)
        assert isinstance(mistake, Mistake)
        assert mistake.key == "write_something"


def test_an_optional_choice_left_empty_is_a_skip() -> None:
    question = sample({"id": "safe", "kind": "faces", "scale": "five", "required": False}).question("safe")
    assert question.parse({}) == {"skipped": True}


def test_describe_says_the_words_of_the_language_and_marks_a_persons_own_as_unknown() -> None:
    tell = EVERY.question("tell")
    said = tell.describe({"values": ["family", "else"], "other": "Gran"}, "ar", easy=True)
    assert said == (("family (easy)", "en"), ("else (easy)", "en"), ("Gran", ""))
    assert tell.describe({"skipped": True}, "en") == ()


@PATIENT
@given(
    form=st.dictionaries(
        st.sampled_from([name for question in EVERY.questions for name in question.fields()]),
        st.lists(st.text() | st.sampled_from(["1", "yes", "none", "else", SKIP, "x" * 5000]), max_size=4),
    )
)
def test_any_form_is_an_answer_or_a_mistake_and_the_answer_is_plain_data(form: dict[str, list[str]]) -> None:
    for question in EVERY.questions:
        result = question.parse(form)
        if isinstance(result, Mistake):
            assert result.key in MISTAKES
            assert set(result.kept) <= set(question.fields())
            continue
        assert json.loads(json.dumps(result)) == result
        assert question.parse(question.filled(result)) == result


def test_supplied_options_come_before_the_written_ones_and_are_not_part_of_the_version() -> None:
    asked = {"id": "where", "kind": "single", "options_from": "services", "options": [option("other", other=True)]}
    bare = sample(asked)
    full = bare.supply(services=(Option(id="club", text=Text.english("Mill Lane club")),))
    assert [o.id for o in full.question("where").options() or ()] == ["club", "other"]
    assert full.question("where").parse({"where": ["club"]}) == {"value": "club"}
    assert version_hash(full) == version_hash(bare)


def test_a_question_that_waits_for_options_is_not_asked() -> None:
    bare = sample({"id": "where", "kind": "single", "options_from": "services"}, {"id": "why", "kind": "text"})
    assert [question.id for question in bare.asked] == ["why"]
    assert len(bare.supply(services=(Option(id="club", text=Text.english("Club")),)).asked) == 2


def test_results_read_columns_and_where_an_answer_stands_in_them() -> None:
    """D1: results list a question by its columns; an answer or a skip has its place in them, words have none."""
    columns = {column.key: column for question in EVERY.questions for column in question.columns()}
    assert list(columns) == [
        *("safe", "service", "told", "tell", "heard"),
        *("mood", "line", "sleep", "visit", "moved", "joins"),
        *("first.home", "first.school", "first.friends", "about.play", "about.sleep-well", "hurts", "place", "home"),
        "day",
    ]
    assert [option.id for option in columns["sleep"].options] == ["0-4", "5-8", "9-24"]
    assert [option.id for option in columns["visit"].options] == ["2024", "2025", "2026", "2027"]
    assert [key for key, column in columns.items() if column.is_multiple] == ["tell", "hurts"]
    assert [option.id for option in columns["heard"].options] == ["1", "2", "3", "4", "5", "dont_know"]
    assert EVERY.question("tell").placed({"values": ["family", "else"], "other": "Gran"}) == {
        "tell": ("family", "else")
    }
    assert EVERY.question("safe").placed({"skipped": True}) == {"safe": (SKIP,)}
    assert EVERY.question("better").placed({"text": "More lights"}) == {}
    assert EVERY.question("you").placed({"skipped": True}) == {}


def test_a12_a_press_of_up_or_down_gives_the_same_page_in_the_new_order() -> None:
    """A12: moving is no mistake; it says where the thing stands now, and stops at both ends."""
    first = EVERY.question("first")
    order = ("home", "school", "friends")
    for move, after, at in (
        ("up.friends", ("home", "friends", "school"), 2),
        ("down.home", ("school", "home", "friends"), 2),
        ("up.home", order, 1),
        ("down.friends", order, 3),
    ):
        moved = first.parse({"first": order, "first-move": [move], "first-skip": ["yes"]})
        assert isinstance(moved, Mistake)
        assert not moved.is_wrong
        assert moved.kept == {"first": after}
        assert moved.english == f"“{move.split('.')[1]}” is now {at} of 3"


def test_an_answer_in_parts_stands_in_a_column_for_each() -> None:
    """D1: a ranking is counted by place, a matrix by line; a line that was left out counts as not said."""
    assert EVERY.question("first").placed({"order": ["school", "home", "friends"]}) == {
        "first.school": ("1",),
        "first.home": ("2",),
        "first.friends": ("3",),
    }
    about = EVERY.question("about")
    assert about.placed({"rows": {"play": "1"}}) == {"about.play": ("1",), "about.sleep-well": (SKIP,)}
    assert about.placed({"skipped": True}) == {"about.play": (SKIP,), "about.sleep-well": (SKIP,)}
    assert about.chosen({"rows": {"play": "1"}}) == ("1",)
    strict = sample({**QUESTIONS_BY_ID["about"], "every": True}).question("about")
    missing = strict.parse({"about-play": ["1"]})
    assert isinstance(missing, Mistake)
    assert (missing.key, missing.control) == ("every_row", "about-2-1")


SALVAGED: list[tuple[str, Form, Answer]] = [
    ("better", {"better": ["x" * 900]}, {"text": "x" * 900}),
    ("better", {"better": ["x"]}, {"text": "x"}),
    ("better", {"better": ["x" * 900], "better-skip": ["yes"]}, {"skipped": True}),
    ("told", {"told": ["else"], "told-other": ["y" * 300]}, {"value": "else", "other": "y" * 300}),
    ("safe", {"safe": ["9"]}, {"skipped": True}),
    ("sleep", {"sleep": ["eight"]}, {"skipped": True}),
]


@pytest.mark.parametrize(("question", "form", "answer"), SALVAGED)
def test_words_nobody_can_be_asked_about_again_are_kept_whole(question: str, form: Form, answer: Answer) -> None:
    """S1: whatever a tablet sends, a child's own words are read by a person, however many they are."""
    assert EVERY.question(question).salvage(form) == answer


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"ranking"}))  # a page of it always sends a whole list
def test_whoever_left_an_answer_empty_is_told_of_not_saying_wherever_the_page_offers_it(kind: str) -> None:
    """A1, A5: nobody who is asked again believes that they must answer; nobody is sent to what is not there."""
    given = next(question for question in QUESTIONS if question["kind"] == kind)
    whole = {"every": True} if kind == "matrix" else {}
    half: Form = {"about-play": ["1"]} if kind == "matrix" else {}
    for skippable in (True, False):
        asked = sample({**given, **whole, "required": True, "skippable": skippable}).question(str(given["id"]))
        for form in ({}, half):
            read = asked.parse(form)
            if isinstance(read, Mistake):
                assert ("I would rather not say" in read.english) is asked.offers_skip, form
