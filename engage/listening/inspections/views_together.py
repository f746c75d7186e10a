"""What a team saw, in words: the star and why, where people differ, every point. Only once scoring is over."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.listening.inspections.views import Reader
from engage.rules.stars import ESSENTIAL_CAP, PHRASES, Award, CriteriaSet, CriterionResult

# The phrases are English words of the star rules; named here so that they reach the catalogues.
_PHRASES = (
    _l("We would tell a friend to go"),
    _l("Good, small things to change"),
    _l("OK, some things need work"),
    _l("Important things missing"),
    _l("Young people do not feel it is for them"),
    _l("Not enough seen to judge"),
)

NO_STAR = {
    "too_few_inspectors": _l("Too few inspectors could score it. It takes three for stars to be fair."),
    "essential_not_seen": _l("A must-have could not be seen on the day."),
    "too_little_seen": _l("Too much of it could not be seen on the day."),
}


@dataclass(frozen=True)
class Together:
    """What a team saw: the star and why, where it differs, every point and every part."""

    stars: int | None
    phrase: str
    why: tuple[str, ...]
    lift: tuple[str, ...]
    apart: tuple[tuple[str, str], ...]
    chart: tuple[dict[str, object], ...]
    rows: tuple[tuple[object, ...], ...]
    parts: tuple[tuple[str, str], ...]
    inspectors: int


def together(criteria: CriteriaSet, given: Award, who: Reader) -> Together:
    """The award in words. Scores are shown from low to high, without saying whose they are."""
    names = {one.key: who.say(one.text) for one in criteria.criteria}
    points = [result for domain in given.domains for result in domain.criteria]
    # Where people differ most comes first: that is what a team should talk about.
    by_range = sorted(points, key=lambda result: -(result.range or 0))
    return Together(
        stars=given.stars,
        phrase=_(PHRASES[given.phrase]),
        why=_why(given, names),
        lift=tuple(names[result.key] for result in points if _is_low(result)),
        apart=tuple((names[result.key], _scores(result)) for result in by_range if result.flagged),
        chart=tuple(_charted(names[result.key], result) for result in by_range),
        rows=tuple(_row(names[result.key], result) for result in by_range),
        parts=tuple(
            (who.say(domain.name), mean(found.mean))
            for domain, found in zip(criteria.domains, given.domains, strict=True)
        ),
        inspectors=given.inspectors,
    )


def mean(value: float | None) -> str:
    """A mean as it is written in the page's language, or that there is none."""
    return _("not seen") if value is None else str(format_decimal(value, "0.0#"))


def must_have_missing(words: str) -> str:
    """Why a service cannot have more stars."""
    why = _("“%(point)s” is a must-have, and it was missing.", point=words)
    most = _("A service cannot have more than %(stars)s stars until it is put right.", stars=ESSENTIAL_CAP)
    return f"{why} {most}"


def criterion_words(criteria: CriteriaSet, key: str, who: Reader) -> str:
    """A criterion's name, for pages beside ours."""
    found = next(one for one in criteria.criteria if one.key == key)
    return who.say(found.text)


def _why(given: Award, names: Mapping[str, str]) -> tuple[str, ...]:
    if given.no_star:
        return (str(NO_STAR[given.no_star]),)
    return tuple(must_have_missing(names[cap.criterion]) for cap in given.caps)


def _is_low(result: CriterionResult) -> bool:
    return result.seen and result.median is not None and result.median < 3


def _given(result: CriterionResult) -> list[int]:
    return [score for score, times in enumerate(result.spread) for _once in range(times)]


def _scores(result: CriterionResult) -> str:
    return ",\u00a0".join(str(score) for score in _given(result))


def _charted(name: str, result: CriterionResult) -> dict[str, object]:
    return {"label": name, "scores": _given(result), "middle": result.median}


def _row(name: str, result: CriterionResult) -> tuple[object, ...]:
    must = _("Yes") if result.essential else ""
    return (name, must, _scores(result) or _("nobody saw it"), mean(result.median), result.not_seen or "")
