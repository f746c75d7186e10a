"""The command's root: every group of verbs is listed here once."""

import click

from engage.cli import people, serving, system

VERBS = (*system.VERBS, *serving.VERBS, *people.VERBS)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Engage: surveys, voices and assurance for safeguarding children partnerships."""


for verb in VERBS:
    main.add_command(verb)
