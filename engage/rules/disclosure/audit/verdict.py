"""The verdict: no number of 1 to 4 provable, and none under the threshold known exactly, whoever the people are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

from engage.rules.disclosure.audit.budget import Budget, Unfinished
from engage.rules.disclosure.audit.facts import Facts, Source, Truth
from engage.rules.disclosure.audit.look import Known, Look
from engage.rules.disclosure.audit.solver import Impossible
from engage.rules.disclosure.audit.worlds import Bounds, Model, narrowed, slices, top
from engage.rules.disclosure.tables import Filters, Table, values_of

MOST_LEAVES = 100
"""Through more than so many combinations of background values a model is looked at piece by piece."""
_PIECES = (2,)


@dataclass(frozen=True)
class Find:
    """A number an attacker can prove, in people: of which question ("" the people), option ("" the base), slice."""

    question: str
    option: str
    filters: Filters
    low: int
    high: int


@dataclass(frozen=True)
class Verdict:
    """asked: sums looked at. found: those given away. in_time: whether all were looked at.

    is_whole: whether every question was looked at through all dimensions at once (else through every two or three).
    by_clock: it was the outermost stop that left some unlooked at, not the work they would have been. fits: whether
    there are people of whom all sources can be true.
    """

    asked: int
    found: tuple[Find, ...]
    in_time: bool
    is_whole: bool
    by_clock: bool = False
    fits: bool = True

    @property
    def passed(self) -> bool:
        return self.in_time and self.fits and not self.found


def audit(
    sources: Sequence[Source],
    facts: Facts,
    budget: Budget,
    *,
    truth: Truth | None = None,
    stop_at_first: bool = False,
) -> Verdict:
    """What somebody can prove who holds all `sources` (the one to be published among them) and knows the rule.

    budget: what it may cost; with nothing left nothing more is asked and the verdict is not passed. truth: the people
    of the last source in full, to begin from. stop_at_first: one find is enough.

    Sources that no population fits are not passed, and not one by itself either: something is believed of whose answers
    they are, or of whom the survey asks what, that is not so, and nobody knows what that gives away.
    """
    bounds = [slices(source, facts) for source in sources]
    asked, found, is_whole = 0, [], True
    try:
        for model in _models(sources, facts, bounds):
            is_whole = is_whole and model.is_whole
            look = Look(model, top(bounds), budget, truth or {}, stop_at_first=stop_at_first)
            known = look.run()
            asked += len(known)
            found += [_find(one) for one in known if not one.is_safe]
            if found and stop_at_first:
                break
            if model.question is None:
                _narrow(look, sources, bounds)
    except Unfinished as stop:
        return Verdict(asked, tuple(dict.fromkeys(found)), in_time=False, is_whole=is_whole, by_clock=stop.by_clock)
    except Impossible:
        return Verdict(asked, tuple(dict.fromkeys(found)), in_time=True, is_whole=is_whole, fits=False)
    return Verdict(asked, tuple(dict.fromkeys(found)), in_time=True, is_whole=is_whole)


def can_be(sources: Sequence[Source], facts: Facts, budget: Budget, *, truth: Truth | None = None) -> bool:
    """Whether there are people of whom all sources can be true; yes, where the budget does not let it be settled."""
    bounds = [slices(source, facts) for source in sources]
    try:
        for model in _models(sources, facts, bounds):
            look = Look(model, top(bounds), budget, truth or {})
            look.first()
            if model.question is None:
                _narrow(look, sources, bounds)
    except Impossible:
        return False
    except Unfinished:
        return True
    return True


def _narrow(look: Look, sources: Sequence[Source], bounds: Sequence[Bounds]) -> None:
    """What the background tables say of how many people there are, for questions that no background divides."""
    for source, known in zip(sources, bounds, strict=True):
        leaves = look.model.people_of(source)
        known[()] = narrowed(known[()], look.limits(leaves))


def _find(known: Known) -> Find:
    question, option, filters = known.ask.where
    return Find(question, option, filters, known.low or 0, known.high or 0)


def _models(sources: Sequence[Source], facts: Facts, bounds: Sequence[Bounds]) -> Iterator[Model]:
    """The people through every window, and each question through every window of what its tables are divided by."""
    questions: dict[str, Table] = {}
    used: dict[str, set[str]] = {}
    for table in (table for source in sources for table in source.tables.tables):
        questions.setdefault(table.question, table)
        used.setdefault(table.question, set()).update(name for name, _ in table.filters)
    dividing = set().union(*used.values()) if used else set()
    dimensions = {name: values for name, values in facts.values.items() if name in dividing}
    windows, is_whole = _windows(dimensions)
    for window in windows:
        yield Model(None, (), window, sources, facts, bounds, is_whole=is_whole)
    for key, table in questions.items():
        inside = {tuple(name for name in window if name in used[key]) for window in windows if key not in window}
        options = _options(key, sources, facts)
        for window in sorted(one for one in inside if not any(set(one) < set(other) for other in inside)):
            yield Model(key, options, window, sources, facts, bounds, is_multiple=table.multiple, is_whole=is_whole)


def _options(key: str, sources: Sequence[Source], facts: Facts) -> tuple[str, ...]:
    """Every answer to a question, those that some release merged apart."""
    tables = (table for source in sources for table in source.tables.tables if table.question == key)
    seen = dict.fromkeys(one for table in tables for cell in table.cells for one in values_of(cell.option))
    return tuple(dict.fromkeys([*facts.values.get(key, ()), *seen]))


def _windows(dimensions: Mapping[str, Sequence[str]]) -> tuple[list[tuple[str, ...]], bool]:
    """All dimensions at once where that is few enough leaves; else every three, or every two of them."""
    names = tuple(dimensions)
    for size in (len(names), *_PIECES):
        windows = list(combinations(names, min(size, len(names))))
        if all(prod(len(dimensions[name]) + 1 for name in window) <= MOST_LEAVES for window in windows):
            break
    return windows, len(windows) == 1
