"""Whether a form was sent from one of our own pages.

The first form a person sends has no cookie a token could be bound to, so the browser's own word decides: it names the
site a form was sent from and no page can make it lie. (This is why Referrer-Policy is same-origin: with no-referrer
Chromium names no site at all.)
"""

from flask import Flask, Request
from werkzeug.exceptions import Forbidden

from engage.core.context import asked

_READING = frozenset({"GET", "HEAD"})


class ForeignOrigin(Forbidden):
    """The request does not come from one of this site's own pages."""

    reason = "foreign-origin"


def require_same_origin(request: Request) -> None:
    """Raises ForeignOrigin unless the browser says that a page of this very site sent the request.

    Sec-Fetch-Site decides where it is sent, and Origin must agree where it is; with neither, nobody vouches for it.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if fetch_site is None and origin is None:
        raise ForeignOrigin
    if fetch_site not in {None, "same-origin"}:
        raise ForeignOrigin
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        raise ForeignOrigin


def _guard() -> None:
    request = asked()
    if request.method not in _READING:
        require_same_origin(request)


def init_app(app: Flask) -> None:
    """Guards every request that may change something, with a token or without."""
    app.before_request(_guard)
