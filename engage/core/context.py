"""What Flask holds of this request, without its proxies: each look through one costs as much as ten plain calls, and a
page looks a hundred times. Elsewhere than on the way of an answer Flask's own `g`, `request` and `current_app` do.

Where a version of Flask holds it elsewhere, its proxies are looked through after all: slower, and nothing else.
"""

from contextvars import ContextVar
from typing import TYPE_CHECKING

from flask import Flask, Request, current_app, g, request, session
from flask import globals as held
from flask.sessions import SessionMixin

if TYPE_CHECKING:  # names that another version may not have
    from flask.ctx import AppContext, RequestContext, _AppCtxGlobals

_in_app: "ContextVar[AppContext] | None" = getattr(held, "_cv_app", None)
_in_request: "ContextVar[RequestContext] | None" = getattr(held, "_cv_request", None)


def kept() -> "_AppCtxGlobals":
    """Flask's `g`; LookupError or, through the proxy, RuntimeError outside of a request, job or command."""
    return _in_app.get().g if _in_app is not None else g


def asked() -> Request:
    """Flask's `request`; LookupError or, through the proxy, RuntimeError outside of one."""
    return _in_request.get().request if _in_request is not None else request


def bound() -> SessionMixin | None:
    """Flask's `session`; LookupError or, through the proxy, RuntimeError outside of a request."""
    return _in_request.get().session if _in_request is not None else session


def product() -> Flask:
    """Flask's `current_app`; LookupError or, through the proxy, RuntimeError outside of a request, job or command."""
    return _in_app.get().app if _in_app is not None else current_app
