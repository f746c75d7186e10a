"""Verbs of reports: make one from the newest results and themes, freeze it, write its files."""

from pathlib import Path

import click

from engage.adapters.documents.pdf import INSTALL, available
from engage.assurance.reports import files, queries, service, sources
from engage.assurance.reports.kinds import FORMATS, KINDS
from engage.assurance.reports.service import Chosen
from engage.cli.support import inside, partnership_option, plainly
from engage.core import languages
from engage.core.transaction import transaction


@click.group(name="report")
def report_group() -> None:
    """Assurance reports."""


@report_group.command(name="make")
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.option("--title", required=True, help="What it is about: the priority area.")
@click.option("--format", "formats", default=",".join(FORMATS), show_default=True, help="Formats, parted by commas.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Folder for the files.")
@click.option("--language", type=click.Choice(languages.complete_codes()), default=languages.DEFAULT)
@partnership_option
@plainly
def report_make(kind: str, title: str, formats: str, out: Path, language: str, slug: str | None) -> None:
    """Make a report of KIND from each survey's newest results and every open theme, freeze it and write its files."""
    wanted = _formats(formats)
    if "pdf" in wanted and not available():
        raise click.ClickException(INSTALL)
    with inside(slug):
        with transaction():
            report_id = service.start_report(kind, title, Chosen(**sources.newest()), None)
            sha256 = service.freeze_report(report_id, None, language)
        row = queries.get_report(report_id)
        content = row.content if row and row.content else {}
        made = [files.written(content, sha256, form) for form in wanted]
    out.mkdir(parents=True, exist_ok=True)
    for file in made:
        (out / file.name).write_bytes(file.body)
        click.echo(f"Written: {out / file.name}")
    click.echo(f"SHA-256 of its content: {sha256}")


def _formats(said: str) -> list[str]:
    wanted = [one.strip() for one in said.split(",") if one.strip()]
    unknown = [one for one in wanted if one not in FORMATS]
    if unknown or not wanted:
        raise click.BadParameter(f"choose from {', '.join(FORMATS)}", param_hint="--format")
    return wanted


VERBS = (report_group,)
