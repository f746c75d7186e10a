"""Verbs that run the product: serve and worker."""

import click

from engage import worker as worker_process
from engage.cli.support import plainly, product
from engage.core.database import db
from engage.desk import help as help_now
from engage.serve import parent
from engage.settings import Settings


def _check() -> Settings:
    """The settings, once it is sure that the key file and the database can be used with them."""
    with product() as app:
        help_now.render_all(app)
        db.engine.dispose()
    return Settings()


@click.command()
@plainly
def serve() -> None:
    """Serve pages and run the worker until told to stop. Never loads the demo."""
    settings = _check()
    try:
        status = parent.serve(settings)
    except parent.PortTaken as error:
        raise click.ClickException(str(error)) from error
    raise SystemExit(status)


@click.command()
@plainly
def worker() -> None:
    """Run only the worker: where web servers run elsewhere. Several may wait; one works."""
    raise SystemExit(worker_process.run(_check()))


VERBS = (serve, worker)
