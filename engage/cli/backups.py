"""Verbs of backups: make one, put one back, and delete those that may no longer exist."""

import sqlite3
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click
import sqlalchemy as sa

from engage.app import create_app
from engage.cli.support import RESTORING, plainly, product
from engage.core import audit, clock, erasing, scope, wall
from engage.core.backup import erased, moving, private
from engage.core.backup.erased import Erased
from engage.core.backup.moving import About, Steps, Target
from engage.core.backup.sealed import BackupError
from engage.core.crypto import Keyring, keyring
from engage.core.database import db
from engage.core.transaction import transaction
from engage.migrations import run
from engage.people import queries
from engage.settings import Settings

KEY = "backup"
UNERASED = (
    "Nothing was erased again: what people took back after that day is in it. Erase it anew before anybody reads."
)
NEWEST = "Bring the newest list (--erased), or say --without-erased."
_FILE = click.Path(dir_okay=False, path_type=Path)


@contextmanager
def _in_words() -> Generator[None]:
    try:
        yield
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    except (OSError, sqlite3.Error) as error:  # a full disk says so here; neither quotes what is stored
        raise click.ClickException(f"A file cannot be read or written: {error}. Nothing was kept of it.") from error


@click.command()
@click.argument("file", type=_FILE, required=False)
@click.option(
    "--prune",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Delete the backups in this folder that may no longer exist.",
)
@plainly
def backup(file: Path | None, prune: Path | None) -> None:
    """Back the database up into FILE, sealed, while the service runs. The key file is not in it."""
    if file is None and prune is None:
        raise click.UsageError("Say which FILE to make, or which folder to --prune.")
    if file is not None:
        with product() as app, _in_words(), private.alone(Settings().home):
            settings: Settings = app.extensions["engage_settings"]
            key = keyring().derive(KEY)
            made = moving.make(db.engine, key, file, home=settings.home, revision=run.HEAD, days=settings.backup_days)
        click.echo(
            f"{file}: {_megabytes(made.size)} in {made.seconds:.1f} seconds. Keep it no longer than {made.gone_by}."
        )
    if prune is not None:
        _prune(prune)


def _prune(folder: Path) -> None:
    """Say of each file what became of it; exit status 1 where one could not be read or deleted."""
    pruned = moving.prune(folder)
    for path in pruned.gone:
        click.echo(f"{path}: deleted, its time was over.")
    for path in pruned.left:
        click.echo(f"{path}: deleted, it was never finished.")
    if pruned.unread:
        names = ", ".join(str(path) for path in pruned.unread)
        raise click.ClickException(f"Not looked at, because they cannot be read or deleted: {names}")


@click.command()
@click.argument("file", type=_FILE)
@click.option("--erased", "listed", type=_FILE, help="The list of what was erased since; the home's when left out.")
@click.option("--without-erased", is_flag=True, help="Restore although what was erased since may come back.")
@plainly
def restore(file: Path, listed: Path | None, *, without_erased: bool) -> None:
    """Put the backup FILE back into an empty home that has its key file, and erase again what was erased since."""
    settings, began = Settings(), time.monotonic()
    ring = Keyring.load(settings.home / "engage.key")
    key = ring.derive(KEY)
    steps = Steps(run.known(), run.upgrade)
    with _in_words(), private.alone(settings.home):
        about = moving.examine(file, key, steps, days=settings.backup_days)
        gone = None if without_erased else _erased_since(listed, settings.erased, ring, about)
        target = moving.target_of(sa.make_url(settings.owner), about, steps)
        with _unfinished(settings, target):
            moving.load(file, key, about, target)
            count = _bring_up(settings, target, about, gone)
            target.finish()
    spent = time.monotonic() - began
    click.echo(f"The database of {about.made_on} is back: {_megabytes(file.stat().st_size)} in {spent:.1f} seconds.")
    click.echo(f"{count} things were erased again: what was erased up to {gone.as_of}." if gone else UNERASED)
    click.echo("Everybody signs in anew. What came or was changed after that day is not in it.")


@contextmanager
def _unfinished(settings: Settings, target: Target) -> Generator[None]:
    """Nothing is served meanwhile, and nothing is left where it fails."""
    mark = settings.home / RESTORING
    mark.touch(mode=0o600)
    try:
        yield
    except BaseException:
        target.drop()
        raise
    finally:
        mark.unlink()


def _erased_since(chosen: Path | None, at_home: Path, ring: Keyring, about: About) -> Erased:
    """What was erased since; refused where nobody can know it, and where a newer list is at hand."""
    key, path = ring.derive(erased.KEY), chosen or at_home
    found, usual = erased.read(path, key), erased.read(at_home, key)
    if found is None or found.as_of < about.made_on:
        raise BackupError(
            f"{path} does not say what was erased after {about.made_on}. Without it, what people took back and what was"
            " deleted since then comes back. Bring the newest list (--erased), or say --without-erased."
        )
    if clock.iso_week(about.made_on) < found.since:
        raise BackupError(
            f"{path} says only what was erased from {found.since} on, and this backup is of {about.made_on}: backups"
            " were to be kept for fewer days when it was written. Take a younger backup, or say --without-erased."
        )
    if usual is not None and usual.number > found.number:
        raise BackupError(f"{path} is older than the list at {at_home}, which says more. {NEWEST}")
    return found


def _bring_up(settings: Settings, target: Target, about: About, gone: Erased | None) -> int:
    """The newest step, what was erased since is erased again, and a line in each partnership's audit; how many rows."""
    address = target.url.render_as_string(hide_password=False)
    app = create_app(settings.model_copy(update={"database_url": address, "database_owner_url": ""}))
    with app.app_context():
        run.upgrade(db.engine)
        if settings.database_owner_url:
            wall.let_in(db.engine, sa.make_url(settings.database).username or "")
        if gone and gone.number < erased.newest():
            raise BackupError(
                f"This list of what was erased is older than the backup, which knows a newer one. {NEWEST}"
            )
        db.session.rollback()
        count = erased.replay(gone.marks) if gone else 0
        places = [row.id for row in queries.list_partnerships()]
        with transaction():
            erasing.keep(gone.marks if gone else {})
            erased.know(gone.number if gone else 0)
    for place in places:
        with app.app_context():
            scope.enter(place)
            with transaction():
                erasing.do_again(gone.marks if gone else {})
                audit.record("backup-restored", "partnership", None, made_on=about.made_on.isoformat())
    with app.app_context():
        db.engine.dispose()
    return count


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


VERBS = (backup, restore)
