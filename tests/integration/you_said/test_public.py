"""The public page: "did not" as proud as "did", dates in words, lateness out loud; words of others stay words."""

import re
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask

from engage.answering.you_said import queries, service
from engage.answering.you_said.kinds import Reason, Verdict
from engage.answering.you_said.service import AnswerText
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.rules.themes import Group
from engage.understanding.themes import service_quotes
from engage.understanding.themes.service_quotes import QuoteText
from tests.support import themes
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import staff

pytestmark = pytest.mark.one_database

HOME = "/larkmoor/you-said"
WHEN = datetime(2026, 11, 24, 12, tzinfo=UTC)
ANSWERS = {
    Verdict.DID: AnswerText(
        Group.CHILDREN, "The stop is dark", Verdict.DID, "The council", date(2026, 9, 3), we_did="Four lights."
    ),
    Verdict.DOING: AnswerText(
        Group.CHILDREN, "Nowhere is quiet", Verdict.DOING, "Nine schools", date(2026, 9, 3),
        we_did="Five rooms.\n\nMore.", due_on=date(2026, 11, 1),
    ),
    Verdict.DID_NOT: AnswerText(
        Group.CHILDREN, "Same worker, please", Verdict.DID_NOT, "Head of care", date(2026, 8, 1),
        we_did="You meet first.", reason=Reason.NOT_OURS, because="People change jobs.", look_again_on=date(2027, 6, 1),
    ),
    Verdict.NOT_YET: AnswerText(
        Group.STAFF, "No word after a referral", Verdict.NOT_YET, "Front door board", date(2026, 8, 1),
        we_did="They meet soon.", due_on=date(2026, 11, 20),
    ),
}  # fmt: skip


