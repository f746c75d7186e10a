"""A voice is screened, sealed and kept; only a read one reaches an analyst."""

import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import clock
from engage.core.crypto import SealError
from engage.core.database import db
from engage.core.errors import NotFound
from engage.core.transaction import transaction
from engage.people import service as people
from engage.people.kinds import Role
from engage.voices import queries, service
from engage.voices.kinds import Concern
from engage.voices.models import Voice
from tests.support.apps import within
from tests.support.people import staff
from tests.support.voices import WORDS, prepare, say


def test_a_voice_keeps_its_week_and_sealed_words(app: Flask, partnership: uuid.UUID) -> None:
    """N3: the ISO week and nothing finer. N6: sealed, opened by the site's key alone."""
    kept = say(app, partnership)[0]
    with within(app, partnership):
        row = db.session.scalars(sa.select(Voice)).one()
        assert row.week == clock.iso_week()
        assert WORDS.encode() not in row.text_sealed
        assert service.open_text(kept.id) == WORDS
        with pytest.raises(NotFound):
            service.open_text(uuid.uuid4())
        assert service.open_texts([kept.id, uuid.uuid4()]) == {kept.id: WORDS}


def test_n6_what_cannot_be_sealed_is_refused(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership), pytest.raises(SealError):
        prepare("a half letter \ud800")


def test_n6_swapped_words_do_not_open(app: Flask, partnership: uuid.UUID) -> None:
    one, other = say(app, partnership, "one", "other")
    with within(app, partnership):
        with transaction():
            db.session.execute(sa.update(Voice).where(Voice.id == one.id).values(text_sealed=other.text_sealed))
        assert service.open_texts([one.id, other.id]) == {one.id: None, other.id: "other"}


def test_n6_no_words_lie_in_the_database_files(app: Flask, partnership: uuid.UUID) -> None:
    """The database and its write-ahead log, before and after the voice is read."""
    say(app, partnership, "canary-on-the-roof")
    reader = staff(app, partnership, "rosa", Role.RESPONDER)
    with within(app, partnership):
        with transaction():
            assert service.mark_read([row.id for row in queries.list_unread(9)], reader) == 1
        if db.engine.dialect.name == "sqlite":
            folder = Path(str(db.engine.url.database)).parent
            files = [path for path in folder.iterdir() if path.is_file()]
            assert any(path.name.endswith("-wal") for path in files)
            assert not [path.name for path in files if b"canary-on-the-roof" in path.read_bytes()]


def test_only_read_voices_reach_an_analyst(app: Flask, partnership: uuid.UUID) -> None:
    """Every select an analyst's page may use yields nothing before a reader marked the voice read."""
    kept = say(app, partnership, "first", "second")
    reader = staff(app, partnership, "rosa", Role.RESPONDER)
    ids = [voice.id for voice in kept]
    with within(app, partnership):
        assert _seen_by_analyst(ids) == ([], {}, [])
        with transaction():
            assert service.mark_read([ids[0]], reader) == 1
        assert _seen_by_analyst(ids) == ([ids[0]], {ids[0]: "first"}, [ids[0]])
        assert [row.id for row in queries.list_unread(9)] == [ids[1]]
        with transaction():
            assert service.mark_read([ids[0]], reader) == 0


def _seen_by_analyst(ids: list[uuid.UUID]) -> tuple[list[uuid.UUID], dict[uuid.UUID, str], list[uuid.UUID]]:
    joined = sa.select(queries.read_voices().subquery().c.id)
    return list(db.session.scalars(joined)), queries.texts(ids), [row.id for row in queries.list_read(9)]


def test_a_voice_of_another_partnership_is_not_there(app: Flask, partnership: uuid.UUID) -> None:
    kept = say(app, partnership, concern=Concern.NOT_CHECKED)[0]
    with within(app, partnership):
        assert queries.count_unread_by_concern() == [queries.Unread(Concern.NOT_CHECKED, 1, clock.iso_week())]
    other = _second(app)
    with within(app, other):
        assert queries.list_unread(9) == []
        assert queries.count_unread_by_concern() == []
        assert list(db.session.execute(sa.select(queries.read_voices().subquery()))) == []
        assert service.open_texts([kept.id]) == {}


def _second(app: Flask) -> uuid.UUID:
    with app.app_context(), transaction():
        return people.add_partnership("thornby", "Thornby Partnership", "Thornby", ["en"])
