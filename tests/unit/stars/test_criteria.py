"""Criteria sets as data."""

from pathlib import Path

import pytest

from engage.rules.stars import criteria as module
from engage.rules.stars import load_criteria, say, shipped_criteria

TEXT = Path(module.__file__).with_name("young-inspectors.yaml").read_text(encoding="utf-8")


def test_the_shipped_set_holds_the_must_haves_and_speaks_english_and_arabic() -> None:
    shipped = shipped_criteria()
    assert {criterion.key for criterion in shipped.criteria if criterion.essential} == {
        "safe-entry",
        "private-space",
        "confidentiality-explained",
        "complaints-visible",
    }
    assert 8 <= len(shipped.criteria) <= 12
    texts = [text for one in shipped.criteria for text in (one.text, one.look_for, *one.descriptors)]
    texts += [shipped.name, *shipped.scale, *(domain.name for domain in shipped.domains)]
    assert all(text.keys() == {"en", "ar"} for text in texts)
    assert shipped.checked == {"ar": "draft"}


def test_say_falls_back_to_english_and_to_plain_words() -> None:
    point = shipped_criteria().criteria[0]
    assert say(point.text, "cy") == say(point.text) == "They make young people feel welcome"
    assert say(point.text, easy=True) == "They say hello. They are kind."
    assert say(point.text, "ar", easy=True) == say(point.text, "ar") != say(point.text)


def test_the_hash_follows_the_content() -> None:
    changed = load_criteria(TEXT.replace("Coming in", "On the way in"))
    assert load_criteria(TEXT).sha256 == shipped_criteria().sha256 != changed.sha256


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cuts: [1, 2, 2.75, 3.5]", "cuts: [1, 2, 2, 3.5]", "cuts must rise"),
        ("cuts: [1, 2, 2.75, 3.5]", "cuts: [1, 2, 3, 4.5]", "cuts must rise"),
        ("inspectors: 3", "inspectors: 2", "greater than or equal to 3"),
        ("key: place-for-us", "key: friendly-welcome", "share a key"),
        ('en: {plain: "Coming in"}', 'cy: {plain: "Dod i mewn"}', "English"),
        ('          - {en: {plain: "It is dirty, noisy or frightening."}', '          - {cy: {plain: "x"}', "English"),
        ("symbol: hand", "picture: hand", "Extra inputs"),
    ],
)
def test_a_set_that_makes_no_sense_is_refused(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(ValueError, match=message):
        load_criteria(TEXT.replace(old, new, 1))
