"""Larger bodies for the few staff pages that take files or long lists: only after it is known who sends them.

The form token stands in the body, so the guard of tokens reads it before any view runs; who is signed in stands in a
cookie. So this hook comes before that guard: whoever may not use the page is held to the size every page has.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask

from engage.core.context import asked, product
from engage.web.access import policy_of
from engage.web.security import accept_body

View = TypeVar("View", bound=Callable[..., object])
_FORM = 64 * 1024


def accepts_files(size: int) -> Callable[[View], View]:
    """Marks a view for people signed in whose form may carry `size` bytes of files."""

    def mark(view: View) -> View:
        view.accepts_files = size  # type: ignore[attr-defined]  # functions take any attribute
        return view

    return mark


def accepts_list(size: int) -> Callable[[View], View]:
    """Marks a view for people signed in whose form may carry `size` bytes of typed words, as they are sent."""

    def mark(view: View) -> View:
        view.accepts_list = size  # type: ignore[attr-defined]  # functions take any attribute
        return view

    return mark


def init_app(app: Flask) -> None:
    """To be called before the guard of form tokens is set up."""
    app.before_request(_widen)


def _widen() -> None:
    request = asked()
    if request.method != "POST":
        return
    view = product().view_functions.get(request.endpoint or "")
    files: int = getattr(view, "accepts_files", 0)
    words: int = getattr(view, "accepts_list", 0)
    if view is None or not (files or words):
        return
    policy, who = policy_of(view), product().extensions["engage_principal_loader"]()
    if policy is not None and who is not None and any(who.can(permission) for permission in policy.permissions):
        accept_body(files + words + _FORM, words + _FORM)
