"""A survey that says it is in British Sign Language is so in every part (A16)."""

from engage.rules.questionnaire.load import dump, load, version_hash
from engage.rules.questionnaire.signed import audio_missing, bsl_missing, library_names
from tests.unit.questionnaire.samples import option, sample, tree

ONE = {"id": "one", "kind": "single", "options": [option("yes"), option("no")]}
TWO = {**ONE, "id": "two"}


def test_a16_every_part_without_a_film_is_named() -> None:
    """A16: only where the survey is flagged; None is the page before question 1."""
    assert bsl_missing(sample(ONE)) == ()
    assert bsl_missing(sample(ONE, {**TWO, "bsl": "film"}, bsl=True)) == (None, "one")
    intro = {**tree()["intro"], "bsl": "hello"}  # type: ignore[dict-item]
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
