"""The real beginning by command: what is there already is said by name, links lead to the site, doctor says it all."""

import os
import uuid
from pathlib import Path

from flask import Flask

from engage.people.kinds import Role
from engage.web.places import RESERVED
from tests.support import backups
from tests.support.people import staff

MAIL = {
    "ENGAGE_SMTP_URL": "smtp://mail.example:25",
    "ENGAGE_MAIL_FROM": "engage@larkmoor.example",
    "ENGAGE_SITE_URL": "https://say.larkmoor.example/",
}


def test_what_is_there_already_is_said_by_name(app: Flask, partnership: uuid.UUID) -> None:
    home = backups.home_of(app)
    place = home.verb("partnership", "add", "larkmoor", "Another")
    assert (place.exit_code, "There is a partnership of that name in the address." in place.output) == (1, True)
    add = ("account", "add", "ada", "Ada Lovelace", "--role", "viewer")
    assert home.verb(*add).exit_code == 0
    again = home.verb(*add)
    assert (again.exit_code, "That sign-in name is taken" in again.output) == (1, True)


def test_no_partnership_takes_the_place_of_a_page(app: Flask, partnership: uuid.UUID) -> None:
    """Every first word of an address that is not a partnership's is reserved."""
    words = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
    ours = {word for word in words if word.isalpha()}
    assert "leave" in ours
    assert ours <= RESERVED
    for slug in sorted(ours):
        assert backups.home_of(app).verb("partnership", "add", slug, "Nowhere").exit_code == 2


def test_a_link_leads_to_the_site_that_people_type(app: Flask, partnership: uuid.UUID) -> None:
    home = backups.home_of(app)
    add = ("account", "add", "{}", "Ada Lovelace", "--role", "viewer")
    here = home.verb(*(word.format("ada") for word in add))
    assert "  http://127.0.0.1:8000/staff/set-password/" in here.output
    there = home.verb(*(word.format("eve") for word in add), **MAIL)
    assert "  https://say.larkmoor.example/staff/set-password/" in there.output


def test_doctor_says_that_no_alert_about_a_child_goes_out(app: Flask, partnership: uuid.UUID) -> None:
    home = backups.home_of(app)
    assert "alert" not in home.verb("doctor").output, "nobody decides on flags, so nothing is open that raises one"
    staff(app, partnership, "lea", Role.SAFEGUARDING_LEAD)
    told = home.verb("doctor")
    assert told.exit_code == 1
    assert "No alert about a child goes out: set ENGAGE_SMTP_URL" in told.output
    assert "In larkmoor nobody who decides on flags signs in with an e-mail address" in told.output
    posted = home.verb("doctor", **MAIL)
    assert (posted.exit_code, "set ENGAGE_SMTP_URL" in posted.output) == (1, False)
    staff(app, partnership, "lea@larkmoor.example", Role.SAFEGUARDING_LEAD)
    assert "alert" not in home.verb("doctor", **MAIL).output


def test_a_database_is_its_own_accounts_alone_in_a_folder_that_is_open(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        home = backups.Home(tmp_path / "old", "")
        home.folder.mkdir(mode=0o755)
        assert home.verb("migrate").exit_code == 0
        assert home.verb("partnership", "add", "larkmoor", "Larkmoor").exit_code == 0
    finally:
        os.umask(before)
    open_to_others = [path.name for path in home.folder.rglob("*") if path.is_file() and path.stat().st_mode & 0o077]
    assert open_to_others == []
