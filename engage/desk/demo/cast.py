"""Who and what Larkmoor consists of once it stands, and acting as one of its people."""

import uuid
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from flask import g

from engage.people.kinds import Role


@dataclass(frozen=True)
class Cast:
    """Services by their key in the texts; the first person of each role; the young inspectors in their order."""

    services: Mapping[str, uuid.UUID]
    people: Mapping[Role, uuid.UUID]
    inspectors: tuple[uuid.UUID, ...]


@contextmanager
def acting(person: uuid.UUID) -> Generator[uuid.UUID]:
    """What is done inside is in the trail as this person's act. For an invented place only."""
    g.engage_actor = person
    try:
        yield person
    finally:
        g.pop("engage_actor", None)
