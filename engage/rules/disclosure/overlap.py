"""Whose answers are in which tables: releases in a row, answers deleted in between, surveys of the same people.

Here: the groups of people that an audit tells apart, from what is known of who is in which release.
Not here: how it comes to be known (releases ask a person), and what may be shown then (ladder).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from engage.rules.disclosure.audit import Source, TooLarge
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

Life = tuple[int, int] | None
"""In which tables of one survey somebody is counted: from the first to the last by number; None: in none of them."""


@dataclass(frozen=True)
class Published:
    """One release of a survey. deleted: how many answers had been deleted before it was made, all in all.

    everyone: columns in which all whom it counts have an answer; None: those of the tables now made.
    """

    tables: Tables
    everyone: frozenset[str] | None = None
    deleted: int = 0


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

    tables = replace(release.tables, tables=tuple(table(one) for one in release.tables.tables))
    everyone = release.everyone
    return replace(release, tables=tables, everyone=everyone and frozenset(names.get(one, one) for one in everyone))


def public_of(
    earlier: Sequence[Published],
    others: Sequence[Chain] = (),
    *,
    deleted: int = 0,
    also: Sequence[Word] = (),
    most_groups: int = MOST_GROUPS,
) -> Public:
    """What an audit is to know of what is public, and the groups of the people now counted.

    earlier: releases of the survey now counted. others: surveys that a person declared to be of the same people, or of
    the same as one of these. deleted: how many answers to the survey had been deleted by now. also: what was said
    beside the chains' own relations, of any two of the surveys.
    Where nothing is declared nothing is held: anybody may be in both, or in one.
    People are told apart by the tables they are in: a survey without any tells only what follows of others.
    Raises TooLarge for more groups than `most_groups`, before they are all made.
    """
    gone = [
        [one.deleted for one in earlier] + [deleted],
        *([one.deleted for one in chain.releases] for chain in others),
    ]
    words = [*((0, at, one.relation) for at, one in enumerate(others, 1) if one.relation is not None), *also]
    people = {f"g{at}": group for at, group in enumerate(_groups(gone, words, most_groups))}
    chains = [list(earlier), *(list(chain.releases) for chain in others)]
    sources = [
        Source(release.tables, _counted(people, at, number), release.everyone)
        for at, releases in enumerate(chains)
        for number, release in enumerate(releases)
    ]
    most = [limit for at, counts in enumerate(gone) for limit in _limits(people, at, counts)]
    ever = frozenset(name for name, group in people.items() if group[0] is not None)
    return Public(tuple(sources), _counted(people, 0, len(earlier)), _values(sources), tuple(most), ever=ever)


def _values(sources: Sequence[Source]) -> dict[str, tuple[str, ...]]:
    """What the tables are divided by, and every value of it."""
    found: dict[str, dict[str, None]] = {}
    for table in (table for source in sources for table in source.tables.tables):
        for name, value in table.filters:
            found.setdefault(name, {}).update(dict.fromkeys(values_of(value)))
    return {name: tuple(listed) for name, listed in found.items()}


def _groups(gone: Sequence[Sequence[int]], words: Iterable[Word], most: int) -> list[tuple[Life, ...]]:
    """Everybody there can be who is in a table, survey by survey. gone: see `_lives`, for each survey.

    Whoever is kept after some of the surveys can be somebody after all of them (`_follows`), so there are never more on
    the way than at the end. Raises TooLarge as soon as there are more than `most`.
    """
    follows = _follows(len(gone), words)
    found: list[tuple[tuple[Life, ...], int]] = [((), 0)]
    for at, deleted in enumerate(gone):
        found = [
            ((*group, life), known | then)
            for group, known in found
            for life, then in _next(deleted, at, follows, known)
        ]
        if len(found) > most + 1:  # one of them is nobody
            raise TooLarge(f"more than {most} groups of people")
    groups = [group for group, _ in found if any(life is not None for life in group)]
    if len(groups) > most:
        raise TooLarge(f"more than {most} groups of people")
    return groups


def _next(deleted: Sequence[int], at: int, follows: Sequence[int], known: int) -> Iterator[tuple[Life, int]]:
    """In which tables of this survey somebody can be of whom so much is known, and what follows from it."""
    if not deleted:
        yield None, 0
        return
    for life in _lives(deleted):
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


def _lives(deleted: Sequence[int]) -> Iterator[Life]:
    """In which of these tables in a row somebody can be: to the end, or until answers were deleted."""
    yield None
    for first in range(len(deleted)):
        for last in range(first, len(deleted)):
            if last == len(deleted) - 1 or deleted[last + 1] > deleted[last]:
                yield first, last


def _counted(people: Mapping[str, tuple[Life, ...]], at: int, number: int) -> frozenset[str]:
    """The groups that are counted in this table of this survey."""
    lives = {name: group[at] for name, group in people.items()}
    return frozenset(name for name, life in lives.items() if life is not None and life[0] <= number <= life[1])


def _limits(
    people: Mapping[str, tuple[Life, ...]], at: int, deleted: Sequence[int]
) -> Iterator[tuple[frozenset[str], int]]:
    """Of those who left after each table: no more than there were answers deleted before the next."""
    for number in range(len(deleted) - 1):
        left = frozenset(
            name for name, group in people.items() if (life := group[at]) is not None and life[1] == number
        )
        if left:
            yield left, deleted[number + 1] - deleted[number]
