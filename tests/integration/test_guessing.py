"""W9: guessing at passwords from one network is bounded, and shuts nobody out who signed in there before."""

import re
import uuid
from collections.abc import Iterator

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient

from engage.core.transaction import transaction
from engage.people import devices, service
from engage.people.kinds import Role
from engage.people.passwords import Passwords
from engage.settings import Settings
from engage.web.limits import Act, Limiter
from tests.support.apps import within
from tests.support.people import PASSWORD, staff

pytestmark = pytest.mark.one_database
OWN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
WRONG = "not the right words"
MOST = Settings.model_fields["limit_sign_ins"].default


@pytest.fixture
def checked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The product's own limits; each password that was checked."""
    limiter = Limiter({act: MOST if act is Act.SIGN_IN else 10_000 for act in Act})
    monkeypatch.setitem(app.extensions, "engage_limits", limiter)
    seen: list[str] = []
    matches = Passwords.matches

    def counted(self: Passwords, stored: str | None, password: str) -> bool:
        seen.append(password)
        return matches(self, stored, password)

    monkeypatch.setattr(Passwords, "matches", counted)
    return seen


def ask(browser: FlaskClient, name: str, password: str = PASSWORD, door: str = "/staff/sign-in") -> int:
    return browser.post(door, data={"sign_in": name, "password": password}, headers=OWN).status_code


def known(app: Flask, name: str) -> FlaskClient:
    """A browser on which somebody signed in before; they are not signed in now."""
    browser = FlaskClient(app)
    assert ask(browser, name) == 303
    browser.delete_cookie("engage-staff")
    return browser


def flood(app: Flask) -> None:
    """Everything that one network has."""
    stranger = FlaskClient(app)
    while ask(stranger, "nobody", WRONG) != 429:
        pass


