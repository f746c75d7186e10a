"""The place itself: partnership, agencies, services, help numbers, accounts."""

import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from engage.core import clock
from engage.core.crypto import new_secret
from engage.desk.demo import texts
from engage.desk.demo.cast import Cast
from engage.people import service as people
from engage.people.kinds import Role
from engage.people.passwords import Passwords
from engage.safeguarding.codebooks import words_of


@dataclass(frozen=True)
class SignIn:
    """How one of the invented people signs in."""

    role: Role
    name: str
    password: str

    @property
    def line(self) -> str:
        """Role, sign-in name and password, parted by blanks."""
        return f"{self.role.value} {self.name} {self.password}"


@dataclass(frozen=True)
class Prepared:
    """A sign-in whose password is hashed."""

    person: texts.PersonText
    sign_in: SignIn
    password_hash: str


def prepare_people(passwords: Passwords) -> list[Prepared]:
    """A random password for everybody, hashed. Slow: before the write transaction."""
    persons = texts.place().people
    chosen = ["-".join(key for _, key in words_of(new_secret() + new_secret(), "en")) for _ in persons]
    with ThreadPoolExecutor() as pool:
        hashes = list(pool.map(passwords.hash, chosen))
    return [
        Prepared(person, SignIn(person.role, person.sign_in, password), stored)
        for person, password, stored in zip(persons, chosen, hashes, strict=True)
    ]


def build_place(prepared: Sequence[Prepared]) -> Cast:
    """Start the partnership and enter it."""
    place = texts.place()
    partnership = people.add_partnership(place.slug, place.name, place.short_name, place.languages, is_invented=True)
    people.show_drafts(partnership, wanted=True)  # nobody can have checked the words of an invented place
    agencies = {key: people.add_agency(agency.name, agency.kind) for key, agency in place.agencies.items()}
    services = {
        key: people.add_service(agencies[service.agency], service.name, service.about)
        for key, service in place.services.items()
    }
    for position, number in enumerate(place.numbers, 3):  # 999 and Childline are the first two
        checked_on = clock.in_days(-number.checked)
        people.add_help_number(position, number.name, number.number, number.about, checked_on)
    accounts: list[tuple[Role, uuid.UUID]] = []
    for one in prepared:
        person = one.person
        account = people.add_account(person.name, person.sign_in, [person.role], password_hash=one.password_hash)
        accounts.append((person.role, account))
    first = dict(reversed(accounts))  # where several hold a role, the one who stands first
    return Cast(services, first, tuple(account for role, account in accounts if role is Role.YOUNG_INSPECTOR))
