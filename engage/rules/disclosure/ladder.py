"""The ladder: what is published when the audit finds something is coarser by a fixed step, until it finds nothing."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from engage.rules.disclosure.audit import Budget, Facts, Nested, Part, Source, TooLarge, Truth, Verdict, audit, can_be
from engage.rules.disclosure.rule import FLOOR, Rule
from engage.rules.disclosure.suppress import publish
from engage.rules.disclosure.tables import MERGED, RawTable, Tables, as_filters

Rung = Literal["full", "one_filter", "merged", "totals", "nothing"]
MOST_WAYS = 64
"""Choices of what was said that a rung is looked at beside: all there are of six words."""
_ENOUGH = 3  # merged groups hold so many times the threshold: room for answers under it to hide in


@dataclass(frozen=True)
class Counted:
    """True counts of one release: `tables` as `publish` takes them, `total` people, `dimensions` with all values.

    leaves: each question's population in full, where it is small enough to count; the audit begins from it. nested:
    what lies within what, as the survey itself says. parts: by version, of those who answered each of several; what
    lies within what stands there then.
    """

    tables: Sequence[RawTable]
    total: int
    dimensions: Mapping[str, Sequence[str]]
    leaves: Truth = field(default_factory=dict)
    nested: Sequence[Nested] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)

    @property
    def everyone(self) -> frozenset[str]:
        """The questions in which everybody counted has an answer."""
        return frozenset(table.question for table in self.tables if not table.filters and table.base == self.total)


@dataclass(frozen=True)
class Public:
    """What is public already of the same people, and the names of the people now counted (see `Source.people`).

    ever: of those who were counted in this survey at any time; None: of those now counted.

    values: those of dimensions that only earlier tables have. most, threshold: see `Facts`. closed: what some people
    were shown besides, who may learn nothing under `closed_threshold` from all of it together.

    lines: of each version now counted, who is counted now, and who ever was.

    said: what of it rests on somebody's word. less: the same with one of these words less, for each of them; asked for
    only where no people at all fit everything that was said, so that not all of it can be true.
    """

    sources: Sequence[Source] = ()
    people: frozenset[str] = frozenset({"now"})
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    most: Sequence[tuple[frozenset[str], int]] = ()
    threshold: int | None = None
    closed: Sequence[Source] = ()
    closed_threshold: int = FLOOR
    ever: frozenset[str] | None = None
    lines: Mapping[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    said: frozenset[object] = frozenset()
    less: Callable[[], Iterable["Public"]] = field(default=tuple, compare=False)

    def facts(self, counted: Counted) -> Facts:
        """What somebody knows who holds all of it, of the people now counted."""
        values = {**self.values, **counted.dimensions}
        ever = self.people if self.ever is None else self.ever
        nested = [replace(one, people=ever) for one in counted.nested]
        for version, part in counted.parts.items():
            nested += [replace(one, people=self.lines[version][1]) for one in part.nested]
        return Facts(values, counted.everyone, self.most, self.threshold, nested)

    def source(self, tables: Tables, counted: Counted) -> Source:
        """These tables, as they stand beside all of it."""
        parts = tuple(replace(part, people=self.lines[version][0]) for version, part in counted.parts.items())
        return Source(tables, self.people, counted.everyone, parts)


@dataclass(frozen=True)
class Step:
    """A rung that was tried. `found`: sums given away on it, in number; all zero, in time and fitting: it passed.

    `by_clock`: the outermost stop came before the work was done. `fits`: see `Verdict`. `ways`: beside how many choices
    of what was said it was looked at, each of which can be true though all together cannot.
    """

    rung: Rung
    asked: int
    found: int
    in_time: bool
    is_whole: bool
    by_clock: bool = False
    fits: bool = True
    ways: int = 1

    @property
    def passed(self) -> bool:
        """Whether nothing was found, of all there was to look at."""
        return self.in_time and self.fits and not self.found


@dataclass(frozen=True)
class Descent:
    """The rung that passed, its tables (None: nothing may be published), and every rung tried on the way down."""

    rung: Rung
    tables: Tables | None
    steps: tuple[Step, ...]


def descend(counted: Counted, rule: Rule, public: Public, budget: Budget) -> Descent:
    """Walk down until the audit, with everything public beside it, finds nothing; for no more than `budget`.

    A rung gets half of what is left, so that the ones below have some; not looked at in full is not passed.
    """
    steps: list[Step] = []
    for rung, tables in _rungs(counted, rule):
        part = budget if rung == "totals" else budget.half()
        steps.append(_step(rung, judged(counted, tables, public, part)))
        if part is not budget:
            budget.put_back(part)
        if steps[-1].passed:
            return Descent(rung, tables, tuple(steps))
    return Descent("nothing", None, tuple(steps))


def _step(rung: Rung, verdicts: Sequence[Verdict]) -> Step:
    """All that was looked at on one rung, as one."""
    return Step(
        rung,
        asked=sum(one.asked for one in verdicts),
        found=sum(len(one.found) for one in verdicts),
        in_time=all(one.in_time for one in verdicts),
        is_whole=all(one.is_whole for one in verdicts),
        by_clock=any(one.by_clock for one in verdicts),
        fits=all(one.fits for one in verdicts),
        ways=len(verdicts),
    )


def judged(
    counted: Counted, tables: Tables, public: Public, budget: Budget, *, most_ways: int = MOST_WAYS
) -> list[Verdict]:
    """The verdict on these tables beside all that is public and was said of whose answers it is.

    Where no people fit all that was said, not all of it is true, and nobody knows which: the verdicts beside every
    choice of it that people do fit, up to the first that is not passed. One of these choices is the truth, down to none
    of it. Where not even nothing being said fits, that one verdict. Choices double with every word: what is still to be
    tried after `most_ways` was not looked at, and that is not passed.
    """
    whole = beside(counted, tables, public, budget)
    if whole.fits:
        return [whole]
    found = list[Verdict]()
    for tried, way in enumerate(_ways(public)):
        if tried == most_ways:
            return [*found, Verdict(0, (), in_time=False, is_whole=False)]
        verdict = beside(counted, tables, way, budget)
        found += [verdict] if verdict.fits else []
        if verdict.fits and not verdict.passed:
            break
    return found or [whole]


def _ways(public: Public) -> Iterator[Public]:
    """Every choice of what was said but all of it, each once; those with most of it first."""
    waiting, known = deque([public]), {public.said}
    while waiting:
        for way in waiting.popleft().less():
            if way.said not in known:
                known.add(way.said)
                waiting.append(way)
                yield way


def beside(counted: Counted, tables: Tables, public: Public, budget: Budget) -> Verdict:
    """On these tables beside all that is public; then beside what some were shown besides, by what they may learn."""
    now, facts = public.source(tables, counted), public.facts(counted)
    verdict = _audited([*public.sources, now], facts, budget, counted.leaves)
    if not verdict.passed or not public.closed:
        return verdict
    closer = replace(facts, threshold=public.closed_threshold)
    return _audited([*public.sources, *public.closed, now], closer, budget, counted.leaves)


def _audited(sources: Sequence[Source], facts: Facts, budget: Budget, truth: Truth) -> Verdict:
    """The verdict on the last of the sources; one on more unknowns than can be asked about is not passed. What is found
    is found of people whom all sources fit: of none, anything can be proved."""
    try:
        verdict = audit(sources, facts, budget, truth=truth, stop_at_first=True)
        if verdict.found and len(sources) > 1 and not can_be(sources, facts, budget, truth=truth):
            return replace(verdict, found=(), fits=False)
    except TooLarge:
        return Verdict(0, (), in_time=False, is_whole=False)
    return verdict


def _rungs(counted: Counted, rule: Rule) -> Iterator[tuple[Rung, Tables]]:
    most = max((len(table.filters) for table in counted.tables), default=0)
    if most == 2 and rule.max_filters == 2:
        yield "full", _published(counted, rule)
    if most >= 1 and rule.max_filters >= 1:
        single = replace(counted, tables=_at_most(counted.tables, 1))
        one = replace(rule, max_filters=1)
        yield "full" if most == 1 else "one_filter", _published(single, one)
        coarse = merged(single, rule)
        if coarse.dimensions != counted.dimensions:
            yield "merged", _published(coarse, one)
    none = replace(rule, max_filters=0) if most else rule
    totals = Counted(_at_most(counted.tables, 0), counted.total, {})
    yield "totals" if most else "full", _published(totals, none)


def _published(counted: Counted, rule: Rule) -> Tables:
    return publish(counted.tables, rule, total=counted.total, dimensions=counted.dimensions)


def _at_most(tables: Sequence[RawTable], filters: int) -> list[RawTable]:
    return [table for table in tables if len(table.filters) <= filters]


def merged(counted: Counted, rule: Rule) -> Counted:
    """The same people in fewer, larger groups: in each dimension the smallest goes together with its smaller neighbour
    until all are large enough or two are left. The last value ("rather not say") stays by itself."""
    new = {name: _merged_values(counted, name, values, rule) for name, values in counted.dimensions.items()}
    tables: dict[tuple[str, tuple[tuple[str, str], ...]], RawTable] = {}
    for table in counted.tables:
        filters = as_filters({name: new[name][value] for name, value in table.filters})
        renamed = _with_options(replace(table, filters=filters), new.get(table.question, {}))
        before = tables.get((table.question, filters))
        tables[(table.question, filters)] = _sum(before, renamed) if before else renamed
    values = {name: tuple(dict.fromkeys(found.values())) for name, found in new.items()}
    return Counted(tuple(tables.values()), counted.total, values)


def _merged_values(counted: Counted, name: str, values: Sequence[str], rule: Rule) -> dict[str, str]:
    """Each value and the name of the group it goes into."""
    whole = next((table for table in counted.tables if table.question == name and not table.filters), None)
    people = dict(whole.counts) if whole else {}
    groups: list[tuple[tuple[str, ...], int]] = [((value,), people.get(value, 0)) for value in values[:-1]]
    while len(groups) > 2:
        place = min(range(len(groups)), key=lambda at: groups[at][1])
        if groups[place][1] >= _ENOUGH * rule.threshold:
            break
        beside = min((at for at in (place - 1, place + 1) if 0 <= at < len(groups)), key=lambda at: groups[at][1])
        first, second = sorted((place, beside))
        groups[first : second + 1] = [
            (groups[first][0] + groups[second][0], groups[first][1] + groups[second][1]),
        ]
    found = {value: MERGED.join(group) for group, _ in groups for value in group}
    return {**found, **{value: value for value in values[-1:]}}


def _with_options(table: RawTable, names: Mapping[str, str]) -> RawTable:
    """A dimension's own question, its answers under their new names."""
    if not names:
        return table
    counts: dict[str, int] = {}
    for option, count in table.counts:
        counts[names[option]] = counts.get(names[option], 0) + count
    return replace(table, counts=tuple(counts.items()))


def _sum(one: RawTable, other: RawTable) -> RawTable:
    more = dict(other.counts)
    return replace(
        one,
        counts=tuple((option, count + more.get(option, 0)) for option, count in one.counts),
        base=one.base + other.base,
    )
