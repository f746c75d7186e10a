"""N2: with every row, every file, the dump and the log of a database, the order in which people came is not found."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from engage.core import shuffle
from engage.core.database import db
from engage.rules.screening import Screening
from engage.voices import screening
from tests.integration.anonymity import attacker
from tests.integration.anonymity.attacker import Guess
from tests.integration.anonymity.crowd import come
from tests.support import backups
from tests.support.apps import within


def _quick(text: str, _language: str) -> Screening:
    """Screening is not asked about here, and reading the long words of a crowd would take minutes."""
    return Screening("red", ("physical_abuse",), ("physical_abuse:red",)) if "hits me" in text else Screening("none")


def _told(found: list[Guess]) -> list[str]:
    return [str(guess) for guess in found if not guess.is_chance]


def test_n2_no_order_in_any_store_tells_who_came_when(
    app: Flask,
    partnership: uuid.UUID,
    record_property: Callable[[str, object], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Before the tick the attack bites; after it minutes are gone; after the night nothing is left but chance. A backup
    tells nothing even when it was made before the tick.
    """
    monkeypatch.setattr(screening, "detect", _quick)
    if app.extensions["engage_settings"].database.startswith("postgresql"):
        with app.app_context():
            shuffle.forget_order()  # last night
    seen = come(app, partnership)
    truth = [person.hex for person in seen.responses] + [draft.hex() for draft in seen.drafts]
    _, held = backups.taken(app, tmp_path)  # while everybody still stands in the order they came
    with within(app, partnership):
        in_backup = attacker.guesses_in(held, truth)
        before = _judged(truth)
        shuffle.forget_minutes()
        minutes = _judged(truth)
        shuffle.forget_order()
        night = _judged(truth)
        for name, found in (("before", before), ("after five minutes", minutes), ("after the night", night)):
            record_property(name, "; ".join(_told(found)) or "chance")
        assert _told(in_backup) == []
        assert len(in_backup) > 5
        assert _told(before), "an attacker who finds nothing where there is something proves nothing"
        assert [each for each in _told(minutes) if _is_closed_by_the_tick(each)] == []
        assert _told(night) == []
        assert max(guess.matches for guess in night) <= attacker.MOST_MATCHES
        assert len(night) > 10
        if db.engine.dialect.name == "postgresql":
            _one_moment_for_all()


def _judged(truth: list[str]) -> list[Guess]:
    db.session.rollback()
    return attacker.guesses(truth)


def _is_closed_by_the_tick(told: str) -> bool:
    """What every five minutes must take; places in SQLite's pages and numbers of large values wait for the night."""
    if db.engine.dialect.name == "postgresql":
        return "large value" not in told
    return "-wal" in told or "as it lies" in told or "rowid" in told


def _one_moment_for_all() -> None:
    """All rows of a table are one transaction's: none can be set between two dated acts of staff."""
    with db.engine.connect().execution_options(engage_maintenance=True) as connection:
        for name in ("response", "voice", "receipt", "draft", "flag", "message"):
            query = f"SELECT count(DISTINCT xmin::text) FROM {name}"  # noqa: S608 - a list of this file
            assert connection.exec_driver_sql(query).scalar() == 1, name


def test_n2_every_table_without_order_is_forgotten(app: Flask) -> None:
    """No table of anonymous rows is left out, whether or not its rows have a week of their own."""
    assert {"response", "voice", "attachment", "case", "draft", "draft_file", "flag", "receipt", "message"} <= set(
        shuffle.anonymous_tables()
    )
