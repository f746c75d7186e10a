"""A report is kept, never overwritten unseen, and frozen once for all (S 134: provenance and hash)."""

import hashlib
import json
import uuid

import pytest
from flask import Flask

from engage.assurance.reports import queries, service
from engage.assurance.reports.content import canonical
from engage.assurance.reports.service import Chosen
from engage.core import audit
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.transaction import transaction
from engage.people import service as people
from tests.support.apps import within
from tests.support.reports import found, report
from tests.support.themes import theme

NOTHING = Chosen()


def save(report_id: uuid.UUID, revision: int, **changed: str) -> None:
    texts = {"data": changed.get("data", "")}
    service.save_report(report_id, title=changed.get("title", "Online"), texts=texts, chosen=NOTHING, revision=revision)


def test_two_writers_never_overwrite_each_other_unseen(app: Flask, partnership: uuid.UUID, ana: uuid.UUID) -> None:
    row = report(app, partnership, ana)
    with within(app, partnership), transaction():
        save(row.id, row.revision, data="First")
    with within(app, partnership), pytest.raises(Conflict, match="report-changed"), transaction():
        save(row.id, row.revision, data="Second")
    with within(app, partnership):
        assert found(row.id).texts["data"] == "First"


def test_a_frozen_report_is_what_it_was_whatever_happens_later(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    theme(app, partnership, "Buses")
    row = report(app, partnership, ana)
    with within(app, partnership), transaction():
        sha256 = service.freeze_report(row.id, ana, "en")
    theme(app, partnership, "Parks")
    with within(app, partnership):
        kept = found(row.id)
        assert kept.content is not None
        assert kept.sha256 == sha256 == hashlib.sha256(canonical(kept.content)).hexdigest()
        assert service.is_whole(kept)
        assert json.loads(canonical(kept.content)) == kept.content
        assert kept.content["state"] == "frozen"
    with within(app, partnership), pytest.raises(Conflict, match="report-frozen"), transaction():
        save(row.id, row.revision)
    with within(app, partnership), pytest.raises(Conflict, match="report-frozen"), transaction():
        service.freeze_report(row.id, ana, "en")


def test_what_was_not_looked_at_is_not_frozen(app: Flask, partnership: uuid.UUID, ana: uuid.UUID) -> None:
    row = report(app, partnership, ana)
    with within(app, partnership), transaction():
        save(row.id, row.revision)
    with within(app, partnership), pytest.raises(Conflict, match="report-changed"), transaction():
        service.freeze_report(row.id, ana, "en", revision=row.revision)
    with within(app, partnership):
        assert not found(row.id).is_frozen


def test_every_act_is_on_the_trail_and_the_freeze_with_its_hash(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    row = report(app, partnership, ana)
    with within(app, partnership), transaction():
        sha256 = service.freeze_report(row.id, ana, "en")
    with within(app, partnership):
        events = audit.trail(row.id)
        assert [one.action for one in events] == ["report-started", "report-saved", "report-frozen"]
        assert events[-1].detail == {"sha256": sha256}
        assert audit.verify() is None


def test_a_report_needs_a_title_and_a_kind(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership), pytest.raises(Refused, match="report-title"), transaction():
        service.start_report("thematic", " \t\x00 ", NOTHING, None)
    with within(app, partnership), pytest.raises(NotFound), transaction():
        service.start_report("yearly", "A year", NOTHING, None)


def test_n6_another_partnership_knows_nothing_of_it(app: Flask, partnership: uuid.UUID, ana: uuid.UUID) -> None:
    row = report(app, partnership, ana)
    with app.app_context(), transaction():
        other = people.add_partnership("westmoor", "Westmoor", "Westmoor", ["en"])
    with within(app, other):
        assert queries.list_reports() == []
        assert queries.get_report(row.id) is None
    with within(app, other), pytest.raises(NotFound), transaction():
        save(row.id, row.revision)
