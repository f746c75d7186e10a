"""W3: form tokens are bound to the cookie a person holds; no session cookie exists."""

import pytest
from flask.testing import FlaskClient

from engage.web.sessions import SessionIsReadOnly

OWN = {"Sec-Fetch-Site": "same-origin"}


def token(client: FlaskClient, cookie: str, path: str = "/form") -> str:
    return client.get(path, headers={"Cookie": cookie}).text


def send(client: FlaskClient, cookie: str, token: str, path: str = "/send") -> int:
    return client.post(path, data={"csrf_token": token}, headers={"Cookie": cookie} | OWN).status_code


def test_w3_a_token_works_for_its_own_cookie_only(client: FlaskClient) -> None:
    mine = token(client, "engage-answer=mine")
    assert send(client, "engage-answer=mine", mine) == 200
    assert send(client, "engage-answer=other", mine) == 400
    assert send(client, "", mine) == 400
    assert send(client, "engage-answer=mine", "") == 400
    assert send(client, "engage-answer=mine", mine + "x") == 400


def test_w3_staff_paths_are_bound_to_the_staff_cookie(client: FlaskClient) -> None:
    both = "engage-answer=mine; engage-staff=me"
    staff = token(client, both, "/staff/form")
    assert send(client, both, staff, "/staff/send") == 200
    assert send(client, "engage-answer=new; engage-staff=me", staff, "/staff/send") == 200
    assert send(client, "engage-answer=mine; engage-staff=someone", staff, "/staff/send") == 400
    assert send(client, both, token(client, both), "/staff/send") == 400


def test_w3_a_value_is_not_a_token_for_the_other_kind_of_cookie(client: FlaskClient) -> None:
    staff = token(client, "engage-staff=same", "/staff/form")
    assert send(client, "engage-answer=same", staff) == 400


def test_n8_no_cookie_is_sent(client: FlaskClient) -> None:
    for path in ("/page", "/form", "/nowhere"):
        assert "Set-Cookie" not in client.get(path, headers={"Cookie": "engage-answer=mine"}).headers


@pytest.mark.parametrize("path", ["/write", "/form"])
def test_writing_to_the_session_raises(client: FlaskClient, path: str) -> None:
    client.application.testing = True
    with pytest.raises(SessionIsReadOnly):
        client.get(path)
