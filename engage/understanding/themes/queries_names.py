"""Selects on the partnership's own list of names."""

import sqlalchemy as sa

from engage.core.database import db
from engage.rules.redaction import PlaceKind
from engage.understanding.themes.models import KnownName


def known_names() -> dict[PlaceKind, list[str]]:
    """Every kind with its names as they were written, sorted without regard to case; a kind may have none."""
    found: dict[PlaceKind, list[str]] = {kind: [] for kind in PlaceKind}
    for kind, name in db.session.execute(sa.select(KnownName.kind, KnownName.name)):
        found[kind].append(name)
    return {kind: sorted(names, key=lambda name: (name.casefold(), name)) for kind, names in found.items()}
