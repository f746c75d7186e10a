"""C5: who is told where nobody can be the second person, that a notice stuck is told of, and what the person gets."""

import uuid
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.adapters.mail import MailFailed, MemoryMail
from engage.core import outbox
from engage.core.database import begin_write
from engage.core.transaction import transaction
from engage.desk.rights import about as held
from engage.listening.casework import about, queries_glass, service_glass
from engage.listening.casework.kinds import Reply
from engage.listening.casework.models import GlassRequest
from engage.people import queries
from engage.people import service as accounts
from engage.people.kinds import Role
from engage.safeguarding import alerts, service_apart
from tests.integration.test_glass import (
    LETTER,
    NOON,
    asked,
    case,
    decided,
    deliver,
    desk,
    made,
    opened,
    people,
    told_of_the_worry,
    when,
)
from tests.support import backups
from tests.support.apps import within
from tests.support.notices import post, who
from tests.support.people import staff

__all__ = ["case", "people", "post", "when"]
ALONE = "A request to see who a case is from waits, and nobody here may decide on it"
HERE = "Nobody else here may decide on it now"


@pytest.fixture
def admins(app: Flask, partnership: uuid.UUID) -> dict[str, uuid.UUID]:
    """Two who give out roles."""
    names = ("ada", "abe")
    return {name: staff(app, partnership, f"{name}@larkmoor.example", Role.ADMINISTRATOR) for name in names}


def says_alone(app: Flask, name: str) -> bool:
    return ALONE in desk(app, name).get("/staff/today").get_data(as_text=True)


def named(app: Flask, place: uuid.UUID, case: uuid.UUID, *accounts: uuid.UUID) -> None:
    """These are named in a case, and the reader whom every partnership here has."""
    with within(app, place), transaction():
        [reader] = [one.id for one in queries.list_people(place) if one.sign_in == "reader"]
        service_apart.concern("case", case, [*accounts, reader])


def test_c5_where_nobody_can_decide_whoever_gives_out_roles_is_told_and_somebody_new_decides(
    app: Flask,
    partnership: uuid.UUID,
    case: uuid.UUID,
    people: dict[str, uuid.UUID],
    admins: dict[str, uuid.UUID],
    post: MemoryMail,
) -> None:
    """Lou and Rae are named, so Lea, who asks, is the last who could; Ada, who is named too, is told of nothing."""
    told_of_the_worry(app, partnership, post)
    named(app, partnership, case, people["lou"], people["rae"], admins["ada"])
    assert HERE in desk(app, "lea").get(f"/staff/cases/{case}/who").get_data(as_text=True)
    request = asked(app, partnership, case, people["lea"])
    deliver(app, partnership)
    assert who(post) == ["abe"]
    assert HERE in desk(app, "lea").get(f"/staff/cases/{case}/who").get_data(as_text=True)
    assert [says_alone(app, name) for name in ("abe", "ada", "lea")] == [True, False, False]
    new = staff(app, partnership, "max@larkmoor.example", Role.SAFEGUARDING_LEAD)
    assert not says_alone(app, "abe")
    decided(app, partnership, case, request, new)
    assert opened(app, partnership, case, people["lea"]).name == "Robin"


def test_c6_where_every_administrator_is_kept_from_it_none_is_told_but_whoever_runs_the_host(
    app: Flask,
    partnership: uuid.UUID,
    case: uuid.UUID,
    people: dict[str, uuid.UUID],
    admins: dict[str, uuid.UUID],
    post: MemoryMail,
) -> None:
    """Neither whom it is about nor whoever manages them learns that it is looked into; who asks reads what to do."""
    told_of_the_worry(app, partnership, post)
    with within(app, partnership), transaction():
        accounts.set_manager(people["lou"], admins["abe"])
    named(app, partnership, case, people["lou"], people["rae"], admins["ada"])
    assert without(app) == []
    asked(app, partnership, case, people["lea"])
    deliver(app, partnership)
    assert who(post) == []
    assert [says_alone(app, name) for name in ("abe", "ada")] == [False, False]
    page = desk(app, "lea").get(f"/staff/cases/{case}/who").get_data(as_text=True)
    assert "Ask whoever runs this site" in page
    assert "An administrator is told" not in page
    assert without(app) == ["larkmoor"]
    staff(app, partnership, "max@larkmoor.example", Role.SAFEGUARDING_LEAD)
    assert without(app) == []


def test_c6_who_is_kept_from_it_since_is_not_told_of_it_any_more(
    app: Flask,
    partnership: uuid.UUID,
    case: uuid.UUID,
    people: dict[str, uuid.UUID],
    admins: dict[str, uuid.UUID],
    post: MemoryMail,
) -> None:
    """It was asked for when they were not named yet; the notice has not gone out."""
    told_of_the_worry(app, partnership, post)
    named(app, partnership, case, people["lou"], people["rae"])
    asked(app, partnership, case, people["lea"])
    named(app, partnership, case, people["lou"], people["rae"], *admins.values())
    deliver(app, partnership)
    assert who(post) == []
    assert without(app) == ["larkmoor"]


