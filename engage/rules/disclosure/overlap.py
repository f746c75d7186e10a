"""Whose answers are in which tables: releases in a row, answers deleted in between, surveys of the same people.

Here: the groups of people that an audit tells apart, from what is known of who is in which release.
Not here: how it comes to be known (releases ask a person), and what may be shown then (ladder).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from engage.rules.disclosure.audit import Part, Source, TooLarge
from engage.rules.disclosure.ladder import Public
from engage.rules.disclosure.tables import Table, Tables, values_of


class Relation(StrEnum):
    """Of the people of the survey now counted to another's: the same, some of them, more, or none of them."""

    SAME = "same"
    WITHIN = "within"
    AROUND = "around"
    APART = "apart"

    @property
    def turned(self) -> "Relation":
        """The same, said of the other survey."""
        return {Relation.WITHIN: Relation.AROUND, Relation.AROUND: Relation.WITHIN}.get(self, self)


_BOTH, _HERE, _THERE = (True, True), (True, False), (False, True)
_LETS = {
    Relation.SAME: {_BOTH},
    Relation.WITHIN: {_BOTH, _THERE},
    Relation.AROUND: {_BOTH, _HERE},
    Relation.APART: {_HERE, _THERE},
}
"""In which of two surveys somebody can be who is in any of them."""
MOST_GROUPS = 400

Life = tuple[str, int, int] | None
"""In which tables of one survey somebody is counted: of those that count the version they answered, from the first to
the last by number; None: in none of them. Nobody's answer is in two versions."""

Counting = Mapping[str, Sequence[tuple[int, int]]]
"""By version, the tables that count its answers, by number, and how many of them had been deleted before each."""


@dataclass(frozen=True)
class Line:
    """The answers to one version in a release of several. deleted: see `Published`. part: what they were asked."""

    deleted: int = 0
    part: Part = field(default_factory=Part)


@dataclass(frozen=True)
class Published:
    """One release of a survey. deleted: how many answers had been deleted before it was made, all in all.

    everyone: columns in which all whom it counts have an answer; None: those of the tables now made. lines: by version
    that it counts; none where they are not told apart.
    """

    tables: Tables
    everyone: frozenset[str] | None = None
    deleted: int = 0
    lines: Mapping[str, Line] = field(default_factory=dict)

    @property
    def gone(self) -> Mapping[str, int]:
        """How many answers to each version had been deleted."""
        return {version: line.deleted for version, line in self.lines.items()} or {"": self.deleted}


@dataclass(frozen=True)
class Chain:
    """The releases of one survey, oldest first. relation: of the survey now counted to this one; None: nobody said.

    Without a release it still tells of those of others: of a team within a service, and that within a council.
    """

    releases: Sequence[Published]
    relation: Relation | None = None


Word = tuple[int, int, Relation]
"""What was said of two surveys by number: how the people of the first stand to those of the second. 0 is the survey now
counted, 1 and on the chains beside it."""


def renamed(release: Published, names: Mapping[str, str]) -> Published:
    """The same release with other names for what its tables are about and divided by: another survey's question is
    another question, and what was blanked since is no longer what it was."""

    def table(one: Table) -> Table:
        filters = tuple(sorted((names.get(name, name), value) for name, value in one.filters))
        return replace(one, question=names.get(one.question, one.question), filters=filters)

    def columns(found: frozenset[str]) -> frozenset[str]:
        return frozenset(names.get(one, one) for one in found)

    def line(one: Line) -> Line:
        part = replace(one.part, always=columns(one.part.always), never=columns(one.part.never))
        return replace(one, part=part)

    tables = replace(release.tables, tables=tuple(table(one) for one in release.tables.tables))
    everyone = release.everyone and columns(release.everyone)
    lines = {version: line(one) for version, one in release.lines.items()}
    return replace(release, tables=tables, everyone=everyone, lines=lines)


def public_of(
    earlier: Sequence[Published],
    others: Sequence[Chain] = (),
    *,
    deleted: int = 0,
    also: Sequence[Word] = (),
    most_groups: int = MOST_GROUPS,
    lines: Mapping[str, int] | None = None,
) -> Public:
    """What an audit is to know of what is public, and the groups of the people now counted.

    earlier: releases of the survey now counted. others: surveys that a person declared to be of the same people, or of
    the same as one of these. deleted: how many answers to the survey had been deleted by now. lines: the same by each
    version now counted. also: what was said beside the chains' own relations, of any two of the surveys.
    Where nothing is declared nothing is held: anybody may be in both, or in one.
    People are told apart by the tables they are in: a survey without any tells only what follows of others.
    Raises TooLarge for more groups than `most_groups`, before they are all made.
    """
    now = lines or {"": deleted}
    chains = [list(earlier), *(list(chain.releases) for chain in others)]
    counting = [_counting([*(one.gone for one in made), *([] if at else [now])]) for at, made in enumerate(chains)]
    words = [*((0, at, one.relation) for at, one in enumerate(others, 1) if one.relation is not None), *also]
    people = {f"g{at}": group for at, group in enumerate(_groups(counting, words, most_groups))}
    sources = [
        Source(release.tables, _counted(people, at, number, release.gone), release.everyone, parts)
        for at, releases in enumerate(chains)
        for number, release in enumerate(releases)
        for parts in [tuple(_parts(release, people, at, number))]
    ]
    most = [limit for at, counts in enumerate(counting) for limit in _limits(people, at, counts)]
    ever = {one: frozenset(name for name, group in people.items() if group[0] and group[0][0] == one) for one in now}
    return Public(
        tuple(sources),
        _counted(people, 0, len(earlier), now),
        _values(sources),
        tuple(most),
        ever=frozenset(name for name, group in people.items() if group[0] is not None),
        lines={version: (_counted(people, 0, len(earlier), {version}), ever[version]) for version in now},
    )


