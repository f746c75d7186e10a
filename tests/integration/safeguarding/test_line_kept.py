"""C6: whose line is kept from a matter, and what goes when it turns out that it is not about one of two."""

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core.database import begin_write
from engage.core.ids import new_id
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding import queries_apart, service_apart
from engage.safeguarding.models_duty import Concerned
from tests.integration.safeguarding.test_apart import manage
from tests.support.apps import within
from tests.support.people import staff

NAMES = ("ann", "bob", "mia", "max", "top")


@pytest.fixture
def team(app: Flask, partnership: uuid.UUID) -> dict[str, uuid.UUID]:
    """Mia manages Ann, Max manages Bob, Top manages both of them."""
    made = {name: staff(app, partnership, name, Role.SAFEGUARDING_LEAD) for name in NAMES}
    above = {"ann": "mia", "bob": "max", "mia": "top", "max": "top"}
    manage(app, partnership, {made[one]: made[other] for one, other in above.items()})
    return made


class Matter:
    """One matter, of which is said whom it is about."""

    def __init__(self, app: Flask, place: uuid.UUID, team: dict[str, uuid.UUID]) -> None:
        self.id, self._app, self._place, self._team = new_id(), app, place, team

    def about(self, *names: str) -> set[str]:
        """Say whom it is about; who is kept from it then."""
        with within(self._app, self._place):
            with transaction():
                service_apart.concern("case", self.id, [self._team[name] for name in names])
            kept = queries_apart.blocked([self.id]).get(self.id, frozenset())
        return {name for name, account in self._team.items() if account in kept}


@pytest.fixture
def matter(app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]) -> Matter:
    return Matter(app, partnership, team)


def test_c6_who_is_named_no_more_takes_their_own_line_with_them(matter: Matter) -> None:
    """Mia sees it again; Top stays, who manages Bob's manager as well."""
    assert matter.about("ann", "bob") == set(NAMES)
    assert matter.about("bob") == {"bob", "max", "top"}
    assert matter.about("ann", "bob") == set(NAMES)
    assert matter.about("ann") == {"ann", "mia", "top"}
    assert matter.about() == set()


def test_c6_another_manager_opens_nothing_for_who_is_still_named(
    app: Flask, partnership: uuid.UUID, matter: Matter, team: dict[str, uuid.UUID]
) -> None:
    """Bob changes from Max to Mia after he was named, and Max then manages Ann: Max stays kept from it for Bob."""
    matter.about("ann", "bob")
    manage(app, partnership, {team["bob"]: team["mia"], team["ann"]: team["max"]})
    assert matter.about("ann", "bob") == set(NAMES)
    assert matter.about("bob") == {"bob", "mia", "max", "top"}
    assert matter.about("bob") == {"bob", "mia", "max", "top"}


def test_c6_a_manager_who_was_named_too_stays_kept_from_it_for_whom_they_managed(
    app: Flask, partnership: uuid.UUID, matter: Matter, team: dict[str, uuid.UUID]
) -> None:
    matter.about("ann", "mia")
    manage(app, partnership, {team["ann"]: None})
    assert matter.about("ann") == {"ann", "mia", "top"}


def test_c6_of_what_was_written_before_the_whole_line_stays_while_anybody_is_still_named(
    app: Flask, partnership: uuid.UUID, matter: Matter
) -> None:
    """Nobody knows any more for whom they are kept from it: that opens nothing."""
    matter.about("ann", "bob")
    with within(app, partnership), transaction():
        begin_write().execute(sa.update(Concerned).values(kept_for=None))
    assert matter.about("bob") == {"bob", "mia", "max", "top"}
    assert matter.about("bob") == {"bob", "mia", "max", "top"}
    assert matter.about() == set()