def test_c6_the_host_is_told_that_it_waits_and_not_of_whom(
    app: Flask,
    partnership: uuid.UUID,
    case: uuid.UUID,
    people: dict[str, uuid.UUID],
    admins: dict[str, uuid.UUID],
    post: MemoryMail,
) -> None:
    """An address that anybody may ask says no more than of any alert; the command says where, and what to do."""
    told_of_the_worry(app, partnership, post)
    named(app, partnership, case, people["lou"], people["rae"], *admins.values())
    home, watched = backups.home_of(app), "/healthz/alerts"
    assert app.test_client().get(watched).status_code == 200
    assert "second person" not in home.verb("doctor").output
    asked(app, partnership, case, people["lea"])
    answer = app.test_client().get(watched)
    assert (answer.status_code, "an alert is overdue" in answer.get_data(as_text=True)) == (503, True)
    told = home.verb("doctor")
    assert (told.exit_code, "In larkmoor a request waits for a second person" in told.output) == (1, True)
    assert not any(word in told.output for word in ("ada", "lou", "Robin", str(case)))


def refuse(*_words: object, **_more: object) -> None:
    """A mail server that knows nobody."""
    raise MailFailed("no such address")


def without(app: Flask) -> list[str]:
    with app.app_context():
        return queries_glass.places_without()


def test_c5_who_cannot_be_reached_is_no_silent_alert_for_longer_than_today_says_it(
    app: Flask,
    partnership: uuid.UUID,
    case: uuid.UUID,
    people: dict[str, uuid.UUID],
    post: MemoryMail,
    when: list[datetime],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """C7: an address that takes nothing is tried again for a week; then a real silence is seen again."""
    told_of_the_worry(app, partnership, post)
    decided(app, partnership, case, asked(app, partnership, case, people["lea"]), people["lou"])
    monkeypatch.setattr(post, "send", refuse)
    for passed, is_left in ((timedelta(days=7, seconds=-1), True), (timedelta(days=7), False)):
        when.append(NOON + passed)
        deliver(app, partnership)
        with within(app, partnership):
            assert outbox.is_overdue({service_glass.BROKEN}, when[-1]) is is_left


def test_c5_a_notice_of_a_request_that_does_not_go_out_is_an_alert_that_does_not(
    app: Flask, partnership: uuid.UUID, case: uuid.UUID, people: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    """Somebody may be looking for a child: whoever watches the site hears of it, as of a flag."""
    told_of_the_worry(app, partnership, post)
    request = asked(app, partnership, case, people["lea"])
    for kind in (service_glass.ASKED, service_glass.BROKEN):
        assert kind in alerts.kinds()
        with within(app, partnership):
            assert outbox.is_overdue({kind}, NOON + timedelta(minutes=1))
        deliver(app, partnership)
        with within(app, partnership):
            assert not outbox.is_overdue({kind}, NOON + timedelta(days=1))
        if kind == service_glass.ASKED:
            decided(app, partnership, case, request, people["lou"])


def test_p4_the_person_gets_who_opened_their_name_but_for_what_could_put_somebody_in_danger(
    app: Flask, partnership: uuid.UUID, people: dict[str, uuid.UUID]
) -> None:
    """P4, C5: what they are not to be told of is left out, and whoever looks the file through is told so."""
    known, unknown = (made(app, partnership, LETTER, people["rae"]) for _ in range(2))
    for case_id, by, reply in ((known, "lea", Reply.TELL), (unknown, "lou", Reply.NOT_TELL)):
        second = people["lou" if by == "lea" else "lea"]
        decided(app, partnership, case_id, asked(app, partnership, case_id, people[by]), second, reply)
        who_page = f"/staff/cases/{case_id}/who"
        assert "Robin" in desk(app, by).submit(who_page, to=f"{who_page}/open").get_data(as_text=True)
    with app.test_request_context(), within(app, partnership), transaction():
        pieces = held.collect([f"case:{known}", f"case:{unknown}"], people["rae"])
        texts = [dict(piece.texts) for piece in pieces]
    label = "Who opened your name and contact details"
    assert texts[0][label] == "24 Nov 2026 12:00 Lea@Larkmoor.Example"
    assert pieces[0].note == ""
    assert label not in texts[1]
    assert "decided not to tell them" in pieces[1].note


def test_p4_the_person_gets_who_opened_their_name_though_what_was_asked_for_is_gone(
    app: Flask, partnership: uuid.UUID, people: dict[str, uuid.UUID]
) -> None:
    """P4, C5: they were told, and the file says so whatever became of the request; without a word they were not."""
    cases = [made(app, partnership, LETTER, people["rae"]) for _ in range(2)]
    for case_id, reply in zip(cases, (Reply.TELL, Reply.NOT_TELL), strict=True):
        decided(app, partnership, case_id, asked(app, partnership, case_id, people["lea"]), people["lou"], reply)
        opened(app, partnership, case_id, people["lea"])
    with within(app, partnership):
        with transaction():
            begin_write().execute(sa.delete(GlassRequest))
        assert [[one.is_told for one in about.held_on(case_id).opened] for case_id in cases] == [[True], [False]]
