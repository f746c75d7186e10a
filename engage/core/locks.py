"""One at a time, for what two transactions decide by rows that are not there yet: nothing of those can be locked.

On SQLite there is one writer anyway. PostgreSQL drops the lock with the transaction, however that ends.
"""

import hashlib
import uuid

import sqlalchemy as sa

from engage.core.database import begin_write, db


def hold(what: str, subject: uuid.UUID) -> None:
    """Begin to write, and wait until nobody else holds `what` of this subject; held to the end of the transaction.

    Whatever the decision rests on is read after it.
    """
    session = begin_write()
    if db.engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(f"{what} {subject}".encode()).digest()[:8], signed=True)
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))
