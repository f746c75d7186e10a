"""The person answering: one random secret in one cookie, and what is derived from it for one purpose each.

The secret is minted when somebody presses Start and never stored: the server keeps what was derived from it, which
leads back to nobody. What is sealed under a key derived from it can be opened only while the cookie is there.
"""

import base64
import binascii

from werkzeug.wrappers import Response

from engage.core import crypto
from engage.core.context import asked
from engage.web import cookies, csrf

AFTER_SENDING = 15 * 60
"""Seconds that the cookie still lives once answers are sent, so that the Sent page can be read again (N8)."""


_SENT = "."


def present() -> bytes | None:
    """The secret of whoever asks for this page; None without a cookie or with one that is not ours."""
    value = (cookies.read_cookie(asked(), cookies.ANSWER) or "").removesuffix(_SENT)
    try:
        secret = base64.urlsafe_b64decode(value + "==")
    except (binascii.Error, ValueError):
        return None
    return secret if len(secret) == crypto.SECRET_BYTES and _as_cookie(secret) == value else None


def hand_over(response: Response, secret: bytes) -> None:
    """Give the browser its secret, until it closes."""
    cookies.set_cookie(asked(), response, cookies.ANSWER, _as_cookie(secret))


def shorten(response: Response, secret: bytes) -> None:
    """The answers are sent: the browser forgets the secret by itself, within fifteen minutes."""
    cookies.set_cookie(asked(), response, cookies.ANSWER, _as_cookie(secret) + _SENT, max_age=AFTER_SENDING)


def was_shortened() -> bool:
    """Whether something was sent with this secret: it opens that one's Sent page, and soon it is gone."""
    return (cookies.read_cookie(asked(), cookies.ANSWER) or "").endswith(_SENT)


def forget(response: Response) -> None:
    """Make the browser forget the secret now."""
    cookies.expire_cookie(asked(), response, cookies.ANSWER)


def note_help(response: Response) -> None:
    """Whoever is answering asked for help: their own cookie remembers it until they send, and nothing else does."""
    secret = present()
    if secret is not None and not was_shortened() and cookies.is_safe_transport(asked()):
        cookies.set_cookie(asked(), response, cookies.ANSWER, _as_cookie(secret) + cookies.MARK)


def asked_for_help() -> bool:
    """Whether they pressed Help now since they began."""
    return cookies.is_marked(asked(), cookies.ANSWER)


def form_is_theirs() -> bool:
    """Whether the form that was sent carries the token bound to this person's secret.

    A page that keeps what was typed asks this itself: a form that waited too long is shown again, nothing lost.
    """
    return csrf.is_theirs(asked().form.get("csrf_token"))


def _as_cookie(secret: bytes) -> str:
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")
