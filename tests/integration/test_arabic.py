"""A17, A18: pages in Arabic run right to left and speak Arabic; a page is only ever in a language that has it."""

import re
import uuid

import pytest
from flask import Flask, make_response
from flask_babel import force_locale

from engage.core import database
from engage.core.errors import Conflict, Refused
from engage.people import service as people
from engage.people.kinds import Role
from engage.web.words import language_name, listed
from tests.support.client import PageClient
from tests.support.people import sign_in, staff

pytestmark = pytest.mark.one_database

ARABIC = re.compile(r"[\u0600-\u06ff]")
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
PUBLIC = ["", "codes", "ratings", "you-said", "what-we-keep", "accessibility", "surveys/gone"]


def speak(client: PageClient, code: str) -> None:
    client.post("/comfort", data={"back": "/larkmoor/", "language": code})


@pytest.mark.parametrize("path", PUBLIC)
def test_a17_public_pages_turn_round(client: PageClient, partnership: uuid.UUID, path: str) -> None:
    speak(client, "ar")
    page = client.get(f"/larkmoor/{path}").get_data(as_text=True)
    assert 'lang="ar" dir="rtl"' in page
    assert "young.rtl.css" in page
    (heading,) = HEADING.findall(page)
    assert ARABIC.search(heading)


def test_a17_a_number_with_a_space_keeps_its_order(client: PageClient, partnership: uuid.UUID) -> None:
    """Between digits a plain space would take the direction of the page, and the parts would change places."""
    speak(client, "ar")
    page = client.get("/larkmoor/").get_data(as_text=True)
    spoken = re.sub(r"<bdi>.*?</bdi>", "", page)
    assert "0800\u00a01111" in spoken
    assert "0800 1111" not in spoken


def test_a18_a_draft_says_that_it_is_one(client: PageClient, partnership: uuid.UUID) -> None:
    assert "draft" not in client.get("/comfort?back=/larkmoor/").get_data(as_text=True)
    speak(client, "ar")
    assert "هذه الترجمة مسودة" in client.get("/comfort?back=/larkmoor/").get_data(as_text=True)


def test_a18_languages_call_themselves_by_their_own_names(client: PageClient, partnership: uuid.UUID) -> None:
    page = client.get("/comfort?back=/larkmoor/").get_data(as_text=True)
    assert re.search(r'<span lang="ar" dir="auto">العربية</span>', page)


def test_a18_staff_pages_are_never_half_in_a_language_of_young_pages(app: Flask, client: PageClient) -> None:
    with app.app_context():
        found = people.add_partnership("larkmoor", "Larkmoor Partnership", "Larkmoor", ["en", "pl"])
        database.end_write(commit=True)
    staff(app, found, "sam", Role.ANALYST)
    sign_in(client, "sam")
    speak(client, "pl")
    assert 'lang="pl" dir="ltr"' in client.get("/larkmoor/").get_data(as_text=True)
    assert 'lang="en" dir="ltr"' in client.get("/staff/today").get_data(as_text=True)


@pytest.mark.parametrize(
    ("error", "english", "arabic"),
    [
        (Refused("team-too-small", needed=3), "A team needs at least 3 young inspectors.", "يحتاج الفريق إلى 3"),
        (Conflict("case-closed"), "This case is closed.", "هذه الحالة مغلقة."),
        (Refused("nobody-wrote-this"), "Nothing was changed.", "لم يتغير شيء."),
    ],
)
def test_a_refusal_is_a_sentence_in_each_language(app: Flask, error: Exception, english: str, arabic: str) -> None:
    for code, words in (("en", english), ("ar", arabic)):
        with app.test_request_context("/"), force_locale(code):
            answer = make_response(app.handle_user_exception(error))
        page = answer.get_data(as_text=True)
        assert answer.status_code == 409
        assert words in page
        assert str(error) not in page


def test_a18_languages_are_named_in_the_language_of_the_page() -> None:
    assert (language_name("pl", "en"), language_name("ar", "ar")) == ("Polish", "العربية")
    assert ARABIC.search(language_name("cy", "ar"))
    assert (listed(["a", "b"], "ar"), listed(["a", "b"], "pl")) == ("a، b", "a, b")
