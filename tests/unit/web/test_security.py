"""N7, W4, W6: what every response says to the browser."""

import re
from wsgiref.headers import Headers

import pytest
from flask.testing import FlaskClient

from engage.web import security

SITE = "https://engage.example"
OWN = {"Sec-Fetch-Site": "same-origin"}


def directives(policy: str) -> dict[str, str]:
    return dict(directive.split(" ", 1) for directive in policy.split("; "))


@pytest.mark.parametrize("path", ["/page", "/nowhere", "/staff/nowhere"])
def test_n7_w6_headers_on_every_page(client: FlaskClient, path: str) -> None:
    headers = client.get(path, base_url=SITE).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "charset=utf-8" in headers["Content-Type"]
    assert int(re.findall(r"max-age=(\d+)", headers["Strict-Transport-Security"])[0]) >= 31536000
    assert not {"ETag", "Last-Modified", "Server", "X-Powered-By"} & set(headers.keys())


def test_w6_no_hsts_over_plain_http(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/page").headers


def test_w4_the_policy_allows_this_site_and_nothing_inline(client: FlaskClient) -> None:
    response = client.get("/page")
    policy = directives(response.headers["Content-Security-Policy"])
    nonce = response.text.removeprefix("nonce=")
    assert policy == {
        "default-src": "'none'",
        "script-src": f"'self' 'nonce-{nonce}'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "media-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }


def test_w4_a_nonce_is_never_used_twice(client: FlaskClient) -> None:
    nonces = {client.get("/page").text for _ in range(200)}
    assert len(nonces) == 200
    assert min(len(nonce) for nonce in nonces) >= 22


def test_w4_a_response_without_script_has_no_nonce(client: FlaskClient) -> None:
    assert "nonce" not in client.get("/form").headers["Content-Security-Policy"]


def test_what_never_changes_under_its_address_may_be_kept(client: FlaskClient) -> None:
    headers = client.get("/style.css").headers
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["ETag"] == '"v1"'
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACK"])
def test_w6_other_methods_are_refused(client: FlaskClient, method: str) -> None:
    response = client.open("/page", method=method, headers=OWN)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, POST"


def test_f16_a_body_over_64_kib_is_refused(client: FlaskClient) -> None:
    assert client.post("/send", data=b"x" * (security.MAX_BODY + 1), headers=OWN).status_code in {400, 413}
    form = {"text": "x" * security.MAX_BODY}
    assert client.post("/send", data=form, headers=OWN).status_code == 413


def test_a_view_may_accept_more(client: FlaskClient) -> None:
    response = client.post("/upload", data=b"x" * 200_000, headers=OWN)
    assert response.text == "200000"


def test_static_files_carry_them_too() -> None:
    headers = Headers()
    security.static_headers(headers, "", "")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "nonce" not in headers["Content-Security-Policy"]
