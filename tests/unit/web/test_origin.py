"""W3, N8: a form counts only when one of our own pages sent it."""

import pytest
from flask.testing import FlaskClient

SITE = "https://engage.example"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": SITE}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": SITE}, 200),
        ({}, 403),
        ({"Referer": SITE}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": SITE}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": SITE}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://engage.example"}, 403),
        ({"Origin": SITE + ":444"}, 403),
        ({"Origin": SITE + ".evil.example"}, 403),
    ],
)
def test_w3_where_a_form_came_from(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/start", base_url=SITE, headers=headers).status_code == status


def test_w3_a_refused_form_gets_no_cookie(client: FlaskClient) -> None:
    response = client.post("/start", base_url=SITE, headers={"Origin": "https://evil.example"})
    assert "Set-Cookie" not in response.headers


def test_reading_needs_no_origin(client: FlaskClient) -> None:
    assert client.get("/page", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
