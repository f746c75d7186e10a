"""Whether this browser is a shared tablet, and where it goes between two people. The cookie names no person."""

import uuid

from flask import request, url_for
from werkzeug.wrappers import Response

from engage.core.context import asked
from engage.web import cookies
from engage.web.places import place


def present() -> uuid.UUID | None:
    """The shared tablet that this browser is; None for anybody's own device."""
    given = cookies.read_cookie(asked(), cookies.TABLET)
    if not given:
        return None
    try:
        return uuid.UUID(given)
    except ValueError:
        return None


def again_href() -> str:
    """Where a shared tablet is made ready for the next person; "" on anybody's own device."""
    tablet = present()
    return url_for("kiosk.again", tablet_id=tablet) if tablet is not None and place() is not None else ""


def hand_over(response: Response, tablet: uuid.UUID) -> None:
    """Make this browser that tablet, until it closes."""
    cookies.set_cookie(request, response, cookies.TABLET, str(tablet))
    leave_nobody(response)


def leave_nobody(response: Response) -> None:
    """Whoever set it up is signed in on it no more, and nobody's answers are open."""
    cookies.expire_cookie(request, response, cookies.STAFF)
    forget_secret(response)


def forget_secret(response: Response) -> None:
    """Nobody's answers open on it any more; a language that was chosen on its start page stays."""
    cookies.expire_cookie(request, response, cookies.ANSWER)


def clear_up(response: Response) -> None:
    """Forget whoever held it: their secret and how they wanted pages to look."""
    for name in (cookies.ANSWER, cookies.LOOK):
        cookies.expire_cookie(request, response, name)


def give_back(response: Response) -> None:
    """It is no shared tablet any more."""
    clear_up(response)
    cookies.expire_cookie(request, response, cookies.TABLET)
