"""Typing in papers: the parse and sender of online, channel paper, screened and flagged; nothing says who typed it."""

import re
import uuid
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import audit, clock
from engage.core.database import db
from engage.core.outbox import OutboxRow
from engage.core.transaction import transaction
from engage.listening.ballots.kinds import Entry
from engage.listening.reach import queries as own
from engage.listening.reach import service, views_entry, views_paper
from engage.listening.reach.views_paper import Reader
from engage.listening.surveys import queries
from engage.listening.surveys import service as surveys
from engage.listening.surveys.models import Response
from engage.people.kinds import Role
from engage.rules.questionnaire.kinds.ranking import Ranking
from engage.rules.questionnaire.load import load
from engage.safeguarding import service as safeguarding
from engage.voices import queries as voices
from tests.factories.codes import survey_with_codes
from tests.factories.surveys import open_survey, ready_made
from tests.integration.reach.test_ways import definitions
from tests.support.answering import WITH_WORKER, send, start, walk
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.people import sign_in, staff
from tests.unit.questionnaire.samples import option, sample

PAGE = "/staff/paper/your-voice"
# What a paper says that was filled in like the online answers; a skip on paper is a question left empty.
PAPER = {
    name: value
    for answers in WITH_WORKER.values()
    for name, value in answers.items()
    if value != "rather-not" and not name.endswith("-skip")
}


@pytest.fixture
def typist(app: Flask, partnership: uuid.UUID) -> PageClient:
    staff(app, partnership, "rosa", Role.RESPONDER)
    client = browser_of(app)
    sign_in(client, "rosa")
    return client


def about(app: Flask, partnership: uuid.UUID) -> list[tuple[str, ...]]:
    names = ("company", "adult", "easy", "symbols", "large_print", "read_aloud", "bsl")
    with within(app, partnership):
        return [tuple(row) for row in db.session.execute(sa.select(*(getattr(Response, name) for name in names)))]


def stored(app: Flask, partnership: uuid.UUID) -> list[tuple[Mapping[str, object], str, str]]:
    with within(app, partnership):
        return [
            (row.answers, row.channel, row.language)
            for row in db.session.execute(sa.select(Response.answers, Response.channel, Response.language))
        ]


def key_on(page: str) -> str:
    found = re.search(r'name="paper" value="([^"]+)"', page)
    assert found
    return found.group(1)


def test_a_paper_is_stored_as_the_same_answers_online_are(
    app: Flask, partnership: uuid.UUID, client: PageClient, typist: PageClient
) -> None:
    open_survey(app, partnership)
    walk(client, start(client), WITH_WORKER)
    send(client)
    page = typist.get(PAGE).get_data(as_text=True)
    answer = typist.submit(PAGE, {**PAPER, "paper": key_on(page), "language": "ar"})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    after = typist.get(answer.headers["Location"]).get_data(as_text=True)
    assert "That paper is in" in after
    # By keyboard the next key leads into the form again: not through the menu, once a paper.
    assert answer.headers["Location"].endswith("#next")
    assert after.index('id="next"') < after.index('name="language"')
    online, paper = sorted(stored(app, partnership), key=lambda row: row[1])
    assert online[0] == paper[0]
    assert (online[1], paper[1]) == ("link", "paper")
    assert (online[2], paper[2]) == ("en", "ar")
    with within(app, partnership):
        assert {voice.channel for voice in voices.list_unread(10)} == {"survey"}, "readers never see which was on paper"
        assert len(voices.list_unread(10)) == 2
        row = queries.get_survey("your-voice")
        assert row is not None
        assert own.papers_today(row.id) == 1


@pytest.mark.parametrize(
    ("look", "modes"),
    [
        ("plain", ("no", "no", "no")),
        ("large", ("no", "no", "yes")),
        ("symbols", ("yes", "yes", "no")),
        ("easy", ("yes", "no", "no")),
    ],
)
def test_who_was_there_and_which_paper_it_was_are_kept_as_the_site_keeps_them(
    app: Flask, partnership: uuid.UUID, typist: PageClient, look: str, modes: tuple[str, ...]
) -> None:
    open_survey(app, partnership)
    page = typist.get(PAGE).get_data(as_text=True)
    assert "Who was with you when you answered?" in page
    told = {"how-company": "interpreter", "how-adult": "no", "look": look, "language": "ar"}
    answer = typist.submit(PAGE, {**told, "paper": "k"})
    assert about(app, partnership) == [("interpreter", "no", *modes, "", "")]
    following = typist.get(answer.headers["Location"]).get_data(as_text=True)
    assert f'value="{look}" selected' in following, "papers come in piles: the next is as the one before"
    assert 'value="ar" lang="ar" dir="rtl" selected' in following
    assert 'value="interpreter" checked' not in following


