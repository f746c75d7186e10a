"""What comes in from a tablet without a network: closed boxes only, each stored once, in whatever order (F9)."""

import base64
import json
import secrets
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage import paths
from engage.core import clock, database, sealedbox
from engage.core.database import db
from engage.core.errors import Refused
from engage.listening.kiosk import queries, service, taking
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import service as surveys_service
from engage.listening.surveys.models import Response, SurveyVersion
from engage.listening.surveys.queries import Overridden
from engage.listening.surveys.service_gate import findings
from engage.rules.questionnaire.load import load
from engage.rules.questionnaire.texts import Text
from engage.voices import queries as voices
from engage.voices import service as voices_service
from engage.voices.models import Voice
from tests.factories.surveys import open_survey
from tests.support.apps import within
from tests.support.client import PageClient

SAID = {
    "safe_home": {"safe_home": ["4"]},
    "tell": {"tell": ["family", "friend"]},
    "going_well": {"going_well": ["My dog and the purple swing"]},
}
Close = Callable[..., bytes]


@pytest.fixture
def tablet(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    open_survey(app, partnership)
    with within(app, partnership):
        found = service.set_up("your-voice", "Hall", clock.in_days(3), works_offline=True)
        database.end_write(commit=True)
        return found


@pytest.fixture
def close(app: Flask, partnership: uuid.UUID, tablet: uuid.UUID) -> Close:
    """Closes a box as the tablet's script does."""
    with within(app, partnership):
        survey = surveys.get_survey("your-voice")
        public = taking.public_key(tablet)
    assert survey is not None
    assert survey.version is not None
    version = str(survey.version.id)

    def made(key: bytes | None = None, fields: Any = None, **other: Any) -> bytes:
        content = {
            "key": base64.b64encode(key or secrets.token_bytes(32)).decode(),
            "version": version,
            "language": "en",
            "easy": False,
            "fields": SAID if fields is None else fields,
            **other,
        }
        text = json.dumps(content).encode()
        return sealedbox.close_box(public, text, secrets.token_bytes(12), aad=str(tablet).encode())

    return made


def post(client: PageClient, tablet: uuid.UUID, box: bytes) -> int:
    return client.post(f"/larkmoor/tablet/{tablet}/answers", data=box).status_code


def stored(app: Flask, partnership: uuid.UUID) -> list[dict[str, Any]]:
    with within(app, partnership):
        return list(db.session.scalars(sa.select(Response.answers)).all())


def test_f9_a_box_is_a_response_once(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, close: Close
) -> None:
    box = close()
    assert [post(client, tablet, box) for _ in range(3)] == [200, 200, 200]
    (answers,) = stored(app, partnership)
    assert answers["safe_home"] == {"value": "4"}
    with within(app, partnership):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Voice)) == 1


def test_a_box_says_in_which_modes_its_questions_were_asked(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, close: Close
) -> None:
    """Who was with somebody is theirs to say, in words of ours; what else a box claims of it is not kept."""
    hostile = {"how-company": ["friend", "alone"], "how-adult": ["<b>"], "easy": ["no"]}
    looked = {"symbols": "yes", "large_print": "<b>", "easy": "yes", "bsl": "yes"}
    first = close(easy=True, how=hostile)
    second = close(how=hostile, modes=looked, used=["bsl", "easy", "<b>"])
    assert [post(client, tablet, box) for box in (first, second)] == [200, 200]
    with within(app, partnership):
        about = (Response.channel, Response.easy, Response.company, Response.adult)
        modes = (Response.symbols, Response.large_print, Response.read_aloud, Response.bsl)
        kept = {tuple(row) for row in db.session.execute(sa.select(*about, *modes))}
    assert kept == {("kiosk", "yes", "", "", "", "", "", ""), ("kiosk", "no", "", "", "yes", "", "", "yes")}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_f9_any_order_and_any_repeats_store_each_person_once(
    app: Flask, partnership: uuid.UUID, tablet: uuid.UUID, close: Close, order: list[int]
) -> None:
    """Lost acknowledgements, two tabs and late tries are all the same thing: a box that comes again, in any order."""
    boxes = [close() for _ in range(5)]
    before = len(stored(app, partnership))
    with within(app, partnership):
        row = queries.get_tablet(tablet)
        assert row is not None
        new = []
        for each in order:
            new.append(taking.take(row, boxes[each]))
            database.end_write(commit=True)
    assert new.count(True) == len(set(order)) == len(stored(app, partnership)) - before


