"""`engage release make` and `show`: made once, refused in words, and nothing shown but what is released (D1)."""

import json
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core.database import begin_write
from engage.core.errors import Refused
from engage.core.transaction import transaction
from engage.understanding.releases import queries, service
from engage.understanding.releases.models import PublishedTable, Release
from tests.factories.responses import add_responses
from tests.factories.surveys import open_as_it_is
from tests.integration.test_restricted import SHORT
from tests.support import backups
from tests.support.apps import within
from tests.support.backups import Home


@pytest.fixture
def home(app: Flask, partnership: uuid.UUID) -> Home:
    open_as_it_is(app, partnership, SHORT, "sample")
    return backups.home_of(app)


def test_d1_a_release_is_made_and_shown_by_command(app: Flask, partnership: uuid.UUID, home: Home) -> None:
    add_responses(app, partnership, "sample", 63)
    assert home.verb("release", "show", "sample").output == "Error: There is no release of sample.\n"
    made = home.verb("release", "make", "sample")
    assert (made.exit_code, made.output) == (0, "Release 1 of sample is frozen.\n")
    with within(app, partnership):
        stored = queries.show("sample")
    shown = home.verb("release", "show", "sample", "--json")
    assert json.loads(shown.stdout) == json.loads(json.dumps(stored))
    plain = home.verb("release", "show", "sample", "--release", "1").output
    assert plain.startswith("sample, release 1, frozen on ")
    assert "63" not in plain
    assert not list((home.folder / "snapshots").rglob("*.parquet"))


def test_d1_a_release_that_may_not_be_made_is_refused_in_one_line(
    app: Flask, partnership: uuid.UUID, home: Home
) -> None:
    """Of no survey, of too few people, and a second one before its day: nothing is stored, no number is said."""
    add_responses(app, partnership, "sample", 3)
    unknown = home.verb("release", "make", "nowhere")
    assert (unknown.exit_code, unknown.output) == (1, "Error: There is no such thing in this partnership.\n")
    few = home.verb("release", "make", "sample")
    assert (few.exit_code, len(few.output.splitlines())) == (1, 1)
    assert few.output.startswith("Error: ")
    assert "release-" not in few.output, "a sentence, not a reason's name"
    with within(app, partnership):
        assert queries.show("sample") is None
    add_responses(app, partnership, "sample", 60, seed=2)
    assert home.verb("release", "make", "sample").exit_code == 0
    again = home.verb("release", "make", "sample")
    assert (again.exit_code, len(again.output.splitlines())) == (1, 1)
    with within(app, partnership):
        last = queries.show("sample")
    assert last is not None
    assert last["release"] == 1
    assert home.verb("release", "make", "sample", "--partnership", "nowhere").exit_code == 1


@pytest.mark.parametrize(
    "change", [{"base": 70}, {"cells": []}, {"filters": {"joins": "yes"}}, {"hidden": ["secondary"]}]
)
def test_d1_a_release_that_is_no_longer_what_was_frozen_is_found(
    app: Flask, partnership: uuid.UUID, home: Home, change: dict[str, Any]
) -> None:
    """Immutable and hashed: a number, an answer, a filter or why something is hidden, changed behind the product's
    back."""
    add_responses(app, partnership, "sample", 63)
    assert home.verb("release", "make", "sample").exit_code == 0
    assert home.verb("audit", "verify").output == "The audit chain is whole.\n"
    with within(app, partnership), transaction():
        table = begin_write().scalars(sa.select(PublishedTable).where(PublishedTable.position == 0)).one()
        for name, value in change.items():
            setattr(table, name, value)
    found = home.verb("audit", "verify")
    assert (found.exit_code, found.output) == (1, "Error: Release 1 of sample is not what was frozen.\n")


def test_d1_a_release_whose_facts_changed_is_found_and_one_of_before_is_whole(
    app: Flask, partnership: uuid.UUID, home: Home
) -> None:
    """What later audits rest on is covered; a release frozen before that was so still has its own fingerprint."""
    add_responses(app, partnership, "sample", 63)
    assert home.verb("release", "make", "sample").exit_code == 0
    for rule, is_whole in (({"everyone": []}, False), ({"covers_reasons": False}, True)):
        with within(app, partnership), transaction():
            [release] = begin_write().scalars(sa.select(Release)).all()
            release.rule = {**release.rule, **rule}
            if is_whole:
                release.sha256 = service.digest(release, queries.frozen(release))
        assert (home.verb("audit", "verify").exit_code == 0) is is_whole


def test_d2_a_refusal_that_tells_counts_by_command_too(
    app: Flask, partnership: uuid.UUID, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D2: asked for after every answer, the moment at which it turns round would tell; twice a week, wherever from."""
    add_responses(app, partnership, "sample", 63)

    def refuse(*_: object) -> None:
        raise Refused("release-differencing")

    monkeypatch.setattr(service, "_public", refuse)
    said = [home.verb("release", "make", "sample").output for _ in range(3)]
    assert said[0] == said[1]
    assert said[2] != said[0]
