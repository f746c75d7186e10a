"""The verb of answers: load them from elsewhere."""

from pathlib import Path

import click

from engage.cli.support import counted, inside, partnership_option, plainly
from engage.core.transaction import transaction
from engage.listening.surveys import importing, queries, supplying
from engage.rules.questionnaire.import_rows import RowProblem, read_csv

_NAMED = 10


@click.group(name="responses")
def responses_group() -> None:
    """Answers."""


@responses_group.command(name="import")
@click.argument("survey")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--skip-bad", is_flag=True, help="Load the good rows although some are bad.")
@click.option("--same-answers", is_flag=True, help="Load rows like those of an earlier file too: other people's.")
@partnership_option
@plainly
def responses_import(survey: str, file: Path, skip_bad: bool, same_answers: bool, slug: str | None) -> None:
    """Load answers to SURVEY from a CSV file: all rows or none; comments are screened and wait to be read."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file.name} is not UTF-8 text: save it as CSV UTF-8.") from error
    with inside(slug):
        row = queries.get_survey(survey)
        if row is None or row.version is None:
            raise click.ClickException(f"There is no survey {survey}.")
        rows, problems = read_csv(supplying.filled(queries.definition_of(row.version.id)), text)
        _tell(file.name, problems)
        if problems and not (skip_bad and rows):
            raise click.ClickException(f"{counted(len(problems), 'problem')}; nothing was loaded.")
        load = importing.prepare_import(survey, rows, are_others=same_answers)
        _refuse_twice(importing.lines_loaded_before(load), len(rows))
        with transaction():
            count = importing.store_import(load)
    click.echo(f"{counted(count, 'response')} {'was' if count == 1 else 'were'} loaded into {survey}.")


def _tell(name: str, problems: tuple[RowProblem, ...]) -> None:
    for problem in problems:
        where = f"{name}:{problem.line}" + (f" {problem.column}" if problem.column else "")
        click.echo(f"{where}: {problem.reason}", err=True)


def _refuse_twice(lines: list[int], of: int) -> None:
    """A row that stood in the same line of an earlier file may be the same person's, or somebody's who said the same:
    only whoever has the files knows.
    """
    if not lines:
        return
    named = ", ".join(map(str, lines[:_NAMED])) + (" ..." if len(lines) > _NAMED else "")
    which = "These answers were" if len(lines) == of else f"{len(lines)} of {of} rows were (line {named})"
    raise click.ClickException(
        f"{which} loaded before; nothing was loaded. If other people gave the same answers, add --same-answers."
    )


VERBS = (responses_group,)
