"""Pages that are the same for everybody who reads alike: rendered once a process, then only their secrets are put in.

A question page shows what a published version asks, which never changes. What differs from one request to the next is
the form token and the nonce; they stand in the kept page as marks, and so does what is one person's alone (their words,
their answers to check). Nothing anybody wrote is ever kept here.
"""

import secrets
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Any

from flask import render_template
from markupsafe import escape

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
_OWN = f"own-{secrets.token_hex(16)}"
_lock = Lock()


def mark(number: int) -> str:
    """What stands in a kept page in place of the `own` of that number: letters, digits and hyphens only."""
    return f"{_OWN}-{number}-"


def render_kept(
    template: str, key: Hashable, make_context: Callable[[], dict[str, Any]], own: Sequence[str] = ()
) -> str:
    """The page of `template`, from what was kept or made with `make_context()`.

    `key` must name everything the page shows besides its frame and `own`: two pages with the same key are the same
    page. None: it is not kept. `own`: text, or markup, of one person alone, put where the context has its `mark`.
    """
    pages: dict[Hashable, str] = product().extensions.setdefault("engage_kept_pages", {})
    whole = (template, _frame(), key)
    page = pages.get(whole) if key is not None else None
    if page is None:
        page = render_template(template, **make_context(), csrf_token=lambda: _TOKEN, csp_nonce=lambda: _NONCE)
        if key is not None:
            _keep(pages, whole, page)
    if _TOKEN in page:
        page = page.replace(_TOKEN, csrf.token())
    page = page.replace(_NONCE, csp_nonce())
    for number, theirs in enumerate(own):
        page = page.replace(mark(number), str(escape(theirs)))
    return page


def _keep(pages: dict[Hashable, str], whole: Hashable, page: str) -> None:
    with _lock:
        if len(pages) >= MOST:
            pages.clear()
        pages[whole] = page


def _frame() -> Hashable:
    """What the layout shows: whose page, in which language and look, at which address."""
    who = principal()
    return repr(place()), language(), appearance(), asked().full_path, who.id if who else None, tablet.present()
