"""Machines of a partnership in tests: a key, and what they send it as."""

import uuid

from flask import Flask

from engage.core.transaction import transaction
from engage.people import service_keys
from engage.people.kinds import Role
from tests.support.apps import within
from tests.support.people import staff

API = "/api/v1/larkmoor"


def key_for(app: Flask, partnership: uuid.UUID, made_by: uuid.UUID | None = None, name: str = "Dashboard") -> str:
    """A key that works a year, made by an administrator of its own where none is named."""
    maker = made_by or staff(app, partnership, f"maker-{uuid.uuid4()}", Role.ADMINISTRATOR)
    with within(app, partnership), transaction():
        return service_keys.make_key(name, 365, maker)


def bearer(key: str) -> dict[str, str]:
    """The header in which a machine sends it."""
    return {"Authorization": f"Bearer {key}"}
