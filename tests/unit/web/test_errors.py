"""W19: an error shows a person what to do and who to call, and nothing about the inside."""

from collections.abc import Callable
from http import HTTPStatus
from typing import NoReturn

import html5lib
import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from engage.core.errors import Conflict, NotFound, Refused
from engage.web import errors

CHILD_WORDS = "he hurts me at night"
OWN = {"Sec-Fetch-Site": "same-origin"}


def raising(make: Callable[[], Exception]) -> Callable[[], NoReturn]:
    def view() -> NoReturn:
        raise make()

    return view


FAULTS: dict[str, tuple[Callable[[], Exception], int]] = {
    "bug": (lambda: ValueError(CHILD_WORDS), 500),
    "locked": (lambda: OperationalError("INSERT INTO voice", {"text": CHILD_WORDS}, Exception("locked")), 503),
    "gone": (NotFound, 404),
    "changed": (Conflict, 409),
    "refused": (lambda: Refused("too-early", days=3), 409),
}


@pytest.fixture
def app(app: Flask) -> Flask:
    for name, (make, _status) in FAULTS.items():
        app.add_url_rule(f"/{name}", name, raising(make))
        app.add_url_rule(f"/api/{name}", f"api-{name}", raising(make))
    app.add_url_rule("/status/<int:code>", "status", abort)
    return app


def check(text: str) -> None:
    html5lib.HTMLParser(strict=True).parse(text)
    assert text.count("<h1") == 1
    assert 'href="tel:999"' in text
    assert 'href="tel:08001111"' in text
    for inside in ("Traceback", "hurts", "INSERT", "sqlalchemy", "/engage/", "style="):
        assert inside not in text


@pytest.mark.parametrize("name", FAULTS)
def test_w19_every_fault_gets_a_page_with_help_and_no_inside(client: FlaskClient, name: str) -> None:
    response = client.get(f"/{name}")
    assert response.status_code == FAULTS[name][1]
    assert response.headers["Cache-Control"] == "no-store"
    check(response.text)


@pytest.mark.parametrize("name", FAULTS)
def test_w19_a_machine_gets_a_number(client: FlaskClient, name: str) -> None:
    response, status = client.get(f"/api/{name}"), FAULTS[name][1]
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.json == {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}


@pytest.mark.parametrize(("status", "shown"), [(400, 400), (401, 401), (418, 418), (429, 429), (502, 500), (503, 503)])
def test_w19_so_does_every_status(client: FlaskClient, status: int, shown: int) -> None:
    response = client.get(f"/status/{status}")
    assert response.status_code == shown
    check(response.text)


def test_the_pages_for_our_own_faults_need_no_template(app: Flask, client: FlaskClient) -> None:
    app.jinja_env.loader = None
    for name in ("bug", "locked", "gone"):  # without templates even "gone" becomes a fault of ours
        response = client.get(f"/{name}")
        assert response.status_code in {500, 503}
        check(response.text)
        assert "your answers are still on that page" in response.text


def test_what_the_asker_sent_is_not_repeated(client: FlaskClient) -> None:
    response = client.get("/<script>alert(1)</script>")
    assert response.status_code == 404
    assert "alert(1)" not in response.text


def test_a_form_without_its_token_says_that_nothing_was_sent(client: FlaskClient) -> None:
    response = client.post("/send", data={"text": CHILD_WORDS}, headers=OWN)
    assert response.status_code == 400
    assert "open too long" in response.text
    check(response.text)


def test_the_style_is_linked_where_there_is_one() -> None:
    page = errors.fault_page(500, "/static/young.css").decode()
    assert '<link rel="stylesheet" href="/static/young.css">' in page
    check(page)
