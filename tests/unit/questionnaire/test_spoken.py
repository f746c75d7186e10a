"""A13: a survey for the youngest is read to them in each of its languages, or the gate says where nothing does."""

from engage.paths import surveys
from engage.rules.questionnaire.checks import Facts, Speech, check
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load
from tests.unit.questionnaire.samples import sample, words

KNOWN = frozenset({"en", "ar", "pl"})
INSTALLED, NOTHING = Speech(KNOWN, KNOWN), Speech(frozenset(), KNOWN)
YOUNGEST: dict[str, object] = {"audience": "children", "age_min": 4, "age_max": 7, "languages": ["en", "so"]}
FACES = {"kind": "faces", "words": [words(word) for word in ("Bad", "OK", "Good")], "symbol": "home"}


def survey(recorded: dict[str, list[str]], **header: object) -> Definition:
    """Two questions; `recorded`: part ("intro", "one", "two") -> languages with a recording."""
    asked = [{"id": name, **FACES, "audio": dict.fromkeys(recorded.get(name, []), "a")} for name in ("one", "two")]
    definition = sample(*asked, **{**YOUNGEST, **header})
    sounds = dict.fromkeys(recorded.get("intro", []), "a")
    return definition.model_copy(update={"intro": definition.intro.model_copy(update={"audio": sounds})})


def found(definition: Definition, speech: Speech | None) -> set[tuple[str, str | None, str]]:
    codes = {"no_voice", "voice_of_device"}
    told = check(definition, Facts(speech=speech))
    return {(each.weight, each.question, each.place) for each in told if each.code in codes}


ALL = {part: ["en", "so"] for part in ("intro", "one", "two")}


def test_a13_what_a_person_recorded_in_every_language_needs_nothing_else() -> None:
    assert found(survey(ALL), NOTHING) == set()
    assert found(survey(ALL), INSTALLED) == set()


def test_a13_a_language_no_program_speaks_stops_it_and_one_only_a_device_may_speak_is_told() -> None:
    """Decision 13: a recording, the device's own voice, sound of this site; nobody knows the device beforehand."""
    assert found(survey({}), NOTHING) == {("must", None, "intro.audio.so"), ("look", None, "intro.audio.en")}
    assert found(survey({}), INSTALLED) == {("must", None, "intro.audio.so")}
    assert found(survey({}, languages=["en"]), INSTALLED) == set()


def test_a13_where_some_parts_are_recorded_each_silent_one_is_named() -> None:
    partly = survey({"intro": ["so"], "one": ["so", "en"]})
    assert found(partly, INSTALLED) == {("must", "two", "audio.so")}
    assert found(partly, NOTHING) == {
        ("must", "two", "audio.so"),
        ("look", None, "intro.audio.en"),
        ("look", "two", "audio.en"),
    }
    assert found(survey({"one": ["so"], "two": ["so"]}, languages=["en", "so"]), INSTALLED) == {
        ("must", None, "intro.audio.so")
    }


def test_a13_whoever_can_read_is_not_stopped_for_it() -> None:
    assert found(survey({}, age_min=8, age_max=11), NOTHING) == set()
    assert found(survey({}, audience="parents", age_min=None, age_max=None), NOTHING) == set()
    assert found(survey({}), None) == set(), "nobody has looked what this site speaks"


def test_a13_the_ready_survey_for_the_youngest_goes_live_and_says_what_it_rests_on() -> None:
    path = surveys() / "my-world.yaml"
    definition = load(path.read_text(encoding="utf-8"), path.name)
    assert found(definition, INSTALLED) == set()
    assert {weight for weight, _, _ in found(definition, NOTHING)} == {"look"}
