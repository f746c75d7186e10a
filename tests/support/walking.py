"""Following every link from a page, as somebody who looks at everything would."""

import re
from collections import Counter
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.support.client import PageClient

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
_FRAMED = re.compile(r'<body class="engage-(young|staff)')


def walk(app: Flask, client: PageClient, starts: list[str], of_a_kind: int = 2) -> dict[str, str | None]:
    """Follow every link from here, to at most `of_a_kind` pages of one view: lists of cases and comments are long.

    Address -> the page; None for what is no page of the frame (files, paper).
    """
    seen: dict[str, str | None] = {}
    kinds: Counter[str] = Counter()
    waiting = list(starts)
    while waiting:
        address = waiting.pop(0)
        kind = _endpoint(app, address)
        if address in seen or kind is None or kinds[kind] == of_a_kind:
            continue
        kinds[kind] += 1
        answer = client.get(address)
        assert answer.status_code in {200, 303}, f"{address}: {answer.status_code}"
        text = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        seen[address] = text if _FRAMED.search(text) else None
        waiting += [link.replace("&amp;", "&") for link in _LINK.findall(text)]
        waiting += [answer.headers["Location"]] if answer.status_code == 303 else []
    return seen


def _endpoint(app: Flask, address: str) -> str | None:
    """Which of our pages an address is; None for places elsewhere, and for leaving."""
    place = urlsplit(address)
    if place.netloc or not place.path.startswith("/") or place.path.startswith("/static/"):
        return None
    try:
        found: str = app.url_map.bind("localhost").match(place.path, method="GET")[0]
    except HTTPException:
        return address  # a dead link: the walk follows it and fails
    return None if found in {"comfort.leave", "home.front"} else found
