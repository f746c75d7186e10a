"""XLSForm in: what is supported becomes the same here; everything else is told by row and column with a reason."""

import pytest

from engage.rules.questionnaire.kinds import KINDS
from engage.rules.xlsform.reading import read_xlsform
from tests.unit.xlsform.books import CHOICES, book, like, read, survey

ASKED = {"type": "select_one yesno", "name": "told"}
SEVERAL = {"type": "select_multiple who", "name": "tell"}


def fields(*rows: dict[str, object], at: int = -1) -> dict[str, object]:
    """The last question as plain data."""
    found = read(*rows)
    assert found.definition is not None, found.refused
    question = found.definition.questions[at]
    return question.model_dump(mode="json", by_alias=True, exclude_defaults=True)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"type": "text"}, {"kind": "text", "length": "short"}),
        ({"type": "text", "appearance": "multiline", "required": "yes"}, {"kind": "text", "required": True}),
        ({"type": "text", "constraint": "string-length(.) <= 80"}, {"most": 80}),
        ({"type": "integer", "constraint": ". >= 3 and . < 26"}, {"kind": "number", "min": 3, "max": 25}),
        ({"type": "decimal", "constraint": ". <= 40"}, {"kind": "number", "decimals": 2, "max": 40}),
        ({"type": "range", "parameters": "start=1 end=5 step=1"}, {"kind": "number", "min": 1, "max": 5}),
        ({"type": "range", "parameters": "start=0 end=10 step=2 tick_labelset=ends"}, {"kind": "slider", "step": 2}),
        ({"type": "note"}, {"kind": "information"}),
        ({"type": "date", "constraint": ". >= date('2020-02-01')"}, {"kind": "date", "earliest": "2020-02"}),
        ({"type": "date", "appearance": "month-year"}, {"kind": "date", "ask": "month"}),
        ({"type": "image"}, {"kind": "upload"}),
        ({"type": "select_multiple who", "constraint": "count-selected(.) <= 2"}, {"kind": "multiple", "most": 2}),
    ],
)
def test_a_type_becomes_the_kind_that_asks_the_same(row: dict[str, object], says: dict[str, object]) -> None:
    found = fields({"name": "q", **row})
    assert says.items() <= found.items(), found


@pytest.mark.parametrize(("kind", "type_"), [("ranking", "rank who"), ("drawing", "image"), ("audio", "audio")])
def test_a_kind_that_is_not_here_is_refused_and_one_that_is_becomes_it(kind: str, type_: str) -> None:
    found = read({"type": type_, "name": "q", "appearance": "draw" if kind == "drawing" else None})
    if kind in KINDS:
        assert found.definition is not None, found.refused
        assert found.definition.questions[0].kind == kind
    else:
        assert [one.reason for one in found.refused if one.place.column == "A type"]


def test_choices_keep_their_order_languages_pictures_and_the_one_that_stands_alone() -> None:
    alone = {**SEVERAL, "constraint": "not(selected(., 'none') and count-selected(.) > 1)"}
    found = fields(alone)
    options = found["options"]
    assert isinstance(options, list)
    assert [(o["id"], o.get("exclusive", False)) for o in options] == [
        ("family", False),
        ("friend", False),
        ("none", True),
    ]
    assert options[0]["text"] == {"en": {"plain": "Family"}, "ar": {"plain": "العائلة"}}
    pictured = [(*row, "dog.png" if n == 1 else None) for n, row in enumerate(CHOICES)]
    pictured[0] = (*CHOICES[0], "media::image")
    shown = read(ASKED, choices=pictured)
    assert shown.definition is not None
    picture = (shown.definition.questions[0].options() or ())[0]
    assert (picture.picture, picture.alt) == ("dog", picture.text)
    assert any("media library as dog" in one.reason for one in shown.findings)


def test_or_other_opens_a_box_to_say_what() -> None:
    options = fields({"type": "select_one yesno or_other", "name": "q"})["options"]
    assert isinstance(options, list)
    assert options[-1] == {"id": "other", "text": {"en": {"plain": "Other"}}, "other": True}


