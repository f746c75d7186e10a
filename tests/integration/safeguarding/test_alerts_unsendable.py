"""C7: where no alert can go out at all, or not to everybody it is for, that is seen and the notice is kept."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage import worker
from engage.adapters.mail import MailFailed, MemoryMail, Notice
from engage.core import clock, outbox
from engage.core.database import db
from engage.core.heartbeat import ALERTING
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.people.models import Partnership
from engage.safeguarding import service_duty
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.notices import post, who
from tests.support.people import sign_in, staff
from tests.support.voices import say

__all__ = ["post"]
NOON = datetime(2026, 11, 25, 12, 0, 20, tzinfo=UTC)
HARM = "he hits me every night"
LENA, MARA = "lena@larkmoor.example", "mara@larkmoor.example"


@pytest.fixture
def at(app: Flask) -> Iterator[time_machine.Traveller]:
    """Noon of a Wednesday, in a process that serves people and whose worker runs."""
    with time_machine.travel(NOON, tick=False) as travel:
        before, app.extensions["engage_began"] = app.extensions["engage_began"], clock.now()
        work(app)
        yield travel
        app.extensions["engage_began"] = before


def work(app: Flask) -> None:
    for job in worker.find_jobs():
        if job.name in ALERTING:
            worker.perform(app, job)


def watched(client: PageClient) -> tuple[int, str]:
    answer = client.get("/healthz/alerts")
    return answer.status_code, answer.get_data(as_text=True).strip()


def today(app: Flask, name: str) -> str:
    browser = browser_of(app)
    sign_in(browser, name)
    return browser.get("/staff/today").get_data(as_text=True)


def waiting(app: Flask, partnership: uuid.UUID) -> int:
    with within(app, partnership):
        return db.session.scalar(sa.select(sa.func.count()).select_from(outbox.OutboxRow)) or 0


def a_few_minutes(app: Flask, at: time_machine.Traveller) -> None:
    for _ in range(8):
        at.shift(timedelta(minutes=1))
        work(app)


@pytest.mark.parametrize("missing", ["mail", "site"])
def test_c7_without_mail_or_an_address_of_the_site_it_is_said_before_anything_is_lost(
    app: Flask,
    client: PageClient,
    partnership: uuid.UUID,
    at: time_machine.Traveller,
    post: MemoryMail,
    monkeypatch: pytest.MonkeyPatch,
    missing: str,
) -> None:
    staff(app, partnership, LENA, Role.SAFEGUARDING_LEAD)
    assert watched(client) == (200, "alerts go out")
    settings = app.extensions["engage_settings"]
    if missing == "mail":
        monkeypatch.setattr(post, "enabled", False)
    else:
        app.extensions["engage_settings"] = settings.model_copy(update={"site_url": ""})
    status, said = watched(client)
    assert (status, "ENGAGE_SMTP_URL" in said) == (503, True)
    assert 'id="silent"' in today(app, LENA)
    say(app, partnership, HARM)
    a_few_minutes(app, at)
    assert (who(post), waiting(app, partnership)) == ([], 1), "kept until it can go out"
    monkeypatch.setattr(post, "enabled", True)
    app.extensions["engage_settings"] = settings
    a_few_minutes(app, at)
    assert (who(post), waiting(app, partnership)) == (["lena"], 0)
    assert watched(client) == (200, "alerts go out")


@pytest.mark.usefixtures("post")
def test_c7_where_nobody_who_decides_has_an_address_it_is_said(
    app: Flask, client: PageClient, partnership: uuid.UUID, at: time_machine.Traveller
) -> None:
    staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    status, said = watched(client)
    assert (status, "e-mail address" in said, "larkmoor" in said.casefold()) == (503, True, False)
    assert 'id="silent"' in today(app, "lena")
    say(app, partnership, HARM)
    a_few_minutes(app, at)
    assert waiting(app, partnership) == 1
    with app.app_context(), transaction():
        db.session.execute(sa.update(Partnership).values(is_invented=True))
    assert watched(client) == (200, "alerts go out"), "nobody is in an invented partnership"
    assert 'id="silent"' in today(app, "lena"), "and its pages say it all the same"


def test_c7_a_lead_without_an_address_is_seen_though_a_deputy_has_one(
    app: Flask, client: PageClient, partnership: uuid.UUID, at: time_machine.Traveller, post: MemoryMail
) -> None:
    order = [staff(app, partnership, name, Role.SAFEGUARDING_LEAD) for name in ("lena", MARA)]
    with within(app, partnership), transaction():
        service_duty.set_order(order)
    assert 'id="silent"' in today(app, MARA)
    say(app, partnership, HARM)
    a_few_minutes(app, at)
    assert (who(post), waiting(app, partnership)) == ([], 1)
    a_few_minutes(app, at)
    assert watched(client)[0] == 503


def test_c7_one_of_two_who_could_not_be_reached_is_tried_again_and_the_other_told_once(
    app: Flask,
    client: PageClient,
    partnership: uuid.UUID,
    at: time_machine.Traveller,
    post: MemoryMail,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in (LENA, MARA):
        staff(app, partnership, name, Role.SAFEGUARDING_LEAD)
    send = post.send

    def refuse_one(to: str, notice: Notice, link: str, *, name: str = "", count: int = 1) -> None:
        if to == LENA:
            raise MailFailed("away")
        send(to, notice, link, name=name, count=count)

    with monkeypatch.context() as broken:
        broken.setattr(post, "send", refuse_one)
        say(app, partnership, HARM)
        a_few_minutes(app, at)
        a_few_minutes(app, at)
        assert (who(post), waiting(app, partnership)) == (["mara"], 1)
        assert watched(client)[0] == 503
    at.shift(timedelta(minutes=1))
    work(app)
    assert (who(post), waiting(app, partnership)) == (["lena"], 0)
    assert watched(client) == (200, "alerts go out")
