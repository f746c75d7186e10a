"""The criteria sets a visit can be planned with. A set is data; each change of it is a version of its own."""

from engage.core.errors import NotFound
from engage.rules.stars import CriteriaSet, shipped_criteria


def list_sets() -> tuple[CriteriaSet, ...]:
    """Every set that visits can be planned with, newest versions."""
    return (shipped_criteria(),)


def get_set(key: str | None, version: int | None) -> CriteriaSet:
    """The set a visit was planned with."""
    found = next((one for one in list_sets() if (one.key, one.version) == (key, version)), None)
    if found is None:
        raise NotFound
    return found
