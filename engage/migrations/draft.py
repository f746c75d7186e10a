"""Draft the next numbered step from the difference between the tables and the steps so far: `make migration NAME=...`.

A draft is read and mended by a person before it is committed.
"""

import sys
from pathlib import Path

import sqlalchemy as sa
from alembic import command

from engage.core import database
from engage.migrations import run


def main(message: str, number: str) -> None:
    """Write versions/NUMBER_<message>.py."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    database.listen(engine)
    before = Path(__file__).parent / "versions" / f"{number}_{message}.py"
    before.unlink(missing_ok=True)
    with engine.connect() as plain:
        connection = plain.execution_options(**{database.WRITE: True})
        with connection.begin():
            config = run.config_for(connection)
            command.upgrade(config, "head")
            config.attributes["number"] = number
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            command.revision(config, message=message, autogenerate=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
