"""Pages that are the same for everybody who reads alike: rendered once a process, then only their secrets are put in.

A question page shows what a published version asks, which never changes. What differs from one request to the next is
the form token and the nonce; they stand in the kept page as marks. Nothing anybody wrote is ever kept here.
"""

import secrets
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from flask import render_template

from engage.core.context import asked, product
from engage.web import csrf, tablet
from engage.web.access import principal
from engage.web.appearance import appearance
from engage.web.layout import language
from engage.web.places import place
from engage.web.security import csp_nonce

MOST = 1000
"""Pages kept in one process: about eight megabytes; when there are more, it begins anew."""

_TOKEN = f"token-{secrets.token_hex(16)}"
_NONCE = f"nonce-{secrets.token_hex(16)}"
_lock = Lock()


def render_kept(template: str, key: Hashable, make_context: Callable[[], dict[str, Any]]) -> str:
    """The page of `template`, from what was kept or made with `make_context()`.

    `key` must name everything the page shows besides its frame: two pages with the same key are the same page.
    """
    pages: dict[Hashable, str] = product().extensions.setdefault("engage_kept_pages", {})
    whole = (template, _frame(), key)
    page = pages.get(whole)
    if page is None:
        page = render_template(template, **make_context(), csrf_token=lambda: _TOKEN, csp_nonce=lambda: _NONCE)
        with _lock:
            if len(pages) >= MOST:
                pages.clear()
            pages[whole] = page
    if _TOKEN in page:
        page = page.replace(_TOKEN, csrf.token())
    return page.replace(_NONCE, csp_nonce())


def _frame() -> Hashable:
    """What the layout shows: whose page, in which language and look, at which address."""
    who = principal()
    return repr(place()), language(), appearance(), asked().full_path, who.id if who else None, tablet.present()
