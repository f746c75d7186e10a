"""The command's root: every group of verbs is listed here once."""

import click

from engage.cli import backups as backup_verbs
from engage.cli import demo as demo_verbs
from engage.cli import people as people_verbs
from engage.cli import releases as release_verbs
from engage.cli import reports as report_verbs
from engage.cli import responses as response_verbs
from engage.cli import retention as retention_verbs
from engage.cli import serving as serving_verbs
from engage.cli import surveys as survey_verbs
from engage.cli import system as system_verbs
from engage.cli import translations as translation_verbs
from engage.cli import xlsforms as xlsform_verbs

VERBS = (
    *system_verbs.VERBS,
    *backup_verbs.VERBS,
    *demo_verbs.VERBS,
    *serving_verbs.VERBS,
    *people_verbs.VERBS,
    *survey_verbs.VERBS,
    *response_verbs.VERBS,
    *release_verbs.VERBS,
    *report_verbs.VERBS,
    *retention_verbs.VERBS,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Engage: surveys, voices and assurance for safeguarding children partnerships."""


for verb in VERBS:
    main.add_command(verb)
for verb in (*translation_verbs.SURVEY_VERBS, *xlsform_verbs.SURVEY_VERBS):
    survey_verbs.survey_group.add_command(verb)
