"""Words of results that need no page."""

from engage.understanding.releases.views_words import asked_of, label_of
from tests.unit.questionnaire.samples import option, sample


def test_groups_put_together_are_called_by_all_their_names() -> None:
    labels = {"8": "8 years", "9": "9 years"}
    assert [label_of(labels, option) for option in ("8", "8+9", "x")] == ["8 years", "8 years / 9 years", "x"]


def test_what_names_an_answer_reads_in_results_as_to_somebody_who_gave_none() -> None:
    """Results are of many people: no placeholder is shown, and nobody's answer stands in its place."""
    named = {"en": {"plain": "How good is {answer:way|it}?"}}
    definition = sample(
        {"id": "way", "kind": "single", "options": [option("bus"), option("car")]},
        {"id": "good", "kind": "single", "text": named, "options": [option("yes"), {"id": "no", "text": named}]},
    )
    asked = asked_of(definition, "en")["good"]
    assert (asked.title, asked.words, asked.labels["no"]) == ("How good is it?",) * 3
