"""N14 on the pages: who is refused, what they are told, what they keep; and every route's class (W1)."""

import re
import uuid

import pytest
from flask import Flask
from markupsafe import escape

from engage.web import access, limits
from engage.web.access import Door
from engage.web.csrf import csrf
from engage.web.limits import Act, Limiter
from tests.factories.codes import survey_with_codes
from tests.factories.surveys import open_survey
from tests.integration.test_every_route import rules, view_of
from tests.support.answering import ANSWERS, SURVEY, answer_page, send, start, walk
from tests.support.client import PageClient, browser_of, token_of

FEW = 3


@pytest.fixture
def tight(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Limiter:
    """A product that lets very little through, apart from answers."""
    limiter = Limiter({act: 10_000 if act is Act.ANSWER else FEW for act in Act})
    monkeypatch.setitem(app.extensions, "engage_limits", limiter)
    return limiter


def test_n14_whoever_begins_too_often_is_told_calmly(app: Flask, partnership: uuid.UUID, tight: Limiter) -> None:
    open_survey(app, partnership)
    for _ in range(FEW):
        assert app.test_client().post(f"{SURVEY}/start").status_code == 303
    refused = app.test_client().post(f"{SURVEY}/start")
    text = refused.get_data(as_text=True)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert "Your answers are safe" in text
    assert "0800 1111" in text
    assert "/larkmoor/help" in text
    assert "Set-Cookie" not in refused.headers
    assert app.test_client().get(SURVEY).status_code == 200, "reading is not counted"
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert elsewhere.post(f"{SURVEY}/start").status_code == 303


def test_n14_nobody_loses_what_they_typed(
    app: Flask, partnership: uuid.UUID, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_survey(app, partnership)
    address = start(client)
    while not address.endswith("/going_well"):
        address = answer_page(client, address, ANSWERS[address.rsplit("/", 1)[-1]]).headers["Location"]
    form = {"csrf_token": token_of(client.get(address)), "going_well": "The purple swing"}
    full = Limiter(dict.fromkeys(Act, 1))
    with monkeypatch.context() as patch:
        patch.setitem(app.extensions, "engage_limits", full)
        client.post(address, data=form)
        refused = client.post(address, data=form)
    assert refused.status_code == 429
    assert "Retry-After" in refused.headers
    assert "The purple swing" in refused.get_data(as_text=True)
    assert "Your answers are still on this page" in refused.get_data(as_text=True)
    walk(client, address)
    with monkeypatch.context() as patch:
        patch.setitem(app.extensions, "engage_limits", full)
        full.take(Act.SEND, "127.0.0.0/24", str(partnership))
        refused = send(client)
    assert refused.status_code == 429
    assert "then send them again" in refused.get_data(as_text=True)
    assert send(client).status_code == 303


def test_n14_whoever_asks_to_be_contacted_keeps_every_word_and_is_told_who_to_call(
    app: Flask, partnership: uuid.UUID, client: PageClient, tight: Limiter
) -> None:
    """C4: without a script, without a cookie; the same form sent again is one request."""
    said = {"key": "k", "name": "Robin", "reach": "07700 900123", "safe": "after four", "about": "he said <no>"}
    for _ in range(FEW):
        tight.take(Act.CONTACT, "127.0.0.0/24", str(partnership))
    refused = client.post("/larkmoor/contact-me", data={**said, "agrees": "y"})
    page = refused.get_data(as_text=True)
    assert (refused.status_code, "Set-Cookie" in refused.headers) == (429, False)
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert "Your words are still here. Wait a minute. Then press Send again." in page
    assert "Your answers are safe" not in page
    assert [word for word in (*said.values(), "0800 1111", "999") if str(escape(word)) not in page] == []
    assert re.search(r'name="agrees"[^>]* checked', page)
    assert client.post("/larkmoor/codes", data={"words": "one two three"}).status_code == 404, "counted for itself"
    tight._renew(tight._day)
    assert client.post("/larkmoor/contact-me", data={**said, "agrees": "y"}).status_code == 303


def test_n14_wrong_codes_and_words_are_held_tighter(app: Flask, partnership: uuid.UUID, tight: Limiter) -> None:
    [code, *_] = survey_with_codes(app, partnership)
    client = browser_of(app)
    for _ in range(FEW - 1):
        assert client.post("/larkmoor/codes", data={"words": "one two three"}).status_code == 404
    assert "refused" in client.post(f"{SURVEY}/start", data={"code": "AAAA AAAA"}).headers["Location"]
    assert client.post("/larkmoor/codes", data={"words": "one two three"}).status_code == 429
    assert client.post(f"{SURVEY}/start", data={"code": code}).status_code == 429
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert elsewhere.post(f"{SURVEY}/start", data={"code": code}).status_code == 303


def test_n14_wrong_passwords_are_counted_for_the_network_too(app: Flask, tight: Limiter) -> None:
    for name in "abc":
        app.test_client().post("/staff/sign-in", data={"sign_in": name, "password": "no"})
    assert app.test_client().post("/staff/sign-in", data={"sign_in": "d", "password": "no"}).status_code == 429


COUNTED = {
    "surveys.start": Act.START, "tell_us.start": Act.START, "surveys.send": Act.SEND, "tell_us.send": Act.SEND,
    "surveys.answer": Act.ANSWER, "codes.find": Act.CODE, "people.sign_in_post": Act.SIGN_IN,
    "people.inspector_sign_in_post": Act.SIGN_IN, "kiosk_offline.take": Act.SEND, "contact.ask": Act.CONTACT,
}  # fmt: skip


def test_w1_the_inventory_of_routes_is_whole(app: Flask) -> None:
    """Every route: method, who may, scope, form token, rate class; what anybody may post to is always counted."""
    inventory = {}
    for rule in rules(app):
        view = view_of(app, rule)
        policy = access.policy_of(view)
        assert policy is not None, rule.rule
        posts = "POST" in (rule.methods or ())
        act = limits.act_of(view) if posts else None
        has_token = f"{view.__module__}.{view.__name__}" not in csrf._exempt_views
        scope = "partnership" if "<slug:partnership>" in rule.rule else "account" if policy.permissions else "none"
        inventory[rule.endpoint, rule.rule, posts] = (policy.door, scope, has_token, act)
        if posts and policy.door is Door.SIGNED_IN:
            assert has_token, rule.rule
        if posts and policy.door is not Door.SIGNED_IN:
            assert act is not None, rule.rule
            assert policy.door is Door.RESPONDENT, f"{rule.rule} is for readers, and they write nothing"
    found = {endpoint: act for (endpoint, _, _), (_, _, _, act) in inventory.items() if act is not None}
    assert {endpoint: found.get(endpoint) for endpoint in COUNTED} == COUNTED
