"""Headers that keep pages to themselves, methods that are accepted, and how large a request may be.

Sources: OWASP ASVS 5.0 chapters 3.3 and 3.4 (cookies, response headers) and 13.4 (no information about the server).
"""

import secrets
from io import BytesIO
from typing import IO
from wsgiref.headers import Headers

from flask import Flask, Request, Response, g, has_request_context, request
from werkzeug.exceptions import BadRequest, MethodNotAllowed

from engage.core.context import asked, kept

MAX_BODY = 64 * 1024
_READ_AT_ONCE = 66 * 1024
"""What Werkzeug holds of a file while it looks for the file's end: 64 KB as they are read and a piece of the last read.
It counts them against what may stand in fields, so they come on top: else nearly every photo is too large by chance."""
_METHODS = ["GET", "HEAD", "POST"]
_YEAR = 365 * 24 * 3600

_FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join((*(f"{feature}=()" for feature in _FEATURES), "fullscreen=(self)")),
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
}


class InMemory(Request):
    """A request whose files stay in memory: written to a temporary file, a child's photo would lie on the disk."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def csp_nonce() -> str:
    """This response's nonce: 128 random bits, the same for every script element of one page."""
    here = kept()
    if "csp_nonce" not in here:
        here.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = here.csp_nonce
    return nonce


def forget_page_data(response: Response) -> None:
    """Makes the browser drop what it kept of this site, except cookies: comfort settings and sign-ins stay."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def accept_body(size: int, in_fields: int = MAX_BODY) -> None:
    """Lets this one request be up to `size` bytes long, `in_fields` of them not in files: for staff, after who they are
    was checked."""
    request.max_content_length = size
    request.max_form_memory_size = in_fields + _READ_AT_ONCE


def allow_recording() -> None:
    """Lets the page of this one request ask for the microphone and play back what was recorded on it."""
    g.engage_records = True


def served_file(data: bytes, media_type: str, name: str, *, download: bool) -> Response:
    """Bytes that somebody sent, given back as nothing but what they are: no script, no page, no guessing (W15).

    `name` is ours, never the sender's. Parts can be asked for, as players do.
    """
    g.engage_is_file = True
    response = Response(data, mimetype=media_type)
    response.headers["Content-Disposition"] = f'{"attachment" if download else "inline"}; filename="{name}"'
    response.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return response


def be_framed() -> None:
    """Lets this one page stand in a frame on a page of ours (a preview of something that is being made)."""
    g.engage_is_framed = True


def frame_own_pages() -> None:
    """Lets this one page show pages of ours in a frame."""
    g.engage_frames = True


def static_headers(headers: Headers, _path: str, _url: str) -> None:
    """The headers of a static file (given to WhiteNoise, which answers before Flask does)."""
    for name, value in _EVERYWHERE.items():
        headers[name] = value
    headers["Content-Security-Policy"] = _policy(None)


def init_app(app: Flask) -> None:
    """Sets limits, refuses other methods, adds the headers to every response and `csp_nonce` to every template."""
    app.request_class = InMemory
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY, MAX_FORM_PARTS=500)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.before_request(_refuse_other_methods)
    app.before_request(_refuse_nul)
    app.after_request(_add_headers)


def _refuse_other_methods() -> None:
    if asked().method not in _METHODS:
        raise MethodNotAllowed(valid_methods=_METHODS)


def _refuse_nul() -> None:
    """No page of ours links to an address with a NUL, and neither HTML nor PostgreSQL can hold one."""
    request = asked()
    if b"%00" in request.query_string or "\x00" in request.path:
        raise BadRequest


def _policy(nonce: str | None) -> str:
    """Everything from this site alone, nothing inline; scripts also by nonce. A file that somebody sent may nothing."""
    here = kept() if has_request_context() else None
    if here is not None and here.get("engage_is_file"):
        return "default-src 'none'; frame-ancestors 'none'; sandbox"
    media = "'self' blob:" if here is not None and here.get("engage_records") else "'self'"
    scripts = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self'; font-src 'self'; "
        f"media-src {media}; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "object-src 'none'"
    )


def _framing(policy: str) -> str:
    """The policy of this response, with the frames it was given leave for."""
    here = kept()
    if here.get("engage_is_framed"):
        policy = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    return f"{policy}; frame-src 'self'" if here.get("engage_frames") else policy


def _add_headers(response: Response) -> Response:
    here = kept()
    response.headers.extend(_EVERYWHERE)
    if here.get("engage_records"):
        allowed = _EVERYWHERE["Permissions-Policy"].replace("microphone=()", "microphone=(self)")
        response.headers["Permissions-Policy"] = allowed
    response.headers["Content-Security-Policy"] = _framing(_policy(here.get("csp_nonce")))
    if here.get("engage_is_framed"):
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    if asked().is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={2 * _YEAR}; includeSubDomains"
    said = response.cache_control if "Cache-Control" in response.headers else None  # most pages say nothing of it
    if said is None or not said.immutable:  # a view marks what never changes under its address (a hashed style)
        response.headers["Cache-Control"] = "private, no-store" if said is not None and said.private else "no-store"
        response.headers.pop("ETag", None)
        response.headers.pop("Last-Modified", None)
        response.headers.pop("Expires", None)
    return response
