"""What every verb needs: the app, one partnership's scope, and refusals as one clear line."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
import sqlalchemy as sa
from flask import Flask

from engage.app import create_app
from engage.core import database, scope, wall
from engage.core.backup import private
from engage.core.crypto import KeyFileError
from engage.core.database import db
from engage.core.errors import Conflict, NotFound, Refused
from engage.migrations import run
from engage.people import queries
from engage.settings import Settings
from engage.web.refusals import sentence

P = ParamSpec("P")
T = TypeVar("T")
# Stands in the home while a backup is put back: until that is done, nothing may be served from the database.
RESTORING = "restoring"
_MEANWHILE = "Somebody else changed it first. Look again, then try once more."


def plainly(verb: Callable[P, T]) -> Callable[P, T]:
    """Turn a refusal of the domain into one line on standard error and exit status 1."""

    @wraps(verb)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return verb(*args, **kwargs)
        except KeyFileError as error:
            raise click.ClickException(str(error)) from error
        except sa.exc.DBAPIError as error:
            where = sa.make_url(Settings().database).render_as_string(hide_password=True)
            raise click.ClickException(f"The database {where} cannot be read or written.") from error
        except NotFound as error:
            raise click.ClickException("There is no such thing in this partnership.") from error
        except Refused as error:
            raise click.ClickException(sentence(error.reason, error.params) or f"Refused: {error.reason}") from error
        except Conflict as error:
            raise click.ClickException(sentence(error.reason, {}) or _MEANWHILE) from error

    return told


@contextmanager
def product(*, migrate: bool = False) -> Generator[Flask]:
    """The app, its context open; refuses a database that is not at the newest step."""
    settings = Settings()
    private.sweep(settings.home, _places(settings))
    app = create_app()
    if (app.extensions["engage_settings"].home / RESTORING).exists():
        raise click.ClickException(
            "A restore was not finished: empty the database, delete `restoring`, and restore again."
        )
    with app.app_context():
        try:
            if migrate:
                bring_up()
            elif run.present(db.engine) != run.HEAD:
                raise click.ClickException("The database is not up to date. Run: engage migrate")
            yield app
        finally:
            db.session.close()
            for engine in db.engines.values():
                engine.dispose()


def bring_up() -> None:
    """Bring the database to the newest step under the role that owns it, and let the one that serves in."""
    owner = database.as_owner()
    run.upgrade(owner)
    if owner is not db.engine:
        wall.let_in(owner, db.engine.url.username or "")


def _places(settings: Settings) -> set[Path]:
    """Where a plain copy may lie: in the home, and beside the database."""
    url = sa.make_url(settings.database)
    beside = [Path(url.database).parent] if url.get_backend_name() == "sqlite" and url.database else []
    return {settings.home, *beside}


@contextmanager
def inside(slug: str | None) -> Generator[Flask]:
    """The app inside one partnership: the one named, or the only one there is."""
    with product() as app:
        rows = queries.list_partnerships()
        chosen = [row for row in rows if slug in {None, row.slug}]
        if len(chosen) != 1:
            names = ", ".join(row.slug for row in rows) or "none yet: engage partnership add"
            raise click.ClickException(f"Say which partnership with --partnership ({names}).")
        scope.enter(chosen[0].id)
        yield app


def site(settings: Settings) -> str:
    """Where people find this site, without a slash at the end: the address that was set, or this machine's."""
    return settings.site_url.rstrip("/") or f"http://{settings.host}:{settings.port}"


def counted(count: int, thing: str) -> str:
    """A count with its English noun: `1 problem`, `2 problems`."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


partnership_option = click.option("--partnership", "slug", help="Slug of the partnership, where there are several.")
