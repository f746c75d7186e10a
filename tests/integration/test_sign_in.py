"""Signing in and out: sessions are random, stored hashed, ended by sign-out everywhere, idleness and age (W7)."""

import re
import uuid
from datetime import timedelta

import time_machine
from flask import Flask

from engage.core import audit, clock
from engage.core.transaction import transaction
from engage.people import service
from engage.people.kinds import Role
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.people import PASSWORD, sign_in, staff


def test_a_person_signs_in_and_out(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    staff(app, partnership, "priya", Role.ANALYST)
    assert client.get("/staff/today").status_code == 303
    sign_in(client, "Priya ")
    assert "Today" in client.get("/staff/today").get_data(as_text=True)
    token = token_of(client.get("/staff/account"))
    assert client.post("/staff/sign-out", data={"csrf_token": token}).status_code == 303
    assert client.get("/staff/today").status_code == 303


def test_wrong_password_and_unknown_name_look_alike(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    staff(app, partnership, "priya", Role.ANALYST)
    pages = [
        client.post("/staff/sign-in", data={"sign_in": name, "password": "not the right words"})
        for name in ("priya", "nobody")
    ]
    assert {page.status_code for page in pages} == {200}
    texts = [re.sub(r'priya|nobody|nonce="[^"]*"', "", page.get_data(as_text=True)) for page in pages]
    assert texts[0] == texts[1]
    assert "Error:" in texts[0]


def test_w9_a_stranger_cannot_lengthen_the_wait(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    staff(app, partnership, "priya", Role.ANALYST)
    wrong = {"sign_in": "priya", "password": "not the right words"}
    with time_machine.travel(clock.now(), tick=False) as travel:
        for _ in range(10):
            client.post("/staff/sign-in", data=wrong)
        for _ in range(4):
            travel.shift(timedelta(minutes=1))
            client.post("/staff/sign-in", data=wrong)
        assert client.post("/staff/sign-in", data={**wrong, "password": PASSWORD}).status_code == 200, "too many tries"
        travel.shift(timedelta(minutes=1, seconds=1))
        client.post("/staff/sign-in", data=wrong)
        sign_in(client, "priya")


def test_w7_sign_out_everywhere_ends_every_session(app: Flask, partnership: uuid.UUID) -> None:
    staff(app, partnership, "priya", Role.ANALYST)
    browsers = [app.test_client(), app.test_client()]
    for browser in browsers:
        sign_in(browser, "priya")
    token = token_of(browsers[0].get("/staff/account"))
    browsers[0].post("/staff/sign-out-everywhere", data={"csrf_token": token})
    assert [browser.get("/staff/today").status_code for browser in browsers] == [303, 303]


def test_w7_a_session_ends_when_idle_and_when_old(app: Flask, partnership: uuid.UUID) -> None:
    staff(app, partnership, "priya", Role.ANALYST)
    start = clock.now()
    with time_machine.travel(start, tick=False) as travel:
        browser = app.test_client()
        sign_in(browser, "priya")
        for _ in range(26):
            travel.shift(timedelta(minutes=25))
            assert browser.get("/staff/today").status_code == 200
        travel.shift(timedelta(minutes=31))
        assert browser.get("/staff/today").status_code == 303
        sign_in(browser, "priya")
        for _ in range(29):
            travel.shift(timedelta(minutes=25))
            browser.get("/staff/today")
        assert browser.get("/staff/today").status_code == 303


def test_w7_what_is_sent_after_minutes_of_writing_is_kept(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    """The one request that marks the session seen is also the one that brings what somebody wrote meanwhile."""
    staff(app, partnership, "ada", Role.ADMINISTRATOR)
    sign_in(client, "ada")
    form = {"csrf_token": token_of(client.get("/staff/partnership")), "agency-name": "Hill", "agency-kind": "school"}
    with time_machine.travel(clock.now() + timedelta(minutes=7)):
        assert client.post("/staff/partnership/agencies", data=form).status_code == 303
        assert "Hill" in client.get("/staff/partnership").text


def test_w3_a_form_of_another_session_is_refused(app: Flask, partnership: uuid.UUID) -> None:
    staff(app, partnership, "priya", Role.ANALYST)
    one, other = app.test_client(), app.test_client()
    sign_in(one, "priya")
    sign_in(other, "priya")
    foreign = token_of(other.get("/staff/account"))
    for sent in ({"csrf_token": foreign}, {}, {"csrf_token": "x"}):
        assert one.post("/staff/sign-out", data=sent).status_code == 400
    assert one.get("/staff/today").status_code == 200
    own = token_of(one.get("/staff/account"))
    assert (
        one.post("/staff/sign-out", data={"csrf_token": own}, headers={"Origin": "https://evil.example"}).status_code
        == 403
    )


def test_a_one_time_link_sets_the_password_once(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    with within(app, partnership), transaction():
        account = service.add_account("Sam", "sam", [Role.VIEWER])
        token = service.new_password_link(account)
    address = f"/staff/set-password/{token}"
    assert "at least 15" in client.post(address, data={"password": "short"}).get_data(as_text=True).lower()
    assert client.post(address, data={"password": PASSWORD}).status_code == 303
    assert client.post(address, data={"password": PASSWORD}).status_code == 404
    sign_in(client, "sam")


def test_what_staff_do_is_chained(app: Flask, partnership: uuid.UUID) -> None:
    staff(app, partnership, "priya", Role.ANALYST)
    with within(app, partnership):
        assert audit.verify() is None
