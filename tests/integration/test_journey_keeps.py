"""What a journey keeps and what it never does: nothing that was typed is lost, nothing tells who or when."""

import threading
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core import scope
from engage.core.audit import AuditEvent
from engage.core.database import Base, UtcDateTime, db
from engage.core.outbox import OutboxRow
from engage.listening.surveys.models import Draft, Response
from engage.safeguarding.models import Flag, Message, Receipt
from engage.voices.models import Voice
from tests.factories.surveys import open_survey
from tests.support.answering import ANSWERS, SURVEY, answer_page, question_in, send, start, walk, words_on
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.trouble import full_disk, locked

ANONYMOUS = (Draft, Response, Voice, Receipt, Message, Flag)
SECRET = "purple swing"


@pytest.fixture
def survey(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return open_survey(app, partnership)


def count(app: Flask, partnership: uuid.UUID, model: type[Base]) -> int:
    with within(app, partnership):
        return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def everything_stored(app: Flask) -> bytes:
    """All there is in the database: its files where it is SQLite, every value of every row besides."""
    with app.app_context():
        options = {"engage_maintenance": True}
        with db.engine.connect().execution_options(**options) as connection:
            rows = [
                row for table in Base.metadata.sorted_tables for row in connection.execute(sa.select(table.columns))
            ]
        name = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
    files = [Path(f"{name}{end}") for end in ("", "-wal")] if name else []
    return b"".join(path.read_bytes() for path in files if path.exists()) + repr(rows).encode()


def test_f7_fifty_at_once_are_one_response_and_one_receipt(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    walk(client, start(client))
    token = token_of(client.get(f"{SURVEY}/check"))
    cookie = client.get_cookie("engage-answer")
    assert cookie is not None
    ready, seen = threading.Barrier(50), []

    def press() -> None:
        mine = app.test_client()
        mine.set_cookie("engage-answer", cookie.value)
        ready.wait()
        answer = mine.post(f"{SURVEY}/send", data={"csrf_token": token})
        seen.append((answer.headers.get("Location"), tuple(words_on(mine.get(f"{SURVEY}/sent")))))

    threads = [threading.Thread(target=press) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 50
    assert {address for address, _ in seen} == {f"{SURVEY}/sent"}
    assert len({words for _, words in seen}) == 1
    assert [count(app, partnership, model) for model in (Response, Receipt, Voice, Draft)] == [1, 1, 1, 0]


def test_f8_nothing_is_lost_when_time_passes_or_keys_change(
    app: Flask, client: PageClient, survey: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F8: at every page a month passes and the form key changes: the page comes again, filled, and goes on."""
    address, now = start(client), datetime.now(UTC)
    with time_machine.travel(now, tick=True) as clock:
        for step, (question, data) in enumerate(ANSWERS.items()):
            assert question_in(address) == question
            page = client.get(address)
            clock.move_to(now + timedelta(hours=step + 1) * 24)
            monkeypatch.setattr(app, "secret_key", f"another key {step}")
            late = client.post(address, data={"csrf_token": token_of(page), **data})
            assert late.status_code == 400
            text = late.get_data(as_text=True)
            assert "still on this page" in text
            kept = {**data, "csrf_token": token_of(late)}
            for value in [v for v in data.values() if isinstance(v, str) and v != "rather-not"]:
                assert f'value="{value}" checked' in text or f"{value}</textarea>" in text
            address = client.post(address, data=kept).headers["Location"]
    check = client.get(f"{SURVEY}/check").get_data(as_text=True)
    for shown in ("Mostly safe", "A friend", "My dog and the purple swing", "11 to 13"):
        assert shown in check


@pytest.mark.parametrize("token", ["", "wrong", "other"])
def test_w3_a_form_of_somebody_else_changes_nothing_and_loses_nothing(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID, token: str
) -> None:
    stranger: Any = app.test_client()
    start(stranger)
    foreign = {"other": token_of(stranger.get(f"{SURVEY}/q/safe_home"))}.get(token, token)
    address = start(client)
    page = client.post(address, data={"csrf_token": foreign, "safe_home": "2"})
    assert page.status_code == 400
    assert 'value="2" checked' in page.get_data(as_text=True)
    assert count(app, partnership, Draft) == 0
    walk(client, address)
    assert client.post(f"{SURVEY}/send", data={"csrf_token": foreign}).status_code == 400
    assert count(app, partnership, Response) == 0
    elsewhere = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    for path in ("start", "q/safe_home", "send"):
        assert client.post(f"{SURVEY}/{path}", headers=elsewhere).status_code == 403


def test_when_the_database_cannot_write_the_answers_stay_on_the_page(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    """Nothing is acknowledged that is not stored; nothing typed is lost (the small end of F3 and F4)."""
    address = start(client)
    with full_disk(app):
        page = answer_page(client, address, {"safe_home": "2"})
        assert page.status_code == 503
        text = page.get_data(as_text=True)
        assert "Your answers are still on this page" in text
        assert 'value="2" checked' in text
    walk(client, address)
    with full_disk(app):
        page = send(client)
        assert page.status_code == 503
        text = page.get_data(as_text=True)
        assert "Your answers are still on this page" in text
        assert "My dog and the purple swing" in text
        assert "Set-Cookie" not in page.headers
    assert count(app, partnership, Response) == 0
    assert send(client).headers["Location"].endswith("/sent")
    assert count(app, partnership, Response) == 1


def test_a_locked_database_says_try_again(app: Flask, client: PageClient, survey: uuid.UUID) -> None:
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL has no lock on the whole database")
    address = start(client)
    with locked(app):
        page = answer_page(client, address, {"safe_home": "2"})
    assert page.status_code == 503
    assert 'value="2" checked' in page.get_data(as_text=True)
    assert answer_page(client, address, {"safe_home": "2"}).status_code == 303


def test_n3_an_anonymous_row_knows_its_week_and_nothing_finer(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    before = count(app, partnership, AuditEvent)
    moment = datetime(2026, 11, 24, 10, 3, 27, tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        walk(client, start(client), {**ANSWERS, "safe_home": {"safe_home": "1"}})
        send(client)
    assert count(app, partnership, AuditEvent) == before
    with within(app, partnership):
        rows: list[Any] = [row for model in ANONYMOUS for row in db.session.scalars(sa.select(model))]
        rows += db.session.scalars(sa.select(OutboxRow))
        assert {row.week for row in rows if not isinstance(row, OutboxRow)} == {"2026-W48"}
        times = [
            getattr(row, column.key)
            for row in rows
            for column in sa.inspect(type(row)).columns
            if isinstance(column.type, UtcDateTime | sa.Date | sa.DateTime)
        ]
    assert set(times) - {None} == {datetime(2026, 11, 24, 10, 5, tzinfo=UTC)}


def test_n6_nothing_written_can_be_read_in_the_database(app: Flask, client: PageClient, survey: uuid.UUID) -> None:
    """Neither as a draft (which not even the key file opens) nor as a voice."""
    check = walk(client, start(client))
    assert SECRET in client.get(check).get_data(as_text=True)
    assert SECRET.encode() not in everything_stored(app)
    send(client)
    words = words_on(client.get(f"{SURVEY}/sent"))
    stored = everything_stored(app)
    assert SECRET.encode() not in stored
    assert " ".join(words).encode() not in stored
    cookie = client.get_cookie("engage-answer")
    assert cookie is not None
    assert cookie.value.encode() not in stored


def test_n6_a_draft_opens_only_with_its_own_secret(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    """A row moved under another id, or damaged, opens as nothing rather than as somebody else's answers."""
    answer_page(client, start(client), ANSWERS["safe_home"])
    other: Any = app.test_client()
    answer_page(other, start(other), {"safe_home": "1"})
    with within(app, partnership):
        from_row, to_row = db.session.scalars(sa.select(Draft))
        sealed = from_row.sealed
        row_id = to_row.id
        scope.leave()
    with within(app, partnership):
        options = {"engage_write": True}
        db.session.connection(execution_options=options)
        db.session.execute(sa.update(Draft).where(Draft.id == row_id).values(sealed=sealed))
        db.session.commit()
    shown = [browser.get(f"{SURVEY}/q/safe_home").get_data(as_text=True) for browser in (client, other)]
    assert sorted("checked" in text for text in shown) == [False, True]


def test_n7_every_page_keeps_to_itself(client: PageClient, survey: uuid.UUID) -> None:
    first = start(client)
    pages = [client.get(SURVEY), client.get(first), client.get(f"{SURVEY}/nothing"), answer_page(client, first, {})]
    pages.append(client.get(walk(client, first)))
    pages += [send(client), client.get(f"{SURVEY}/sent"), client.get(f"{SURVEY}/finish")]
    for page in pages:
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
        assert not {"ETag", "Last-Modified", "Server"} & set(page.headers.keys())
        assert "http://" not in page.get_data(as_text=True).replace("http://www.w3.org/", "")
        assert "https://" not in page.get_data(as_text=True)


def test_n8_one_cookie_from_start_and_gone_after_sending(client: PageClient, survey: uuid.UUID) -> None:
    assert "Set-Cookie" not in client.get(SURVEY).headers
    assert client.post(f"{SURVEY}/start", headers={"Origin": "http://evil.example"}).status_code == 403
    started = client.post(f"{SURVEY}/start")
    (cookie,) = started.headers.getlist("Set-Cookie")
    assert cookie.startswith("engage-answer=")
    assert "Max-Age" not in cookie
    assert all(part in cookie for part in ("HttpOnly", "Path=/", "SameSite=Lax"))
    check = walk(client, started.headers["Location"])
    assert "Set-Cookie" not in client.get(check).headers
    (shortened,) = send(client).headers.getlist("Set-Cookie")
    assert "Max-Age=900" in shortened
    assert client.get(f"{SURVEY}/sent").headers["Clear-Site-Data"] == '"cache", "storage"'
    done = client.get(f"{SURVEY}/finish")
    assert "engage-answer=;" in done.headers["Set-Cookie"]
    assert done.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(f"{SURVEY}/sent").headers["Location"].endswith("?lost=1")


def test_n8_another_survey_after_sending_begins_with_another_secret(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    """The next child on a shared device neither opens the first one's Sent page nor loses the answers with it."""
    open_survey(app, partnership, slug="again")
    walk(client, start(client))
    assert send(client).status_code == 303
    first = client.get_cookie("engage-answer")
    assert client.get(f"{SURVEY}/sent").status_code == 200
    start(client, "/larkmoor/surveys/again")
    second = client.get_cookie("engage-answer")
    assert first is not None
    assert second is not None
    assert second.value != first.value
    assert second.max_age is None
    assert client.get(f"{SURVEY}/sent").status_code == 303


def test_n8_answers_in_another_tab_outlive_what_was_sent(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    open_survey(app, partnership, slug="again")
    other = start(client, "/larkmoor/surveys/again")
    other = answer_page(client, other, ANSWERS[question_in(other)]).headers["Location"]
    walk(client, start(client))
    assert send(client).status_code == 303
    answer_page(client, other, ANSWERS[question_in(other)])
    cookie = client.get_cookie("engage-answer")
    assert cookie is not None
    assert cookie.max_age is None


def test_n8_over_https_the_cookie_belongs_to_this_host_alone(client: PageClient, survey: uuid.UUID) -> None:
    started = client.post(f"{SURVEY}/start", base_url="https://localhost", headers={"Origin": "https://localhost"})
    (cookie,) = started.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-engage-answer=")
    assert "Secure" in cookie


def test_n12_nothing_is_numbered_and_no_row_has_a_place(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    for _ in range(3):
        walk(client, start(client))
        send(client)
    with within(app, partnership):
        ids = [row.id for row in db.session.scalars(sa.select(Response))]
        assert {one.version for one in ids} == {4}
        if db.engine.dialect.name == "sqlite":
            kept = dict(db.session.execute(sa.text("SELECT name, sql FROM sqlite_master")).all())
            assert all("WITHOUT ROWID" in kept[model.__tablename__] for model in ANONYMOUS)
        for model in ANONYMOUS:
            kinds = [type(column.type) for column in model.__table__.columns if column.primary_key]
            assert sa.Integer not in kinds
