"""What an audit is given: published tables and whose they are, what somebody knows besides, and the true population."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.rules.disclosure.tables import Tables

UNKNOWN = ""
ANSWERED = ":answered"


@dataclass(frozen=True)
class Nested:
    """Who has an answer in `column` has one of `values` in the dimension `name`: a team lies within its service.

    people: of which groups that is so.
    """

    column: str
    name: str
    values: frozenset[str]
    people: frozenset[str] = frozenset({"now"})


@dataclass(frozen=True)
class Part:
    """Some of the people counted, who were asked what others were not: those who answered one version of a survey.

    always: columns in which all of them have an answer. never: those that nobody asked them. nested: what lies within
    what among them.
    """

    always: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    nested: Sequence[Nested] = ()
    people: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Source:
    """Published tables, and whose they are.

    people: names of groups of people of whom nobody is in two. Sources that share a name share those people: a later
    release has the earlier one's names and one more, a service the names of its teams and one for its other people.
    everyone: columns in which all of them have an answer; None: those of `Facts`. parts: all of these people, each in
    one, where not all were asked the same.
    """

    tables: Tables
    people: frozenset[str] = frozenset({"now"})
    everyone: frozenset[str] | None = None
    parts: Sequence[Part] = ()


@dataclass(frozen=True)
class Facts:
    """What an attacker knows besides the numbers.

    values: all values of each dimension. everyone: columns in which everybody counted has an answer. most: groups of
    people of whom there are, all together, no more than so many (those whose answers were deleted between releases).
    threshold: under which nothing may be known exactly to whoever sees all sources; None: under each source's own.
    nested: what lies within what, as the survey itself says.
    """

    values: Mapping[str, Sequence[str]]
    everyone: frozenset[str] = frozenset()
    most: Sequence[tuple[frozenset[str], int]] = ()
    threshold: int | None = None
    nested: Sequence[Nested] = ()

    def threshold_of(self, source: Source) -> int:
        """Under how many people no number of this source may be known exactly."""
        return source.tables.rule.threshold if self.threshold is None else self.threshold

    def all_in(self, source: Source) -> frozenset[str]:
        """The columns in which everybody of this source has an answer."""
        return self.everyone if source.everyone is None else source.everyone


@dataclass(frozen=True)
class Leaves:
    """The true population in full, as one world to begin from; it decides nothing, since every world is held to what
    is published.

    counts: a value of each of `names` in order (UNKNOWN where not known) -> people by answer, and by ANSWERED.
    """

    names: tuple[str, ...]
    counts: Mapping[tuple[str, ...], Mapping[str, int]]

    def through(self, window: Sequence[str]) -> dict[tuple[str, ...], dict[str, int]]:
        """The same people seen through fewer dimensions."""
        places = [self.names.index(name) for name in window]
        found: dict[tuple[str, ...], dict[str, int]] = {}
        for leaf, people in self.counts.items():
            seen = found.setdefault(tuple(leaf[place] for place in places), {})
            for block, count in people.items():
                seen[block] = seen.get(block, 0) + count
        return found


Truth = Mapping[str, Leaves]
"""By question; "" for the people themselves."""
