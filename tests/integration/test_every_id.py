"""W2, N11: an id of another partnership opens exactly what an id of nothing opens, on every route, for every role."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask, g
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from engage.core import crypto
from engage.core.database import Base, db, end_write
from engage.core.transaction import transaction
from engage.people import service as people
from engage.people.kinds import Role
from engage.safeguarding import receipts
from engage.safeguarding.contact import service as contact
from engage.safeguarding.contact.service import Details
from engage.voices.kinds import Concern
from tests.factories.cases import asked_who, closed_case
from tests.integration.test_every_route import address, contents, rules
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.inspections import planned
from tests.support.machines import key_for
from tests.support.people import sign_in, staff
from tests.support.reports import freeze_results, report, spoken_theme
from tests.support.results import declared_and_asked
from tests.support.voices import say

pytestmark = pytest.mark.one_database

NOTHING = uuid.UUID(int=0)
# One and the same page for every id there is or is not: it never tells whether somebody was invited.
SAME_FOR_ALL = {"/<slug:partnership>/reminders/<uuid:invited>/<string:token>"}
# What forms on these routes ask for, so that a refusal is about the id and not about a missing field.
FIELDS = {
    "decision": "no_concern", "note": "x", "words": "x", "text": "x", "open": "yes", "roles": "viewer",
    "ack-words": "x", "answer-words": "x", "close-outcome": "upheld", "close-learning": "x", "because": "x",
    "regime": "children-act-stage-1", "value": "1", "finding": "strength", "name": "x", "refusal": "other",
    "ask-reason": "x",
}  # fmt: skip


@pytest.fixture
def elsewhere(app: Flask, partnership: uuid.UUID, tmp_path: Path) -> list[uuid.UUID]:
    """Another partnership with something in every table that pages reach by id; all its ids."""
    with app.app_context():
        other = people.add_partnership("marshley", "Marshley Partnership", "Marshley", ["en"])
        end_write(commit=True)
        g.pop("engage_partnership", None)
    analyst = staff(app, other, "zoe", *Role)
    freeze_results(app, other, tmp_path, "staff-voice", 12)
    spoken_theme(app, other, "Nobody rings back", 2, analyst)
    planned(app, other)
    asked_who(app, other, closed_case(app, other, "Ring back within two days"), analyst)
    report(app, other, analyst)
    declared_and_asked(app, other, analyst)
    key_for(app, other, analyst)
    [flagged] = say(app, other, "he hits me", concern=Concern.RED)
    with within(app, other):
        made = receipts.prepare_receipt(crypto.derive(crypto.new_secret(), "receipt:x"))
        with transaction():
            receipts.store_receipt(made, origin_kind="response", origin_id=flagged.origin_id)
            contact.ask(Details("Robin", "07700 900123", "", "Mr Zoe"), form_key="x", language="en")
    return ids(app, other)


def ids(app: Flask, partnership_id: uuid.UUID) -> list[uuid.UUID]:
    """One id of every table of a partnership."""
    found: list[uuid.UUID] = []
    with app.app_context(), db.engine.connect() as connection:
        plain = connection.execution_options(engage_maintenance=True)
        for table in Base.metadata.sorted_tables:
            if "partnership_id" in table.columns and "id" in table.columns and table.name != "draft":
                rows = sa.select(table.c.id).where(sa.type_coerce(table.c.partnership_id, sa.Uuid) == partnership_id)
                found += [row.id for row in plain.execute(rows.limit(1))]
    return found


def visible(page: TestResponse) -> str:
    """What a page says, without its nonce, its form's token and the id in its own address."""
    text = re.sub(r'nonce="[^"]*"|name="csrf_token" value="[^"]*"', "", page.get_data(as_text=True))
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text)


def with_ids(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in rules(app):
        if "<uuid:" in rule.rule:
            for method in sorted({"GET", "POST"} & set(rule.methods or ())):
                yield rule, method


def test_w2_an_id_of_elsewhere_is_an_id_of_nothing(
    app: Flask, partnership: uuid.UUID, client: PageClient, elsewhere: list[uuid.UUID]
) -> None:
    """Somebody with every role here reaches nothing there: the same answer as for an id that never was."""
    staff(app, partnership, "ada", *Role)
    sign_in(client, "ada")
    fields = FIELDS | {"csrf_token": token_of(client.get("/staff/people"))}
    client.post("/staff/themes/coding/open", data=fields)
    before = contents(app)
    wrong = []
    for rule, method in with_ids(app):
        path = address(rule)
        nothing = client.open(path, method=method, data=fields if method == "POST" else None)
        for each in elsewhere:
            there = path.replace(str(NOTHING), str(each))
            answer = client.open(there, method=method, data=fields if method == "POST" else None)
            is_same = rule.rule in SAME_FOR_ALL and visible(answer) == visible(nothing)
            if answer.status_code != nothing.status_code or (answer.status_code < 400 and not is_same):
                wrong.append(f"{method} {rule.rule}: {nothing.status_code}, {answer.status_code}")
                break
    assert wrong == []
    assert contents(app) == before
