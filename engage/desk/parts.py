"""One part of Today: a queue of things that wait for whoever may act on them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date

FEW = 5
"""How many things of one sort stand on Today; the page they lead to has all of them."""


@dataclass(frozen=True)
class Part:
    """One part of the page: a queue of things to do, or nothing. `more`: the page that has all of them."""

    id: str
    title: str
    kind: str
    shape: str
    items: list[dict[str, Any]] = field(default_factory=list)
    count: str = ""
    cannot_wait: int = 0
    more: str = ""


def rest(count: int, endpoint: str) -> str:
    """Where all of so many things stand; empty where Today has them all."""
    return url_for(endpoint) if count > FEW else ""


def day(value: date) -> str:
    """A day near now, in words."""
    return str(format_date(value, "d MMMM"))
