"""A place in somebody's words that may identify, and what may be done with several of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

DIRECT: Final = frozenset({"email", "link", "handle", "phone", "number", "postcode", "address", "name"})
"""What points at one person by itself; the other kinds do so together with what somebody else knows."""

KINDS: Final = (
    *("email", "link", "handle", "phone", "number", "postcode", "address", "name"),
    *("date", "age", "place", "year", "rare", "unknown"),
)
"""Every kind, the surest first: where two overlap, this decides which they are called."""

_RANK: Final = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Finding:
    """A place in a text that may identify: its kind (one of KINDS) and where it stands (start, end)."""

    kind: str
    start: int
    end: int

    @property
    def is_direct(self) -> bool:
        """Whether it points at one person by itself."""
        return self.kind in DIRECT


def together(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """In the order of the text, never overlapping: those that do become one, called what the surest is."""
    joined: list[Finding] = []
    for one in sorted(found, key=lambda each: (each.start, each.end)):
        if joined and one.start < joined[-1].end:
            before = joined.pop()
            kind = min(before.kind, one.kind, key=_RANK.__getitem__)
            joined.append(Finding(kind, before.start, max(before.end, one.end)))
        else:
            joined.append(one)
    return tuple(joined)


def hide(text: str, findings: Sequence[Finding], words: Mapping[str, str]) -> str:
    """`text` with each finding replaced by the words for its kind ("[a name]"). They must not overlap."""
    parts: list[str] = []
    at = 0
    for found in sorted(findings, key=lambda one: one.start):
        parts += [text[at : found.start], words[found.kind]]
        at = found.end
    return "".join([*parts, text[at:]])
