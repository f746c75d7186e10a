"""Pages that are kept: what the frame says of one version is never said of the next."""

import uuid
from collections.abc import Hashable
from types import SimpleNamespace
from typing import Any

import pytest

from engage.listening.surveys import showing_how


def test_the_page_of_how_somebody_answered_is_kept_for_its_version_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether its words were checked is said on it, and may be otherwise in the next."""
    keys: list[Hashable] = []

    def keep(_template: str, key: Hashable, _context: object) -> str:
        keys.append(key)
        return ""

    monkeypatch.setattr(showing_how, "render_kept", keep)
    links: Any = SimpleNamespace(to=lambda view: f"/{view}", to_question=lambda question: f"/q/{question}")
    for _version in range(2):
        flow = SimpleNamespace(version_id=uuid.uuid4())
        journey: Any = SimpleNamespace(path=SimpleNamespace(ids=("last",)), flow=flow)
        showing_how.how_page(journey, links, {})
    assert len(set(keys)) == 2
