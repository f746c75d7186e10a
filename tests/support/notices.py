"""A mail server that keeps what it is given, and a site with an address."""

from collections import Counter
from collections.abc import Generator

import pytest
from flask import Flask

from engage.adapters import mail
from engage.adapters.mail import MemoryMail

SITE = "https://voice.larkmoor.example/"


@pytest.fixture
def post(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Generator[MemoryMail]:
    """What was sent, in order."""
    kept = MemoryMail()
    monkeypatch.setattr(mail, "from_settings", lambda _settings: kept)
    before = app.extensions["engage_settings"]
    app.extensions["engage_settings"] = before.model_copy(update={"site_url": SITE})
    yield kept
    app.extensions["engage_settings"] = before


def who(kept: MemoryMail) -> list[str]:
    """To whom, by the name before the sign, in alphabetical order; the post box is emptied."""
    names = sorted(str(message["To"]).partition("@")[0] for message in kept.sent)
    kept.sent.clear()
    return names


def twice(kept: MemoryMail) -> int:
    """How many messages were handed over more than once."""
    return sum(count > 1 for count in Counter(str(message["Message-ID"]) for message in kept.sent).values())
