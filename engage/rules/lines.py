"""Who stands above whom: the line of management over somebody."""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Who = TypeVar("Who", bound=Hashable)


def line_above(people: Collection[Who], managers: Mapping[Who, Who]) -> frozenset[Who]:
    """Everybody who manages one of `people`, directly or from further up; without the people themselves.

    `managers` says who manages whom. A circle in it ends where it began.
    """
    above: set[Who] = set()
    waiting = list(people)
    while waiting:
        manager = managers.get(waiting.pop())
        if manager is not None and manager not in above:
            above.add(manager)
            waiting.append(manager)
    return frozenset(above - set(people))
