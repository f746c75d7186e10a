"""Verbs of XLSForm: a survey from a workbook, and a survey as one."""

from pathlib import Path

import click

from engage.cli.support import inside, partnership_option, plainly
from engage.core.transaction import transaction
from engage.listening.translating.queries import standing
from engage.listening.xlsforms import service
from engage.rules.xlsform.workbook import LARGEST, Finding
from engage.rules.xlsform.writing import write_xlsform


@click.command(name="import-xlsform")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slug", "name", help="Its address; the form's own name when left out.")
@click.option("--like", default="your-voice", show_default=True, help="Ready-made survey whose intro is borrowed.")
@partnership_option
@plainly
def import_xlsform(file: Path, name: str | None, like: str, slug: str | None) -> None:
    """Begin a survey from an XLSForm FILE: all of it, or the list of what does not fit."""
    with file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    with inside(slug), transaction():
        found = service.take_in(content, like, name, None)
    for finding in found.findings:
        click.echo(_line(file, finding), err=True)
    if found.definition is None:
        cells = "1 cell was" if len(found.refused) == 1 else f"{len(found.refused)} cells were"
        raise click.ClickException(f"{cells} refused; nothing was taken.")
    count = len(found.definition.questions)
    asked = "1 question" if count == 1 else f"{count} questions"
    click.echo(f"{found.definition.survey} is here as a draft with {asked}.")


def write_workbook(survey: str, out: Path) -> None:
    """Write the survey as a workbook and say what it cannot hold (inside a partnership)."""
    exported = write_xlsform(standing(survey).definition)
    try:
        out.write_bytes(exported.content)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    for told in exported.lost:
        click.echo(f"{told.place}: {told.reason}", err=True)
    click.echo(f"{out} is written.")


def _line(file: Path, finding: Finding) -> str:
    place = finding.place
    where = " ".join(part for part in (place.sheet, f"row {place.row}" if place.row else "", place.column) if part)
    kind = "" if finding.is_refused else "not the same here: "
    return f"{file.name}: {where}: {kind}{finding.reason}" if where else f"{file.name}: {kind}{finding.reason}"


SURVEY_VERBS = (import_xlsform,)
