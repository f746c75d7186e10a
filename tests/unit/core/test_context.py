"""What is looked up without Flask's proxies is what they lead to, and is found without it too."""

from collections.abc import Callable

import pytest
from flask import Flask, current_app, g, request, session
from flask import globals as held
from werkzeug.local import LocalProxy

from engage.core import context

LOOKS: list[tuple[Callable[[], object], object]] = [
    (context.kept, g),
    (context.asked, request),
    (context.bound, session),
    (context.product, current_app),
]


@pytest.fixture
def app() -> Flask:
    made = Flask(__name__)
    made.secret_key = "for a test"
    return made


def test_it_is_what_flask_has_in_this_version() -> None:
    """A version without them would make every page slower, silently."""
    assert context._in_app is held._cv_app
    assert context._in_request is held._cv_request


@pytest.mark.parametrize("look_and_proxy", LOOKS)
def test_each_is_what_its_proxy_leads_to(app: Flask, look_and_proxy: tuple[Callable[[], object], object]) -> None:
    look, proxy = look_and_proxy
    with app.test_request_context("/a?b=c"):
        assert isinstance(proxy, LocalProxy)
        assert look() is proxy._get_current_object()


def test_without_them_the_proxies_do(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_in_app", "_in_request"):
        monkeypatch.setattr(context, name, None)
    with app.test_request_context("/a?b=c"):
        context.kept().here = 1
        assert g.pop("here") == 1
        assert context.asked().args["b"] == "c"
        found = context.bound()
        assert found is not None
        found["x"] = 1
        assert session["x"] == 1
        assert context.product().name == app.name
    for look, _proxy in LOOKS:
        with pytest.raises(RuntimeError):
            bool(getattr(look(), "name", None))
