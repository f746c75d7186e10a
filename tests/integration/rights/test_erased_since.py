"""N13, P5, P6: what is erased after a backup was made stays erased when that backup is put back."""

import uuid
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from engage import worker
from engage.core import clock, erasing
from engage.core.backup import erased
from engage.core.backup.sealed import BackupError
from engage.core.crypto import keyring
from engage.core.database import Base, db
from engage.core.holds import Held
from engage.core.transaction import transaction
from engage.listening.invited import service as inviting
from engage.listening.invited.models import Invited
from engage.listening.surveys import queries as surveys
from engage.people.kinds import Role
from engage.rules.keeping import Cutoff
from engage.safeguarding import keeping, withdrawals
from engage.voices import keeping as files
from engage.voices import queries as voices
from engage.voices.models import Voice
from tests.factories.surveys import open_survey
from tests.integration.rights.test_taking_back import CODES, HARM, opened, press, rows, send
from tests.support import answering, backups
from tests.support.apps import within
from tests.support.backups import Home
from tests.support.client import PageClient, browser_of, token_of
from tests.support.people import staff
from tests.support.pictures import telling_photo

LATER = Cutoff(datetime(2100, 1, 1, tzinfo=UTC).date(), "2100-W01")
UPLOAD = "/larkmoor/surveys/upload"
UNKNOWN = "boat fox moon key star bus"


@pytest.fixture
def home(app: Flask, partnership: uuid.UUID) -> Generator[Home]:
    for name in ("your-voice", "examples/upload"):
        open_survey(app, partnership, name)
    home = backups.home_of(app)
    yield home
    (home.folder / "erased").unlink(missing_ok=True)


@pytest.fixture
def empty(home: Home, tmp_path: Path) -> Generator[Home]:
    with backups.empty_home(home, tmp_path / "empty") as empty:
        yield empty


def list_erased(app: Flask) -> Path:
    """What the worker does every five minutes; where the list is."""
    with app.app_context():
        worker.list_erased()
    return app.extensions["engage_settings"].erased


def send_photo(client: PageClient) -> str:
    """Answer with a photo; the code that is given."""
    address = answering.start(client, UPLOAD)
    while "/q/" in address:
        name = address.rsplit("/", 1)[-1]
        data = {
            "csrf_token": token_of(client.get(address)),
            f"{name}-file": FileStorage(BytesIO(telling_photo()), "x.jpg"),
        }
        boundary, body = encode_multipart(data)
        address = client.post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}").location
    return " ".join(answering.words_on(client.get(answering.send(client, UPLOAD).location)))


def traces(app: Flask) -> list[bytes]:
    """What tells each row that holds something of a person, as its bytes stand in a database's files."""
    found: list[bytes] = []
    with app.app_context(), db.engine.connect().execution_options(engage_maintenance=True) as connection:
        for name, column in (("voice", "text_sealed"), ("attachment", "sealed"), ("receipt", "lookup")):
            rows = connection.execute(sa.select(Base.metadata.tables[name].c[column])).scalars()
            found += [bytes(value)[4:28] for value in rows]
    return found


def test_n13_what_was_erased_since_is_gone_after_a_restore(
    app: Flask, partnership: uuid.UUID, home: Home, empty: Home, client: PageClient, tmp_path: Path
) -> None:
    """N13, P5: taken back and deleted for their age: no row, no byte on the disk, and the codes open nothing."""
    codes = [send(client), send(browser_of(app))]
    with_photo = send_photo(browser_of(app))
    known = traces(app)
    assert len(known) > 5
    file = tmp_path / "today.backup"
    assert home.verb("backup", file).exit_code == 0
    assert "It is deleted" in press(client, codes[0])
    with within(app, partnership), transaction():
        assert keeping.TALKS.delete(LATER, Held()) == 1
        assert files.delete_files(sa.select(Voice.id)) > 0
    left = list(traces(app))
    done = empty.verb("restore", file, "--erased", list_erased(app))
    assert done.exit_code == 0, done.output
    restored = empty.app()
    assert rows(restored) == rows(app)
    on_disk = backups.everything_on_disk(restored)
    assert [trace for trace in known if trace not in left and trace in on_disk] == []
    assert [trace for trace in left if trace not in on_disk] == [], "the search finds what is there"
    browser = browser_of(restored)
    pages = [browser.post(CODES, data={"words": words}) for words in (*codes, UNKNOWN)]
    assert browser.post(CODES, data={"words": with_photo}).status_code == 200
    assert {page.status_code for page in pages} == {404}
    assert len({page.get_data(as_text=True).count("<") for page in pages}) == 1
    with restored.app_context():
        assert set(erasing.marks()) == set(erased_by(restored, list_erased(restored)))
    with restored.app_context():
        db.engine.dispose()


def erased_by(app: Flask, path: Path) -> dict[uuid.UUID, str]:
    with app.app_context():
        found = erased.read(path, keyring().derive(erased.KEY))
    assert found is not None
    return found.marks


