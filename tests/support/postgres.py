"""A throw-away PostgreSQL server for one test worker, started as its own system user where we are root."""

import contextlib
import getpass
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator
from pathlib import Path

import sqlalchemy as sa

SUPERUSER, OWNER = "postgres", "engage"


def beyond(url: sa.URL) -> sa.URL:
    """The same database under a role that nothing holds back: for tests that look into the server itself."""
    return url.set(username=SUPERUSER)


def statement(address: str | sa.URL, *statements: str) -> None:
    """Run these on a connection of their own, each a transaction."""
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for each in statements:
            connection.exec_driver_sql(each)


def _make_owner(address: str) -> None:
    statement(address, f"CREATE ROLE {OWNER} LOGIN CREATEDB", f"ALTER DATABASE postgres OWNER TO {OWNER}")


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].parent if places else None


def available() -> bool:
    """Whether a server can be started here; `make test` installs one where it may."""
    return _binaries() is not None


def _run(*words: object) -> None:
    """Run a command as the server's user: PostgreSQL refuses to start as root."""
    lead = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
    command = [*lead, *(str(word) for word in words)]
    subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def database() -> Generator[str]:
    """The address of an empty database under a role that owns it and is held by its rules; its server ends with the
    block.
    """
    binaries = _binaries()
    assert binaries is not None
    folder = Path(tempfile.mkdtemp(prefix="engage-pg-"))
    if getpass.getuser() == "root":
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    quick = f"-c fsync=off -c synchronous_commit=off -c full_page_writes=off -p {port} -k {folder} -h 127.0.0.1"
    _run(binaries / "initdb", "-D", data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C")
    _run(binaries / "pg_ctl", "-D", data, "-o", quick, "-w", "-l", folder / "log", "start")
    try:
        address = f"postgresql+psycopg://{SUPERUSER}@127.0.0.1:{port}/postgres"
        _make_owner(address)
        yield sa.make_url(address).set(username=OWNER).render_as_string(hide_password=False)
    finally:
        _run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
