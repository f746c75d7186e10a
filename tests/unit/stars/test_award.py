"""From locked scores to a star: cut points, caps, what was not seen, and what must hold for any scores."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.rules.stars import PHRASES, Award, Score, award, expires_on, shipped_criteria

SET = shipped_criteria()
KEYS = [criterion.key for criterion in SET.criteria]
ESSENTIAL = [criterion.key for criterion in SET.criteria if criterion.essential]

Scores = dict[str, dict[str, Score]]


def visit(inspectors: int = 3, score: Score = 4, **special: list[Score]) -> Scores:
    """Everybody gives `score` to everything, but for the criteria named (underscores for hyphens), one each."""
    scores: Scores = {f"inspector-{number}": dict.fromkeys(KEYS, score) for number in range(inspectors)}
    for name, given_scores in special.items():
        for person, one in zip(scores.values(), given_scores, strict=True):
            person[name.replace("_", "-")] = one
    return scores


@pytest.mark.parametrize(
    ("score", "stars", "phrase"),
    [(4, 5, "tell_a_friend"), (3, 4, "good"), (2, 3, "ok"), (1, 2, "missing"), (0, 1, "not_for_us")],
)
def test_one_score_throughout(score: int, stars: int, phrase: str) -> None:
    result = award(SET, visit(score=score))
    assert (result.stars, result.phrase, result.overall, result.inspectors) == (stars, phrase, score, 3)
    assert result.phrase in PHRASES


def test_the_middle_score_counts_so_that_nobody_can_swing_it() -> None:
    result = award(SET, visit(friendly_welcome=[4, 4, 0]))
    welcome = result.domains[0].criteria[0]
    assert (welcome.median, welcome.spread, welcome.range, welcome.flagged) == (4, (1, 0, 0, 0, 2), 4, True)
    assert result.stars == 5


def test_domains_weigh_the_same_however_many_criteria_they_have() -> None:
    result = award(SET, visit(easy_to_reach=[0, 0, 0], for_disabled_people=[0, 0, 0]))
    assert [domain.mean for domain in result.domains] == [4, 4, 0, 4]
    assert (result.overall, result.stars) == (3, 4)


@pytest.mark.parametrize("key", ESSENTIAL)
def test_a_failed_must_have_caps_at_two_and_says_which(key: str) -> None:
    result = award(SET, visit(**{key.replace("-", "_"): [1, 1, 4]}))
    assert (result.stars, result.phrase) == (2, "missing")
    assert result.uncapped in {4, 5}
    assert [(cap.criterion, cap.stars, cap.reason) for cap in result.caps] == [(key, 2, "essential_failed")]


def test_a_must_have_that_is_partly_there_has_not_failed() -> None:
    assert award(SET, visit(private_space=[2, 2, 2])).caps == ()
    assert len(award(SET, visit(4, private_space=[1, 1, 2, 2])).caps) == 1  # the median is 1.5


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        (visit(2), "too_few_inspectors"),
        ({}, "too_few_inspectors"),
        (visit(safe_entry=[4, None, None]), "essential_not_seen"),
        (visit(easy_to_reach=[None, None, 4], for_disabled_people=[None] * 3), "too_little_seen"),
        (visit(friendly_welcome=[None] * 3, place_for_us=[None] * 3, listened_to=[None] * 3), "too_little_seen"),
        (visit(score=None), "essential_not_seen"),
    ],
)
def test_too_little_seen_gives_no_star(scores: Scores, reason: str) -> None:
    result = award(SET, scores)
    assert (result.stars, result.uncapped, result.phrase, result.no_star) == (None, None, "not_enough_seen", reason)


def test_a_point_some_could_not_see_counts_those_who_did() -> None:
    result = award(SET, visit(place_for_us=[3, 3, None]))
    place = result.domains[0].criteria[1]
    assert (place.median, place.counted, place.not_seen, result.no_star) == (3, 2, 1, None)


@pytest.mark.parametrize("bad", [{"safe-entry": 5}, {"safe-entry": -1}, {"no-such-point": 3}])
def test_a_score_that_cannot_be_is_refused(bad: dict[str, Score]) -> None:
    with pytest.raises(ValueError, match=r"score|not in"):
        award(SET, visit() | {"inspector-9": bad})


@pytest.mark.parametrize(
    ("published", "expires"),
    [(date(2026, 6, 30), date(2028, 6, 30)), (date(2028, 2, 29), date(2030, 2, 28))],
)
def test_a_star_runs_out_after_24_months(published: date, expires: date) -> None:
    assert expires_on(published) == expires


SCORE = st.one_of(st.none(), st.integers(0, 4))
VISITS = st.lists(st.fixed_dictionaries(dict.fromkeys(KEYS, SCORE)), min_size=0, max_size=6).map(
    lambda people: {str(number): scores for number, scores in enumerate(people)}
)
FULL = st.lists(st.fixed_dictionaries(dict.fromkeys(KEYS, st.integers(0, 4))), min_size=3, max_size=5).map(
    lambda people: {str(number): scores for number, scores in enumerate(people)}
)


@given(scores=VISITS)
def test_bounded_capped_and_never_a_star_without_reason(scores: Scores) -> None:
    result: Award = award(SET, scores)
    assert (result.stars is None) == (result.no_star is not None)
    assert result.stars is None or 1 <= result.stars <= (2 if result.caps else 5)
    assert result.overall is None or 0 <= result.overall <= 4
    assert all(one.counted + one.not_seen == len(scores) for domain in result.domains for one in domain.criteria)


@given(scores=VISITS, order=st.randoms())
def test_the_order_of_inspectors_does_not_matter(scores: Scores, order: Random) -> None:
    people = list(scores.items())
    order.shuffle(people)
    assert award(SET, dict(people)) == award(SET, scores)


@given(scores=FULL, key=st.sampled_from(KEYS), person=st.integers(0, 2))
def test_a_better_score_never_costs_a_star(scores: Scores, key: str, person: int) -> None:
    before = award(SET, scores)
    seen = scores[str(person)][key] or 0
    after = award(SET, scores | {str(person): scores[str(person)] | {key: min(seen + 1, 4)}})
    assert (after.stars or 0) >= (before.stars or 0)
