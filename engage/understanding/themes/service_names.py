"""The verb of the partnership's own list of names, which are looked for in words before they are shown (D6)."""

import hashlib
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from engage.core import audit, erasing, scope
from engage.core.database import begin_write
from engage.core.errors import Refused
from engage.rules.redaction import PlaceKind
from engage.understanding.themes import queries_names
from engage.understanding.themes.kinds import MOST_NAMES
from engage.understanding.themes.models import KnownName


def state_of(names: Mapping[PlaceKind, Iterable[str]]) -> str:
    """A short code of exactly this list: a page that shows it sends it back, so that nobody's names are lost unseen."""
    lines = sorted(f"{kind.value}:{name}" for kind, given in names.items() for name in given)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def keep_names(names: Mapping[PlaceKind, Iterable[str]], *, seen: str | None = None) -> None:
    """Make the list exactly this; a kind that is not given has no names. The trail keeps how many, never which.

    Refused("known-names-many") above MOST_NAMES in all. Each name has 1 to LONGEST_NAME characters. `seen` is
    `state_of` the list that was shown: if it changed since, Refused("known-names-changed") and nothing is kept; None
    is for whoever was shown none.
    """
    wanted = {(kind, name) for kind, given in names.items() for name in given}
    if len(wanted) > MOST_NAMES:
        raise Refused("known-names-many", most=MOST_NAMES)
    session = begin_write()
    session.execute(sa.select(KnownName.id).with_for_update())  # who saves at the same moment is seen below
    if seen is not None and seen != state_of(queries_names.known_names()):
        raise Refused("known-names-changed")
    rows = session.execute(sa.select(KnownName.id, KnownName.kind, KnownName.name))
    there = {(row.kind, row.name): row.id for row in rows}
    gone = [there[one] for one in there.keys() - wanted]
    new = sorted(wanted - there.keys())
    if not gone and not new:
        return
    erasing.delete(KnownName.id, KnownName.id.in_(gone))
    session.add_all(KnownName(kind=kind, name=name) for kind, name in new)
    session.flush()
    audit.record(
        "known-names-kept",
        "partnership",
        scope.current(),
        added=len(new),
        removed=len(gone),
        **{kind.value: sum(one is kind for one, _ in wanted) for kind in PlaceKind},
    )
