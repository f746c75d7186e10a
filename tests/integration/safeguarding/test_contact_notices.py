"""C6, C7: one look at whom requests are kept from, however many there are, and no slow work while others wait."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from engage.adapters.mail import MailFailed, MemoryMail
from engage.core import outbox
from engage.core.database import is_writing
from engage.core.transaction import transaction
from engage.people import service as people
from engage.people.kinds import Role
from engage.rules import namings
from engage.safeguarding import queries_apart, service_apart, service_duty
from engage.safeguarding.contact import queries, service, service_notices, service_whom
from engage.safeguarding.queries_duty import USUAL, DutyRow
from tests.integration.safeguarding.test_contact_flood import flood
from tests.integration.safeguarding.test_contact_waits import TUESDAY, team
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.notices import post, who
from tests.support.people import staff

__all__ = ["post", "team"]


def test_c7_however_many_wait_unsent_whom_they_are_kept_from_is_asked_once(
    app: Flask,
    partnership: uuid.UUID,
    team: dict[str, uuid.UUID],
    post: MemoryMail,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A notice was written down and not sent: it goes without what is kept since from whoever was to be told."""
    with time_machine.travel(TUESDAY, tick=False), within(app, partnership):
        first, *others = flood(5)
    asked, blocked = [], queries_apart.blocked

    def counting(origins: list[uuid.UUID]) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
        asked.append(origins)
        return blocked(origins)

    with time_machine.travel(TUESDAY + timedelta(minutes=3), tick=False), within(app, partnership):
        with transaction():
            service_notices.gather(0)
            service_whom.say_whom(first, [team["lead"]], team["dora"])
        monkeypatch.setattr(queries_apart, "blocked", counting)
        with transaction():
            told = {each.who.id: each.count for each in service_notices.gather(0)}
    assert told == {team["lead"]: len(others), team["dora"]: 1}
    assert len(asked) == 2, "for who is told, and for what is taken back"


def test_c7_whom_a_request_names_is_found_out_before_other_writers_wait_and_each_box_is_read_once(
    app: Flask,
    client: PageClient,
    partnership: uuid.UUID,
    team: dict[str, uuid.UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, named_in = [], namings.named_in

    def reading(text: str, names: dict[uuid.UUID, str]) -> frozenset[uuid.UUID]:
        read.append((text, is_writing()))
        return named_in(text, names)

    monkeypatch.setattr(service.namings, "named_in", reading)
    said = {"name": "Robin", "reach": "123", "safe": "at four", "about": "Extra Example hits me", "agrees": "y"}
    assert client.post("/larkmoor/contact-me", data=said | {"key": "k"}).status_code == 303
    with within(app, partnership):
        [request] = queries.list_open()
        assert queries_apart.named_in(request.id) == {team["extra"]}
    assert read == [(text, False) for text in ("Robin", "123", "at four", "Extra Example hits me")]


def test_c7_whoever_could_not_be_told_is_tried_again_alone_and_not_with_the_next_request(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One address takes nothing for two minutes; who has none is not waited for."""
    down, send = {"dora@larkmoor.example"}, post.send
    staff(app, partnership, "nomail", Role.SAFEGUARDING_LEAD)

    def sending(to: str, *rest: Any, **more: Any) -> None:
        if to in down:
            raise MailFailed("down")
        send(to, *rest, **more)

    monkeypatch.setattr(post, "send", sending)
    with within(app, partnership), transaction():
        service_duty.set_order([])
        service_duty.set_duty(DutyRow(USUAL.hours, (500, 600, 700), USUAL.read, USUAL.decide, 14))
    with time_machine.travel(TUESDAY, tick=False), within(app, partnership):
        [request] = flood(1)
    reached = []
    for minute in (3, 4, 5, 6):
        down = down if minute < 5 else set()
        with time_machine.travel(TUESDAY + timedelta(minutes=minute), tick=False), within(app, partnership):
            outbox.deliver()
        reached.append(who(post))
    assert reached == [["extra", "lead"], [], ["dora"], []]
    with within(app, partnership):
        assert queries.told(request, 0) == {team[name] for name in ("lead", "extra", "dora")}
        assert outbox.due(service_notices.NOTICES[0]) == []


def test_c6_saying_again_whom_it_is_about_opens_nothing_to_who_managed_them_then(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """The line is kept as it stood when somebody was named, however often more is said; with nobody named it goes."""
    rosa = staff(app, partnership, "rosa@larkmoor.example", Role.RESPONDER)
    with within(app, partnership), transaction():
        people.set_manager(rosa, team["extra"])
        [request] = flood(1, "the bus is late")
        service_apart.concern(service.ORIGIN, request, [rosa])
        people.set_manager(rosa, None)
        service_apart.concern(service.ORIGIN, request, [rosa, team["ada"]])
        assert queries_apart.blocked([request])[request] == {rosa, team["ada"], team["extra"]}
        service_apart.concern(service.ORIGIN, request, [])
        assert queries_apart.blocked([request]) == {}
