"""Every route of the product, whoever adds it: policy, typed addresses, and forms that only our own pages can send."""

import functools
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
import sqlalchemy as sa
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.routing import Map, Rule

from engage.app import create_app
from engage.core.database import Base, db
from engage.people.kinds import Role
from engage.web import access
from engage.web.access import Door
from engage.web.csrf import csrf
from tests.support.apps import settings_for
from tests.support.client import PageClient
from tests.support.machines import bearer, key_for
from tests.support.people import sign_in, staff

pytestmark = pytest.mark.one_database

PLACEHOLDER = re.compile(r"<([^>]+)>")
OPEN_STAFF_PAGES = {"/staff/sign-in", "/inspect/sign-in", "/staff/set-password/<string:token>"}
SAMPLES = {"uuid": str(uuid.UUID(int=0)), "slug": "your-voice", "string": "x", "int": "1"}


def rules(app: Flask) -> list[Rule]:
    found: Map = app.url_map
    return sorted(found.iter_rules(), key=lambda rule: rule.rule)


def address(rule: Rule) -> str:
    """The rule's address with a sample in every place; the partnership is a real one."""

    def sample(found: re.Match[str]) -> str:
        kind, _, name = found.group(1).partition(":")
        if name in {"partnership", "place"}:
            return "larkmoor"
        options = re.fullmatch(r"any\((.*)\)", kind)
        return options.group(1).split(",")[0].strip() if options else SAMPLES[kind]

    return PLACEHOLDER.sub(sample, rule.rule)


def view_of(app: Flask, rule: Rule) -> Callable[..., object]:
    return app.view_functions[rule.endpoint]


def test_w1_every_route_has_a_policy_that_fits_its_address(app: Flask) -> None:
    wrong = []
    for rule in rules(app):
        policy = access.policy_of(view_of(app, rule))
        is_closed = rule.rule.startswith(("/staff", "/inspect")) and rule.rule not in OPEN_STAFF_PAGES
        if policy is None or is_closed != (policy.door is Door.SIGNED_IN):
            wrong.append(rule.rule)
    assert wrong == []


def test_w1_addresses_are_typed_and_methods_few(app: Flask) -> None:
    untyped = [rule.rule for rule in rules(app) if any(":" not in part for part in PLACEHOLDER.findall(rule.rule))]
    assert untyped == []
    methods = {method for rule in rules(app) for method in rule.methods or ()}
    assert methods <= {"GET", "HEAD", "POST", "OPTIONS"}


