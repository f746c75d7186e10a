"""Verbs of translations: a survey's texts out to a translator's file, and back."""

from pathlib import Path

import click

from engage.cli.support import counted, inside, partnership_option, plainly
from engage.core import languages
from engage.core.transaction import transaction
from engage.listening.translating import queries, service
from engage.rules.exchange.po import write_po
from engage.rules.exchange.segments import Remark
from engage.rules.exchange.xliff import write_xliff
from engage.rules.exchange.xliff_read import LARGEST

_language = click.argument("language", type=click.Choice([code for code in languages.codes() if code != "en"]))


@click.command(name="export-translation")
@click.argument("survey")
@_language
@click.option("--format", "kind", type=click.Choice(["xliff", "po"]), default="xliff", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; SURVEY.LANGUAGE.xlf or .po.")
@partnership_option
@plainly
def export_translation(survey: str, language: str, kind: str, out: Path | None, slug: str | None) -> None:
    """Write what is to be translated in SURVEY into LANGUAGE, and what is translated already, to a file."""
    out = out or Path(f"{survey}.{language}.{'xlf' if kind == 'xliff' else 'po'}")
    with inside(slug):
        definition = queries.standing(survey).definition
    content = write_xliff(definition, language) if kind == "xliff" else write_po(definition, language).encode()
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(f"{out} is written.")


@click.command(name="import-translation")
@click.argument("survey")
@_language
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@partnership_option
@plainly
def import_translation(survey: str, language: str, file: Path, slug: str | None) -> None:
    """Take a translator's XLIFF or PO FILE into the working copy of SURVEY: all of it or nothing."""
    with file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    with inside(slug), transaction():
        taken = service.take_in(survey, language, content, None)
    for remark in (*taken.problems, *taken.notes):
        click.echo(_line(file, remark), err=True)
    if taken.definition is None:
        raise click.ClickException(f"{counted(len(taken.problems), 'problem')}; nothing was taken.")
    click.echo(f"{taken.changed} texts were changed, {taken.same} were the same. What changed is a draft.")


def _line(file: Path, remark: Remark) -> str:
    where = f"{file.name} {remark.place}".strip()
    return f"{where}: {remark.unit}: {remark.reason}" if remark.unit else f"{where}: {remark.reason}"


SURVEY_VERBS = (export_translation, import_translation)
