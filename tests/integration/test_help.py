"""Help now needs no script, session or database (C4)."""

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import clock, languages
from engage.core.database import begin_write, db
from engage.core.transaction import transaction
from engage.desk import help as help_now
from engage.desk import jobs
from engage.people import service as people
from engage.people.models import Partnership
from tests.support.apps import within
from tests.support.client import PageClient

pytestmark = pytest.mark.one_database


def test_c4_help_is_a_file_that_outlives_the_database(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    help_now.render_all(app)

    def broken(*_: object) -> None:
        raise AssertionError("the help page asked the database")

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", broken)
    try:
        page = client.get("/larkmoor/help").get_data(as_text=True)
        built_in = client.get("/help").get_data(as_text=True)
        unknown = client.get("/nowhere/help").get_data(as_text=True)
    finally:
        sa.event.remove(engine, "before_cursor_execute", broken)
    for text in (page, built_in, unknown):
        assert "999" in text
        assert "0800 1111" in text
    assert "Larkmoor" in page


def test_a6_help_leads_back_to_the_question_without_the_browsers_own_way(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    """Two switches reach links alone; whoever comes from nowhere is led to the first page."""
    help_now.render_all(app)
    question = "/larkmoor/surveys/your-voice/q/tell"
    for wanted in (question, "https://elsewhere.example/larkmoor/", ""):
        page = client.get("/larkmoor/help", headers={"Referer": wanted}).text
        assert f'class="govuk-back-link" href="{question if wanted == question else "/larkmoor/"}"' in page, wanted


def test_c4_help_speaks_arabic(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    help_now.render_all(app)
    page = client.get("/larkmoor/help", headers={"Accept-Language": "ar"}).get_data(as_text=True)
    assert 'lang="ar"' in page
    assert 'dir="rtl"' in page


def test_c4_help_still_speaks_arabic_once_the_worker_has_rendered_it_again(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    """The worker renders one language after the other: the words have to follow, not only what the page calls them."""
    with within(app, partnership):
        jobs.render_help()
    for headers in ({}, {"Cookie": f"engage-tablet={uuid.uuid4()}"}):
        page = client.get("/larkmoor/help", headers={"Accept-Language": "ar", **headers}).text
        assert '<h1 class="engage-h1">مساعدة الآن</h1>' in page
        assert "You can call any of these" not in page
        assert "You can call any of these" in client.get("/larkmoor/help", headers=headers).text


@pytest.mark.parametrize("code", [code for code in languages.codes() if code != languages.DEFAULT])
def test_c4_help_speaks_the_languages_of_young_pages_too(
    app: Flask, client: PageClient, partnership: uuid.UUID, code: str
) -> None:
    """Without the database, which knows what the partnership speaks: what was rendered is what there is."""
    with within(app, partnership), transaction():
        begin_write().get_one(Partnership, partnership).languages = ["en", code]
    help_now.render_all(app)
    page = client.get("/larkmoor/help", headers={"Accept-Language": f"{code}, en;q=0.5"}).get_data(as_text=True)
    assert f'lang="{code}"' in page
    assert 'lang="en" dir' in client.get("/larkmoor/help").get_data(as_text=True)


def test_a_changed_number_is_on_the_page_after_the_next_tick(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    help_now.render_all(app)
    with within(app, partnership), transaction():
        people.add_help_number(3, "Night team", "01632 960456", "After five", clock.today())
    assert "960456" not in client.get("/larkmoor/help").get_data(as_text=True)
    with within(app, partnership):
        jobs.render_help()
    assert "01632 960456" in client.get("/larkmoor/help").get_data(as_text=True)


@pytest.mark.parametrize("code", ["ar", "ur"])
def test_c4_numbers_left_as_they_came_are_told_in_the_readers_language(
    app: Flask, client: PageClient, partnership: uuid.UUID, code: str
) -> None:
    """A child who reads no English knows what 999 is for; what a partnership wrote itself stays as it wrote it."""
    with within(app, partnership), transaction():
        begin_write().get_one(Partnership, partnership).languages = ["en", code]
        people.add_help_number(3, "Night team", "01632 960456", "All night.", clock.today())
    help_now.render_all(app)
    page = client.get("/larkmoor/help", headers={"Accept-Language": code}).text
    assert "Ask for the police" not in page
    assert "They will not be cross" not in page
    assert "Night team. All night." in page
    assert page.count('href="tel:') == 3
    assert "Ask for the police" in client.get("/larkmoor/help").text
