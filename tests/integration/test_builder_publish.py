"""From working copy to version in the browser: what changes, the gate and its reasons, YAML, preview, the archive."""

import io
import re
import uuid

import pytest
from flask import Flask

from engage.core import clock
from engage.core.transaction import transaction
from engage.listening.library.kinds import ItemKind
from engage.listening.making import queries, service
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import service as survey_service
from engage.listening.surveys.views_manage import DEEDS
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import dump, load
from engage.web import words
from engage.web.appearance import CHOICES
from tests.conventions.tree import tracked
from tests.factories import library
from tests.factories.surveys import ready_made
from tests.integration.test_making import titled
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.making import LIST, MAKE, definition, form_of, save

pytestmark = [pytest.mark.usefixtures("copy"), pytest.mark.one_database]


def post(client: PageClient, address: str, page: str = MAKE, **data: str) -> tuple[int, str]:
    """Press a button of a page."""
    shown = client.get(page)
    revision = shown.get_data(as_text=True).partition('name="revision" value="')[2].partition('"')[0]
    sent = {"csrf_token": token_of(shown), "revision": revision} | data
    answer = client.post(address, data=sent)
    return answer.status_code, answer.get_data(as_text=True)


def test_what_changes_is_shown_and_published(app: Flask, partnership: uuid.UUID, maker: PageClient) -> None:
    save(maker, f"{MAKE}/questions/safe_home", text__plain="How do you feel at home?")
    page = maker.get(f"{MAKE}/changes").get_data(as_text=True)
    assert "How safe do you feel at home?" in page
    assert "trends begin anew here" in page
    assert post(maker, f"{MAKE}/undo")[0] == 303
    save(maker, f"{MAKE}/questions/safe_home", symbol="star")
    assert post(maker, f"{MAKE}/check")[0] == 303
    page = maker.get(f"{MAKE}/publish").get_data(as_text=True)
    assert "nothing that has to be put right" in page
    assert "The next release counts the answers to version 1 that are in no release yet as well" in page
    status, told = post(maker, f"{MAKE}/publish", f"{MAKE}/publish")
    assert (status, f"{LIST}/your-voice?done=published" in told) == (303, True)
    assert "Version 2 is published." in maker.get(f"{LIST}/your-voice?done=published").get_data(as_text=True)
    with within(app, partnership):
        row = surveys.get_survey("your-voice")
        assert row is not None
        assert row.version is not None
        assert row.version.number == 2
        assert queries.find("your-voice") is None
    assert maker.get(MAKE).status_code == 404


def test_a_finding_is_put_right_or_answered_for_by_name(maker: PageClient, app: Flask, partnership: uuid.UUID) -> None:
    save(maker, f"{MAKE}/header", intro__expectation__plain="", intro__expectation__easy="")
    page = maker.get(f"{MAKE}/publish").get_data(as_text=True)
    assert "reason-no_expectation" in page
    status, words = post(maker, f"{MAKE}/publish", f"{MAKE}/publish", **{"reason-no_expectation": " "})
    assert status == 422
    assert "There is a problem" in words
    assert "write your reason beside it" in words
    status, _ = post(maker, f"{MAKE}/publish", f"{MAKE}/publish", **{"reason-no_expectation": "It is on the poster"})
    assert status == 303
    shown = maker.get(f"{LIST}/your-voice").get_data(as_text=True)
    assert "It is on the poster" in shown


def test_one_reason_for_many_places_is_one_line(maker: PageClient) -> None:
    for question in ("safe_home", "safe_online"):
        save(maker, f"{MAKE}/questions/{question}", text__easy="")
    asked = re.findall(r'name="(reason-\w+)"', maker.get(f"{MAKE}/publish").get_data(as_text=True))
    reason = dict.fromkeys(asked, "It is read out") | {"reason-no_easy_words": "A worker reads them out"}
    assert post(maker, f"{MAKE}/publish", f"{MAKE}/publish", **reason)[0] == 303
    shown = maker.get(f"{LIST}/your-voice").get_data(as_text=True)
    assert shown.count("A worker reads them out") == 1
    assert "has no easy words in English (2 places): “A worker reads them out” (" in shown
    assert "Maya" in shown


