"""For machines: is the process alive, can it serve, and do alerts go out?"""

import sqlalchemy as sa
from flask import Blueprint
from flask.typing import ResponseReturnValue

from engage.core import heartbeat
from engage.core.database import db
from engage.core.heartbeat import Why
from engage.core.logging import get_logger
from engage.listening.casework import queries_glass
from engage.safeguarding import alerts as sent_alerts
from engage.safeguarding.contact import queries_alone
from engage.web.access import machine

bp = Blueprint("health", __name__)
_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
# For whoever watches the site: English, one line, nothing of any partnership, person or alert.
_SILENT = {
    Why.NEVER: "no worker has ever run: alerts do not go out. Start engage serve or engage worker.",
    Why.STOPPED: "the worker stands still since {since} UTC: alerts do not go out. Start it again.",
    Why.CLOCK: "the worker's clock and the web server's differ: alerts may not go out. Set both right.",
}
_NO_MAIL = "alerts do not go out: set ENGAGE_SMTP_URL, ENGAGE_MAIL_FROM and ENGAGE_SITE_URL."
_NO_ADDRESS = "alerts do not go out: in a partnership nobody who decides on flags signs in with an e-mail address."
_OVERDUE = "the worker runs, but an alert is overdue: nobody could be reached. Look at its log, and run engage doctor."


@bp.get("/healthz")
@machine
def alive() -> ResponseReturnValue:
    """The process answers."""
    return "ok\n", 200, _PLAIN


@bp.get("/readyz")
@machine
def ready() -> ResponseReturnValue:
    """The database answers."""
    try:
        db.session.execute(sa.select(1))
    except sa.exc.SQLAlchemyError:
        return _no_database()
    return "ready\n", 200, _PLAIN


@bp.get("/healthz/alerts")
@machine
def alerts() -> ResponseReturnValue:
    """Alerts about children go out. Apart from `/readyz`: without a worker, children can still answer."""
    try:
        still = heartbeat.standstill()
        wrong = _wrong()
    except sa.exc.SQLAlchemyError:
        return _no_database()
    if still is not None:
        since = still.since.isoformat(" ", "minutes").removesuffix("+00:00") if still.since else ""
        return f"{_SILENT[still.why].format(since=since)}\n", 503, _PLAIN
    return (f"{wrong}\n", 503, _PLAIN) if wrong else ("alerts go out\n", 200, _PLAIN)


def _wrong() -> str:
    """What keeps alerts from going out although the worker runs; "" where nothing does."""
    if sent_alerts.is_mail_missing():
        return _NO_MAIL
    if sent_alerts.is_anybody_unreachable():
        return _NO_ADDRESS
    # Of what everybody to be told is kept from no more is said here: whom it is about may read this too.
    is_untold = queries_alone.places_without() or queries_glass.places_without()
    return _OVERDUE if is_untold or sent_alerts.is_overdue_anywhere() else ""


def _no_database() -> ResponseReturnValue:
    get_logger().error("database-not-ready", exc_info=True)
    return "the database does not answer\n", 503, _PLAIN
