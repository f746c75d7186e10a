"""Comments that were read, themes and codings of a test."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Flask

from engage.core.transaction import transaction
from engage.people import queries as people
from engage.people.kinds import Role
from engage.understanding.themes import service, service_coding
from engage.understanding.themes.service import ThemeText
from engage.voices import service as voices
from engage.voices.service import PreparedVoice
from tests.support.apps import within
from tests.support.people import staff
from tests.support.voices import WORDS, prepare

# Markup, template code and script in every place where somebody may write (W12).
NASTY = (
    "<script>window.__canary()</script>",
    '"><img src=x onerror=window.__canary()>',
    "' autofocus onfocus=window.__canary() x='",
    "{{7*7}}{% raw %}${7*7}",
    "</textarea></title><svg/onload=window.__canary()>",
    "javascript:window.__canary()",
    "\u202egnp.exe\u2066 &lt;b&gt; \x00?".replace("\x00", ""),
)


def heard(app: Flask, partnership: uuid.UUID, *texts: str, **said: Any) -> list[PreparedVoice]:
    """Comments that a reader has read, each of somebody else unless `origin_id` says otherwise."""
    reader = _reader(app, partnership)
    with within(app, partnership):
        kept = [prepare(text, **said) for text in texts or (WORDS,)]
        with transaction():
            voices.store(kept)
            voices.mark_read([voice.id for voice in kept], reader)
    return kept


def _reader(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    with within(app, partnership):
        account = people.get_account("themes-reader")
    return account.id if account else staff(app, partnership, "themes-reader", Role.RESPONDER)


def theme(app: Flask, partnership: uuid.UUID, name: str, *phrases: str, **more: str) -> uuid.UUID:
    """An open theme."""
    with within(app, partnership), transaction():
        return service.add_theme(ThemeText(name, phrases=phrases, **more))


def code(
    app: Flask, partnership: uuid.UUID, voice_ids: Sequence[uuid.UUID], theme_ids: Sequence[uuid.UUID], coder: uuid.UUID
) -> None:
    """Give each voice these themes and no others."""
    with within(app, partnership), transaction():
        for voice_id in voice_ids:
            service_coding.code(voice_id, theme_ids, coder)


def count(app: Flask, partnership: uuid.UUID) -> int:
    """Freeze the numbers of themes."""
    with within(app, partnership), transaction():
        return service.freeze_counts(1)
