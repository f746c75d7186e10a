"""The form token's guard. A view whose caller has no cookie yet is exempt and stands behind the Origin guard alone."""

import hmac
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode
from itsdangerous.url_safe import URLSafeSerializerMixin

from engage.core.context import bound, kept, product

csrf = CSRFProtect()
MOST = 4096
"""Tokens known again in one process: they end with no time of their own, only with the cookie they are bound to."""

View = TypeVar("View", bound=Callable[..., object])


def without_token(view: View) -> View:
    """For a form of somebody who has no cookie that a token could be bound to."""
    csrf.exempt(view)
    return view


def token() -> str:
    """The token for a form of whoever asks for this page: Flask-WTF's own, signed once a person and process."""
    here = kept()
    if "csrf_token" not in here:
        holder, key = _holder(), product().secret_key
        if not holder or not key:
            return str(generate_csrf())
        here.csrf_token = _signed(key, holder)
    return str(here.csrf_token)


def is_theirs(typed: str | None) -> bool:
    """Whether a form's token is bound to the cookie of whoever sent it: what Flask-WTF asks, at a tenth of the cost.

    A token of this process is known again; any other is opened.
    """
    holder, key = _holder(), product().secret_key
    if not typed or not holder or not key:
        return False
    if hmac.compare_digest(typed.encode(), _signed(key, holder).encode()):
        return True
    try:
        said = _serializer(key).loads(typed)
    except BadData:
        return False
    return isinstance(said, str) and hmac.compare_digest(said.encode(), holder.encode())


def _holder() -> str:
    """What a token of this request is bound to; "" without a cookie."""
    session: Mapping[str, str] = bound() or {}
    return session.get("csrf_token", "")


class _Uncompressed(URLSafeTimedSerializer):
    """Signs as Flask-WTF does, but does not try to compress 64 random letters, which never get shorter."""

    def dump_payload(self, obj: Any) -> bytes:
        return base64_encode(super(URLSafeSerializerMixin, self).dump_payload(obj))


@lru_cache(maxsize=MOST)
def _signed(secret_key: str | bytes, holder: str) -> str:
    return str(_serializer(secret_key).dumps(holder))


@lru_cache(maxsize=8)
def _serializer(secret_key: str | bytes) -> URLSafeTimedSerializer:
    return _Uncompressed(secret_key, salt="wtf-csrf-token")
