"""Verbs of surveys: check, load, publish, close and export definitions."""

import uuid
from datetime import date
from pathlib import Path

import click
from flask import g

from engage import paths
from engage.cli.support import counted, inside, partnership_option, plainly, site
from engage.cli.xlsforms import write_workbook
from engage.core.transaction import transaction
from engage.listening.bank import service as bank
from engage.listening.making import queries as copies
from engage.listening.making import service as making
from engage.listening.surveys import queries, service, service_gate
from engage.people import queries as people
from engage.rules.questionnaire.bank import search
from engage.rules.questionnaire.checks import check, musts
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import DefinitionError, load


def read_definition(source: str) -> Definition:
    """The definition in a file, or the ready-made one of that name; every fault is one line."""
    path = Path(source)
    if not path.is_file():
        path = paths.surveys() / f"{source}.yaml"
    if not path.is_file():
        raise click.ClickException(f"There is no file {source} and no ready-made survey of that name.")
    try:
        return load(path.read_text(encoding="utf-8"), path.name)
    except DefinitionError as error:
        raise click.ClickException(str(error)) from error


def read_day(text: str | None) -> date | None:
    """A date written as 2026-12-11."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text} is not a date like 2026-12-11") from error


@click.group(name="survey")
def survey_group() -> None:
    """Surveys and their definitions."""


@survey_group.command(name="check")
@click.argument("source")
@plainly
def survey_check(source: str) -> None:
    """Check a definition: SOURCE is a YAML file or the name of a ready-made survey."""
    findings = check(read_definition(source))
    for finding in findings:
        weight = "" if finding.weight == "must" else "(worth a look) "
        click.echo(f"{finding.place or finding.question or source}: {weight}{finding.message} [{finding.code}]")
        click.echo(f"  {finding.why} Instead: {finding.write}.")
    if musts(findings):
        raise SystemExit(1)
    click.echo("Nothing that has to be put right.")


@survey_group.command(name="library")
@click.argument("words", nargs=-1)
def survey_library(words: tuple[str, ...]) -> None:
    """What comes ready: every survey; with WORDS the single questions that have them."""
    if not words:
        for name, definition in bank.ready_surveys().items():
            title, count = definition.title.say("en").text, len(definition.questions)
            click.echo(
                f"{name}: {title} ({definition.audience}, {count} questions, {definition.intro.minutes} minutes)"
            )
        return
    for found in search(bank.questions().values(), words=" ".join(words)):
        tags = f" [{', '.join(found.question.tags)}]" if found.question.tags else ""
        click.echo(f"{found.key}: {found.question.text.say('en').text}{tags}")


@survey_group.command(name="load")
@click.argument("source")
@click.option("--slug", "name", help="Its address; the definition's own name when left out.")
@click.option("--replace", is_flag=True, help="Although somebody has a working copy of it: that one is lost.")
@partnership_option
@plainly
def survey_load(source: str, name: str | None, replace: bool, slug: str | None) -> None:
    """Load a definition as a new survey, or as a new version of one that is there.

    With something to put right first it stays a working copy, which `publish` takes further.
    """
    definition = read_definition(source)
    name = name or definition.survey
    with inside(slug):
        with transaction():
            copy = _load(name, definition, replace=replace)
            if not making.check(name, copy.revision):
                making.publish(name, copy.revision, None)
        row, waiting = queries.get_survey(name), copies.find(name)
        is_live = row is not None and row.is_live
        count = len(service_gate.findings(name, waiting.definition, is_live=is_live)) if waiting is not None else 0
    if waiting is not None:
        click.echo(f"{name} is a working copy: {counted(count, 'thing')} to put right (engage survey check).")
    elif row is not None and row.version is not None:
        click.echo(f"{name} is at version {row.version.number}, {row.version.sha256[:16]}.")


def _load(name: str, definition: Definition, *, replace: bool) -> copies.CopyRow:
    """The working copy of survey `name`, saying what `definition` says."""
    if queries.get_survey(name) is None:
        return making.create(name, definition, None)
    if copies.find(name) is not None and not replace:
        raise click.ClickException(f"Somebody has a working copy of {name}. Publish it first, or use --replace.")
    copy = making.begin(name, None)
    return making.change(name, copy.revision, definition, None)


@survey_group.command(name="publish")
@click.argument("survey")
@click.option("--closes-on", help="Last day, like 2026-12-11.")
@click.option("--tell-by", help="Day by which people are told what was heard.")
@click.option("--by", help="Who decides: the name somebody signs in with.")
@click.option("--because", multiple=True, help="CODE=REASON: publish in spite of what the gate found, for this reason.")
@partnership_option
@plainly
def survey_publish(
    survey: str, closes_on: str | None, tell_by: str | None, by: str | None, because: tuple[str, ...], slug: str | None
) -> None:
    """Publish the working copy of SURVEY, if it has one, and open SURVEY for answers."""
    with inside(slug) as app:
        _tell_findings(survey)
        place = next(row for row in people.list_partnerships() if slug in {None, row.slug})
        decider, reasons = _decider(by, place.id), _reasons(because)
        if reasons and decider is None:
            raise click.ClickException("Say who decides: --by NAME.")
        with transaction():
            copy = copies.find(survey)
            if copy is not None:
                making.publish(survey, copy.revision, decider, reasons)
            elif reasons:
                service.answer_for(survey, reasons, decider)
            row = queries.get_survey(survey)
            if closes_on or tell_by or row is None or not row.is_open:
                service.open_survey(survey, closes_on=read_day(closes_on), tell_by=read_day(tell_by))
        settings = app.extensions["engage_settings"]
    click.echo(f"{survey} is open at {site(settings)}/{place.slug}/surveys/{survey}")


def _decider(sign_in: str | None, partnership_id: uuid.UUID) -> uuid.UUID | None:
    """Whose decision it is; from here on what is written down names them."""
    if sign_in is None:
        return None
    account = people.get_account(sign_in)
    if account is None or account.partnership_id != partnership_id:
        raise click.ClickException(f"Nobody signs in as {sign_in}.")
    g.engage_actor = account.id
    return account.id


def _reasons(because: tuple[str, ...]) -> dict[str, str]:
    """CODE=REASON pairs."""
    pairs = [pair.partition("=") for pair in because]
    if any(not (code and words) for code, _equals, words in pairs):
        raise click.BadParameter("write --because CODE=REASON")
    return {code: words for code, _equals, words in pairs}


def _tell_findings(survey: str) -> None:
    """Say what must be put right before the survey can open, one line each, with its code."""
    row, copy = queries.get_survey(survey), copies.find(survey)
    definition = copy.definition if copy else row.definition if row else None
    for finding in service_gate.findings(survey, definition) if definition else ():
        click.echo(f"{finding.place or finding.question or survey}: {finding.message} [{finding.code}]", err=True)


@survey_group.command(name="close")
@click.argument("survey")
@partnership_option
@plainly
def survey_close(survey: str, slug: str | None) -> None:
    """Take no more answers to SURVEY."""
    with inside(slug), transaction():
        service.close_survey(survey)
    click.echo(f"{survey} is closed.")


@survey_group.command(name="export")
@click.argument("survey")
@click.option("--working-copy", is_flag=True, help="What it will ask next, not what it asks now.")
@click.option("--xlsform", type=click.Path(dir_okay=False, path_type=Path), help="Write an XLSForm workbook instead.")
@partnership_option
@plainly
def survey_export(survey: str, working_copy: bool, xlsform: Path | None, slug: str | None) -> None:
    """Print the newest definition of SURVEY as YAML."""
    if xlsform is not None:
        with inside(slug):
            write_workbook(survey, xlsform)
        return
    with inside(slug):
        row, copy = queries.get_survey(survey), copies.find(survey)
        if working_copy:
            text = copy.definition_text if copy else None
        else:
            text = queries.definition_text(row.version.id) if row and row.version else None
    if text is None:
        raise click.ClickException(f"There is no survey {survey}.")
    click.echo(text, nl=False)


VERBS = (survey_group,)