@pytest.mark.parametrize(
    "wrong",
    [
        {"fields": {"safe_home": "4"}},
        {"version": str(uuid.uuid4())},
        {"version": "soon"},
        {"key_text": "AAAA"},
        {"easy": "perhaps"},
        {"more": 1},
        {"language": "x" * 50},
    ],
)
def test_a_box_that_says_nonsense_is_refused(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, close: Close, wrong: dict[str, Any]
) -> None:
    if "key_text" not in wrong:
        box = close(**wrong)
    else:
        with within(app, partnership):
            public = taking.public_key(tablet)
        inside = {"key": wrong["key_text"], "version": str(uuid.uuid4()), "language": "en", "easy": False, "fields": {}}
        text = json.dumps(inside)
        box = sealedbox.close_box(public, text.encode(), secrets.token_bytes(12), aad=str(tablet).encode())
    assert post(client, tablet, box) in {400, 409, 422}
    assert stored(app, partnership) == []


@pytest.mark.parametrize("spoil", ["one byte", "cut", "empty", "noise", "another tablet"])
def test_a_box_nobody_of_ours_closed_is_refused(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, close: Close, spoil: str
) -> None:
    box = bytearray(close())
    box[100] ^= 1
    other = sealedbox.close_box(sealedbox.public_key(b"x" * 32), b"{}", secrets.token_bytes(12), aad=b"")
    spoilt = {
        "one byte": bytes(box),
        "cut": bytes(box[:60]),
        "empty": b"",
        "noise": b"\x04" * 500,
        "another tablet": other,
    }
    assert post(client, tablet, spoilt[spoil]) in {400, 409, 422}
    assert stored(app, partnership) == []


def test_what_cannot_be_read_counts_as_left_out_and_words_are_kept_whole(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, close: Close
) -> None:
    fields = {"safe_home": {"safe_home": ["99"]}, "tell": {"tell": ["family", "rather-not"]}, "unasked": {"x": ["1"]}}
    fields["going_well"] = {"going_well": ["My dog. " * 900]}
    assert post(client, tablet, close(fields=fields)) == 200
    with within(app, partnership):
        (voice,) = voices.list_unread(10)
        assert len(voices_service.open_text(voice.id)) > 7000
    (answers,) = stored(app, partnership)
    assert answers["safe_home"] == {"skipped": True}
    assert "unasked" not in answers


def test_a_tablet_taken_away_still_brings_what_waited_for_two_weeks(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, close: Close
) -> None:
    with within(app, partnership):
        service.take_away(tablet)
        database.end_write(commit=True)
    assert client.get(f"/larkmoor/tablet/{tablet}/offline").status_code == 410
    assert post(client, tablet, close()) == 200
    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert post(client, tablet, close()) == 410


def test_f9_what_waits_comes_in_after_a_new_version_and_after_the_survey_is_closed_and_put_away(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, close: Close
) -> None:
    """Nobody can be asked again: a box says which version it answers, and is read as that one."""
    boxes = [close() for _ in range(2)]
    with within(app, partnership):
        row = surveys.get_survey("your-voice")
        assert row is not None
        assert row.definition is not None
        newer = row.definition.model_copy(update={"thanks": Text.english("Thank you again.")})
        signed = [Overridden(f.code, f.question, f.place, f.message, "Agreed", None) for f in findings(row.slug, newer)]
        surveys_service.publish_version(row.id, newer, signed)
        database.end_write(commit=True)
    assert post(client, tablet, boxes[0]) == 200
    with within(app, partnership):
        surveys_service.close_survey("your-voice")
        surveys_service.archive_survey("your-voice")
        database.end_write(commit=True)
    assert post(client, tablet, boxes[1]) == 200
    assert len(stored(app, partnership)) == 2


def test_only_surveys_that_a_tablet_can_ask_go_offline(app: Flask, partnership: uuid.UUID) -> None:
    """A version from before services were written into it would ask for a place without any to choose."""
    text = (paths.surveys() / "examples" / "options-from.yaml").read_text(encoding="utf-8")
    with within(app, partnership):
        surveys_service.create_survey("needs-the-site", load(text, "options-from.yaml"))
        db.session.execute(sa.update(SurveyVersion).values(definition=text))
        database.end_write(commit=True)
        with pytest.raises(Refused):
            service.set_up("needs-the-site", "Hall", clock.in_days(3), works_offline=True)


def test_numbers_to_call_say_whose_they_are(app: Flask, tablet: uuid.UUID) -> None:
    """Without a network the numbers are all there is: 999 and Childline always, each with its words."""
    plain = FlaskClient(app)  # one document of many screens, each with its heading
    page = plain.get(f"/larkmoor/tablet/{tablet}/offline").get_data(as_text=True)
    for words in ("if you or someone else is in danger now", "Childline, free, day and night"):
        assert page.count(words) >= 2  # after sending, and under Help now
