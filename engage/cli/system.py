"""Verbs of the installation: migrate, doctor, audit verify."""

import os

import click

from engage.cli.support import inside, partnership_option, plainly, product
from engage.core import audit, wall
from engage.core.database import as_owner, db
from engage.listening.casework import queries_glass
from engage.migrations import run
from engage.safeguarding import alerts, notices
from engage.safeguarding.contact import queries_alone
from engage.settings import Settings
from engage.understanding.releases import service_whole

# For whoever runs the host: nothing of what it is about, for it may be about whoever reads this over their shoulder.
_ALONE = (
    "In {slug} a request waits for a second person, nobody there may decide on it, and every administrator is kept from"
    " it: tell none of them. Add somebody else who may: engage account add <e-mail> <name> --role"
    " safeguarding-lead --partnership {slug}."
)
_UNTOLD = (
    "In {slug} something waits that nobody there may open, and every administrator is kept from it as well: tell none"
    " of them, nor anybody who decides there. A child may be in danger: add somebody from outside today: engage account"
    " add <e-mail> <name> --role safeguarding-lead --partnership {slug}; and, where nobody reads what went to the LADO"
    " or to whistleblowing, others with --role allegations-lead and --role whistleblowing-lead."
)
_NO_MAIL = "No alert about a child goes out: set ENGAGE_SMTP_URL, ENGAGE_MAIL_FROM and ENGAGE_SITE_URL."
_NO_ADDRESS = (
    "In {slug} nobody who decides on flags signs in with an e-mail address, so no alert reaches anybody: add somebody"
    " who does: engage account add <e-mail> <name> --role safeguarding-lead --partnership {slug}."
)


@click.command()
@plainly
def migrate() -> None:
    """Bring the database to the newest step."""
    with product(migrate=True):
        click.echo(f"The database is at step {run.HEAD}.")


@click.command()
def doctor() -> None:
    """Say what is wrong with this set-up, one line each, and what to do."""
    settings = Settings()
    faults: list[str] = []
    if not settings.home.is_dir():
        faults.append(f"{settings.home} is missing: it is made by `engage migrate`.")
    elif not os.access(settings.home, os.W_OK):
        faults.append(f"{settings.home} can't be written: give the service's user the right to.")
    try:
        faults += _faults_within()
    except click.ClickException as error:
        faults.append(error.message)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise SystemExit(1)
    click.echo("Nothing is wrong.")


@plainly
def _faults_within() -> list[str]:
    with product():
        alone = [_ALONE.format(slug=slug) for slug in queries_glass.places_without()]
        untold = [_UNTOLD.format(slug=slug) for slug in queries_alone.places_without()]
        return [*wall.faults(db.engine, as_owner()), *_unheard(), *untold, *alone]


def _unheard() -> list[str]:
    """What keeps alerts from going out, however the worker runs (`/healthz/alerts` tells of that too)."""
    mail = [_NO_MAIL] if alerts.places_relying() and not notices.is_set_up() else []
    return [*mail, *(_NO_ADDRESS.format(slug=slug) for slug in alerts.places_unreachable())]


@click.group(name="audit")
def audit_group() -> None:
    """The audit chain."""


@audit_group.command(name="verify")
@partnership_option
@plainly
def audit_verify(slug: str | None) -> None:
    """Walk the hash chain of audit events, and hold every release to its fingerprint."""
    with inside(slug):
        broken, changed = audit.verify(), service_whole.not_whole()
        db.session.rollback()
    if broken is not None:
        raise click.ClickException(f"The chain is broken at event {broken}.")
    if changed:
        raise click.ClickException(" ".join(changed))
    click.echo("The audit chain is whole.")


VERBS = (migrate, doctor, audit_group)
