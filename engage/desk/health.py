"""For machines: is the process alive, and can it serve?"""

import sqlalchemy as sa
from flask import Blueprint
from flask.typing import ResponseReturnValue

from engage.core.database import db
from engage.core.logging import get_logger
from engage.web.access import machine

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@machine
def alive() -> ResponseReturnValue:
    """The process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/readyz")
@machine
def ready() -> ResponseReturnValue:
    """The database answers."""
    try:
        db.session.execute(sa.select(1))
    except sa.exc.SQLAlchemyError:
        get_logger().error("database-not-ready", exc_info=True)
        return "the database does not answer\n", 503, {"Content-Type": "text/plain; charset=utf-8"}
    return "ready\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
