"""The populations that fit what is published: unknown counts of leaf cells, and what every number says of their sums.

A leaf is one combination of all background values, "not known" among them, with one answer to one question. A world
gives every leaf a whole number of people. A published number holds a sum of leaves to the interval it can stand for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from engage.rules.disclosure.audit.facts import ANSWERED, UNKNOWN, Facts, Nested, Part, Source, Truth
from engage.rules.disclosure.audit.solver import Row
from engage.rules.disclosure.rule import Rule
from engage.rules.disclosure.tables import MERGED, Filters, values_of

_OUT = ":out"
MOST_UNKNOWNS = 60_000
_ALL_PAIRS = 6  # sources that are held against each other two by two; of more, each against the first and the last


class TooLarge(ValueError):
    """There are more unknowns than a solver can be asked about."""


@dataclass(frozen=True)
class Ask:
    """A sum of leaves that an attacker would like to know. `is_between`: of people whose table is not published."""

    leaves: tuple[int, ...]
    threshold: int
    where: tuple[str, str, Filters]
    is_between: bool = False


@dataclass
class Space:
    """Numbers the unknowns: one a group of people, a block (an answer) and a leaf."""

    people: tuple[str, ...]
    blocks: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    _leaves: list[tuple[str, ...]] = field(init=False)
    _places: dict[tuple[str, ...], int] = field(init=False)
    _inside: dict[Filters, tuple[int, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._leaves = list(product(*self.values.values()))
        self._places = {leaf: number for number, leaf in enumerate(self._leaves)}
        if self.size > MOST_UNKNOWNS:
            raise TooLarge(f"{self.size} unknowns")

    @property
    def size(self) -> int:
        return len(self.people) * len(self.blocks) * len(self._leaves)

    @property
    def shape(self) -> tuple[int, ...]:
        return (len(self.people), len(self.blocks), *(len(values) for values in self.values.values()))

    @property
    def leaf_count(self) -> int:
        return len(self._leaves)

    def number(self, leaf: tuple[str, ...]) -> int | None:
        """The place of a leaf among all; None for one that cannot be."""
        return self._places.get(leaf)

    def holds(self, filters: Filters) -> bool:
        return all(name in self.values for name, _ in filters)

    def leaves(self, people: Iterable[str], blocks: Iterable[str], filters: Filters) -> tuple[int, ...]:
        """The unknowns of these people with these answers in this slice, in order."""
        inside = self._inside.get(filters)
        if inside is None:
            inside = self._inside[filters] = tuple(self._within(filters))
        starts = (
            (self.people.index(one) * len(self.blocks) + self.blocks.index(block)) * len(self._leaves)
            for one in sorted(people)
            for block in blocks
        )
        return tuple(start + leaf for start in starts for leaf in inside)

    def _within(self, filters: Filters) -> Iterator[int]:
        wanted = [(list(self.values).index(name), set(values_of(value))) for name, value in filters]
        for number, leaf in enumerate(self._leaves):
            if all(leaf[place] in values for place, values in wanted):
                yield number


def interval(count: int | None, table_reason: str | None, rule: Rule) -> tuple[int, int | None]:
    """What a published number, or a hidden one, says of the true one. A hidden one may be any unless all of its table
    are hidden for being small: which of several reasons hides a cell is published nowhere."""
    if count is not None:
        return rule.reading(count)
    return 0, rule.threshold - 1 if table_reason == "small" else None


Bounds = dict[Filters, tuple[int, int | None]]


def slices(source: Source, facts: Facts) -> Bounds:
    """What all questions' bases together say of how many people each slice holds."""
    rule = source.tables.rule
    found: Bounds = {(): interval(source.tables.base, "small", rule)}
    for table in source.tables.tables:
        low, high = interval(table.base, table.reason, rule)
        if table.question not in facts.all_in(source):
            high = None
        found[table.filters] = narrowed(found.get(table.filters, (0, None)), (low, high))
    return found


def asked_of(source: Source) -> Iterator[tuple[frozenset[str], Filters, tuple[int, int | None]]]:
    """What is said of how many people some parts of a source hold: as many as answered what all of them have an answer
    in and nobody asked the others."""
    for table in source.tables.tables:
        asked = [part for part in source.parts if table.question in part.always]
        if asked and all(part in asked or table.question in part.never for part in source.parts):
            people = frozenset[str]().union(*(part.people for part in asked))
            yield people, table.filters, interval(table.base, table.reason, source.tables.rule)


def narrowed(one: tuple[int, int | None], other: tuple[int, int | None]) -> tuple[int, int | None]:
    """What both say together."""
    highs = [high for high in (one[1], other[1]) if high is not None]
    return max(one[0], other[0]), min(highs, default=None)


