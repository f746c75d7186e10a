"""Verbs of releases: freeze results, print exactly what may be seen."""

import click

from engage.cli.support import inside, partnership_option, plainly
from engage.core.errors import Refused
from engage.core.transaction import Saved, transaction, transactional
from engage.understanding.releases import exports, queries, service, service_tries


@click.group(name="release")
def release_group() -> None:
    """Frozen results."""


@release_group.command(name="make")
@click.argument("survey")
@partnership_option
@plainly
def release_make(survey: str, slug: str | None) -> None:
    """Freeze a release of SURVEY."""
    with inside(slug) as app:
        settings = app.extensions["engage_settings"]
        place = service.Place(settings.home / "snapshots", settings.release_day)

        @transactional  # begins to write when the audit is done: nobody else waits a minute to be stored
        def freeze() -> Saved:
            return Saved(str(service.make_release(survey, place, None)))

        try:
            freeze()
        except Refused as refusal:
            with transaction():
                service_tries.note(survey, refusal.reason)
            raise
        shown = queries.show(survey)
    click.echo(f"Release {shown['release']} of {survey} is frozen." if shown else "")


@release_group.command(name="show")
@click.argument("survey")
@click.option("--release", "number", type=int, help="Number of the release; the newest when left out.")
@click.option("--json", "as_json", is_flag=True, help="The whole release as JSON.")
@partnership_option
@plainly
def release_show(survey: str, number: int | None, as_json: bool, slug: str | None) -> None:
    """Print exactly what may be seen of SURVEY."""
    with inside(slug):
        shown = queries.show(survey, number)
    if shown is None:
        raise click.ClickException(f"There is no release of {survey}.")
    if as_json:
        click.echo(exports.as_json(shown))
        return
    click.echo(f"{survey}, release {shown['release']}, frozen on {shown['frozen_on']}")
    for table in shown["tables"]:
        if not table["filters"]:
            cells = ", ".join(f"{cell['option']}: {_words(cell['count'])}" for cell in table["cells"])
            click.echo(f"  {table['question']} (people: {_words(table['base'])}): {cells}")


def _words(count: int | None) -> str:
    return "hidden" if count is None else str(count)


VERBS = (release_group,)
