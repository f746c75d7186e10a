"""Verbs of people: the first partnership, the first administrator."""

import re

import click

from engage.cli.support import inside, partnership_option, plainly, product, site
from engage.core import languages
from engage.core.transaction import transaction
from engage.people import service
from engage.people.kinds import Role
from engage.settings import Settings
from engage.web.places import RESERVED


@click.group(name="partnership")
def partnership_group() -> None:
    """Partnerships."""


@partnership_group.command(name="add")
@click.argument("slug")
@click.argument("name")
@click.option("--short-name", help="What pages call the place, for instance Larkmoor.")
@click.option("--language", "codes", multiple=True, default=("en", "ar"), show_default=True)
@plainly
def partnership_add(slug: str, name: str, short_name: str | None, codes: tuple[str, ...]) -> None:
    """Start a partnership: SLUG is its address (larkmoor), NAME its full name."""
    if slug in RESERVED or not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug):
        raise click.BadParameter("use lower-case letters, digits, hyphens; no reserved word", param_hint="SLUG")
    unknown = set(codes) - set(languages.codes())
    if unknown:
        raise click.BadParameter(f"unknown language: {', '.join(sorted(unknown))}", param_hint="--language")
    with product(migrate=True), transaction():
        service.add_partnership(slug, name, short_name or name.split(maxsplit=1)[0], codes)
    click.echo(f"{name} is at /{slug}/. Next: engage account add")


@click.group(name="account")
def account_group() -> None:
    """Accounts."""


@account_group.command(name="add")
@click.argument("sign_in")
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@partnership_option
@plainly
def account_add(sign_in: str, name: str, roles: tuple[str, ...], slug: str | None) -> None:
    """Add an account and print the one-time link with which NAME sets a password."""
    settings = Settings()
    with inside(slug), transaction():
        account_id = service.add_account(name, sign_in, [Role(role) for role in roles])
        token = service.new_password_link(account_id)
    click.echo(f"Set the password within {service.LINK_HOURS} hours:")
    click.echo(f"  {site(settings)}/staff/set-password/{token}")


VERBS = (partnership_group, account_group)
