"""The verb of the demo: an invented partnership for trying things out."""

import click

from engage.cli.support import plainly, product
from engage.desk import help as help_now
from engage.desk.demo import service, sign_ins
from engage.people import queries as people


@click.command()
@click.option("--if-empty", is_flag=True, help="Build it only where there is no partnership yet.")
@plainly
def demo(if_empty: bool) -> None:
    """Build Larkmoor, an invented partnership with a year of answers, and say how its people sign in."""
    with product() as app:
        settings = app.extensions["engage_settings"]
        if not (if_empty and people.list_partnerships()):
            if service.is_there():
                raise click.ClickException("Larkmoor is here already. Nothing was changed.")
            click.echo("Building Larkmoor, an invented place, for trying things out (about half a minute) ...")
            passwords = app.extensions["engage_passwords"]
            service.build(service.Installation(settings.home, passwords, settings.release_day))
            help_now.render_all(app)
        if service.is_there():
            for line in sign_ins.read(settings.home):
                click.echo(line)


VERBS = (demo,)