@pytest.mark.one_database
def test_n13_what_was_asked_or_stopped_since_is_so_after_a_restore(
    app: Flask, partnership: uuid.UUID, home: Home, empty: Home, client: PageClient, tmp_path: Path
) -> None:
    """N13: what waits for a decision is hidden and goes later; an address that wants no reminders is forgotten."""
    code = send(client, HARM)
    with within(app, partnership), transaction():
        survey = surveys.get_survey("your-voice")
        assert survey is not None
        inviting.invite(survey.id, [("Clinic", "desk@clinic.example")])
    file = tmp_path / "today.backup"
    assert home.verb("backup", file).exit_code == 0
    assert "stays until a person has finished" in press(client, code)
    with within(app, partnership):
        origin = opened(code).origin_id
        [invited] = db.session.scalars(sa.select(Invited.id)).all()
        with transaction():
            assert inviting.stop(invited, inviting.token_of(invited))
    done = empty.verb("restore", file, "--erased", list_erased(app))
    assert done.exit_code == 0, done.output
    restored = empty.app()
    assert "response" not in rows(restored)
    with within(restored, partnership):
        assert withdrawals.is_asked("response", origin)
        assert set(db.session.scalars(sa.select(Voice.is_taken_back))) == {True}
        assert db.session.scalars(sa.select(Invited.sealed)).all() == [None]


@pytest.mark.one_database
def test_n13_without_a_list_as_young_as_the_backup_nothing_is_restored_unasked(
    app: Flask, home: Home, empty: Home, client: PageClient, tmp_path: Path
) -> None:
    """N13: what could come back is said, and it takes a word of its own to go on."""
    code = send(client)
    older = list_erased(app)
    with time_machine.travel(clock.now() + timedelta(days=366), tick=False):
        file = tmp_path / "today.backup"
        assert home.verb("backup", file).exit_code == 0
        assert "comes back" in empty.verb("restore", file).output, "there is no list"
        assert "comes back" in empty.verb("restore", file, "--erased", older).output, "the list is older"
        older.write_bytes(older.read_bytes().replace(b"-", b"+", 1))
        assert "damaged" in empty.verb("restore", file, "--erased", older).output
        assert not (empty.folder / "engage.sqlite3").exists()
        press(client, code)
        done = empty.verb("restore", file, "--without-erased")
    assert done.exit_code == 0
    assert "Nothing was erased again" in done.output
    assert rows(empty.app())["receipt"] == 1


@pytest.mark.one_database
def test_n13_a_list_that_does_not_reach_back_to_the_backup_is_refused(
    app: Flask, home: Home, empty: Home, client: PageClient, tmp_path: Path
) -> None:
    """N13: the service keeps marks for fewer days than whoever makes the backups says, so that some are gone."""
    code, file = send(client), tmp_path / "old.backup"
    assert home.verb("backup", file).exit_code == 0
    press(client, code)
    assert len(erased_by(app, list_erased(app))) > 0
    with time_machine.travel(clock.now() + timedelta(days=20), tick=False):
        with app.app_context():
            erased.write(home.settings().erased, 7)
        assert erased_by(app, list_erased(app)) == {}
        done = empty.verb("restore", file, "--erased", home.settings().erased)
    assert done.exit_code == 1
    assert "fewer days" in done.output
    assert not (empty.folder / "engage.sqlite3").exists()


@pytest.mark.one_database
def test_p6_marks_stay_as_long_as_backups_may(app: Flask, home: Home) -> None:
    """P6: to the last day of a backup made on the last day of the week, over a leap day and a change of the clocks."""
    with time_machine.travel(datetime(2028, 2, 28, 12, tzinfo=UTC), tick=False):  # a Monday
        with app.app_context(), transaction():
            erasing.note([uuid.uuid4() for _ in range(1000)])
        assert set(erased_by(app, list_erased(app)).values()) == {"2028-W09"}
    # A backup of Sunday 5 March may be restored to 4 April, when London's clocks are an hour ahead.
    with time_machine.travel(datetime(2028, 4, 4, 22, 59, tzinfo=UTC), tick=False):
        assert len(erased_by(app, list_erased(app))) == 1000
    with time_machine.travel(datetime(2028, 4, 4, 23, 1, tzinfo=UTC), tick=False):
        assert erased_by(app, list_erased(app)) == {}
        with app.app_context():
            assert erasing.marks() == {}


def test_n2_a_mark_tells_nothing_without_the_key(
    app: Flask, partnership: uuid.UUID, home: Home, client: PageClient
) -> None:
    """N2, N6: neither ids nor the order of what was erased; and a list is never written over one that is not ours."""
    staff(app, partnership, "ana", Role.ANALYST)
    code = send(client)
    with within(app, partnership):
        mine = opened(code)
        ids = [mine.id, mine.origin_id, *(row.id for row in voices.list_of_origin("response", mine.origin_id))]
    press(client, code)
    path = list_erased(app)
    data, lines = path.read_bytes(), path.read_text().splitlines()[1:-1]
    assert [one for one in ids if one.hex.encode() in data or one.bytes in data] == []
    assert lines == sorted(lines)
    assert len(lines) >= len(ids) - 1
    assert {line.split(" ")[1] for line in lines} == {clock.iso_week()}
    path.write_bytes(data.replace(b"-W", b"-X"))
    with app.app_context(), pytest.raises(BackupError, match="another key file"):
        worker.list_erased()
