"""From locked scores to a star. Nobody has published the arithmetic of a young inspectors' star, so ours is all here.

Criterion: median of those who saw it. Domain: mean of its criteria. Overall: mean of the domains, cut into stars at
the set's published points. A failed must-have caps the star at 2. Too little seen gives no star.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Literal

from engage.rules.marking import to_translate
from engage.rules.stars.criteria import CriteriaSet, Criterion, Domain

ESSENTIAL_PASSES_AT = 2  # "partly": a must-have below it has failed
ESSENTIAL_CAP = 2  # stars
SEEN_BY = 2  # inspectors who must have seen a criterion for it to count
SEEN_SHARE = Fraction(3, 4)  # of all criteria
FLAG_RANGE = 2  # scores this far apart are talked about
VALID_YEARS = 2

Score = int | None  # 0 to 4, None for "could not see"
Phrase = Literal["tell_a_friend", "good", "ok", "missing", "not_for_us", "not_enough_seen"]
NoStar = Literal["too_few_inspectors", "essential_not_seen", "too_little_seen"]

PHRASES: dict[Phrase, str] = {
    "tell_a_friend": to_translate("We would tell a friend to go"),
    "good": to_translate("Good, small things to change"),
    "ok": to_translate("OK, some things need work"),
    "missing": to_translate("Important things missing"),
    "not_for_us": to_translate("Young people do not feel it is for them"),
    "not_enough_seen": to_translate("Not enough seen to judge"),
}
_BY_STARS: tuple[Phrase, ...] = ("not_enough_seen", "not_for_us", "missing", "ok", "good", "tell_a_friend")


@dataclass(frozen=True)
class CriterionResult:
    """median and range in scores 0 to 4, None when nobody saw it. spread: inspectors who gave 0, 1, 2, 3, 4."""

    key: str
    essential: bool
    median: float | None
    spread: tuple[int, int, int, int, int]
    range: int | None
    flagged: bool
    counted: int
    not_seen: int

    @property
    def seen(self) -> bool:
        return self.counted >= SEEN_BY


@dataclass(frozen=True)
class DomainResult:
    """mean: of the medians of the criteria seen, 0 to 4, two decimals; None when none was seen."""

    key: str
    mean: float | None
    criteria: tuple[CriterionResult, ...]


@dataclass(frozen=True)
class Cap:
    """A must-have that failed and the most stars it leaves."""

    criterion: str
    stars: int
    reason: Literal["essential_failed"] = "essential_failed"


@dataclass(frozen=True)
class Award:
    """stars: 1 to 5, or None with the reason in `no_star`. uncapped: what it would be without the caps."""

    stars: int | None
    uncapped: int | None
    phrase: Phrase
    overall: float | None
    caps: tuple[Cap, ...]
    domains: tuple[DomainResult, ...]
    inspectors: int
    no_star: NoStar | None


def award(criteria: CriteriaSet, locked_scores: Mapping[str, Mapping[str, Score]]) -> Award:
    """The star these scores give.

    locked_scores: inspector -> {criterion key: 0 to 4, None for "could not see"}; a criterion left out was not seen.
    Raises ValueError for a score outside 0 to 4 or a criterion the set does not have.
    """
    _check(criteria, locked_scores)
    domains = tuple(_domain(domain, locked_scores) for domain in criteria.domains)
    results = [result for domain in domains for result in domain.criteria]
    caps = tuple(Cap(result.key, ESSENTIAL_CAP) for result in results if result.essential and _failed(result))
    overall = _overall(domains)
    no_star = _no_star(criteria, domains, len(locked_scores))
    uncapped = None if no_star or overall is None else 1 + sum(overall >= Fraction(cut) for cut in criteria.cuts)
    stars = None if uncapped is None else min([uncapped, *(cap.stars for cap in caps)])
    return Award(
        stars=stars,
        uncapped=uncapped,
        phrase=_BY_STARS[stars or 0],
        overall=None if overall is None else _two_places(overall),
        caps=caps,
        domains=domains,
        inspectors=len(locked_scores),
        no_star=no_star,
    )


def expires_on(published: date) -> date:
    """24 months later, the day from which the star has run out; from a leap day, 28 February."""
    year = published.year + VALID_YEARS
    if (published.month, published.day) == (2, 29):
        return date(year, 2, 28)
    return published.replace(year=year)


def _check(criteria: CriteriaSet, locked_scores: Mapping[str, Mapping[str, Score]]) -> None:
    known = {criterion.key for criterion in criteria.criteria}
    for scores in locked_scores.values():
        for key, score in scores.items():
            if key not in known:
                raise ValueError(f"{key!r} is not in {criteria.key} version {criteria.version}")
            if score is not None and not 0 <= score <= 4:
                raise ValueError(f"{key}: {score} is not a score from 0 to 4")


def _criterion(criterion: Criterion, locked_scores: Mapping[str, Mapping[str, Score]]) -> CriterionResult:
    given = [scores.get(criterion.key) for scores in locked_scores.values()]
    seen = [score for score in given if score is not None]
    apart = max(seen) - min(seen) if seen else None
    return CriterionResult(
        key=criterion.key,
        essential=criterion.essential,
        median=float(median(seen)) if seen else None,
        spread=(seen.count(0), seen.count(1), seen.count(2), seen.count(3), seen.count(4)),
        range=apart,
        flagged=apart is not None and apart >= FLAG_RANGE,
        counted=len(seen),
        not_seen=len(given) - len(seen),
    )


def _domain(domain: Domain, locked_scores: Mapping[str, Mapping[str, Score]]) -> DomainResult:
    results = tuple(_criterion(criterion, locked_scores) for criterion in domain.criteria)
    mean = _mean_of(results)
    return DomainResult(domain.key, None if mean is None else _two_places(mean), results)


def _mean_of(results: tuple[CriterionResult, ...]) -> Fraction | None:
    medians = [Fraction(result.median) for result in results if result.seen and result.median is not None]
    return sum(medians, Fraction()) / len(medians) if medians else None


def _overall(domains: tuple[DomainResult, ...]) -> Fraction | None:
    """From exact means, not the rounded ones shown: a cut point must not depend on rounding."""
    means = [mean for domain in domains if (mean := _mean_of(domain.criteria)) is not None]
    return sum(means, Fraction()) / len(means) if means else None


def _failed(result: CriterionResult) -> bool:
    return result.seen and result.median is not None and result.median < ESSENTIAL_PASSES_AT


def _no_star(criteria: CriteriaSet, domains: tuple[DomainResult, ...], inspectors: int) -> NoStar | None:
    results = [result for domain in domains for result in domain.criteria]
    if inspectors < criteria.inspectors:
        return "too_few_inspectors"
    if any(result.essential and not result.seen for result in results):
        return "essential_not_seen"
    enough = sum(result.seen for result in results) >= SEEN_SHARE * len(results)
    return None if enough and all(domain.mean is not None for domain in domains) else "too_little_seen"


def _two_places(value: Fraction) -> float:
    return round(float(value), 2)
