"""The codebook: add, change, close; numbers frozen by whole groups; who may look and who may edit."""

import uuid
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from engage.core import audit
from engage.people.kinds import Role
from engage.rules.themes import Group
from engage.understanding.themes import jobs, queries
from tests.support import themes
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff
from tests.support.queries import count_queries

HOME = "/staff/themes"
MAY, JUNE = datetime(2026, 5, 12, 9, tzinfo=UTC), datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def ana(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return staff(app, partnership, "ana", Role.ANALYST)


@pytest.fixture
def analyst(client: PageClient, ana: uuid.UUID) -> PageClient:
    sign_in(client, "ana")
    return client


def test_a_theme_is_added_changed_and_closed_with_a_trail(
    app: Flask, analyst: PageClient, partnership: uuid.UUID
) -> None:
    assert "No themes yet" in analyst.get(HOME).get_data(as_text=True)
    kept = {"name": "Night staff", "phrases": " night  staff \nnight staff\n!!", "picture": "moon"}
    assert analyst.submit(HOME, kept).status_code == 303
    with within(app, partnership):
        (theme,) = queries.list_themes()
    assert (theme.phrases, theme.picture) == (("night staff",), "moon")
    page = f"{HOME}/{theme.id}"
    analyst.submit(page, {**kept, "name": "Who comes at night"})
    analyst.submit(page, {"open": "no"}, to=f"{page}/open")
    text = analyst.get(page).get_data(as_text=True)
    assert all(words in text for words in ("Theme added", "Theme changed", "Theme closed", "Ana"))
    assert "Who comes at night" not in analyst.get(HOME).get_data(as_text=True)
    assert "Who comes at night" in analyst.get(f"{HOME}?state=closed").get_data(as_text=True)
    with within(app, partnership):
        assert [event.detail for event in audit.trail(theme.id)][1] == {"fields": "name"}


def test_bad_input_keeps_what_was_typed(app: Flask, analyst: PageClient, partnership: uuid.UUID) -> None:
    themes.theme(app, partnership, "Night staff")
    text = analyst.submit(HOME, {"name": "NIGHT  staff", "about": "kept", "picture": "moon"}).get_data(as_text=True)
    assert "There is a theme of that name" in text
    assert "kept</textarea>" in text
    assert "Enter a name" in analyst.submit(HOME, {"picture": "moon"}).get_data(as_text=True)


def test_the_list_is_narrowed_by_the_address(app: Flask, analyst: PageClient, partnership: uuid.UUID) -> None:
    themes.theme(app, partnership, "Night staff", "after dark")
    themes.theme(app, partnership, "Buses")
    text = analyst.get(f"{HOME}?q=DARK").get_data(as_text=True)
    assert "Night staff" in text
    assert "Buses" not in text
    assert "No theme fits" in analyst.get(f"{HOME}?q=zebra").get_data(as_text=True)


def test_a_viewer_looks_and_finds_no_form(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    theme = themes.theme(app, partnership, "Night staff")
    staff(app, partnership, "vera", Role.VIEWER)
    sign_in(client, "vera")
    for page in (HOME, f"{HOME}/{theme}"):
        assert "<textarea" not in client.get(page).get_data(as_text=True)


def test_d1_numbers_are_frozen_and_move_by_whole_groups(app: Flask, partnership: uuid.UUID, ana: uuid.UUID) -> None:
    """Nine is hidden, ten is ten; two more change nothing until the day and a whole group have come."""
    night = themes.theme(app, partnership, "Night staff")
    with time_machine.travel(MAY, tick=False):
        _coded(app, partnership, night, ana, 9)
        assert themes.count(app, partnership) == 0
        _coded(app, partnership, night, ana, 4)
        assert themes.count(app, partnership) == 1
        assert _heard(app, partnership, night) == {Group.CHILDREN: 15}
        _coded(app, partnership, night, ana, 12)
        assert themes.count(app, partnership) == 0
    with time_machine.travel(JUNE, tick=False):
        assert themes.count(app, partnership) == 1
        assert _heard(app, partnership, night) == {Group.CHILDREN: 25}
        _coded(app, partnership, night, ana, 3)
        assert themes.count(app, partnership) == 0


def test_d1_people_are_counted_not_comments_and_groups_stay_apart(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    night = themes.theme(app, partnership, "Night staff")
    one = uuid.uuid4()
    chatty = themes.heard(app, partnership, *["again"] * 30, origin_id=one)
    themes.code(app, partnership, [voice.id for voice in chatty], [night], ana)
    _coded(app, partnership, night, ana, 10, audience="practitioners")
    assert themes.count(app, partnership) == 0
    _coded(app, partnership, night, ana, 1, audience="staff")
    assert themes.count(app, partnership) == 1
    assert _heard(app, partnership, night) == {Group.STAFF: 10}


def test_d4_hidden_and_nobody_look_the_same(
    app: Flask, analyst: PageClient, partnership: uuid.UUID, ana: uuid.UUID
) -> None:
    nobody = themes.theme(app, partnership, "Nobody")
    before = analyst.get(f"{HOME}/{nobody}").get_data(as_text=True)
    few = themes.theme(app, partnership, "Few")
    _coded(app, partnership, few, ana, 9)
    themes.count(app, partnership)
    after = analyst.get(f"{HOME}/{few}").get_data(as_text=True)
    shown = [text.split('id="heard"')[1].split("</section>")[0] for text in (before, after)]
    assert shown[0] == shown[1]
    assert "Fewer than 10" in shown[0]


def test_counting_is_a_button(app: Flask, analyst: PageClient, partnership: uuid.UUID, ana: uuid.UUID) -> None:
    night = themes.theme(app, partnership, "Night staff")
    _coded(app, partnership, night, ana, 11)
    answer = analyst.submit(HOME, to=f"{HOME}/count")
    assert answer.location.endswith("done=counted")
    assert "About 10 children and young people" in analyst.get(answer.location).get_data(as_text=True)
    assert analyst.submit(HOME, to=f"{HOME}/count").location.endswith("done=not-counted")


def test_w12_names_are_words_and_nothing_else(app: Flask, analyst: PageClient, partnership: uuid.UUID) -> None:
    for words in themes.NASTY:
        themes.theme(app, partnership, words, words, about=words)
    page = analyst.get(HOME).get_data(as_text=True)
    assert "<script>window" not in page
    assert "<img" not in page
    assert "<svg/onload" not in page
    with within(app, partnership):
        for theme in queries.list_themes():
            analyst.get(f"{HOME}/{theme.id}")


def test_the_list_asks_the_same_at_1_and_20_themes(app: Flask, analyst: PageClient, partnership: uuid.UUID) -> None:
    themes.theme(app, partnership, "Night staff")
    with count_queries(app) as one:
        analyst.get(HOME)
    for number in range(19):
        themes.theme(app, partnership, f"Theme {number}")
    with count_queries(app) as twenty:
        analyst.get(HOME)
    assert len(one) == len(twenty), twenty.statements


def _coded(
    app: Flask, partnership: uuid.UUID, theme: uuid.UUID, coder: uuid.UUID, people: int, audience: str = "children"
) -> None:
    voices = themes.heard(app, partnership, *["They change every week"] * people, audience=audience)
    themes.code(app, partnership, [voice.id for voice in voices], [theme], coder)


def _heard(app: Flask, partnership: uuid.UUID, theme: uuid.UUID) -> dict[Group, int]:
    with within(app, partnership):
        return dict(queries.get_theme(theme).heard)


def test_d1_the_worker_counts_on_the_day(app: Flask, partnership: uuid.UUID, ana: uuid.UUID) -> None:
    night = themes.theme(app, partnership, "Night staff")
    _coded(app, partnership, night, ana, 12)
    with within(app, partnership):
        jobs.count_themes()
    assert _heard(app, partnership, night) == {Group.CHILDREN: 10}
