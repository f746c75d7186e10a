"""A partnership with something to report on, and the analyst who reports it."""

import uuid
from pathlib import Path

import pytest
from flask import Flask

from engage.people.kinds import Role
from tests.support.client import PageClient, browser_of
from tests.support.people import sign_in, staff
from tests.support.reports import evidence


@pytest.fixture
def ana(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    """An analyst."""
    return staff(app, partnership, "ana", Role.ANALYST)


@pytest.fixture
def writer(app: Flask, ana: uuid.UUID) -> PageClient:
    """The analyst's browser."""
    browser = browser_of(app)
    sign_in(browser, "ana")
    return browser


@pytest.fixture
def rich(app: Flask, partnership: uuid.UUID, ana: uuid.UUID, tmp_path: Path) -> uuid.UUID:
    """Releases, themes, a star and a lesson; the partnership's id."""
    evidence(app, partnership, tmp_path, ana)
    return partnership
