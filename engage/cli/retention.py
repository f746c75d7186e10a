"""Verbs of keeping: what is old, and doing the run that two people have said yes to."""

import click

from engage.cli.support import inside, partnership_option, plainly
from engage.core import retention
from engage.core.database import db
from engage.desk.rights.kinds import KINDS


@click.group(name="retention")
def retention_group() -> None:
    """How long things are kept."""


@retention_group.command(name="dry-run")
@partnership_option
@plainly
def dry_run(slug: str | None) -> None:
    """Say what is older than it should be; nothing is deleted. Small numbers stay hidden."""
    with inside(slug):
        for line in retention.dry_run(KINDS):
            click.echo(f"{line.kind}: {line.months} months, before {line.old.day}: {_number(line.count)}")
        db.session.rollback()


@retention_group.command(name="run")
@partnership_option
@plainly
def run(slug: str | None) -> None:
    """Do the run that one administrator proposed and another approved; the worker does the same within minutes."""
    with inside(slug):
        waiting = retention.waiting()
        if waiting is None or waiting.approved_by is None:
            raise click.ClickException("No run is approved: propose and approve one under Data.")
        for key, count in retention.perform(KINDS).items():
            click.echo(f"{key}: {_number(count)}")


def _number(count: int | None) -> str:
    return "fewer than 10" if count is None else f"about {count}"


VERBS = (retention_group,)
