"""The public page: stars with phrase and dates; what ran out, said no or could not be judged is listed, not hidden."""

import uuid
from datetime import date, timedelta

import pytest
from flask import Flask

from engage.core import clock
from engage.core.transaction import transaction
from engage.listening.inspections import service
from engage.listening.inspections.kinds import Finding
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.inspections import CRITERIA, DAY, Planned, a_service, planned, published, scored

pytestmark = pytest.mark.one_database

RATINGS = "/larkmoor/ratings"


def again(app: Flask, partnership: uuid.UUID, first: Planned, service_id: uuid.UUID) -> Planned:
    with within(app, partnership), transaction():
        made = service.plan_visit(service_id, (CRITERIA.key, CRITERIA.version), DAY, list(first.team.values()))
    return Planned(made, service_id, first.team)


def text_of(client: PageClient, address: str = RATINGS) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.get_data(as_text=True)


def test_an_empty_page_says_what_will_stand_there(client: PageClient, partnership: uuid.UUID) -> None:
    text = text_of(client)
    assert "Young inspectors have not published a visit here yet" in text
    assert "How stars are given" in text


def test_a_star_stands_with_phrase_findings_and_dates(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    scored(app, partnership, visit, 3, 4, 4)
    assert "The Corner drop-in" not in text_of(client), "nothing is public before it is published"
    with within(app, partnership), transaction():
        service.add_finding(visit.id, Finding.STRENGTH, "They <script>alert(1)</script> listen")
        service.add_finding(visit.id, Finding.CONSIDERATION, "Mend the door")
    published(app, partnership, visit)
    text = text_of(client)
    assert "5 stars out of 5" in text
    assert "We would tell a friend to go" in text
    assert "They &lt;script&gt;alert(1)&lt;/script&gt; listen" in text
    assert '<ul class="engage-given__list" dir="auto"><li>They' in text  # in Arabic its dots stay in the card
    assert "Mend the door" in text
    assert "Visited <b>June 2026</b>" in text
    assert f"Lasts until <b>{clock.today().strftime('%B')} {clock.today().year + 2}</b>" in text


def test_run_out_said_no_and_not_judged_are_listed(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    old = planned(app, partnership, service_name="Old hub")
    scored(app, partnership, old, 4, 4, 4)
    published(app, partnership, old, clock.today() - timedelta(days=731 + 1))
    unseen = again(app, partnership, old, a_service(app, partnership, "Swim club"))
    scored(app, partnership, unseen, None, None, 4)
    published(app, partnership, unseen)
    custody = a_service(app, partnership, "Custody")
    with within(app, partnership), transaction():
        service.record_declined(custody, "No host", DAY)
    text = text_of(client)
    assert "This rating has run out" in text
    assert "Had 5 stars from" in text
    assert "Not enough seen to judge" in text
    assert "A must-have could not be seen" in text
    assert "This service said no to a visit" in text
    assert "They said: “No host”" in text
    assert "stars out of 5" not in text, "a star that ran out is not shown as one"
    for show, name in (("run-out", "Old hub"), ("not-seen", "Swim club"), ("said-no", "Custody")):
        narrowed = text_of(client, f"{RATINGS}?show={show}")
        assert narrowed.count("<article") == 1
        assert name in narrowed.split("<article")[1]


@pytest.mark.parametrize(
    ("published_on", "is_shown"),
    [(date(2024, 6, 2), True), (date(2024, 6, 1), False)],
)
def test_a_star_lasts_24_months_to_the_day(
    app: Flask,
    client: PageClient,
    partnership: uuid.UUID,
    monkeypatch: pytest.MonkeyPatch,
    published_on: date,
    *,
    is_shown: bool,
) -> None:
    visit = planned(app, partnership)
    scored(app, partnership, visit, 4, 4, 4)
    published(app, partnership, visit, published_on)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 6, 1))
    assert ("5 stars out of 5" in text_of(client)) is is_shown


def test_a_later_visit_shows_what_came_before_and_a_later_no_is_said(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    first = planned(app, partnership)
    scored(app, partnership, first, 2, 2, 2)
    published(app, partnership, first, date(2025, 3, 1))
    second = again(app, partnership, first, first.service_id)
    scored(app, partnership, second, 4, 4, 4)
    published(app, partnership, second, clock.today() - timedelta(days=1))
    with within(app, partnership), transaction():
        service.record_declined(first.service_id, "Too soon", clock.today())
    text = text_of(client)
    assert text.count("<article") == 1
    assert "5 stars out of 5" in text
    assert "Was 3 stars in 2025" in text
    assert "“Too soon”" in text


def test_the_page_is_narrowed_by_agency_and_words(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    for number in range(23):
        place = a_service(app, partnership, f"Club {number:02}")
        with within(app, partnership), transaction():
            service.record_declined(place, "No", DAY)
    assert text_of(client).count("<article") == 20
    assert text_of(client, f"{RATINGS}?page=2").count("<article") == 3
    assert text_of(client, f"{RATINGS}?q=CLUB+07").count("<article") == 1
    option = text_of(client).split(">Agency of Club 03<")[0].rsplit('value="', 1)[1].split('"')[0]
    narrowed = text_of(client, f"{RATINGS}?agency={option}")
    assert narrowed.count("<article") == 1
    assert "Club 03" in narrowed
    assert "No service fits" in text_of(client, f"{RATINGS}?q=zzz")
    for nonsense in ("agency=x", "page=0", "page=-1", "show=x", "page=999999999999"):
        assert client.get(f"{RATINGS}?{nonsense}").status_code == 200
