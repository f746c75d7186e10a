"""Today of whoever makes surveys, and of those who read what others make: what waits, what is new, no live number."""

import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.answering.you_said.kinds import Verdict
from engage.assurance.reports import service as reports
from engage.core import clock
from engage.core.database import begin_write
from engage.core.transaction import transaction
from engage.listening.kiosk import service as kiosk
from engage.listening.kiosk.models import Tablet
from engage.listening.making import queries as copies
from engage.listening.making import service as making
from engage.listening.surveys import service as surveys
from engage.people.kinds import Role
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.texts import Text
from tests.factories.responses import add_responses
from tests.factories.surveys import assess, open_survey, ready_made, spoken
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.people import sign_in, staff
from tests.support.reports import answer, freeze_results, report, spoken_theme

pytestmark = pytest.mark.one_database
MAKER = Role.SURVEY_MANAGER


def today(app: Flask, partnership: uuid.UUID, role: Role) -> str:
    """The words of the page, as somebody of this role reads them."""
    staff(app, partnership, role.value, role)
    browser = app.test_client()
    assert isinstance(browser, PageClient)
    sign_in(browser, role.value)
    page = browser.get("/staff/today").get_data(as_text=True)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.split("<main")[1]))


def closes_in(app: Flask, partnership: uuid.UUID, days: int) -> None:
    """An open survey with answers that closes so soon."""
    open_survey(app, partnership)
    add_responses(app, partnership, "your-voice", 37)
    ends = clock.in_days(days)
    with within(app, partnership), transaction():
        surveys.set_dates("your-voice", opens_on=clock.today(), closes_on=ends, tell_by=ends + timedelta(days=20))


def begun(app: Flask, partnership: uuid.UUID, definition: Definition, slug: str = "new-one") -> None:
    """A survey with a working copy and no version yet."""
    with within(app, partnership), transaction():
        making.create(slug, definition, None)


@pytest.mark.parametrize(("days", "is_near"), [(7, True), (8, False)])
def test_a_survey_that_closes_this_week_is_told_without_a_count_of_answers(
    app: Flask, partnership: uuid.UUID, days: int, *, is_near: bool
) -> None:
    closes_in(app, partnership, days)
    page = today(app, partnership, MAKER)
    assert ("Surveys that close this week" in page) is is_near
    assert "37" not in re.sub(r"\d\d:\d\d", "", page)  # the time of day may be anything


def test_a_draft_says_how_many_things_hold_it_and_then_that_nothing_does(app: Flask, partnership: uuid.UUID) -> None:
    whole = ready_made("your-voice")
    begun(app, partnership, whole.model_copy(update={"lawful_basis": None}))
    assert "1 thing must be put right before it can go live." in today(app, partnership, MAKER)
    with within(app, partnership):
        copy = copies.find("new-one")
        assert copy is not None
        with transaction():
            making.change("new-one", copy.revision, whole, None)
    staff(app, partnership, "mo", MAKER)
    again = browser_of(app)
    sign_in(again, "mo")
    page = again.get("/staff/today").get_data(as_text=True)
    assert "must be put right" not in page
    assert "Nothing stops it from going live." in page
    assert "/staff/surveys/new-one/make/publish" in page


def test_a_published_survey_that_nobody_opened_waits_for_its_days(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership), transaction():
        surveys.create_survey("your-voice", ready_made("your-voice"))
        assess("your-voice", ready_made("your-voice"))
    assert "Ready. Choose its days and open it." in today(app, partnership, MAKER)


def test_a_translation_whose_english_changed_is_named_with_its_language(app: Flask, partnership: uuid.UUID) -> None:
    begun(app, partnership, spoken(ready_made("examples/faces")))
    with within(app, partnership), transaction():
        copy = copies.find("new-one")
        assert copy is not None
        said = copy.definition.title.model_dump(mode="json", exclude_defaults=True)
        title = Text.model_validate({**said, "en": "Another title"})
        making.change("new-one", copy.revision, copy.definition.model_copy(update={"title": title}), None)
    page = today(app, partnership, MAKER)
    assert "Translations to look at again" in page
    assert "Arabic: 1 needs another look: its English has changed." in page


@pytest.mark.parametrize(("ended", "late"), [(-3, 1), (3, 0)])
def test_a_tablet_without_a_network_is_to_be_brought_home(
    app: Flask, partnership: uuid.UUID, ended: int, late: int
) -> None:
    """Whose last day is near or past; what waits on it after the days of grace can come in no more."""
    closes_in(app, partnership, 60)
    with within(app, partnership), transaction():
        hall = kiosk.set_up("your-voice", "Village hall", clock.today(), works_offline=True)
        lost = kiosk.set_up("your-voice", "Lost in May", clock.today(), works_offline=True)
        kiosk.set_up("your-voice", "Online one", clock.today(), works_offline=False)
        session = begin_write()
        session.execute(sa.update(Tablet).where(Tablet.id == hall).values(ends_on=clock.in_days(ended)))
        session.execute(sa.update(Tablet).where(Tablet.id == lost).values(ends_on=clock.in_days(-15)))
    page = today(app, partnership, MAKER)
    assert "Village hall" in page
    assert ("1 thing cannot wait." in page) is bool(late)
    assert "Lost in May" not in page
    assert "Online one" not in page


@pytest.mark.parametrize("role", [Role.VIEWER, Role.RESPONDER, Role.ANALYST])
def test_nobody_else_is_told_of_what_is_in_the_making(app: Flask, partnership: uuid.UUID, role: Role) -> None:
    begun(app, partnership, ready_made("your-voice"))
    assert "Surveys in the making" not in today(app, partnership, role)


@pytest.fixture
def published(app: Flask, partnership: uuid.UUID, tmp_path: Path) -> uuid.UUID:
    """A release, a published answer, a frozen report and a draft; who made them."""
    ana = staff(app, partnership, "ana", Role.ANALYST)
    freeze_results(app, partnership, tmp_path, "your-voice", 40)
    theme = spoken_theme(app, partnership, "Buses at night", 15, ana)
    answer(app, partnership, theme, ana, you_said="The last bus goes too early", verdict=Verdict.DID, we_did="It does.")
    report(app, partnership, ana, title="Still being written")
    whole = report(app, partnership, ana, title="Feeling safe outside")
    with within(app, partnership), transaction():
        reports.freeze_report(whole.id, ana, "en")
    return ana


def test_what_is_new_is_told_to_those_who_read_it_and_is_no_news_to_its_makers(
    app: Flask, partnership: uuid.UUID, published: uuid.UUID
) -> None:
    for role in (Role.VIEWER, Role.SCRUTINEER):
        page = today(app, partnership, role)
        assert "New results" in page
        assert "The last bus goes too early" in page
        assert "Feeling safe outside" in page
        assert "Still being written" not in page
        assert "Nothing here is late." in page
    for role in (Role.ANALYST, Role.RESPONDER):
        page = today(app, partnership, role)
        assert [part for part in ("New results", "New on", "New reports") if part in page] == []