def test_of_a_paper_without_that_question_and_of_forged_words_nothing_is_kept(
    app: Flask, partnership: uuid.UUID, typist: PageClient
) -> None:
    open_survey(app, partnership)
    typist.submit(PAGE, {"paper": "k", "how-company": "a teacher", "look": "odd", "language": "xx"})
    assert about(app, partnership) == [("", "", "no", "no", "no", "", "")]
    silent = ready_made("your-voice").model_copy(update={"ask_how": False})
    assert list(views_entry.asked_how(silent)) == []
    with app.test_request_context("/"):
        assert views_paper.printed_how(silent, Reader("en", "plain")) == []


def test_f7_the_same_form_twice_is_one_paper(app: Flask, partnership: uuid.UUID, typist: PageClient) -> None:
    open_survey(app, partnership)
    key = key_on(typist.get(PAGE).get_data(as_text=True))
    for _press in range(2):
        assert typist.submit(PAGE, {**PAPER, "paper": key}).status_code == 303
    assert typist.submit(PAGE, {**PAPER, "paper": "another"}).status_code == 303
    assert len(stored(app, partnership)) == 2


def test_a_danger_on_paper_raises_its_flag(app: Flask, partnership: uuid.UUID, typist: PageClient) -> None:
    open_survey(app, partnership)
    typist.submit(PAGE, {"paper": "k", "safer": "my uncle hits me every night", "safe_home": "1"})
    with within(app, partnership):
        raised = db.session.scalars(sa.select(OutboxRow.kind)).all()
    assert raised.count(safeguarding.NOTICE) == 2  # the words, and the low answer to a question about safety


def test_an_empty_paper_is_a_paper_on_which_all_was_left_out(
    app: Flask, partnership: uuid.UUID, typist: PageClient
) -> None:
    open_survey(app, partnership)
    assert typist.submit(PAGE, {"paper": "k"}).status_code == 303
    [(answers, channel, _language)] = stored(app, partnership)
    assert set(map(str, answers.values())) == {"{'skipped': True}"}
    assert channel == "paper"


def test_what_cannot_be_is_pointed_at_and_nothing_is_lost(
    app: Flask, partnership: uuid.UUID, typist: PageClient
) -> None:
    open_survey(app, partnership)
    wrong = {"paper": "k", "safe_home": "9", "tell": ["family", "no-one"], "going_well": "kept " * 700}
    wrong |= {"language": "ar", "look": "easy", "how-company": "carer"}
    page = typist.submit(PAGE, wrong)
    assert page.status_code == 422
    text = page.get_data(as_text=True)
    for kept in ('value="ar" lang="ar" dir="rtl" selected', 'value="easy" selected', 'value="carer" checked'):
        assert kept in text
    assert text.count('govuk-form-group--error"') >= 2
    assert "kept kept" in text
    assert key_on(text) == "k"
    assert stored(app, partnership) == []


def test_alone_with_an_adult_is_asked_once_more_and_then_neither_is_kept(
    app: Flask, partnership: uuid.UUID, typist: PageClient
) -> None:
    open_survey(app, partnership)
    both = {**PAPER, "paper": "k", "how-company": "alone", "how-adult": "yes"}
    again = typist.submit(PAGE, both)
    assert again.status_code == 422
    assert "If the paper says both, take it in like this" in again.get_data(as_text=True)
    assert 'name="how-again"' in again.get_data(as_text=True)
    assert typist.submit(PAGE, {**both, "how-again": "yes"}).status_code == 303
    assert [row[:2] for row in about(app, partnership)] == [("", "")]


@pytest.mark.parametrize("is_archived", [False, True])
def test_a_paper_counts_for_two_weeks_after_the_last_day_and_later_it_is_said_what_to_do(
    app: Flask, partnership: uuid.UUID, typist: PageClient, monkeypatch: pytest.MonkeyPatch, is_archived: bool
) -> None:
    """A paper handed in on the last day may say that a child is in danger: the archive shuts nobody out."""
    open_survey(app, partnership)
    with within(app, partnership), transaction():
        surveys.close_survey("your-voice")
    if is_archived:
        with within(app, partnership), transaction():
            surveys.archive_survey("your-voice")
    assert PAGE in typist.get("/staff/paper").get_data(as_text=True)
    assert typist.submit(PAGE, {**PAPER, "paper": "k"}).status_code == 303
    assert len(stored(app, partnership)) == 1
    late = clock.in_days(15)
    monkeypatch.setattr("engage.listening.reach.service.clock.today", lambda: late)
    assert typist.get(PAGE).headers["Location"] == "/staff/paper#late"
    listed = typist.get("/staff/paper").get_data(as_text=True)
    assert PAGE not in listed
    assert "tell your safeguarding lead at once" in listed


