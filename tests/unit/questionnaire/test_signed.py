"""A survey that says it is in British Sign Language is so in every part (A16); what it shows is there for all."""

from pathlib import Path

import pytest

from engage.rules.questionnaire.checks import Facts, Shown, check
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds import KINDS
from engage.rules.questionnaire.load import dump, load, version_hash
from engage.rules.questionnaire.signed import audio_missing, bsl_missing, library_names
from tests.unit.questionnaire.samples import FILES, QUESTIONS, option, sample, tree

ONE = {"id": "one", "kind": "single", "options": [option("yes"), option("no")]}
TWO = {**ONE, "id": "two"}


def test_a16_every_part_without_a_film_is_named() -> None:
    """A16: only where the survey is flagged; None is the page before question 1."""
    assert bsl_missing(sample(ONE)) == ()
    assert bsl_missing(sample(ONE, {**TWO, "bsl": "film"}, bsl=True)) == (None, "one")
    intro = tree()["intro"]
    assert isinstance(intro, dict)
    intro["bsl"] = "hello"
    assert bsl_missing(sample({**ONE, "bsl": "film"}, bsl=True, intro=intro)) == ()


def test_a13_half_a_recorded_survey_is_named() -> None:
    assert audio_missing(sample(ONE, TWO), "en") == ()
    assert audio_missing(sample(ONE, {**TWO, "audio": {"en": "two-read"}}), "en") == (None, "one")


def test_what_a_survey_shows_of_the_library() -> None:
    definition = sample({**ONE, "bsl": "film", "audio": {"en": "read", "ar": "read-ar"}})
    assert library_names(definition) == {"film", "read", "read-ar"}
    assert load(dump(definition), "again.yaml") == definition


def test_a_survey_without_films_keeps_its_hash() -> None:
    assert version_hash(sample(ONE)) == version_hash(sample({**ONE, "audio": {}, "bsl": None}, bsl=False))


BOTH = frozenset({"en", "ar"})
FILM = Shown("film", "bfi", BOTH, BOTH)
WATCH = {"id": "watch", "kind": "video", "film": "hello"}
IN_ARABIC = {"languages": ["en", "ar"]}
FOUND: list[tuple[Definition, dict[str, Shown], tuple[str, str | None, str]]] = [
    (
        sample({**ONE, "bsl": "film"}, bsl=True),
        {"film": FILM},
        ("no_signed_film", None, "has no film in British Sign Language"),
    ),
    (
        sample(ONE, {**TWO, "audio": {"en": "two"}}),
        {"two": Shown("sound", "en")},
        ("partly_recorded", "one", "nobody has read it aloud in English, though other parts were"),
    ),
    (sample(WATCH), {}, ("not_in_library", "watch", "hello is not in the library, or was withdrawn")),
    (
        sample(WATCH),
        {"hello": Shown("picture")},
        ("not_in_library", "watch", "hello is a picture, and a film belongs here"),
    ),
    (
        sample({**ONE, "bsl": "film"}),
        {"film": Shown("film", "ur")},
        ("not_in_library", "one", "film is in Urdu, and British Sign Language belongs here"),
    ),
    (
        sample(WATCH, **IN_ARABIC),
        {"hello": Shown("film", "en", frozenset({"en"}), frozenset({"en"}))},
        ("no_accessible_route", "watch", "its film has no captions and no words in Arabic"),
    ),
]


@pytest.mark.parametrize(("definition", "library", "finding"), FOUND)
def test_a13_a16_the_gate_looks_everything_up_in_the_library(
    definition: Definition, library: dict[str, Shown], finding: tuple[str, str | None, str]
) -> None:
    """A13 A16: named by part, in words; unasked, nothing is said of a library that nobody looked into."""
    found = [(each.code, each.question, each.message) for each in check(definition, Facts(library=library))]
    assert finding in found
    unasked = {each.code for each in check(definition)}
    assert unasked.isdisjoint({"not_in_library", "no_accessible_route"})


def test_a_film_with_captions_and_words_in_every_language_is_let_through() -> None:
    shown = {"hello": Shown("film", "en", BOTH, BOTH), "signed": FILM}
    codes = {each.code for each in check(sample({**WATCH, "bsl": "signed"}, **IN_ARABIC), Facts(library=shown))}
    assert codes.isdisjoint({"not_in_library", "no_accessible_route", "no_signed_film", "partly_recorded"})


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_page_asks_the_library_for_what_the_gate_looks_up(file: Path) -> None:
    definition = load(file.read_text(encoding="utf-8"), file.name)
    asked = {name for part in (definition.intro, *definition.questions) for name in part.library_names()}
    assert asked == library_names(definition)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_every_kind_has_an_answer_of_words_or_of_plain_choices(kind: str) -> None:
    """A1 A6: even where it has to be answered, nobody needs a file, a drawing or a recording for it."""
    given = next(each for each in QUESTIONS if each["kind"] == kind)
    needed = {} if kind in {"contact", "information", "video"} else {"required": True, "skippable": False}
    question = sample({**given, **needed}).question(str(given["id"]))
    if not question.asks:
        assert question.parse({}) == {"seen": True}
        return
    chosen = question.options() is not None
    assert chosen or question.parse({question.fields()[0]: ["In words"]}).keys() <= {"text", "name", "reach"}
