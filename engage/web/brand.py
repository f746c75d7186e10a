"""A partnership's own two colours at the top of its public pages: a small style sheet, named by what is in it.

Whoever chose colours, or whose device asks for dark or for more contrast, keeps those: theirs go first.
"""

import hashlib

from flask import Blueprint, Response, abort, url_for
from flask.typing import ResponseReturnValue

from engage.web.access import public
from engage.web.places import Place, place

bp = Blueprint("brand", __name__)
_YEAR = 365 * 24 * 3600
_TOP = ":root:not([data-theme]) .engage-top"


@bp.get("/<slug:partnership>/colours/<string:name>.css")
@public
def colours(name: str) -> ResponseReturnValue:
    """The style sheet; it never changes under its name, so that it can be kept for a year."""
    found = place()
    if found is None or found.brand is None or name != _name(found.brand):
        abort(404)
    response = Response(_sheet(*found.brand), mimetype="text/css")
    response.cache_control.public, response.cache_control.immutable = True, True
    response.cache_control.max_age = _YEAR
    return response


def href(found: Place | None) -> str | None:
    """Where a page of this partnership finds its colours; None where it has none of its own."""
    if found is None or found.brand is None:
        return None
    return url_for("brand.colours", partnership=found.slug, name=_name(found.brand))


def _name(brand: tuple[str, str]) -> str:
    return hashlib.sha256(_sheet(*brand).encode()).hexdigest()[:16]


def _sheet(ink: str, ground: str) -> str:
    return (
        "@media (prefers-color-scheme:light) and (prefers-contrast:no-preference) and (forced-colors:none){"
        f"{_TOP}{{--engage-ink:{ink};--engage-action:{ink};--engage-mark:{ink};background:{ground};color:{ink}}}"
        "}"
    )
