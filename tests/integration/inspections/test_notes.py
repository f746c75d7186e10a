"""An inspector's notes: a shared one is heard like any other voice and names nobody; a private one stays private."""

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.inspections import queries, scoring
from engage.listening.inspections.models import Score
from engage.people.kinds import Role
from engage.safeguarding import queries as safeguarding
from engage.voices import queries as voices
from engage.voices import service, sources
from engage.voices.kinds import Channel
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.inspections import CRITERIA, KEYS, Planned, lock, planned, score
from tests.support.people import sign_in, staff

HARM = "My stepdad hits me every night"


def note(
    app: Flask, partnership: uuid.UUID, visit: Planned, name: str, words: str, *, share: bool, key: int = 0
) -> None:
    with within(app, partnership), transaction():
        scoring.save_score(visit.id, visit.team[name], KEYS[key], 2, note=words, share=share)


def heard(app: Flask, partnership: uuid.UUID) -> list[tuple[voices.VoiceRow, str | None]]:
    with within(app, partnership):
        rows = voices.list_unread(50)
        return [(row, service.open_texts([row.id])[row.id]) for row in rows]


def test_a_shared_note_is_a_voice_once_its_scores_are_locked(app: Flask, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    score(app, partnership, visit, "amy", 3)
    note(app, partnership, visit, "amy", "The <b>door</b> was open", share=True)
    note(app, partnership, visit, "amy", "I was tired", share=False, key=1)
    assert heard(app, partnership) == [], "nothing is heard before the lock"
    lock(app, partnership, visit, "amy")
    [(row, words)] = heard(app, partnership)
    assert words == "The <b>door</b> was open"
    assert (row.channel, row.origin_kind, row.origin_id) == (Channel.INSPECTION, "inspection", visit.id)
    assert (row.source_key, row.question_key, row.audience) == (CRITERIA.key, KEYS[0], "young")
    with within(app, partnership):
        own = queries.own_scores(visit.id, visit.team["amy"])
        assert (own[KEYS[0]].note, own[KEYS[0]].note_is_shared) == ("", True), "its words name nobody any more"
        assert (own[KEYS[1]].note, own[KEYS[1]].note_is_shared) == ("I was tired", False)


def test_an_analyst_gets_it_only_once_it_was_read(app: Flask, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    score(app, partnership, visit, "amy", 3)
    note(app, partnership, visit, "amy", "The door was open", share=True)
    lock(app, partnership, visit, "amy")
    reader = staff(app, partnership, "ria", Role.RESPONDER)
    [(row, _words)] = heard(app, partnership)
    with within(app, partnership), transaction():
        assert db.session.execute(voices.read_voices()).all() == []
        service.mark_read([row.id], reader)
    with within(app, partnership):
        assert [found.source_key for found in db.session.execute(voices.read_voices())] == [CRITERIA.key]
        assert voices.texts([row.id]) == {row.id: "The door was open"}


def test_a_reader_is_told_which_point_a_note_is_about(app: Flask) -> None:
    with app.test_request_context("/staff/"):
        asked = [("inspection", CRITERIA.key, key) for key in (KEYS[0], "", "gone")]
        named = sources.named([*asked, ("inspection", "other-set", "a-point")])
    assert named[asked[0]] == sources.Named("Young inspectors' points", "They make young people feel welcome")
    assert named[asked[1]] == sources.Named("Young inspectors' points", "")
    assert named["inspection", "other-set", "a-point"] == sources.Named("Other set", "A point")


@pytest.mark.parametrize("share", [True, False])
def test_a_note_about_danger_can_be_read_at_once(
    app: Flask, client: PageClient, partnership: uuid.UUID, *, share: bool
) -> None:
    """A child in danger is heard: the note does not wait for the lock, and a private one is not silently kept."""
    visit = planned(app, partnership)
    sign_in(client, "amy")
    point = f"/inspect/{visit.id}/points/{KEYS[0]}"
    sent = {"level": "2", "note": HARM, **({"share": "y"} if share else {})}
    asked = client.submit(point, sent)
    assert asked.location == f"{point}/danger"
    page = client.get(asked.location).get_data(as_text=True)
    assert "Does somebody need help now?" in page
    assert "0800 1111" in page
    assert HARM not in page
    assert heard(app, partnership) == []
    told = client.submit(f"{point}/danger")
    assert told.location == f"/inspect/{visit.id}/points/{KEYS[1]}"
    assert [words for _row, words in heard(app, partnership)] == [HARM]
    with within(app, partnership):
        [matter] = safeguarding.list_open(5)
        assert matter.worst.origin_id == visit.id
        assert queries.own_scores(visit.id, visit.team["amy"])[KEYS[0]].value == 2
    again = client.post(f"{point}/danger", data={"csrf_token": token_of(client.get(point))})
    assert again.status_code == 404
    assert len(heard(app, partnership)) == 1, "sent twice, heard once"


def test_a_note_is_asked_about_once_and_may_stay_private(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    visit = planned(app, partnership)
    score(app, partnership, visit, "amy", 3)
    sign_in(client, "amy")
    point = f"/inspect/{visit.id}/points/{KEYS[0]}"
    assert client.submit(point, {"level": "2", "note": HARM}).location == f"{point}/danger"
    assert client.submit(point, {"level": "1", "note": HARM}).location == f"/inspect/{visit.id}/"
    lock(app, partnership, visit, "amy")
    assert heard(app, partnership) == []
    staff(app, partnership, "zed", Role.YOUNG_INSPECTOR)
    sign_in(client, "zed")
    assert client.get(f"{point}/danger").status_code == 404


def test_a_locked_note_leaves_no_trace_of_whose_it_was(app: Flask, partnership: uuid.UUID) -> None:
    """N3: a voice has its week; the lock has a day on the team's row and no audit event with a time."""
    visit = planned(app, partnership)
    for name in visit.team:
        score(app, partnership, visit, name, 3)
        note(app, partnership, visit, name, "The door was open", share=True)
        lock(app, partnership, visit, name)
    with within(app, partnership):
        assert db.session.scalars(sa.select(Score.note_sealed).where(Score.note_sealed.is_not(None))).all() == []
    found = heard(app, partnership)
    assert len(found) == 3
    assert {str(account) for account in visit.team.values()}.isdisjoint(
        str(value) for row, _words in found for value in vars(row).values()
    )
