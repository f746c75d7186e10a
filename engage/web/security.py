"""Headers that keep pages to themselves, methods that are accepted, and how large a request may be.

Sources: OWASP ASVS 5.0 chapters 3.3 and 3.4 (cookies, response headers) and 13.4 (no information about the server).
"""

import secrets
from wsgiref.headers import Headers

from flask import Flask, Response, g, request
from werkzeug.exceptions import BadRequest, MethodNotAllowed

MAX_BODY = 64 * 1024
_METHODS = ["GET", "HEAD", "POST"]
_YEAR = 365 * 24 * 3600

_FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
}


def csp_nonce() -> str:
    """This response's nonce: 128 random bits, the same for every script element of one page."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def forget_page_data(response: Response) -> None:
    """Makes the browser drop what it kept of this site, except cookies: comfort settings and sign-ins stay."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def accept_body(size: int) -> None:
    """Lets this one request be up to `size` bytes long: an upload by staff, after who they are was checked."""
    request.max_content_length = size


def static_headers(headers: Headers, _path: str, _url: str) -> None:
    """The headers of a static file (given to WhiteNoise, which answers before Flask does)."""
    for name, value in _EVERYWHERE.items():
        headers[name] = value
    headers["Content-Security-Policy"] = _policy(None)


def init_app(app: Flask) -> None:
    """Sets limits, refuses other methods, adds the headers to every response and `csp_nonce` to every template."""
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY, MAX_FORM_PARTS=500)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.before_request(_refuse_other_methods)
    app.before_request(_refuse_nul)
    app.after_request(_add_headers)


def _refuse_other_methods() -> None:
    if request.method not in _METHODS:
        raise MethodNotAllowed(valid_methods=_METHODS)


def _refuse_nul() -> None:
    """No page of ours links to an address with a NUL, and neither HTML nor PostgreSQL can hold one."""
    if b"%00" in request.query_string or "\x00" in request.path:
        raise BadRequest


def _policy(nonce: str | None) -> str:
    """Everything from this site alone, nothing inline; scripts also by nonce."""
    scripts = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self'; font-src 'self'; "
        "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "object-src 'none'"
    )


def _add_headers(response: Response) -> Response:
    response.headers.update(_EVERYWHERE)
    response.headers["Content-Security-Policy"] = _policy(g.get("csp_nonce"))
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={2 * _YEAR}; includeSubDomains"
    if not response.cache_control.immutable:  # a view marks what never changes under its address (a hashed style)
        response.headers["Cache-Control"] = "no-store"
        response.headers.pop("ETag", None)
        response.headers.pop("Last-Modified", None)
        response.headers.pop("Expires", None)
    return response
