"""Which page of a list an address asks for."""

from flask import request

FURTHEST = 10_000


def page_number(name: str = "page") -> int:
    """The number of the page in the address, under `name`, from 1 to `FURTHEST`; 1 for what is no number.

    Bounded, because a database refuses to skip more rows than it can count.
    """
    return min(max(1, request.args.get(name, 1, int)), FURTHEST)
