"""A bare application with only what `engage.web` brings."""

import pytest
from flask import Flask, Response, make_response, request, session
from flask.testing import FlaskClient
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from werkzeug.middleware.proxy_fix import ProxyFix

from engage import paths
from engage.web import cookies, errors, origin, security, sessions


def _start() -> Response:
    response = make_response("started")
    cookies.set_cookie(request, response, cookies.ANSWER, "secret", max_age=900)
    return response


def _sign_in() -> Response:
    response = make_response("signed in")
    cookies.set_cookie(request, response, cookies.STAFF, "token", samesite="Strict")
    return response


def _leave() -> Response:
    response = make_response("left")
    cookies.expire_cookie(request, response, cookies.ANSWER)
    security.forget_page_data(response)
    return response


def _page() -> Response:
    response = make_response(f"nonce={security.csp_nonce()}")
    response.headers["ETag"] = '"x"'
    response.headers["Last-Modified"] = "Mon, 02 Nov 2026 09:00:00 GMT"
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _style() -> Response:
    response = make_response("p{}")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.set_etag("v1")
    return response


def _write() -> str:
    session["name"] = "value"
    return "written"


def _upload() -> str:
    security.accept_body(1_000_000)
    return str(len(request.get_data()))


@pytest.fixture
def app() -> Flask:
    app = Flask("bare", static_folder=None, template_folder=str(paths.templates()))
    app.secret_key = b"k" * 32
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # the extension adds it to the environment
    app.jinja_env.globals.update(asset="/static/{}".format, lang="en", text_dir="ltr")
    sessions.init_app(app)
    security.init_app(app)
    origin.init_app(app)
    errors.init_app(app)
    csrf = CSRFProtect(app)
    app.add_url_rule("/page", view_func=_page)
    app.add_url_rule("/style.css", view_func=_style)
    app.add_url_rule("/start", view_func=csrf.exempt(_start), methods=["POST"])
    app.add_url_rule("/staff/sign-in", view_func=csrf.exempt(_sign_in), methods=["POST"])
    app.add_url_rule("/upload", view_func=csrf.exempt(_upload), methods=["POST"])
    app.add_url_rule("/leave", view_func=_leave)
    app.add_url_rule("/write", view_func=_write)
    app.add_url_rule("/form", "form", generate_csrf)
    app.add_url_rule("/send", "send", lambda: "sent", methods=["POST"])
    app.add_url_rule("/staff/form", "staff-form", generate_csrf)
    app.add_url_rule("/staff/send", "staff-send", lambda: "sent", methods=["POST"])
    app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1, x_host=1)  # type: ignore[method-assign]  # how Flask wants a server's wrapping to be put on
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)  # tests send the cookies they mean