@dataclass
class Model:
    """The worlds of one question (None: of the people alone), seen through some of the dimensions."""

    question: str | None
    options: tuple[str, ...]
    window: tuple[str, ...]
    sources: Sequence[Source]
    facts: Facts
    bounds: Sequence[Bounds]
    is_multiple: bool = False
    is_whole: bool = True
    space: Space = field(init=False)
    _asks: dict[tuple[int, ...], Ask] = field(init=False, default_factory=dict)
    _held: dict[tuple[int, ...], tuple[int, int | None]] = field(init=False, default_factory=dict)
    _links: list[Row] = field(init=False, default_factory=list)
    _nobody: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        everyone = self._everyone
        values = {name: (*self.facts.values[name], *(() if name in everyone else (UNKNOWN,))) for name in self.window}
        people = tuple(sorted({one for source in self.sources for one in source.people}))
        self.space = Space(people, self._blocks(), values)
        for source, bounds in zip(self.sources, self.bounds, strict=True):
            self._hold_people(source, bounds)
            self._hold_answered(source)
            if self.question is not None:
                self._hold_answers(source)
        self._hold_groups()
        for nested in self.facts.nested:
            self._hold_nested(nested)
        for part in (part for source in self.sources for part in source.parts):
            self._hold_part(part)
        if self.is_multiple:
            self._link_options()
        if len(self.sources) > 1 or len(self.space.people) > 1:
            self._ask_between()

    @property
    def rows(self) -> list[Row]:
        held = [Row(leaves, low, high) for leaves, (low, high) in self._held.items() if low or high is not None]
        return held + self._links + ([Row(tuple(sorted(self._nobody)), 0, 0)] if self._nobody else [])

    @property
    def asks(self) -> list[Ask]:
        """Every sum that some table hides and no other table shows; not of a group that nobody can be in, as the survey
        itself says."""
        hidden = [ask for leaves, ask in self._asks.items() if self._held.get(leaves, (0, None))[0] < ask.threshold]
        return [ask for ask in hidden if not self._nobody.issuperset(ask.leaves)]

    def begun(self, truth: Truth) -> dict[int, int] | None:
        """The true population: for each unknown of the first group of people, how many all groups hold there; None
        where it is not known in full."""
        mine, people = truth.get(self.question or ""), truth.get("")
        if mine is None or people is None or not {*self.window} <= {*mine.names} & {*people.names}:
            return None
        everybody, answered = people.through(self.window), mine.through(self.window)
        found: dict[int, int] = {}
        for leaf, there in everybody.items():
            number = self.space.number(leaf)
            if number is None:
                return None
            counts = {**answered.get(leaf, {})}
            counts[_OUT] = there[ANSWERED] - counts.get(ANSWERED, 0)
            for place, block in enumerate(self.space.blocks):
                found[place * self.space.leaf_count + number] = counts.get(block, 0)
        return found

    def people_of(self, source: Source) -> tuple[int, ...]:
        """The unknowns of everybody whom the source counts."""
        return self.space.leaves(source.people, self._all, ())

    @property
    def _everyone(self) -> frozenset[str]:
        """The columns in which everybody of every source has an answer."""
        return frozenset.intersection(*(self.facts.all_in(source) for source in self.sources))

    @property
    def _asking(self) -> list[Source]:
        """The sources that have tables of the question."""
        return [one for one in self.sources if any(table.question == self.question for table in one.tables.tables)]

    def _blocks(self) -> tuple[str, ...]:
        if self.question is None:
            return (ANSWERED,)
        out = () if self.question in self._everyone else (_OUT,)
        return (*self.options, *((ANSWERED,) if self.is_multiple else ()), *out)

    @property
    def _all(self) -> tuple[str, ...]:
        """The blocks that together hold every person once."""
        return self.space.blocks[len(self.options) :] if self.is_multiple else self.space.blocks

    @property
    def _base(self) -> tuple[str, ...]:
        """The blocks that together hold everybody who answered the question."""
        return (ANSWERED,) if self.is_multiple else self.options

    def _hold(self, leaves: tuple[int, ...], found: tuple[int, int | None]) -> None:
        self._held[leaves] = narrowed(self._held.get(leaves, (0, None)), found)

    def _hold_people(self, source: Source, bounds: Bounds) -> None:
        rule = source.tables.rule
        for filters, found in bounds.items():
            if self.space.holds(filters):
                self._see(source, self._all, filters, found, "", ask=self.question is None)
        for people, filters, found in asked_of(source):
            if self.space.holds(filters):
                self._hold(self.space.leaves(people, self._all, filters), found)
        for table in source.tables.tables:
            if table.question in self.window and self.space.holds(table.filters):
                known = MERGED.join(cell.option for cell in table.cells)
                for option, count in [(known, table.base), *((cell.option, cell.count) for cell in table.cells)]:
                    filters = tuple(sorted([*table.filters, (table.question, option)]))
                    found = interval(count, table.reason, rule)
                    self._see(source, self._all, filters, found, "", ask=self.question is None)

    def _hold_answered(self, source: Source) -> None:
        """In what all of these people have an answer, though others may have none."""
        for column in self.facts.all_in(source) - self._everyone:
            if column in self.window:
                self._hold(self.space.leaves(source.people, self._all, ((column, UNKNOWN),)), (0, 0))
            elif column == self.question:
                self._hold(self.space.leaves(source.people, (_OUT,), ()), (0, 0))

    def _hold_groups(self) -> None:
        """How many a group can be at most, and who was never asked the question."""
        for people, most in self.facts.most:
            if people & set(self.space.people):
                self._hold(self.space.leaves(people & set(self.space.people), self._all, ()), (0, most))
        if self.question is not None:
            asked = frozenset[str]().union(*(source.people for source in self._asking))
            for one in set(self.space.people) - asked if _OUT in self.space.blocks else ():
                self._hold(self.space.leaves((one,), self._base, ()), (0, 0))

    def _hold_nested(self, nested: Nested) -> None:
        """Nobody is in the inner group and outside of the outer one."""
        inside: Filters = ()
        blocks = tuple(one for one in self.space.blocks if one != _OUT)
        if nested.column in self.window:
            inside, blocks = ((nested.column, MERGED.join(self.facts.values[nested.column])),), self.space.blocks
        elif nested.column != self.question:
            return
        if nested.name in self.window:
            outside = (one for one in (*self.facts.values[nested.name], UNKNOWN) if one not in nested.values)
            people = nested.people & set(self.space.people)
            where = tuple(sorted((*inside, (nested.name, MERGED.join(outside)))))
            self._nobody.update(self.space.leaves(people, blocks, where))

    def _hold_part(self, part: Part) -> None:
        """In what all of these people have an answer, and what none of them was asked."""
        people = part.people & set(self.space.people)
        unasked = tuple(one for one in self.space.blocks if one != _OUT)
        for column in part.always - self._everyone:
            if column in self.window:
                self._nobody.update(self.space.leaves(people, self._all, ((column, UNKNOWN),)))
            elif column == self.question:
                self._nobody.update(self.space.leaves(people, (_OUT,), ()))
        for column in part.never:
            if column in self.window:
                known = MERGED.join(self.facts.values[column])
                self._nobody.update(self.space.leaves(people, self.space.blocks, ((column, known),)))
            elif column == self.question:
                self._nobody.update(self.space.leaves(people, unasked, ()))

    def _hold_answers(self, source: Source) -> None:
        for table in source.tables.tables:
            if table.question != self.question or not self.space.holds(table.filters):
                continue
            found = interval(table.base, table.reason, source.tables.rule)
            self._see(source, self._base, table.filters, found, "", ask=self.question not in self.facts.everyone)
            for cell in table.cells:
                found = interval(cell.count, table.reason, source.tables.rule)
                self._see(source, values_of(cell.option), table.filters, found, cell.option)

    def _see(
        self,
        source: Source,
        blocks: tuple[str, ...],
        filters: Filters,
        found: tuple[int, int | None],
        option: str,
        *,
        ask: bool = True,
    ) -> None:
        """Hold the sum to what is published of it, and where that does not show it, ask for it."""
        leaves = self.space.leaves(source.people, blocks, filters)
        self._hold(leaves, found)
        threshold = self.facts.threshold_of(source)
        if ask:
            self._asks.setdefault(leaves, Ask(leaves, threshold, (self.question or "", option, filters)))

    def _link_options(self) -> None:
        """Several answers a person: no option has more people than answered, and whoever answered chose something."""
        answered = self.space.leaves(self.space.people, (ANSWERED,), ())
        each = [self.space.leaves(self.space.people, (option,), ()) for option in self.options]
        for place, one in enumerate(answered):
            chosen = tuple(leaves[place] for leaves in each)
            self._links.append(Row(chosen, 0, None, (one,)))
            self._links += [Row((one,), 0, None, (option,)) for option in chosen]

    def _ask_between(self) -> None:
        """Those who are in one source and not in another are a group too, though nobody published it."""
        for source, bounds in zip(self.sources, self.bounds, strict=True):
            if self.question is None:
                wanted = [(filters, "") for filters in bounds if self.space.holds(filters)]
            else:
                about = [table.filters for table in source.tables.tables if table.question == self.question]
                wanted = [(one, option) for one in about if self.space.holds(one) for option in ("", *self.options)]
            for people in self._groups(source):
                for filters, option in wanted:
                    blocks = (option,) if option else (self._base if self.question is not None else self._all)
                    leaves = self.space.leaves(people, blocks, filters)
                    where = (self.question or "", option, filters)
                    self._asks.setdefault(leaves, Ask(leaves, self.facts.threshold_of(source), where, is_between=True))

    def _groups(self, source: Source) -> list[frozenset[str]]:
        """Those of a source by themselves, of each version, and with and without those of each other source."""
        others = self.sources if len(self.sources) <= _ALL_PAIRS else (self.sources[0], self.sources[-1])
        parts = [frozenset({one}) for one in sorted(source.people)]
        parts += [source.people & part.people for other in self.sources for part in other.parts]
        parts += [part for other in others for part in (source.people - other.people, source.people & other.people)]
        return [part for part in dict.fromkeys(parts) if part]


def top(bounds: Iterable[Bounds]) -> int:
    """No leaf holds more people than this."""
    highs = [found[()][1] for found in bounds]
    return max((high for high in highs if high is not None), default=0)
