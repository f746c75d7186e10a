"""What Flask holds of this request, without its proxies: each look through one costs as much as ten plain calls, and a
page looks a hundred times. Elsewhere than on the way of an answer Flask's own `g`, `request` and `current_app` do.
"""

from flask import Flask, Request
from flask.ctx import _AppCtxGlobals
from flask.globals import _cv_app, _cv_request
from flask.sessions import SessionMixin


def kept() -> _AppCtxGlobals:
    """Flask's `g`; LookupError outside of a request, job or command."""
    return _cv_app.get().g


def asked() -> Request:
    """Flask's `request`; LookupError outside of one."""
    return _cv_request.get().request


def bound() -> SessionMixin | None:
    """Flask's `session`; LookupError outside of a request."""
    return _cv_request.get().session


def product() -> Flask:
    """Flask's `current_app`; LookupError outside of a request, job or command."""
    return _cv_app.get().app
