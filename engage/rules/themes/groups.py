"""The few groups of people that a theme is counted for: audiences of surveys, put together so that groups are large."""

from enum import StrEnum

from engage.rules.disclosure import THRESHOLDS, Rule


class Group(StrEnum):
    """Who said something, as coarsely as a page may say it."""

    CHILDREN = "children"
    FAMILIES = "families"
    STAFF = "staff"
    ANYONE = "anyone"


_GROUPS = {
    "children": Group.CHILDREN,
    "young": Group.CHILDREN,
    "parents": Group.FAMILIES,
    "families": Group.FAMILIES,
    "staff": Group.STAFF,
    "practitioners": Group.STAFF,
}


def group_of(audience: str) -> Group:
    """The group of a voice's audience; what is not known may be anybody."""
    return _GROUPS.get(audience, Group.ANYONE)


def audiences_of(group: Group) -> frozenset[str] | None:
    """The audiences that make up a group; None for anyone, which is whatever the others leave."""
    if group is Group.ANYONE:
        return None
    return frozenset(audience for audience, found in _GROUPS.items() if found is group)


def known_audiences() -> frozenset[str]:
    """Every audience that belongs to a group of its own."""
    return frozenset(_GROUPS)


def rule_for(group: Group) -> Rule:
    """The disclosure rule of a group; a mixed one is held to the strictest threshold there is."""
    if group is Group.CHILDREN:
        return Rule.for_audience("children")
    if group is Group.FAMILIES:
        return Rule.for_audience("families")
    return Rule(threshold=max(THRESHOLDS.values()))
