"""The product's few cookies and how they travel.

Everywhere they carry the `__Host-` prefix and Secure, so that no other host and no plain connection can set or read
them. The one exception is plain http on loopback (somebody trying Engage on their own machine), where browsers would
drop such cookies: plain names are used there.

DEVICE lives long, so it must never stand beside anonymous answers: it goes to the sign-in page alone (`__Secure-`,
because `__Host-` goes with the whole site).
"""

import ipaddress
from typing import Literal

from flask import Request
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

ANSWER = "engage-answer"
STAFF = "engage-staff"
LOOK = "engage-look"
TABLET = "engage-tablet"
DEVICE = "engage-device"

MARK = "~"
"""What may stand behind a value and is no part of it: this person pressed Help now."""

SameSite = Literal["Lax", "Strict"]


class InsecureTransport(Forbidden):
    """A cookie was needed over plain http from another machine, where anybody on the way could read it."""

    reason = "insecure-transport"


def is_loopback(request: Request) -> bool:
    """Whether the browser sees this site as its own machine."""
    host = request.host.rsplit("@", 1)[-1]
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_safe_transport(request: Request) -> bool:
    """Whether a password or a cookie may travel: https, or the browser's own machine."""
    return request.is_secure or is_loopback(request)


def cookie_name(request: Request, base: str) -> str:
    """`base` as it is called on this connection."""
    return f"__Host-{base}" if request.is_secure else base


def read_cookie(request: Request, base: str) -> str | None:
    """The value of the cookie `base`, under the one name it may have on this connection, without its mark."""
    name, given = cookie_name(request, base), request.cookies
    return given[name].removesuffix(MARK) if name in given else None  # `get` would raise and catch an error for none


def is_marked(request: Request, base: str) -> bool:
    """Whether the cookie `base` carries the mark."""
    return request.cookies.get(cookie_name(request, base), "").endswith(MARK)


def set_cookie(
    request: Request,
    response: Response,
    base: str,
    value: str,
    *,
    samesite: SameSite = "Lax",
    max_age: int | None = None,
) -> None:
    """Sets `base` for the whole site, out of reach of scripts; `max_age` in seconds (None: until the browser closes).

    Raises InsecureTransport over plain http from another machine.
    """
    if not is_safe_transport(request):
        raise InsecureTransport
    response.set_cookie(
        cookie_name(request, base),
        value,
        max_age=max_age,
        path="/",
        secure=request.is_secure,
        httponly=True,
        samesite=samesite,
    )


def device_cookie(request: Request) -> str:
    """What this browser was given at its last right sign-in at this very page; empty where it was given nothing."""
    return request.cookies.get(_device_name(request), "")


def set_device_cookie(request: Request, response: Response, value: str, *, max_age: int, path: str = "") -> None:
    """Let the browser bring `value` to the page at `path` (this very one), and to no other, for `max_age` seconds."""
    if not is_safe_transport(request):
        raise InsecureTransport
    response.set_cookie(
        _device_name(request),
        value,
        max_age=max_age,
        path=path or request.path,
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )


def _device_name(request: Request) -> str:
    return f"__Secure-{DEVICE}" if request.is_secure else DEVICE


def expire_cookie(request: Request, response: Response, base: str, *, samesite: SameSite = "Lax") -> None:
    """Makes the browser forget `base`."""
    response.delete_cookie(
        cookie_name(request, base), path="/", secure=request.is_secure, httponly=True, samesite=samesite
    )