def test_a_code_on_paper_counts_once(app: Flask, partnership: uuid.UUID, typist: PageClient) -> None:
    code = survey_with_codes(app, partnership, entry=Entry.CODES)[0]
    assert typist.submit(PAGE, {**PAPER, "paper": "k"}).status_code == 422
    assert typist.submit(PAGE, {**PAPER, "paper": "k", "code": code}).status_code == 303
    assert typist.submit(PAGE, {**PAPER, "paper": "k", "code": code}).status_code == 303
    assert typist.submit(PAGE, {**PAPER, "paper": "other", "code": code}).status_code == 422
    assert len(stored(app, partnership)) == 1


def test_nothing_says_who_typed_which(app: Flask, partnership: uuid.UUID, typist: PageClient) -> None:
    """N3: no audit event a paper; a count a day."""
    survey_id = open_survey(app, partnership)
    with within(app, partnership):
        before = len(audit.trail(survey_id))
        events = db.session.scalar(sa.select(sa.func.count(audit.AuditEvent.id)))
    typist.submit(PAGE, {**PAPER, "paper": "k"})
    with within(app, partnership):
        assert len(audit.trail(survey_id)) == before
        assert db.session.scalar(sa.select(sa.func.count(audit.AuditEvent.id))) == events


def test_only_people_who_may_read_type_in(app: Flask, partnership: uuid.UUID) -> None:
    open_survey(app, partnership)
    staff(app, partnership, "mary", Role.SURVEY_MANAGER)
    client = browser_of(app)
    sign_in(client, "mary")
    assert client.get(PAGE).status_code == 403
    assert client.get("/staff/paper").status_code == 403


def test_papers_are_listed_and_unknown_ones_not_found(app: Flask, partnership: uuid.UUID, typist: PageClient) -> None:
    assert "No survey takes papers now" in typist.get("/staff/paper").get_data(as_text=True)
    open_survey(app, partnership)
    assert PAGE in typist.get("/staff/paper").get_data(as_text=True)
    assert typist.get("/staff/paper/none").status_code == 404


@pytest.mark.parametrize("path", definitions(), ids=lambda path: path.stem)
def test_every_kind_has_its_controls(path: Path) -> None:
    definition = load(path.read_text(encoding="utf-8"), path.name)
    shown = {row.id: row for row in views_entry.asked(definition, "en")}
    for question in definition.asked:
        if question.fields():
            names = {box.name for box in shown[question.id].boxes}
            places = (
                {question.place_field(o.id) for o in question.options()} if isinstance(question, Ranking) else set()
            )
            assert names <= set(question.fields()) | places
            assert names, question.id


USES = sample(
    {"id": "use", "kind": "multiple", "options": [option("a"), option("b"), option("c")]},
    {"id": "best", "kind": "single", "carry": {"question": "use"}},
    {"id": "first", "kind": "ranking", "carry": {"question": "use"}},
)


@pytest.mark.parametrize(
    ("typed", "order", "wrong"),
    [
        ({"first-at-a": ["2"], "first-at-c": ["1"]}, ["c", "a"], set()),
        ({"first-at-a": ["3"], "first-at-b": ["1"], "first-at-c": ["2"]}, ["c", "a"], set()),
        ({"first-at-a": ["1"], "first-at-c": ["1"]}, None, {"first"}),
        ({"first-at-a": ["1"]}, None, {"first"}),
        ({}, None, set()),
        ({"best": ["b"], "first-at-a": ["1"], "first-at-c": ["2"]}, ["a", "c"], {"best"}),
    ],
)
def test_things_are_put_in_order_by_the_places_on_paper(
    typed: dict[str, list[str]], order: list[str] | None, wrong: set[str]
) -> None:
    """Nothing but what they chose before counts; a best one they never chose is told, and not asked for ever."""
    paper = service.read(USES, {"use": ["a", "c"], **typed})
    assert paper.answers["first"].get("order") == order
    assert set(paper.mistakes) == wrong


def test_answers_stand_under_each_other_as_on_the_paper(app: Flask, partnership: uuid.UUID, typist: PageClient) -> None:
    """Side by side, the framework's small radios cut short words into letters ("S a f e")."""
    open_survey(app, partnership)
    page = typist.get(PAGE).get_data(as_text=True)
    assert page.count('<div class="govuk-radios govuk-radios--small">') > 5
    assert "govuk-radios--inline" not in page
