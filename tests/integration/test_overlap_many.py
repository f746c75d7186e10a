"""More said of whose answers these are than can be looked at together: refused in words, never held to a part (D2)."""

import uuid
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from engage.core.errors import Refused
from engage.core.transaction import transaction
from engage.listening.surveys import queries as surveys
from engage.listening.surveys.queries import SurveyRow
from engage.people.kinds import Role
from engage.rules.disclosure.audit import TooLarge
from engage.rules.disclosure.overlap import Relation, public_of
from engage.understanding.releases import queries_ledger, service, service_overlap
from tests.factories.responses import add_responses
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff
from tests.support.results import ALIKE


def _survey(slug: str) -> SurveyRow:
    survey = surveys.get_survey(slug)
    assert survey is not None
    return survey


def _held(app: Flask, partnership: uuid.UUID) -> int:
    """To how many releases the team's next is held."""
    with within(app, partnership):
        team = _survey("team")
        assert team.version is not None
        queries_ledger.public_so_far(team.version.id, team.id)
        return len(queries_ledger.entries(team.version.id, team.id))


def test_d2_true_words_that_are_too_many_let_no_team_out_of_its_council(
    app: Flask, client: PageClient, partnership: uuid.UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D2: other services declared within the council, each true, made the team be held to its service alone."""
    monkeypatch.setattr(queries_ledger, "public_of", partial(public_of, most_groups=4))
    by = staff(app, partnership, "ana", Role.ANALYST)
    for slug in ("team", "service", "council", "other", "another"):
        open_as_it_is(app, partnership, ALIKE, slug)
        add_responses(app, partnership, slug, 40)

    def make(slug: str) -> None:
        with within(app, partnership), transaction():
            service.make_release(slug, service.Place(tmp_path / "snapshots", 1, lambda: 0.0), None)

    def say(slug: str, other: str, relation: Relation) -> None:
        with within(app, partnership), transaction():
            service_overlap.declare(slug, _survey(other).id, relation, by)

    for slug in ("council", "other", "another"):
        make(slug)
    say("team", "service", Relation.WITHIN)
    say("service", "council", Relation.WITHIN)
    assert _held(app, partnership) == 1
    say("other", "council", Relation.WITHIN)
    assert _held(app, partnership) == 2
    say("another", "council", Relation.WITHIN)
    with pytest.raises(TooLarge):
        _held(app, partnership)
    with pytest.raises(Refused, match="release-too_many_said"):
        make("team")
    sign_in(client, "ana")
    page = client.submit("/staff/results/team", to="/staff/results/team/releases")
    assert (page.status_code, "cannot all be checked together" in page.text) == (409, True)
    for one, other in (("other", "another"), ("service", "other"), ("service", "another")):
        say(one, other, Relation.APART)
    assert _held(app, partnership) == 3
    make("team")
