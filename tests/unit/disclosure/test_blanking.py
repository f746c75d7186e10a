"""What is forgotten of how people answered, so that no small group can be told from the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.rules.disclosure.blanking import to_blank
from engage.rules.questionnaire import how

COUNTS = st.dictionaries(st.sampled_from(["", "a", "b", "c", "d", "e"]), st.integers(1, 40))


@given(counts=COUNTS, threshold=st.sampled_from([10, 11]))
def test_no_group_that_stays_is_small_and_neither_is_the_one_that_is_not_known(
    counts: dict[str, int], threshold: int
) -> None:
    blanked = to_blank(counts, threshold)
    left = {value: people for value, people in counts.items() if value and value not in blanked}
    assert all(people >= threshold for people in left.values())
    if blanked and left:
        assert counts.get("", 0) + sum(counts[value] for value in blanked) >= threshold
    assert not to_blank({**left, "": 1000}, threshold)


@pytest.mark.parametrize(
    ("counts", "blanked"),
    [
        ({"en": 40, "ar": 12}, set()),
        ({"en": 40, "ar": 3}, {"en", "ar"}),
        ({"en": 40, "ar": 3, "pl": 11}, {"ar", "pl"}),
        ({"en": 40, "ar": 3, "pl": 8}, {"ar", "pl"}),
        ({"en": 40, "ar": 3, "": 20}, {"ar"}),
        ({"en": 40, "": 2}, set()),
        ({}, set()),
    ],
)
def test_the_smallest_follow_until_what_is_not_known_is_large_enough(counts: dict[str, int], blanked: set[str]) -> None:
    assert to_blank(counts, 10) == blanked


def test_only_words_of_the_closed_lists_are_read() -> None:
    assert how.read({"how-company": ["alone"], "how-adult": ["no"]}) == {"company": "alone", "adult": "no"}
    hostile = {"how-company": ["alone", "friend"], "how-adult": ["<b>"], "how-easy": ["yes"], "company": ["worker"]}
    assert how.read(hostile) == {}
    assert how.used({"used-modes": ["read_aloud", "easy", "x"]}) == {"read_aloud"}
