"""Addresses: slugs, and the partnership that an address begins with.

`/<slug:partnership>/...` loads the partnership once, puts it on `g` and enters its scope; views don't see it.
"""

import uuid
from collections.abc import Callable
from typing import Any, Protocol

from flask import Flask, abort, current_app
from werkzeug.routing import BaseConverter

from engage.core import scope
from engage.core.context import kept

RESERVED = frozenset({"staff", "inspect", "api", "static", "help", "healthz", "readyz", "comfort", "leave"})


class Place(Protocol):
    """A partnership, as addresses and layouts know it."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def short_name(self) -> str: ...
    @property
    def languages(self) -> list[str]: ...
    @property
    def shows_drafts(self) -> bool: ...
    @property
    def brand(self) -> tuple[str, str] | None: ...


class SlugConverter(BaseConverter):
    """Lower-case words joined by hyphens, at most 60 characters."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"

    def to_python(self, value: str) -> str:
        if len(value) > 60:
            abort(404)
        return value


def place() -> Place | None:
    """The partnership of this request, if it has one."""
    found: Place | None = kept().get("engage_place")
    return found


def place_of(path: str) -> Place | None:
    """The partnership that a path of ours begins with: for a page that stands beside it (no scope is entered)."""
    slug = path.split("/")[1].split("?", maxsplit=1)[0] if path.startswith("/") else ""
    find: Callable[[str], Place | None] = current_app.extensions["engage_find_place"]
    return find(slug) if slug and slug not in RESERVED else None


def init_app(app: Flask, find: Callable[[str], Place | None]) -> None:
    """Teach `app` slugs and partnerships; `find` looks a partnership up by its slug."""
    app.url_map.converters["slug"] = SlugConverter
    app.extensions["engage_find_place"] = find

    @app.url_value_preprocessor
    def enter(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values is None or "partnership" not in values:
            return
        slug = values.pop("partnership")
        found = None if slug in RESERVED else find(slug)
        if found is None:
            abort(404)
        kept().engage_place = found
        scope.enter(found.id)

    @app.url_defaults
    def keep(endpoint: str, values: dict[str, Any]) -> None:
        found = place()
        if (
            found is not None
            and "partnership" not in values
            and app.url_map.is_endpoint_expecting(endpoint, "partnership")
        ):
            values["partnership"] = found.slug