def test_yaml_out_and_in_loses_nothing(maker: PageClient, app: Flask, partnership: uuid.UUID) -> None:
    file = maker.get(f"{MAKE}/yaml")
    assert load(file.get_data(as_text=True), "x") == ready_made("your-voice")
    assert "attachment" in file.headers["Content-Disposition"]
    assert save(maker, f"{MAKE}/file").status_code == 303
    assert definition(app, partnership) == ready_made("your-voice")
    other = dump(titled(ready_made("staff-voice"), "Something else"))
    form = form_of(maker, f"{MAKE}/file") | {"upload": (io.BytesIO(other.encode()), "x.yaml")}
    assert maker.post(f"{MAKE}/file", data=form, content_type="multipart/form-data").status_code == 303
    assert definition(app, partnership).title.say("en").text == "Something else"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("survey: x\nquestions:\n  - id: a\n    kind: nothing\n", "has an unknown kind"),
        ("a: [", "Line"),
        ("", "is not a survey"),
        ("{{", "Line"),
    ],
)
def test_problems_of_a_file_are_told_by_their_line(
    maker: PageClient, text: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A18: each in the language of the page."""
    page = save(maker, f"{MAKE}/file", text=text)
    assert page.status_code == 422
    assert said in page.get_data(as_text=True)
    monkeypatch.setattr(words, "gettext", "⟦{}⟧".format)
    assert "⟦" in save(maker, f"{MAKE}/file", text=text).get_data(as_text=True)
    form = form_of(maker, f"{MAKE}/file") | {"upload": (io.BytesIO(b"\xff\xfe\x00"), "x.yaml")}
    assert maker.post(f"{MAKE}/file", data=form, content_type="multipart/form-data").status_code == 422


def test_the_preview_walks_the_real_way_and_stores_nothing(
    app: Flask, partnership: uuid.UUID, maker: PageClient
) -> None:
    outer = maker.get(f"{MAKE}/preview?language=ar&words=easy")
    assert "frame-src 'self'" in outer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in outer.headers["Content-Security-Policy"]
    inner = f"{MAKE}/preview/page?language=ar&words=easy"
    page = maker.get(inner)
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert 'dir="rtl"' in page.get_data(as_text=True)
    asked = walk(maker, f"{inner}&q=safe_home", definition(app, partnership))
    assert "end" in asked[-1]
    assert not any("q=helped&" in where and where.startswith("x") for where in asked)
    with within(app, partnership):
        row = surveys.get_survey("your-voice")
        assert row is not None
        assert surveys.count_responses(row.id) == 0


def test_the_preview_offers_every_look_that_somebody_who_answers_can_choose(maker: PageClient) -> None:
    outer = maker.get(f"{MAKE}/preview?letters=dyslexic&keys=switch").get_data(as_text=True)
    for name, values in CHOICES.items():
        offered = outer.partition(f'<select class="govuk-select" id="{name}"')[2].partition("</select>")[0]
        assert re.findall(r'value="([^"]*)"', offered) == list(values), name
    [frame] = re.findall(r'<iframe [^>]*src="([^"]+)"', outer)
    assert 'data-letters="dyslexic"' in maker.get(frame.replace("&amp;", "&")).get_data(as_text=True)


def test_any_two_versions_are_compared_question_by_question(
    app: Flask, partnership: uuid.UUID, maker: PageClient
) -> None:
    """C2: whoever made it or reads results over time sees what a version long ago asked."""
    two = f"{LIST}/your-voice/versions"
    assert maker.get(two).status_code == 404, "there is one version"
    with within(app, partnership), transaction():
        survey_service.close_survey("your-voice")
    was = "How safe do you feel at home?"
    for asked in ("How do you feel at home?", "Is home all right?"):
        with within(app, partnership), transaction():
            row = surveys.get_survey("your-voice")
            assert row is not None
            assert row.definition is not None
            survey_service.publish_version(row.id, load(dump(row.definition).replace(was, asked), "x"))
        was = asked
    newest = maker.get(two).get_data(as_text=True)
    assert "How do you feel at home?" in newest
    assert "How safe do you feel at home?" not in newest
    whole = maker.get(f"{two}?before=1&after=3").get_data(as_text=True)
    assert "How safe do you feel at home?" in whole
    assert "trends begin anew here" in whole
    assert "These two ask the same." in maker.get(f"{two}?before=2&after=2").get_data(as_text=True)
    assert maker.get(f"{two}?before=9&after=x").status_code == 200
    assert f"{two}?before=1&amp;after=2" in maker.get(f"{LIST}/your-voice").get_data(as_text=True)


def test_the_preview_says_where_there_are_films_and_recordings_and_opens_them(
    app: Flask, partnership: uuid.UUID, maker: PageClient
) -> None:
    """A16: staff see what is signed and read, and what is not, before anybody is asked."""
    film = library.add(app, partnership, ItemKind.FILM, "Home")
    read = library.add(app, partnership, ItemKind.SOUND, "Home read out")
    with within(app, partnership), transaction():
        copy = service.working_copy("your-voice")
        tree = copy.definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        tree["questions"][0] |= {"bsl": film, "audio": {"en": read}}
        service.change("your-voice", copy.revision, Definition.model_validate(tree), None)
    for language, marks in (("en", {"Film in BSL": 1, "Recording": 1}), ("ar", {"Film in BSL": 1, "Recording": 0})):
        outer = maker.get(f"{MAKE}/preview?language={language}&film=open").get_data(as_text=True)
        assert {mark: outer.count(f"</svg>{mark}</span>") for mark in marks} == marks
        assert "film=open" in re.findall(r'<iframe[^>]* src="([^"]+)"', outer)[0]
    for asked, is_open in (("", False), ("&film=open", True), ("&film=odd", False)):
        page = maker.get(f"{MAKE}/preview/page?q=safe_home{asked}").get_data(as_text=True)
        assert ('<details class="engage-bsl" data-quiet open>' in page) == is_open
        assert "Watch in BSL" in page
        assert 'data-recorded="safe_home-question"' in page


def walk(client: PageClient, address: str, survey: Definition) -> list[str]:
    """Skip every question that can be skipped; the addresses on the way."""
    seen: list[str] = []
    while "q=end" not in address:
        assert len(seen) < 40
        page = client.get(address)
        assert page.status_code == 200, address
        wrong = client.post(address, data={"csrf_token": token_of(page), "safe_home": "no such answer"})
        assert wrong.status_code in {303, 422}
        name = address.partition("q=")[2].partition("&")[0]
        skip = survey.question(name).skip_field
        answer = client.post(address, data={"csrf_token": token_of(page), skip: "rather-not"})
        assert answer.status_code == 303
        address = answer.headers["Location"]
        seen.append(address)
    assert client.get(address).status_code == 200
    return seen


@pytest.mark.parametrize(
    "kept", ["~~..", "safe_home", "safe_home.9", "x" * 6000, "safe_home.1~tell.family.no_one", "\u202e"]
)
def test_a_preview_takes_any_address(maker: PageClient, kept: str) -> None:
    page = maker.get(f"{MAKE}/preview/page", query_string={"q": "safe_school", "kept": kept})
    assert page.status_code == 200
    assert maker.get(f"{MAKE}/preview/page?q=nothing").status_code == 404


def test_a_survey_is_thrown_away_archived_and_taken_out(maker: PageClient) -> None:
    assert "Go on with the working copy" in maker.get(LIST).get_data(as_text=True)
    assert "stays as it is" in maker.get(f"{MAKE}/discard").get_data(as_text=True)
    assert post(maker, f"{MAKE}/discard", f"{MAKE}/discard")[0] == 303
    page = f"{LIST}/your-voice"
    assert post(maker, f"{page}/archive", page)[0] == 409
    assert post(maker, f"{page}/close", f"{page}/close")[0] == 303
    assert post(maker, f"{page}/archive", page)[0] == 303
    assert "Your voice" not in maker.get(LIST).get_data(as_text=True).partition("Ready-made")[0]
    assert "Your voice" in maker.get(f"{LIST}?show=archived").get_data(as_text=True)
    put_away = maker.get(page).get_data(as_text=True)
    assert "In the archive" in put_away
    assert "Open it again" not in put_away
    days = {"closes_on": clock.in_days(9).isoformat(), "tell_by": clock.in_days(19).isoformat()}
    status, said = post(maker, f"{page}/open", page, **days)  # from a page that stood open
    assert (status, "Take it out of the archive first." in said) == (409, True)
    assert post(maker, f"{page}/bring_back", page)[0] == 303
    assert post(maker, f"{page}/make", page)[0] == 303
    assert maker.get(MAKE).status_code == 200


def test_w8_contact_details_are_not_offered_where_no_survey_with_them_is_ever_published(maker: PageClient) -> None:
    kinds = maker.get(f"{MAKE}/add").get_data(as_text=True)
    assert f"{MAKE}/add/text" in kinds
    assert f"{MAKE}/add/contact" not in kinds
    save(maker, f"{MAKE}/add/contact", text__plain="Who are you?", text__easy="Who are you?")
    asked = re.findall(r'name="(reason-\w+)"', maker.get(f"{MAKE}/publish").get_data(as_text=True))
    status, words = post(maker, f"{MAKE}/publish", f"{MAKE}/publish", **dict.fromkeys(asked, "We write to them"))
    assert (status, "A survey has no place to keep contact details" in words) == (422, True)


def test_every_deed_of_a_survey_is_told_in_words_on_its_trail() -> None:
    """D5: the trail is read by people: no deed stands on it under its code."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in tracked((".py",), "engage"))
    deeds = set(re.findall(r'audit\.record\(\s*"([\w-]+)",\s*"survey"', code))
    assert len(deeds) > 20
    assert deeds <= set(DEEDS)


def test_closing_says_so_and_leads_to_the_results(maker: PageClient) -> None:
    assert "People go on answering version 1." in maker.get(MAKE).get_data(as_text=True)
    status, told = post(maker, f"{LIST}/your-voice/close", f"{LIST}/your-voice/close")
    assert (status, "done=closed" in told) == (303, True)
    page = maker.get(f"{LIST}/your-voice?done=closed").get_data(as_text=True)
    status_line = page.partition('role="status"')[2].partition("</div>")[0]
    assert "Closed: nobody can answer any more." in status_line
    assert 'href="/staff/results/your-voice"' in status_line
    assert "People go on answering" not in maker.get(MAKE).get_data(as_text=True)
