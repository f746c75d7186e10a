"""What two people do at the same moment, in two real sessions of PostgreSQL: one is first, and the other sees it."""

import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import audit, clock, retention
from engage.core.database import db
from engage.core.transaction import transaction
from engage.desk.rights import taking_back
from engage.desk.rights.kinds import KINDS
from engage.listening.surveys import keeping
from engage.listening.surveys import queries as surveys
from engage.listening.surveys.models import Response
from engage.people.kinds import Role
from engage.safeguarding import withdrawals
from engage.safeguarding.contact import queries as contacts
from engage.safeguarding.contact import service as contact
from engage.safeguarding.contact import service_together
from engage.safeguarding.contact.kinds import Outcome
from engage.safeguarding.contact.service import Details
from engage.safeguarding.models import Receipt
from engage.understanding.releases import queries, service, service_restricted
from engage.understanding.releases.models import Release, Restricted
from engage.understanding.releases.service_restricted import Wish
from tests.factories.responses import add_responses
from tests.factories.surveys import open_as_it_is
from tests.integration.test_restricted import SHORT
from tests.support.apps import within
from tests.support.people import staff
from tests.support.together import at_once, only_postgres

SLUG = "sample"


@pytest.fixture
def place(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    """A survey with answers enough for a release."""
    only_postgres(app)
    open_as_it_is(app, partnership, SHORT, SLUG)
    add_responses(app, partnership, SLUG, 63)
    return partnership


@pytest.fixture
def mine(app: Flask, place: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    """One of the responses, and the receipt that takes it back."""
    with within(app, place), transaction():
        response = db.session.scalars(sa.select(Response.id).limit(1)).one()
        receipt = Receipt(
            id=uuid.uuid4(), lookup=bytes(32), origin_kind="response", origin_id=response, week="2026-W47"
        )
        db.session.add(receipt)
        db.session.flush()
        return response, receipt.id


def release(folder: Path) -> uuid.UUID:
    return service.make_release(SLUG, service.Place(folder / "snapshots", 1, lambda: 0.0), None)


def counted(app: Flask, place: uuid.UUID) -> int:
    """How many the newest release has counted; 0 without one."""
    with within(app, place):
        survey = surveys.get_survey(SLUG)
        assert survey is not None
        row = queries.latest_row(survey.id)
        return row.counted if row is not None else 0


def test_p5_answers_taken_back_first_are_not_counted(
    app: Flask, place: uuid.UUID, mine: tuple[uuid.UUID, uuid.UUID], tmp_path: Path
) -> None:
    """P5: the release has counted them when they go, and is not stored; the next one counts without them."""
    assert at_once(app, place, lambda: taking_back.take_back(mine[1]), lambda: release(tmp_path)) == ["", "Conflict"]
    assert counted(app, place) == 0
    with within(app, place), transaction():
        release(tmp_path)
    assert counted(app, place) == 62


def test_p5_answers_a_release_counted_first_are_not_taken_back(
    app: Flask, place: uuid.UUID, mine: tuple[uuid.UUID, uuid.UUID], tmp_path: Path
) -> None:
    """P5: whoever presses a moment too late is told so, and nothing is half gone."""
    assert at_once(app, place, lambda: release(tmp_path), lambda: taking_back.take_back(mine[1])) == ["", "Refused"]
    assert counted(app, place) == 63
    with within(app, place):
        assert db.session.get(Response, mine[0]) is not None


def test_p5_answers_that_stay_for_a_hold_are_not_counted_either(
    app: Flask, place: uuid.UUID, mine: tuple[uuid.UUID, uuid.UUID], tmp_path: Path
) -> None:
    """P5: taken back while something keeps them: no row goes, and still no release counts them."""

    def ask() -> None:
        keeping.hold(mine[0])
        withdrawals.ask("response", mine[0], with_answers=True)

    assert at_once(app, place, ask, lambda: release(tmp_path)) == ["", "Conflict"]
    with within(app, place), transaction():
        release(tmp_path)
    assert counted(app, place) == 62


def test_d2_of_two_releases_at_once_one_is_made(app: Flask, place: uuid.UUID, tmp_path: Path) -> None:
    """D2: neither was audited beside the other, so one must go."""
    two = [partial(release, tmp_path / name) for name in "ab"]
    assert at_once(app, place, *two) == ["", "Conflict"]
    with within(app, place):
        assert db.session.scalars(sa.select(Release.number)).all() == [1]
        assert audit.verify() is None


@pytest.mark.parametrize("first", ["agree", "drop"])
def test_d8_a_wish_is_agreed_to_or_dropped_and_never_both(app: Flask, place: uuid.UUID, first: str) -> None:
    """D8: agreed to twice, dropped twice, or both at once: the first decides, the other is told."""
    people = {name: staff(app, place, name, Role.ANALYST) for name in ("ana", "ben", "cy")}
    for second in ("agree", "drop"):
        with within(app, place), transaction():
            wish = Wish(frozenset({people["cy"]}), "to weight the sample", clock.today() + timedelta(days=30))
            row = service_restricted.ask(SLUG, wish, people["ana"], people.values())
        acts = {
            "agree": partial(service_restricted.agree, row, people["ben"]),
            "drop": partial(service_restricted.drop, row),
        }
        done = at_once(app, place, acts[first], acts[second])
        assert done[0] == ""
        assert done[1] in {"Conflict", "NotFound"}
        with within(app, place):
            kept = db.session.get(Restricted, row)
            assert (kept is None) == (first == "drop")
            assert kept is None or kept.agreed_by == people["ben"]


def test_d8_exact_numbers_agreed_to_meanwhile_wait_for_the_next_release(
    app: Flask, place: uuid.UUID, tmp_path: Path
) -> None:
    """D8: what was not agreed to when the release counted is not made with it, and not lost."""
    people = {name: staff(app, place, name, Role.ANALYST) for name in ("ana", "ben", "cy")}
    with within(app, place), transaction():
        wish = Wish(frozenset({people["cy"]}), "to weight the sample", clock.today() + timedelta(days=30))
        row = service_restricted.ask(SLUG, wish, people["ana"], people.values())
    agree = partial(service_restricted.agree, row, people["ben"])
    assert at_once(app, place, agree, lambda: release(tmp_path)) == ["", ""]
    with within(app, place):
        kept = db.session.get_one(Restricted, row)
        assert (kept.agreed_by, kept.release_id, kept.refused) == (people["ben"], None, False)


def test_p6_a_proposal_is_approved_or_dropped_and_one_waits_at_a_time(app: Flask, place: uuid.UUID) -> None:
    """P6: two who propose, two who decide."""
    ana, ben = (staff(app, place, name, Role.ADMINISTRATOR) for name in ("ana", "ben"))
    made = at_once(app, place, lambda: retention.propose(KINDS, ana), lambda: retention.propose(KINDS, ben))
    assert made == ["", "Conflict"]
    with within(app, place):
        run = retention.waiting()
        assert run is not None
        assert run.proposed_by == ana
    approve, drop = partial(retention.approve, run.id, ben), partial(retention.drop, run.id)
    assert at_once(app, place, approve, drop) == ["", "Conflict"]
    with within(app, place):
        left = retention.waiting()
        assert left is not None
        assert left.approved_by == ben


def test_f7_a_request_for_contact_sent_twice_at_once_is_one_and_is_closed_once(app: Flask, place: uuid.UUID) -> None:
    """F7: a double click on a slow line, and two people who ring at the same time."""
    details = Details("Robin", "07700 900123", "after four", "school")
    send = partial(contact.ask, details, form_key="k", language="en")
    assert at_once(app, place, send, send) == ["", ""]
    ana, ben = (staff(app, place, name, Role.SAFEGUARDING_LEAD) for name in ("ana", "ben"))
    with within(app, place):
        [row] = contacts.list_open()
    both = [partial(contact.open_request, row.id, who) for who in (ana, ben)]
    assert at_once(app, place, *both) == ["", ""]
    with within(app, place):
        [opened] = contacts.list_open()
        assert opened.opened_by == ana, "who was first stays on it"
    both = [partial(contact.close, row.id, Outcome.SPOKEN, "We spoke", who) for who in (ana, ben)]
    assert at_once(app, place, *both) == ["", "Conflict"]
    with within(app, place):
        closed = contacts.get(row.id)
        assert closed is not None
        assert closed.closed_by == ana
        assert audit.verify() is None


def test_f7_two_people_who_close_the_same_requests_wait_for_each_other_and_neither_fails(
    app: Flask, place: uuid.UUID
) -> None:
    """Ticked in the opposite order; one of them is opened again at the same time as somebody else does."""
    ana, ben = (staff(app, place, name, Role.SAFEGUARDING_LEAD) for name in ("ana", "ben"))
    with within(app, place):
        for word in ("a", "b"):
            with transaction():
                contact.ask(Details("Robin", "07700 900123", "", word), form_key=word, language="en")
        ids = [row.id for row in contacts.list_open()]
        with transaction():
            for each in ids:
                contact.open_request(each, ana)
    closing = [
        partial(service_together.close_unreal, ids, "fake", ana),
        partial(service_together.close_unreal, ids[::-1], "fake", ben),
    ]
    assert at_once(app, place, *closing) == ["", ""]
    with within(app, place):
        assert {row.closed_by for row in contacts.list_closed(9)} == {ana}
    both = [partial(service_together.reopen, ids[0], who) for who in (ana, ben)]
    assert at_once(app, place, *both) == ["", "Conflict"]
