"""A session without a session cookie: it holds a form token bound to the cookie a person already has, nothing else.

Flask-WTF keeps its token in Flask's session. Ours is derived on every request from the respondent's secret or the
staff session's token, so that nothing is stored, nothing expires before the cookie does, and a form that was sent
from another session is refused. Whoever writes to this session has misunderstood something: writing raises.
"""

import hmac
from typing import Any, NoReturn

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin

from engage.web import cookies

_STAFF_PATHS = ("/staff", "/inspect")


class SessionIsReadOnly(TypeError):
    """Something tried to keep a value in the session; keep it in a row, or in the address."""


class BoundSession(dict[str, Any], SessionMixin):
    """Holds `csrf_token` where the person has a cookie to bind it to, and is empty where not."""

    modified = False
    accessed = False

    def _refuse(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise SessionIsReadOnly("the session cannot be written to")

    __setitem__ = __delitem__ = __ior__ = update = setdefault = pop = popitem = clear = _refuse


class BoundSessionInterface(SessionInterface):
    """Opens a BoundSession for every request and never sends a cookie."""

    def open_session(self, app: Flask, request: Request) -> BoundSession:
        """The session of `request`: staff paths are bound to the staff cookie, all others to the answering one."""
        base = cookies.STAFF if _is_staff(request.path) else cookies.ANSWER
        holder = cookies.read_cookie(request, base)
        if not holder:
            return BoundSession()
        return BoundSession(csrf_token=_token(app.secret_key, base, holder))

    def save_session(self, _app: Flask, session: SessionMixin, _response: Response) -> None:
        """Nothing to save; a session that is not ours, or was changed past its guard, is a programming error."""
        if not isinstance(session, BoundSession) or set(session) - {"csrf_token"}:
            raise SessionIsReadOnly("the session was written to")


def init_app(app: Flask) -> None:
    """Puts the session interface in place; tokens live as long as the cookie they are bound to."""
    app.session_interface = BoundSessionInterface()
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)  # the Origin guard is stricter than Referer


def _is_staff(path: str) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in _STAFF_PATHS)


def _token(secret_key: str | bytes | None, base: str, holder: str) -> str:
    if not secret_key:
        raise RuntimeError("the app has no secret key")
    key = secret_key.encode() if isinstance(secret_key, str) else secret_key
    return hmac.digest(key, f"form-token\0{base}\0{holder}".encode(), "sha256").hex()
