"""Only checked translations are shown to the public, unless a partnership shows drafts; those say what they are."""

import uuid

import pytest
from flask import Flask

from engage.core.transaction import transaction
from engage.listening.surveys import service as surveys
from engage.people import queries as people_queries
from engage.people import service as people
from engage.people.kinds import Role
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.texts import Text
from engage.rules.questionnaire.translations import Unit, mark_checked, settle, with_texts
from tests.factories.surveys import open_as_it_is, open_survey, ready_made
from tests.support.answering import SURVEY, start
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def only_checked(app: Flask, partnership: uuid.UUID) -> None:
    """As a partnership begins: drafts are not shown."""
    show(app, partnership, wanted=False)


def show(app: Flask, partnership: uuid.UUID, *, wanted: bool) -> None:
    with within(app, partnership), transaction():
        people.show_drafts(partnership, wanted=wanted)


def publish(app: Flask, partnership: uuid.UUID, definition: Definition) -> None:
    open_as_it_is(app, partnership, definition, "your-voice")


def in_arabic(client: PageClient, address: str = SURVEY) -> str:
    client.post("/comfort", data={"language": "ar", "back": "/larkmoor/"})
    return client.get(address).get_data(as_text=True)


def reworded() -> Definition:
    """Your voice, its Arabic checked by a speaker, one English text changed since."""
    before = mark_checked(ready_made("your-voice"), "ar", "speaker")

    def change(unit: Unit, text: Text) -> Text:
        english = text.root["en"].model_copy(update={"plain": "To find out where you feel safe."})
        return Text({**text.root, "en": english}) if unit.key == "intro.why" else text

    return settle(before, with_texts(before, change))


def test_a_draft_is_not_offered_and_who_asked_for_it_is_told_why(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    open_survey(app, partnership)
    page = in_arabic(client)
    assert '<html lang="en" dir="ltr"' in page
    assert 'class="engage-small engage-soft engage-not-offered" lang=' in page
    assert "صوتك" not in page
    question = client.get(start(client)).get_data(as_text=True)
    assert '<html lang="en"' in question
    assert "البيت" not in question
    with within(app, partnership), transaction():
        surveys.close_survey("your-voice")
    shut = client.get(SURVEY).get_data(as_text=True)  # what we say needs nobody's checking but ours
    assert '<html lang="ar" dir="rtl"' in shut
    assert '<span lang="en" dir="ltr">Your voice</span>' in shut
    assert "engage-not-offered" not in shut


def test_a_checked_language_is_offered_without_a_mark(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    publish(app, partnership, mark_checked(ready_made("your-voice"), "ar", "child"))
    page = in_arabic(client)
    assert '<html lang="ar" dir="rtl"' in page
    assert "صوتك" in page
    assert "engage-unchecked" not in page


def test_drafts_are_shown_where_the_partnership_says_so_and_every_page_says_what_they_are(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    show(app, partnership, wanted=True)
    open_survey(app, partnership)
    marks = [in_arabic(client), client.get(start(client)).get_data(as_text=True)]
    assert all('<html lang="ar"' in page and ' engage-unchecked"' in page for page in marks)
    client.post("/comfort", data={"language": "en", "back": "/larkmoor/"})
    assert "engage-unchecked" not in client.get(SURVEY).get_data(as_text=True)


def test_one_stale_text_withdraws_the_language_from_the_public(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    publish(app, partnership, reworded())
    page = in_arabic(client)
    assert '<html lang="en"' in page
    assert "To find out where you feel safe." in page


def test_where_drafts_are_shown_a_stale_text_is_in_english_and_says_so(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    show(app, partnership, wanted=True)
    publish(app, partnership, reworded())
    page = in_arabic(client)
    assert '<html lang="ar"' in page
    assert '<span lang="en" dir="ltr">To find out where you feel safe.</span>' in page
    assert "لنعرف أين تشعر بالأمان" not in page


def test_an_administrator_decides_whether_drafts_are_shown(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    staff(app, partnership, "ada", Role.ADMINISTRATOR)
    sign_in(client, "ada")
    for wanted in (True, False):
        saved = client.submit(
            "/staff/partnership", {"shows_drafts": "yes" if wanted else "no"}, to="/staff/partnership/drafts"
        )
        assert saved.status_code == 303
        with app.app_context():
            row = people_queries.get_partnership("larkmoor")
            assert row is not None
            assert row.shows_drafts is wanted
