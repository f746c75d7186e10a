"""C6, C7: one look at whom requests are kept from, however many there are, and no slow work while others wait."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from engage.adapters.mail import MemoryMail
from engage.core.database import is_writing
from engage.core.transaction import transaction
from engage.rules import namings
from engage.safeguarding import queries_apart
from engage.safeguarding.contact import queries, service, service_notices, service_whom
from tests.integration.safeguarding.test_contact_flood import flood
from tests.integration.safeguarding.test_contact_waits import TUESDAY, team
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.notices import post

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