def test_groups_are_sections_with_their_own_condition() -> None:
    found = read(
        {"type": "begin_group", "name": "first", "label::English (en)": "About you"},
        ASKED,
        {"type": "end_group", "name": ""},
        {"type": "begin group", "name": "second", "relevant": "${told} = 'yes'"},
        {"type": "text", "name": "why"},
        {"type": "end group", "name": ""},
    )
    assert found.definition is not None, found.refused
    sections = found.definition.sections
    assert [(one.id, one.title.say("en").text) for one in sections] == [
        ("first", "About you"),
        ("second", "Words of second"),
    ]
    assert sections[1].show_if is not None
    assert [question.section for question in found.definition.questions] == ["first", "second"]


def test_words_come_in_every_language_and_easy_words_with_them() -> None:
    row = {**ASKED, "label::English, easy words (en-x-easy)": "Easy", "label::Polski (pl)": "Po polsku"}
    found = read(row)
    assert found.definition is not None, found.refused
    assert set(found.definition.languages) == {"en", "ar", "pl"}
    text = found.definition.questions[0].text
    assert text.say("en", easy=True).text == "Easy"
    assert text.say("pl").text == "Po polsku"


@pytest.mark.parametrize(
    ("expression", "tree"),
    [
        ("${told} = 'yes'", {"question": "told", "is": "yes"}),
        ('selected(${told}, "yes")', {"question": "told", "is": "yes"}),
        ("selected(${tell}, 'friend')", {"question": "tell", "includes": "friend"}),
        ("${told} = 'yes' or ${told}='no'", {"question": "told", "any_of": ["yes", "no"]}),
        ("${told} != ''", {"question": "told", "answered": True}),
        ("${told} = ''", {"question": "told", "not_answered": True}),
        ("not(selected(${tell}, 'none'))", {"not": {"question": "tell", "includes": "none"}}),
        (
            "(${told} = 'yes' or ${tell} = '') and ${told} != ''",
            {
                "all": [
                    {"any": [{"question": "told", "is": "yes"}, {"question": "tell", "not_answered": True}]},
                    {"question": "told", "answered": True},
                ]
            },
        ),
        ("${told} != '' and ${told} != 'no'", {"question": "told", "is_not": "no"}),
        (
            "${told} != 'no'",
            {"any": [{"question": "told", "is_not": "no"}, {"question": "told", "not_answered": True}]},
        ),
    ],
)
def test_what_the_closed_operators_can_say_is_understood(expression: str, tree: dict[str, object]) -> None:
    assert fields(ASKED, SEVERAL, {"type": "text", "name": "q", "relevant": expression})["show_if"] == tree


REFUSED: dict[str, tuple[dict[str, object], str, str]] = {
    "amount": ({"relevant": "${told} > 3"}, "G relevant", "compares amounts"),
    "later": ({"relevant": "${later} = 'x'"}, "G relevant", "no question above"),
    "no choice": ({"relevant": "${told} = 'maybe'"}, "G relevant", "no choice 'maybe'"),
    "several": ({"relevant": "${tell} = 'friend'"}, "G relevant", "several answers"),
    "function": ({"relevant": "today() > 1"}, "G relevant", "“today”"),
    "half": ({"relevant": "${told} = "}, "G relevant", "ends too soon"),
    "deep": ({"relevant": "(" * 40 + "${told} = ''" + ")" * 40}, "G relevant", "too many brackets"),
    "odd sign": ({"relevant": "${told} = 'yes' ; x"}, "G relevant", "not understood"),
    "regex": ({"constraint": "regex(., 'a')"}, "H constraint", "not a limit"),
    "sum": ({"constraint": ". + 1 > 3"}, "H constraint", "not a limit"),
    "mid month": ({"type": "date", "constraint": ". >= date('2020-02-11')"}, "H constraint", "whole months"),
    "half number": ({"type": "decimal", "constraint": ". > 3"}, "H constraint", "leaves out its own limit"),
    "calculate": ({"type": "calculate"}, "A type", "nothing is calculated"),
    "place": ({"type": "geopoint"}, "A type", "never kept"),
    "repeat": ({"type": "begin repeat"}, "A type", "several times"),
    "unknown type": ({"type": "hologram"}, "A type", "not known"),
    "no list": ({"type": "select_one nowhere"}, "A type", "no list of choices"),
    "line without ends": ({"type": "range", "parameters": "start=0 end=10 step=2"}, "A type", "words for its two ends"),
    "required by rule": ({"required": "${told} = 'yes'"}, "F required", "is a rule"),
    "bad name": ({"name": "1 2"}, "B name", "beginning with a letter"),
    "twice": ({"name": "told"}, "B name", "is there twice"),
    "piping": ({"label::English (en)": "You said ${told}"}, "C label::English (en)", "puts an answer into words"),
    "layout": ({"label::English (en)": "**Bold**"}, "C label::English (en)", "layout"),
    "no english": (
        {"label::English (en)": None, "label::Arabic (ar)": "ماذا"},
        "C label::English (en)",
        "empty in English",
    ),
    "calculation": ({"calculation": "1 + 1"}, "L calculation", "nothing is calculated"),
    "filter": ({"choice_filter": "a=b"}, "L choice_filter", "cannot depend"),
    "default": ({"default": "yes"}, "L default", "never filled in"),
    "no language": ({"label::Klingon": "nuqneH"}, "L label::Klingon", "which language"),
}


