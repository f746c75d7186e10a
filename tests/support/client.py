"""A test client that checks every page it fetches: valid HTML, one h1, a title, unique ids, no inline code."""

import hashlib
import re
from typing import Any

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_NS = "{http://www.w3.org/1999/xhtml}"


class PageClient(FlaskClient):
    """Checks pages as they come; `host` is what a browser would send as Origin."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if kwargs.get("method") == "POST" or self._is_post(args):
            headers = dict(kwargs.pop("headers", None) or {})
            headers.setdefault("Origin", "http://localhost")
            headers.setdefault("Sec-Fetch-Site", "same-origin")
            kwargs["headers"] = headers
        response = super().open(*args, **kwargs)
        check_headers(response)
        if response.mimetype == "text/html" and response.status_code not in range(300, 400):
            check_page(response.get_data(as_text=True))
        return response

    @staticmethod
    def _is_post(args: tuple[Any, ...]) -> bool:
        return bool(args) and getattr(args[0], "method", "") == "POST"

    def submit(self, address: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Fetch a page, take its form's token and post `data` to it, as a browser would."""
        page = self.get(address)
        return self.post(kwargs.pop("to", address), data={"csrf_token": token_of(page), **(data or {})}, **kwargs)


def browser_of(app: Flask) -> PageClient:
    """A browser without cookies, of an app that was built for tests."""
    made = app.test_client()
    assert isinstance(made, PageClient)
    return made


def token_of(page: TestResponse) -> str:
    """The CSRF token in a page's form, or an empty string."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page.get_data(as_text=True))
    return found.group(1) if found else ""


def check_headers(response: TestResponse) -> None:
    """What every answer carries (N7, W4, W6)."""
    policy = response.headers.get("Content-Security-Policy", "")
    assert "unsafe-inline" not in policy
    if response.mimetype == "text/html":
        assert "default-src 'none'" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"


# Words, and what links, values and one-time numbers say: a fault in a page's build never lies in these.
_SAID = re.compile(r'(>)\s*[^<&\s][^<&]*(?=<)|(\s(?:href|value|content|nonce|action|src)=")[^"&]+(?=")')
_SEEN: set[str] = set()


def check_page(text: str) -> None:
    """Parse strictly and check what every page owes its reader. A page built of the same tags and names, with the same
    ids, as one that was fine is fine: most pages of a run are, and parsing one takes longer than making it.
    """
    shape = hashlib.sha256(_SAID.sub(r"\1\2x", text).encode()).hexdigest()
    if shape not in _SEEN:
        parse_strictly(text)
        _SEEN.add(shape)


def parse_strictly(text: str) -> None:
    """Look at this very page, words and all."""
    parser = html5lib.HTMLParser(strict=False)
    page = parser.parse(text)
    assert not parser.errors, parser.errors[:3]
    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    ids = [element.get("id") for element in elements if element.get("id")]
    doubled = {name for name in ids if ids.count(name) > 1}
    assert not doubled, f"ids twice: {doubled}"
    assert sum(element.tag == f"{_NS}h1" for element in elements) == 1, "a page has one h1"
    titles = [element for element in elements if element.tag == f"{_NS}title"]
    assert titles
    assert (titles[0].text or "").strip()
    for element in elements:
        assert not element.get("style"), f"inline style on {element.tag}"
        assert not [name for name in element.attrib if name.startswith("on")], f"inline handler on {element.tag}"
    assert page.get("lang")
    assert page.get("dir") in {"ltr", "rtl"}
