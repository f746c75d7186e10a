"""Which groups of a background are forgotten when a survey closes, because they are too small to keep apart.

Forgetting only the small ones would leave them together as "not known", which is a group too: so the next smallest
follow until what is not known is large enough, or everything is.
"""

from collections.abc import Mapping


def to_blank(counts: Mapping[str, int], threshold: int) -> frozenset[str]:
    """The values to forget. `counts`: people by value, "" for those of whom it is not known already."""
    small = {value for value, people in counts.items() if value and people < threshold}
    if not small:
        return frozenset()
    hidden = counts.get("", 0) + sum(counts[value] for value in small)
    for people, value in sorted((people, value) for value, people in counts.items() if value and value not in small):
        if hidden >= threshold:
            break
        small.add(value)
        hidden += people
    return frozenset(small)
