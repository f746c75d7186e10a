"""Help now needs no script, session or database (C4)."""

import uuid

import sqlalchemy as sa
from flask import Flask

from engage.core.database import db
from engage.desk import help as help_now
from tests.support.client import PageClient


def test_c4_help_is_a_file_that_outlives_the_database(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    help_now.render_all(app)

    def broken(*_: object) -> None:
        raise AssertionError("the help page asked the database")

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", broken)
    try:
        page = client.get("/larkmoor/help").get_data(as_text=True)
        built_in = client.get("/help").get_data(as_text=True)
        unknown = client.get("/nowhere/help").get_data(as_text=True)
    finally:
        sa.event.remove(engine, "before_cursor_execute", broken)
    for text in (page, built_in, unknown):
        assert "999" in text
        assert "0800 1111" in text
    assert "Larkmoor" in page


def test_c4_help_speaks_arabic(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    help_now.render_all(app)
    page = client.get("/larkmoor/help", headers={"Accept-Language": "ar"}).get_data(as_text=True)
    assert 'lang="ar"' in page
    assert 'dir="rtl"' in page
