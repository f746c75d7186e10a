"""W5: cookies carry __Host-, Secure, HttpOnly and SameSite everywhere but plain http on loopback."""

import re

import pytest
from flask import Flask, Request
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, TestResponse

from engage.web import cookies
from tests.conventions.tree import tracked

OWN = {"Sec-Fetch-Site": "same-origin"}


def cookie_of(response: TestResponse) -> tuple[str, set[str]]:
    """Name=value and the attributes of the one cookie that is set (Max-Age says what Expires repeats)."""
    (line,) = response.headers.getlist("Set-Cookie")
    pair, *attributes = line.split("; ")
    return pair, {attribute for attribute in attributes if not attribute.startswith("Expires=")}


def request_to(url: str) -> Request:
    return Request(EnvironBuilder(base_url=url).get_environ())


def test_w5_over_https(client: FlaskClient) -> None:
    response = client.post("/start", base_url="https://engage.example", headers=OWN)
    assert cookie_of(response) == (
        "__Host-engage-answer=secret",
        {"Max-Age=900", "Secure", "HttpOnly", "Path=/", "SameSite=Lax"},
    )
    response = client.post("/staff/sign-in", base_url="https://engage.example", headers=OWN)
    assert cookie_of(response) == ("__Host-engage-staff=token", {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"})


def test_w5_on_loopback_plain_names(client: FlaskClient) -> None:
    response = client.post("/start", base_url="http://127.0.0.1:8000", headers=OWN)
    assert cookie_of(response) == ("engage-answer=secret", {"Max-Age=900", "HttpOnly", "Path=/", "SameSite=Lax"})


def test_w5_plain_http_from_another_machine_gets_no_cookie(client: FlaskClient) -> None:
    response = client.post("/start", base_url="http://engage.example", headers=OWN)
    assert response.status_code == 403
    assert "Set-Cookie" not in response.headers
    assert "https" in response.text


def test_w5_behind_a_trusted_proxy_that_speaks_https(client: FlaskClient) -> None:
    headers = OWN | {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "engage.example"}
    response = client.post("/start", base_url="http://10.0.0.5", headers=headers)
    pair, attributes = cookie_of(response)
    assert pair == "__Host-engage-answer=secret"
    assert "Secure" in attributes


def test_leaving_expires_the_cookie_and_drops_pages_but_not_comfort(client: FlaskClient) -> None:
    response = client.get("/leave", base_url="https://engage.example")
    assert "__Host-engage-answer=; Expires=Thu, 01 Jan 1970" in response.headers["Set-Cookie"]
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_plain_cookie_is_not_believed_over_https(app: Flask) -> None:
    headers = {"Cookie": "engage-staff=planted"}
    with app.test_request_context(base_url="https://engage.example", headers=headers) as context:
        assert cookies.read_cookie(context.request, cookies.STAFF) is None


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://engage.example", True),
        ("http://engage.example", False),
        ("http://localhost:8000", True),
        ("http://app.localhost", True),
        ("http://127.0.0.1", True),
        ("http://127.9.9.9:80", True),
        ("http://[::1]:8000", True),
        ("http://10.0.0.5", False),
        ("http://localhost.example", False),
        ("http://127.0.0.1.example", False),
        ("http://notlocalhost", False),
    ],
)
def test_which_transport_is_safe(url: str, *, safe: bool) -> None:
    assert cookies.is_safe_transport(request_to(url)) is safe


def test_p3_the_five_declared_cookies_are_all_there_can_be() -> None:
    """P3: only `web/cookies.py` writes cookies, and each by one of its five names: none needs consent under PECR. The
    fifth keeps a sign-in safe, and goes to the sign-in page alone.
    """
    declared = {
        name: value for name, value in vars(cookies).items() if name.isupper() and str(value).startswith("engage-")
    }
    assert declared == {
        "ANSWER": "engage-answer", "STAFF": "engage-staff", "LOOK": "engage-look", "TABLET": "engage-tablet",
        "DEVICE": "engage-device",
    }  # fmt: skip
    written = re.compile(r"\b(?:set|delete|expire)_cookie\(request, response, ([\w.]+)")
    found = {
        path.name: called
        for path in tracked((".py",), "engage")
        if path.name != "cookies.py" and (called := written.findall(path.read_text(encoding="utf-8")))
    }
    by_name = {f"cookies.{name}" for name in declared if name != "DEVICE"}
    assert {name for called in found.values() for name in called} == {"name", *by_name}
    assert [file for file, called in found.items() if "name" in called] == ["tablet.py"]  # a loop over two of the five
    device = re.compile(r"\.set_device_cookie\(")
    writers = [path.name for path in tracked((".py",), "engage") if device.search(path.read_text(encoding="utf-8"))]
    assert writers == ["routes.py"]
    others = re.compile(r"(?<!cookies)\.(?:set|delete)_cookie\(")
    writers = [path.name for path in tracked((".py",), "engage") if others.search(path.read_text(encoding="utf-8"))]
    assert writers == ["cookies.py"]
