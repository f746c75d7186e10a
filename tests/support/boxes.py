"""Boxes as a tablet without a network closes them, and worse ones."""

import base64
import json
import secrets
import uuid
from typing import Any

from flask import Flask

from engage.core import sealedbox
from engage.listening.kiosk import taking
from engage.listening.surveys import queries as surveys
from tests.support.apps import within


def closed(app: Flask, partnership: uuid.UUID, tablet: uuid.UUID, slug: str, **content: Any) -> bytes:
    """A box of this tablet with answers to survey `slug`; `content` is what is said otherwise or beside it."""
    with within(app, partnership):
        survey = surveys.get_survey(slug)
        public = taking.public_key(tablet)
    assert survey is not None
    assert survey.version is not None
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    inside = {"key": key, "version": str(survey.version.id), "language": "en", "easy": False, "fields": {}, **content}
    return sealedbox.close_box(public, json.dumps(inside).encode(), secrets.token_bytes(12), aad=str(tablet).encode())
