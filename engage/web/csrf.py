"""The form token's guard. A view whose caller has no cookie yet is exempt and stands behind the Origin guard alone."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from flask import current_app, g, session
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode
from itsdangerous.url_safe import URLSafeSerializerMixin

csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., object])


def without_token(view: View) -> View:
    """For a form of somebody who has no cookie that a token could be bound to."""
    csrf.exempt(view)
    return view


def token() -> str:
    """The token for a form of whoever asks for this page: Flask-WTF's own, made at a fifth of the cost."""
    if "csrf_token" not in g and "csrf_token" in session and isinstance(current_app.secret_key, bytes):
        g.csrf_token = _serializer(current_app.secret_key).dumps(session["csrf_token"])
    return str(generate_csrf())


class _Uncompressed(URLSafeTimedSerializer):
    """Signs as Flask-WTF does, but does not try to compress 64 random letters, which never get shorter."""

    def dump_payload(self, obj: Any) -> bytes:
        return base64_encode(super(URLSafeSerializerMixin, self).dump_payload(obj))


@lru_cache(maxsize=8)
def _serializer(secret_key: bytes) -> URLSafeTimedSerializer:
    return _Uncompressed(secret_key, salt="wtf-csrf-token")