@pytest.mark.parametrize(("row", "column", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_said_here_is_refused_by_row_and_column(
    row: dict[str, object], column: str, reason: str
) -> None:
    found = read(ASKED, SEVERAL, {"type": "text", "name": "q", **row})
    assert found.definition is None
    matching = [one for one in found.refused if one.place.column == column and reason in one.reason]
    assert matching, found.refused
    assert matching[0].place.sheet == "survey"
    assert matching[0].place.row in {1, 4}


LEFT_OUT: dict[str, tuple[dict[str, object], str]] = {
    "constraint_message": ({"constraint_message": "No!"}, "words of its own"),
    "audio": ({"media::audio": "a.mp3"}, "media library"),
    "appearance": ({"type": "select_one yesno", "appearance": "likert"}, "its own look"),
    "look of a date": ({"type": "date", "appearance": "no-calendar"}, "its own look"),
    "look of a photo": ({"type": "image", "appearance": "new-front"}, "its own look"),
    "required note": ({"type": "note", "required": "yes"}, "asks for no answer"),
    "unknown column": ({"my_remarks": "check this"}, "no column that is known"),
    "capital": ({"name": "Q1"}, "becomes q1"),
    "no limit": ({"type": "integer"}, "up to 999"),
}


@pytest.mark.parametrize(("row", "reason"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_not_kept_is_told_though_the_rest_is_taken(row: dict[str, object], reason: str) -> None:
    found = read(ASKED, {"type": "text", "name": "q", **row})
    assert found.definition is not None, found.refused
    assert [one for one in found.findings if reason in one.reason and one.place.row == 3], found.findings


def test_settings_name_the_survey_and_what_is_before_question_1_is_told_to_be_borrowed() -> None:
    settings = (("form_title", "form_id", "version", "style"), ("Our survey", "Our Survey 2", "7", "pages"))
    found = read(ASKED, settings=settings)
    assert found.definition is not None, found.refused
    assert (found.definition.survey, found.definition.title.say("en").text) == ("our-survey-2", "Our survey")
    assert found.definition.intro == like().intro
    told = [one.reason for one in found.findings]
    assert any("taken from “Your voice”" in reason for reason in told)
    assert any("numbered here" in reason for reason in told)
    assert any(one.place.column == "D style" for one in found.findings)


def test_a_group_that_does_not_close_and_strange_sheets_are_told() -> None:
    content = survey({"type": "begin_group", "name": "g"}, ASKED, entities=(("a",), ("b",)), notes=(("a",),))
    found = read_xlsform(content, like())
    reasons = {one.reason for one in found.refused}
    assert "is a group that never ends" in reasons
    assert "is a sheet for another program" in reasons


def test_problems_that_only_the_whole_survey_has_come_with_their_row_too() -> None:
    lists = (*CHOICES, ("one", "rather-not", "Rather not", ""), ("one", "b", "B", ""))
    found = read({"type": "select_one one", "name": "q"}, choices=lists)
    assert found.definition is None
    assert [one.place.row for one in found.refused if "rather-not" in one.reason] == [2]
    assert read_xlsform(book({"choices": CHOICES}), like()).refused[0].reason == "has no sheet named survey"
