"""Whether a machine brings a working key on this request: the check that `app` plugs into the access policy."""

from flask import request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from engage.people import service_keys
from engage.web import limits
from engage.web.limits import Act


def check() -> None:
    """Raises Unauthorized without a working key of this partnership in the header, whatever is wrong with it; TooMany
    where a network has sent too many of those, or too much was read.

    A key stands in no address: addresses are kept in histories and logs. Each is looked up before anything is counted,
    so that wrong ones hold up no machine with a right one behind the same network; that is one statement, and says no
    sooner of a wrong key that it is wrong.
    """
    sent = request.authorization
    key = sent.token if sent is not None and sent.type == "bearer" else None
    if not service_keys.is_let_in(key or ""):
        limits.take_wrong(Act.KEY)
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))
    limits.require(Act.READ)