def test_w3_every_form_is_refused_from_elsewhere_and_without_its_token(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    staff(app, partnership, "ada", *Role)
    sign_in(client, "ada")
    forms = [rule for rule in rules(app) if "POST" in (rule.methods or ())]
    before = contents(app)
    wrong = []
    for rule in forms:
        elsewhere = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        if client.post(address(rule), data={"csrf_token": "x"}, headers=elsewhere).status_code != 403:
            wrong.append(f"{rule.rule} from elsewhere")
        if not is_exempt(view_of(app, rule)) and client.post(address(rule), data={}).status_code != 400:
            wrong.append(f"{rule.rule} without its token")
    assert len(forms) > 5
    assert wrong == []
    assert contents(app) == before


def is_exempt(view: Callable[..., object]) -> bool:
    return f"{view.__module__}.{view.__name__}" in csrf._exempt_views


def test_w3_only_forms_of_people_without_a_cookie_need_no_token(app: Flask) -> None:
    exempt = [rule.rule for rule in rules(app) if is_exempt(view_of(app, rule))]
    assert [rule for rule in exempt if rule.startswith(("/staff", "/inspect")) and rule not in OPEN_STAFF_PAGES] == []


def test_w3_reading_changes_nothing(app: Flask, partnership: uuid.UUID, client: PageClient) -> None:
    staff(app, partnership, "ada", *Role)
    sign_in(client, "ada")
    before = contents(app)
    pages = [rule for rule in rules(app) if "GET" in (rule.methods or ())]
    broken = [rule.rule for rule in pages if client.get(address(rule)).status_code >= 500]
    assert len(pages) > 10
    assert broken == []
    assert contents(app) == before


ODD = ("9" * 30, "x%00y", "%ED%A0%80", "-1")
ASKED = ("page", "release", "after", "voice", "theme", "q", "reference", "source", "agency", "show", "state", "back")


def test_w21_an_odd_address_is_no_fault_of_ours(app: Flask, partnership: uuid.UUID, client: PageClient) -> None:
    """Numbers no database can count to, signs no database can hold, bytes that are no text."""
    staff(app, partnership, "ada", *Role)
    sign_in(client, "ada")
    queries = ["&".join(f"{name}={value}" for name in ASKED) for value in ODD]
    addresses = [
        f"{address(rule)}?{query}" for rule in rules(app) if "GET" in (rule.methods or ()) for query in queries
    ]
    assert [each for each in addresses if client.get(each).status_code >= 500] == []


def test_w21_a_name_that_cannot_be_kept_is_refused(app: Flask) -> None:
    sent = {"sign_in": "pri\x00ya", "password": "x"}
    answer = FlaskClient(app).post("/staff/sign-in", data=sent, headers={"Origin": "http://localhost"})
    assert answer.status_code in {200, 400}


def contents(app: Flask) -> dict[str, list[str]]:
    """Every row of every table, except when a staff session was last seen (the one write a page may cause)."""
    with app.app_context(), db.engine.connect() as connection:
        plain = connection.execution_options(engage_maintenance=True)
        return {
            table.name: sorted(
                str(row) for row in plain.execute(sa.select(*(c for c in table.columns if c.name != "seen_at")))
            )
            for table in Base.metadata.sorted_tables
        }


def test_w19_a_fault_in_any_view_shows_who_to_call_and_nothing_of_the_inside(
    app: Flask, partnership: uuid.UUID, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(app, partnership, "ada", *Role)
    sign_in(client, "ada")
    sent = bearer(key_for(app, partnership))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    for rule in [rule for rule in rules(app) if "GET" in (rule.methods or ())]:
        broken = functools.wraps(view_of(app, rule))(fail)
        with monkeypatch.context() as patch:
            patch.setitem(app.view_functions, rule.endpoint, broken)
            answer = client.get(address(rule), headers=sent)
        text = answer.get_data(as_text=True)
        assert answer.status_code == 500, rule.rule
        if rule.rule.startswith("/api/"):  # no person reads it
            assert answer.json == {"type": "about:blank", "title": "Internal Server Error", "status": 500}, rule.rule
        else:
            assert "999" in text, rule.rule
            assert "0800 1111" in text, rule.rule
        assert not re.search(r"hurts|Traceback|ValueError|\.py|SELECT|sqlite|postgres", text), rule.rule


def fail(**_values: object) -> NoReturn:
    raise ValueError("he hurts me at night")


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/nowhere/nothing", "/larkmoor/nothing", "/staff/nothing", "/LARKMOOR/", "/larkmoor/surveys/none"],
)
def test_an_address_that_leads_nowhere_still_shows_who_to_call(
    partnership: uuid.UUID, client: PageClient, path: str
) -> None:
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 404
    assert b"0800 1111" in answer.get_data()


def test_how_an_address_is_built_is_worked_out_when_it_is_first_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever starts, a verb of the command above all, would take five times as long in making the app."""
    worked_out: list[str] = []
    known = Rule._compile_builder

    def watched(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        worked_out.append(rule.rule)
        return known(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", watched)
    fresh = create_app(settings_for(tmp_path))
    assert worked_out == []
    with fresh.test_request_context():
        nothing = uuid.UUID(int=0)
        assert [url_for("cases.case", case_id=nothing, page=number) for number in (1, 2)] == [
            f"/staff/cases/{nothing}?page={number}" for number in (1, 2)
        ]
        db.engine.dispose()
    assert len(worked_out) == 1
