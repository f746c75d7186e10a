"""Releases frozen without asking the solver, which takes seconds each, in integration tests and journeys: it is proved
in unit/disclosure, and in integration/test_audited.py on the way it is really called."""

from collections.abc import Sequence

import pytest

from engage.rules.disclosure import ladder
from engage.rules.disclosure.audit import Budget, Facts, Source, Truth, Verdict


def _nothing_asked(
    sources: Sequence[Source],
    facts: Facts,
    budget: Budget,
    *,
    truth: Truth | None = None,
    stop_at_first: bool = False,
) -> Verdict:
    return Verdict(asked=0, found=(), in_time=True, is_whole=True)


@pytest.fixture
def audited() -> None:
    """Ask for this to have releases audited."""


@pytest.fixture(autouse=True)
def quick_release(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "audited" not in request.fixturenames:
        monkeypatch.setattr(ladder, "audit", _nothing_asked)