def _parts(release: Published, people: Mapping[str, tuple[Life, ...]], at: int, number: int) -> Iterator[Part]:
    """Those who answered each version, where a release counts several."""
    for version, line in release.lines.items() if len(release.lines) > 1 else ():
        yield replace(line.part, people=_counted(people, at, number, {version}))


def _counting(gone: Sequence[Mapping[str, int]]) -> Counting:
    """gone: of each table in a row, how many answers to each version that it counts had been deleted."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, versions in enumerate(gone):
        for version, deleted in versions.items():
            found.setdefault(version, []).append((number, deleted))
    return found


def _values(sources: Sequence[Source]) -> dict[str, tuple[str, ...]]:
    """What the tables are divided by, and every value of it."""
    found: dict[str, dict[str, None]] = {}
    for table in (table for source in sources for table in source.tables.tables):
        for name, value in table.filters:
            found.setdefault(name, {}).update(dict.fromkeys(values_of(value)))
    return {name: tuple(listed) for name, listed in found.items()}


def _groups(counting: Sequence[Counting], words: Iterable[Word], most: int) -> list[tuple[Life, ...]]:
    """Everybody there can be who is in a table, survey by survey.

    Whoever is kept after some of the surveys can be somebody after all of them (`_follows`), so there are never more on
    the way than at the end. Raises TooLarge as soon as there are more than `most`.
    """
    follows = _follows(len(counting), words)
    found: list[tuple[tuple[Life, ...], int]] = [((), 0)]
    for at, counts in enumerate(counting):
        found = [
            ((*group, life), known | then) for group, known in found for life, then in _next(counts, at, follows, known)
        ]
        if len(found) > most + 1:  # one of them is nobody
            raise TooLarge(f"more than {most} groups of people")
    groups = [group for group, _ in found if any(life is not None for life in group)]
    if len(groups) > most:
        raise TooLarge(f"more than {most} groups of people")
    return groups


def _next(counts: Counting, at: int, follows: Sequence[int], known: int) -> Iterator[tuple[Life, int]]:
    """In which tables of this survey somebody can be of whom so much is known, and what follows from it."""
    if not counts:
        yield None, 0
        return
    for life in _lives(counts):
        one = _bit(at, is_there=life is not None)
        other = _bit(at, is_there=life is None)
        if not (known | follows[one]) >> other & 1:
            yield life, follows[one]


def _bit(survey: int, *, is_there: bool) -> int:
    """Where `_follows` has it that somebody is in this survey, or is not."""
    return 2 * survey + is_there


def _follows(surveys: int, words: Iterable[Word]) -> list[int]:
    """What is known of somebody who is in a survey, or is not, as bits by `_bit`, from all that was declared together.

    Every word is about two surveys, so what was declared is a set of clauses of two (2-SAT, which nobody being in any
    always fulfils): all that follows is what is reached step by step, and who contradicts no pair can be (Aspvall,
    Plass and Tarjan 1979).
    """
    reached = [1 << place for place in range(2 * surveys)]
    for one, other, relation in words:
        for here, there in {_BOTH, _HERE, _THERE} - _LETS[relation]:
            reached[_bit(one, is_there=here)] |= 1 << _bit(other, is_there=not there)
            reached[_bit(other, is_there=there)] |= 1 << _bit(one, is_there=not here)
    for through in range(len(reached)):
        for place, known in enumerate(reached):
            if known >> through & 1:
                reached[place] |= reached[through]
    return reached


def _lives(counts: Counting) -> Iterator[Life]:
    """In which of these tables somebody can be: in those of one version, to the end, or until answers were deleted."""
    yield None
    for version, tables in counts.items():
        yield from ((version, begun, ended) for begun, ended in _stays(tables))


def _stays(tables: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for first, (begun, _) in enumerate(tables):
        for last, (ended, deleted) in enumerate(tables[first:], first):
            if last == len(tables) - 1 or tables[last + 1][1] > deleted:
                yield begun, ended


def _counted(people: Mapping[str, tuple[Life, ...]], at: int, number: int, versions: Collection[str]) -> frozenset[str]:
    """The groups that are counted in this table of this survey, which counts these versions."""
    lives = {name: group[at] for name, group in people.items()}
    return frozenset(
        name
        for name, life in lives.items()
        if life is not None and life[0] in versions and life[1] <= number <= life[2]
    )


def _limits(people: Mapping[str, tuple[Life, ...]], at: int, counts: Counting) -> Iterator[tuple[frozenset[str], int]]:
    """Of those who left after each table: no more than there were answers deleted before the next."""
    for version, tables in counts.items():
        for (number, before), (_, after) in pairwise(tables):
            left = frozenset(
                name
                for name, group in people.items()
                if (life := group[at]) is not None and (life[0], life[2]) == (version, number)
            )
            if left:
                yield left, after - before
