"""Accounts of a test, and signing in with them."""

import uuid

from flask import Flask, current_app

from engage.core.transaction import transaction
from engage.people import service
from engage.people.kinds import Role
from tests.support.apps import within
from tests.support.client import PageClient

PASSWORD = "three green kites over town"


def staff(app: Flask, partnership: uuid.UUID, sign_in_name: str, *roles: Role) -> uuid.UUID:
    """An account with these roles and the one password of all tests."""
    with within(app, partnership), transaction():
        hashed = current_app.extensions["engage_passwords"].hash(PASSWORD)
        return service.add_account(sign_in_name.title(), sign_in_name, roles, password_hash=hashed)


def sign_in(client: PageClient, sign_in_name: str) -> None:
    """Sign in through the page."""
    answer = client.post("/staff/sign-in", data={"sign_in": sign_in_name, "password": PASSWORD})
    assert answer.status_code == 303, answer.get_data(as_text=True)
