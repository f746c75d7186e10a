"""How somebody answered: asked last, left out at will, kept as background, shown through a release, then blanked."""

import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import service
from engage.listening.surveys.models import Response
from engage.understanding.releases import queries as releases
from engage.understanding.releases.service import Place, make_release
from tests.factories.responses import add_responses
from tests.factories.surveys import open_survey
from tests.support.answering import SURVEY, send, start, walk
from tests.support.apps import within
from tests.support.client import PageClient, token_of

HOW = f"{SURVEY}/how"


@pytest.fixture
def survey(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return open_survey(app, partnership)


def stored(app: Flask, partnership: uuid.UUID, *names: str) -> list[tuple[str, ...]]:
    with within(app, partnership):
        return [tuple(row) for row in db.session.execute(sa.select(*(getattr(Response, name) for name in names)))]


def test_who_was_there_is_asked_before_the_check_shown_there_and_stored_with_the_modes(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    client.post("/comfort", data={"words": "easy", "size": "larger", "pictures": "off"})
    walk(client, start(client))
    assert "Not provided" in client.get(f"{SURVEY}/check").get_data(as_text=True)
    page = client.get(HOW).get_data(as_text=True)
    assert "Who was with you when you answered?" in page
    assert "Nobody can see your answers until you send them." in page
    assert '<svg class="engage-sym' not in page
    client.post("/comfort", data={"words": "easy", "size": "larger"})
    drawn = client.get(HOW).get_data(as_text=True)
    assert drawn.count('<svg class="engage-sym') == 5, "whoever cannot read chooses a picture"
    client.post("/comfort", data={"words": "easy", "size": "larger", "pictures": "off"})
    told = client.submit(HOW, {"how-company": "interpreter", "how-adult": "yes"})
    assert told.headers["Location"] == f"{SURVEY}/check"
    check = client.get(f"{SURVEY}/check").get_data(as_text=True)
    assert "An interpreter" in check
    assert "An adult was with you" in check
    assert send(client).headers["Location"] == f"{SURVEY}/sent"
    modes = stored(app, partnership, "company", "adult", "easy", "symbols", "large_print", "read_aloud", "bsl")
    assert modes == [("interpreter", "yes", "yes", "no", "yes", "", "")]


def test_it_can_be_left_out_and_nothing_but_our_own_words_is_taken(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    address = start(client)
    token = token_of(client.get(address))
    client.post(address, data={"csrf_token": token, "safe_home": "4", "used-modes": ["read_aloud", "forged"]})
    walk(client, address)
    client.submit(HOW, {"how-company": "rather-not", "how-adult": "maybe"})
    late = client.post(HOW, data={"csrf_token": "old", "how-company": "friend"})
    assert late.status_code == 400
    assert 'value="friend" checked' in late.get_data(as_text=True) or "checked" in late.get_data(as_text=True)
    send(client)
    assert stored(app, partnership, "company", "adult", "read_aloud") == [("", "", "yes")]


def test_alone_with_an_adult_is_asked_once_more_and_kept_only_when_it_can_be(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    """A4: without script; nobody is held up by it, and results never hold what cannot have been."""
    both = {"how-company": "alone", "how-adult": "yes"}
    walk(client, start(client))
    again = client.submit(HOW, both)
    page = again.get_data(as_text=True)
    assert again.status_code == 422
    assert page.count("You said that you answered alone, and also that an adult was with you.") == 2
    assert page.count(" checked") == 2, "what was chosen is still there"
    left = client.submit(HOW, {**both, "how-again": "yes"})
    assert left.headers["Location"] == f"{SURVEY}/check"
    assert "Not provided" in client.get(f"{SURVEY}/check").get_data(as_text=True)
    client.submit(HOW, {**both, "how-adult": "no"})
    assert "I answered alone" in client.get(f"{SURVEY}/check").get_data(as_text=True)
    send(client)
    assert stored(app, partnership, "company", "adult") == [("alone", "no")]


def test_a_survey_for_staff_asks_it_only_where_it_says_so(
    client: PageClient, app: Flask, partnership: uuid.UUID
) -> None:
    definition = service.ready_made("staff-voice")
    assert not definition.asks_how
    assert definition.model_copy(update={"ask_how": True}).asks_how
    assert service.ready_made("your-voice").asks_how
    assert not service.ready_made("tell-us").asks_how


def test_a_release_says_how_people_answered_and_closing_forgets_small_groups(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path
) -> None:
    add_responses(app, partnership, "your-voice", 40)
    with within(app, partnership), transaction():
        ids = list(db.session.scalars(sa.select(Response.id)))
        said = [("ar", "yes", "alone")] * 3 + [("en", "no", "friend")] * 17 + [("en", "no", "alone")] * 20
        for response_id, (language, easy, company) in zip(ids, said, strict=True):
            values = {"language": language, "easy": easy, "company": company}
            db.session.execute(sa.update(Response).where(Response.id == response_id).values(values))
    with within(app, partnership), transaction():
        service.close_survey("your-voice")
    kept = stored(app, partnership, "language", "easy", "company", "channel")
    assert {row[0] for row in kept} == {""}  # three of one language would stand out as "not known"
    assert {row[1] for row in kept} == {""}
    assert sorted({row[2] for row in kept}) == ["alone", "friend"]
    assert {row[3] for row in kept} == {"link"}
    with within(app, partnership), transaction():
        release = make_release("your-voice", Place(tmp_path / "s", 1), None)
        tables = {table.question: table for table in releases.tables(release, {})}
        row = surveys.get_survey("your-voice")
        assert row is not None
    assert "how.language" not in tables
    company = {cell.option: cell.count for cell in tables["how.company"].cells}
    assert (company["alone"], company["friend"]) != (23, 17)
    assert set(company) == {"alone", "friend", "carer", "worker", "interpreter"}