def test_w9_two_hundred_accounts_are_not_guessed_at_from_one_network(
    app: Flask, partnership: uuid.UUID, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """W9: whichever accounts, passwords and doors, and whatever cookies somebody makes up."""
    monkeypatch.setattr("engage.web.errors.render_template", lambda *_, **__: "refused")  # the pages are not looked at
    monkeypatch.setattr("engage.people.routes.render_template", lambda *_, **__: "wrong")
    staff(app, partnership, "priya", Role.ANALYST)
    guesser = FlaskClient(app)
    answers = []
    for number in range(200):
        guesser.set_cookie("engage-device", f"{number:032x}.{'0' * 32}", path="/staff/sign-in")
        name = f"account-{number}" if number % 9 else "priya"
        answers.append(ask(guesser, name, WRONG, "/staff/sign-in" if number % 2 else "/inspect/sign-in"))
    assert len(checked) == answers.count(200) == MOST
    assert answers.count(429) == 200 - MOST
    assert ask(FlaskClient(app), "priya") == 429, "a browser that nobody signed in on is the network's"


def test_w9_a_colleague_signs_in_while_their_network_and_their_account_are_guessed_at(
    app: Flask, partnership: uuid.UUID, checked: list[str]
) -> None:
    staff(app, partnership, "priya", Role.ANALYST)
    colleague = known(app, "priya")
    for _ in range(12):
        ask(FlaskClient(app), "priya", WRONG)
    assert ask(FlaskClient(app), "priya") == 200, "elsewhere the account waits"
    assert ask(colleague, "priya") == 303
    flood(app)
    assert ask(colleague, "priya") == 303
    assert ask(colleague, "priya", WRONG) == 200
    assert ask(colleague, "priya") == 303, "after a slip, too"


def test_w9_a_colleague_with_a_new_browser_comes_in_by_a_link_while_their_network_is_guessed_from(
    app: Flask, partnership: uuid.UUID, checked: list[str]
) -> None:
    """W9: an administrator's one-time link makes the browser known; not one of a tablet that goes round."""
    accounts = [staff(app, partnership, "priya", Role.ANALYST), staff(app, partnership, "amy", Role.YOUNG_INSPECTOR)]
    flood(app)
    answers = []
    for name, account in zip(("priya", "amy"), accounts, strict=True):
        browser = FlaskClient(app)
        assert ask(browser, name) == 429
        with within(app, partnership), transaction():
            link = f"/staff/set-password/{service.new_password_link(account)}"
        words = "another long row of plain words"
        assert browser.post(link, data={"password": words}, headers=OWN).status_code == 303
        answers.append(ask(browser, name, words))
        assert browser.post(link, data={"password": words}, headers=OWN).status_code == 404
        assert ask(FlaskClient(app), name, words) == 429, "only where the link was used"
    assert answers == [303, 429]


def test_w9_a_browser_that_signed_in_before_is_bounded_by_itself(
    app: Flask, partnership: uuid.UUID, checked: list[str]
) -> None:
    """W9: ten tries, then it is one of its network; and it helps with no account but those that signed in on it."""
    for name in ("priya", "sam"):
        staff(app, partnership, name, Role.ANALYST)
    stolen = known(app, "priya")
    flood(app)
    assert ask(stolen, "sam") == 429
    before = len(checked)
    answers = [ask(stolen, "priya", WRONG) for _ in range(30)]
    assert (answers.count(200), answers.count(429), len(checked) - before) == (10, 20, 10)


def test_w9_tries_at_the_same_time_are_tries_too(
    app: Flask, partnership: uuid.UUID, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """W9: each is counted before its password is looked at, which takes long, so that none slips by meanwhile."""
    staff(app, partnership, "priya", Role.ANALYST)
    browser = known(app, "priya")
    checked.clear()
    take, looked_at = Limiter.take_try, []

    def watched(self: Limiter, device: str) -> bool:
        looked_at.append(len(checked))
        return take(self, device)

    monkeypatch.setattr(Limiter, "take_try", watched)
    for _ in range(3):
        ask(browser, "priya", WRONG)
    assert (looked_at, len(checked)) == ([0, 1, 2], 3)
    limiter = Limiter(dict.fromkeys(Act, 10_000))
    assert [limiter.take_try("one") for _ in range(12)] == [True] * 10 + [False] * 2


def test_w9_a_new_password_makes_known_browsers_strangers(
    app: Flask, partnership: uuid.UUID, checked: list[str]
) -> None:
    account = staff(app, partnership, "priya", Role.ANALYST)
    browser = known(app, "priya")
    with within(app, partnership), transaction():
        token = service.new_password_link(account)
    with within(app, partnership), transaction():
        service.use_password_link(token, f"{PASSWORD} again", current_app.extensions["engage_passwords"])
    flood(app)
    assert ask(browser, "priya", f"{PASSWORD} again") == 429


def test_w5_what_a_browser_keeps_says_nothing_and_goes_to_the_sign_in_page_alone(
    app: Flask, partnership: uuid.UUID, checked: list[str]
) -> None:
    """W5, N8: no name, account or time in it; never beside anonymous answers; another at each browser; and none where
    young inspectors sign in, on tablets that go round.
    """
    account = staff(app, partnership, "priya", Role.ANALYST)
    values = []
    for door, most in (("/staff/sign-in", 1), ("/staff/sign-in", 1), ("/inspect/sign-in", 0)):
        sent = FlaskClient(app).post(
            door,
            data={"sign_in": "priya", "password": PASSWORD},
            headers={**OWN, "Origin": "https://engage.example"},
            base_url="https://engage.example",
        )
        assert sent.status_code == 303
        lines = [each for each in sent.headers.getlist("Set-Cookie") if "engage-device" in each]
        assert len(lines) == most
        if not lines:
            continue
        pair, *attributes = lines[0].split("; ")
        name, _, value = pair.partition("=")
        assert name == "__Secure-engage-device"
        assert {"Secure", "HttpOnly", "SameSite=Strict", f"Path={door}"} <= set(attributes)
        assert re.fullmatch(r"[0-9a-f]{32}\.[0-9a-f]{32}", value)
        assert account.hex[:8] not in value
        values.append(value)
    assert len(set(values)) == 2


def test_a_device_keeps_eight_accounts_and_believes_nothing_else() -> None:
    key, device = bytes(32), devices.of_cookie("")
    for number in range(10):
        device = devices.of_cookie(device.with_account(key, str(number)).cookie())
    assert [device.knows(key, str(number)) for number in range(10)] == [False] * 2 + [True] * 8
    assert not device.knows(bytes(31) + b"x", "9")
    assert len(device.with_account(key, "9").marks) == 8
    for odd in ("x", "é" * 32, f"{'a' * 32}.short", "." * 200, f"{'a' * 32}{'.' + 'b' * 32}" * 50):
        assert not devices.of_cookie(odd).knows(key, "9")
