"""What was deleted is gone from the disk too, and not only from the tables (N13).

SQLite overwrites what it deletes (`secure_delete`), but its log keeps old pages until it is begun anew. PostgreSQL
keeps old rows until a table is written anew, which `forget_order` does to the anonymous ones every night.
"""

from engage.core.database import db


def wipe() -> None:
    """Empty SQLite's log into the database, where old pages are overwritten; nothing to do elsewhere.

    Outside any transaction. While somebody reads an old page the log stays, and the next run makes it good.
    """
    if db.engine.dialect.name != "sqlite":
        return
    raw = db.engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA query_only=OFF")
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.invalidate()
        raw.close()
