"""A22: the register of tests by people, and the public statement that is written from it."""

import uuid

import pytest
from flask import Flask

from engage.people.kinds import Role
from tests.support.client import PageClient
from tests.support.people import sign_in, staff

pytestmark = pytest.mark.one_database

REGISTER, PUBLIC = "/staff/accessibility", "/larkmoor/accessibility"
TEST = {
    "way": "switch",
    "testers": "Two young people, 13 to 16",
    "equipment": "One switch, an old tablet",
    "tested_on": "2026-11-20",
    "ending": "problem",
    "found": "The stars took nine presses.",
}


@pytest.fixture
def admin(app: Flask, client: PageClient, partnership: uuid.UUID) -> PageClient:
    staff(app, partnership, "ada", Role.ADMINISTRATOR)
    sign_in(client, "ada")
    return client


def text(client: PageClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def test_a22_what_nobody_has_tried_is_said(admin: PageClient) -> None:
    page = text(admin, PUBLIC)
    assert "Nobody has tried these yet" in page
    assert "One or two switches" in page
    assert "Tried by people" not in page


def test_a22_a_problem_stays_public_until_it_is_mended(admin: PageClient) -> None:
    admin.submit(REGISTER, TEST)
    page = text(admin, PUBLIC)
    assert "The stars took nine presses." in page
    assert "A problem, not mended yet" in page
    assert page.index("One or two switches") < page.index("Nobody has tried these yet")
    register = text(admin, REGISTER)
    mend = register.split(f'action="{REGISTER}/')[1].split('"')[0]
    admin.submit(REGISTER, {}, to=f"{REGISTER}/{mend}")
    assert "A problem, mended" in text(admin, PUBLIC)
    assert "It is mended" not in text(admin, REGISTER)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"found": " "}, "Say what the problem was"),
        ({"tested_on": "2999-01-01"}, "That day is still to come"),
        ({"testers": ""}, "Say how many tried it, and of what age"),
        ({"way": "telepathy"}, "Not a valid choice"),
        ({"ending": "mended"}, "Not a valid choice"),
    ],
)
def test_bad_input_keeps_nothing(admin: PageClient, wrong: dict[str, str], message: str) -> None:
    page = admin.submit(REGISTER, {**TEST, **wrong}).get_data(as_text=True)
    assert message in page
    assert "Nobody has tried it yet" in text(admin, REGISTER)


def test_w2_only_administrators_write_it(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    staff(app, partnership, "vi", Role.VIEWER)
    sign_in(client, "vi")
    assert client.get(REGISTER).status_code == 403
    assert client.post(f"{REGISTER}/{uuid.uuid4()}/mended").status_code in {400, 403}


def test_w12_what_is_written_stays_text(admin: PageClient) -> None:
    admin.submit(REGISTER, {**TEST, "found": "<b>x</b>", "testers": "<script>1</script>"})
    assert "<b>x</b>" not in text(admin, PUBLIC)
    assert "<script>1" not in text(admin, PUBLIC)