@pytest.fixture
def ana(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return staff(app, partnership, "ana", Role.ANALYST)


@pytest.fixture
def theme(app: Flask, partnership: uuid.UUID, ana: uuid.UUID) -> uuid.UUID:
    """A theme that ten children spoke of, among three."""
    made = [themes.theme(app, partnership, name) for name in ("Buses", "Rooms", "Workers")]
    for each, people in zip(made, (10, 1, 1), strict=True):
        voices = themes.heard(app, partnership, *["It is dark"] * people)
        themes.code(app, partnership, [voice.id for voice in voices], [each], ana)
    themes.count(app, partnership)
    return made[0]


def publish(app: Flask, partnership: uuid.UUID, theme: uuid.UUID, ana: uuid.UUID, *texts: AnswerText) -> None:
    with within(app, partnership), transaction():
        for text in texts:
            service.publish(service.add(theme, text, ana), ana)


def cards(client: PageClient, address: str = HOME) -> list[str]:
    text = client.get(address).get_data(as_text=True)
    return re.findall(r"<article.*?</article>", text, re.DOTALL)


def test_an_empty_page_says_what_will_come(client: PageClient, partnership: uuid.UUID) -> None:
    text = client.get(HOME).get_data(as_text=True)
    assert "No answers yet" in text
    assert "You told us" not in text  # nobody did
    assert "No answers yet" in client.get(f"{HOME}?outcome=did").get_data(as_text=True)
    assert client.get("/elsewhere/you-said").status_code == 404


@time_machine.travel(WHEN, tick=False)
def test_each_outcome_has_its_card_with_shape_word_and_dates(
    app: Flask, client: PageClient, partnership: uuid.UUID, theme: uuid.UUID, ana: uuid.UUID
) -> None:
    publish(app, partnership, theme, ana, *ANSWERS.values())
    found = {outcome: cards(client, f"{HOME}?outcome={outcome}") for outcome in Verdict}
    assert {outcome: len(each) for outcome, each in found.items()} == dict.fromkeys(Verdict, 1)
    expected = {
        Verdict.DID: ("We did this", "About 10 children", "Who did it:", "3 September 2026"),
        Verdict.DOING: ("We are doing this", "We said it would be done by 1 November 2026. We are late."),
        Verdict.DID_NOT: (
            "We did not do this, because it is not ours to change", "What we will do:", "We look again on:",
            "1 June 2027",
        ),
        Verdict.NOT_YET: (
            "We have not answered this yet", "We promised an answer by 20 November 2026. We are late.", "Fewer than 11",
        ),
    }  # fmt: skip
    for outcome, words in expected.items():
        assert [word for word in words if word not in found[outcome][0]] == []
        assert "<svg" in found[outcome][0].split("engage-said__status")[1], "a shape beside the word"
    assert len(cards(client)) == 4
    with within(app, partnership):
        assert [row.verdict for row in queries.latest_of_each_verdict()] == [
            Verdict.DID, Verdict.DOING, Verdict.DID_NOT,
        ]  # fmt: skip
    client.post("/comfort", data={"language": "ar", "back": "/larkmoor/"})
    proof = client.get("/larkmoor/").get_data(as_text=True).split("engage-proof")[1].split("</section>")[0]
    assert proof.count('<p class="engage-p" lang="en" dir="auto">') == 6, "the partnership's English is read as English"


def test_links_narrow_by_outcome_and_by_who_is_answered(
    app: Flask, client: PageClient, partnership: uuid.UUID, theme: uuid.UUID, ana: uuid.UUID
) -> None:
    publish(app, partnership, theme, ana, *ANSWERS.values())
    text = client.get(HOME).get_data(as_text=True)
    assert "outcome=did_not" in text
    assert "for=staff" in text
    assert len(cards(client, f"{HOME}?for=staff")) == 1
    assert "No answer fits" in client.get(f"{HOME}?for=staff&outcome=did").get_data(as_text=True)
    assert len(cards(client, f"{HOME}?for=nobody&outcome=never&page=-3")) == 4


def test_drafts_and_what_was_taken_down_are_not_there(
    app: Flask, client: PageClient, partnership: uuid.UUID, theme: uuid.UUID, ana: uuid.UUID
) -> None:
    with within(app, partnership), transaction():
        service.add(theme, ANSWERS[Verdict.DID], ana)
    assert cards(client) == []


def test_more_answers_are_a_link_away(
    app: Flask, client: PageClient, partnership: uuid.UUID, theme: uuid.UUID, ana: uuid.UUID
) -> None:
    publish(app, partnership, theme, ana, *[ANSWERS[Verdict.DID]] * 11)
    assert len(cards(client)) == 10
    assert "page=2" in client.get(HOME).get_data(as_text=True)
    assert len(cards(client, f"{HOME}?page=2")) == 1


def test_d5_only_released_words_stand_beside_an_answer(
    app: Flask, client: PageClient, partnership: uuid.UUID, theme: uuid.UUID, ana: uuid.UUID
) -> None:
    lena = staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    (voice,) = themes.heard(app, partnership, "It is so dark at the stop")
    themes.code(app, partnership, [voice.id], [theme], ana)
    publish(app, partnership, theme, ana, ANSWERS[Verdict.DID], replace(ANSWERS[Verdict.DID], audience=Group.FAMILIES))
    with within(app, partnership), transaction():
        shown, _held = (
            service_quotes.prepare(voice.id, QuoteText(text, theme, is_paraphrase=False), ana)
            for text in ("So dark there", "Held back")
        )
        service_quotes.release(shown, lena)
    text = client.get(HOME).get_data(as_text=True)
    assert text.count("So dark there") == 1, "beside the answer to the group that said it, and no other"
    assert "Held back" not in text
    assert "Ana" not in text


def test_words_people_wrote_keep_their_language_on_an_arabic_page(
    app: Flask, client: PageClient, partnership: uuid.UUID, theme: uuid.UUID, ana: uuid.UUID
) -> None:
    publish(app, partnership, theme, ana, ANSWERS[Verdict.DID])
    page = client.get(HOME, headers={"Accept-Language": "ar"}).get_data(as_text=True)
    assert 'dir="rtl"' in page.split("<head>")[0]
    assert re.search(r'<h2[^>]* lang="en" dir="auto">“The stop is dark”', page)


def test_w12_answers_are_words_and_nothing_else(
    app: Flask, client: PageClient, partnership: uuid.UUID, theme: uuid.UUID, ana: uuid.UUID
) -> None:
    publish(
        app, partnership, theme, ana,
        *(
            replace(ANSWERS[Verdict.DID_NOT], you_said=words, because=words, we_did=words, decided_by=words)
            for words in themes.NASTY
        ),
    )  # fmt: skip
    page = client.get(HOME).get_data(as_text=True)
    assert not re.search(r"<(script>|img|svg/onload)", page)
    assert page.count("{{7*7}}") == 4
