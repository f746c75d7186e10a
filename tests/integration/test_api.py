"""What machines read with a key: stored tables alone (D1), of their own partnership (W1, W2), while the key works."""

import contextlib
import itertools
import json
import re
import uuid
from collections.abc import Generator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engage.answering.you_said.kinds import Verdict
from engage.core import audit, clock, erasing
from engage.core.database import MAINTENANCE, WRITE, Base, begin_write, db, end_write
from engage.core.transaction import transaction
from engage.desk.api_described import DESCRIPTION
from engage.people import queries_keys, service, service_keys
from engage.people.kinds import KEY_DAYS, Role
from engage.people.models import Account, ApiKey, StaffSession
from engage.web.access import Access, Door, policy_of
from engage.web.limits import Act, Limiter
from tests.integration.test_every_route import rules, view_of
from tests.support import backups
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.machines import API, bearer, key_for
from tests.support.people import sign_in, staff
from tests.support.queries import count_queries
from tests.support.reports import answer as answer_to
from tests.support.reports import freeze_results, spoken_theme
from tests.support.trouble import full_disk

PAGE = "/staff/partnership/keys"
PAST_SEEN = timedelta(minutes=6)
TITLE = {"401": "Unauthorized", "404": "Not Found", "429": "Too Many Requests"}


def fits(schema: Mapping[str, Any], value: object) -> bool:
    """Whether a value is of a schema of ours: the few words of JSON Schema that the description uses."""
    if "$ref" in schema:
        return fits(DESCRIPTION["components"]["schemas"][schema["$ref"].rpartition("/")[2]], value)
    if "enum" in schema:
        return value in schema["enum"]
    kinds = {"string": str, "integer": int, "boolean": bool, "null": type(None), "array": list, "object": dict}
    wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if type(value) not in {kinds[name] for name in wanted}:
        return False
    if isinstance(value, list):
        return all(fits(schema["items"], each) for each in value)
    if isinstance(value, dict):
        named, rest = schema.get("properties", {}), schema["additionalProperties"]
        return set(schema.get("required", ())) <= value.keys() and all(
            fits(named[name], each) if name in named else bool(rest) and fits(rest, each)
            for name, each in value.items()
        )
    return True


def is_problem(answer: TestResponse, status: int) -> bool:
    """An error as RFC 9457 has it, that sets no cookie and is kept by nobody."""
    assert answer.status_code == status
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] in {"private, no-store", "no-store"}
    assert answer.json == {"type": "about:blank", "title": TITLE[str(status)], "status": status}
    return answer.mimetype == "application/problem+json"


def test_d1_a_machine_reads_what_the_command_prints_and_what_is_described(
    app: Flask, partnership: uuid.UUID, tmp_path: Path
) -> None:
    """Byte by byte the command's JSON; every described path answers in its shape, and every route is described."""
    freeze_results(app, partnership, tmp_path, "staff-voice", 12)
    ana = staff(app, partnership, "ana", Role.ANALYST)
    theme = spoken_theme(app, partnership, "Our word for it", 2, ana)
    answer_to(app, partnership, theme, ana, we_did="We ring back", because="Kept to us", verdict=Verdict.DID)
    machine = FlaskClient(app)
    sent = bearer(key_for(app, partnership))
    got = {}
    for path, said in machine.get("/api/openapi.json").json["paths"].items():
        place = path.format(partnership="larkmoor", survey="staff-voice", number=1)
        answer = machine.get(place, headers=sent)
        assert answer.status_code == 200, path
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert not {"Set-Cookie", "Access-Control-Allow-Origin"} & set(answer.headers.keys())
        schema = said["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert fits(schema, answer.json), path
        assert not fits(schema, {**answer.json, "counted": 12})
        got[place.removeprefix(API)] = answer
    printed = backups.home_of(app).verb("release", "show", "staff-voice", "--json").stdout
    release = got["/surveys/staff-voice/releases/1"]
    assert release.get_data(as_text=True) == printed.rstrip("\n")
    assert release.json["tables"]
    [survey] = got["/surveys"].json["surveys"]
    assert survey["releases"] == got["/surveys/staff-voice/releases"].json["releases"]
    assert [each["release"] for each in survey["releases"]] == [1]
    [answered] = got["/you-said"].json["answers"]
    assert (answered["you_said"], answered["because"], answered["heard"]) == ("You said it", "", None)
    described = {re.sub(r"\{(\w+)\}", r"<\1>", path) for path in DESCRIPTION["paths"]}
    keyed = {rule.rule for rule in rules(app) if policy_of(view_of(app, rule)) == Access(Door.KEYED)}
    assert {re.sub(r"<\w+:(\w+)>", r"<\1>", rule) for rule in keyed} == described
    assert {rule.rule for rule in rules(app) if rule.rule.startswith("/api/v1/")} == keyed
    for path in ("/surveys/nothing/releases", "/surveys/your-voice/releases/1", "/surveys/staff-voice/releases/2"):
        assert is_problem(machine.get(API + path, headers=sent), 404)
    assert is_problem(machine.get("/api/v1/nowhere/surveys", headers=sent), 404)


def test_w1_without_a_working_key_every_machine_is_told_the_same(app: Flask, partnership: uuid.UUID) -> None:
    """Wrong, withdrawn, ended, another partnership's, its maker gone: one answer, after one and the same statement."""
    ada, eve = (staff(app, partnership, name, Role.ADMINISTRATOR) for name in ("ada", "eve"))
    with app.app_context():
        other = service.add_partnership("marshley", "Marshley Partnership", "Marshley", ["en"])
        end_write(commit=True)
        g.pop("engage_partnership", None)
    keys = {name: key_for(app, partnership, ada, name) for name in ("works", "withdrawn", "ended")}
    keys |= {
        "elsewhere": key_for(app, other),
        "closed": key_for(app, partnership, eve),
        "none": "",
        "wrong": "engage_x",
    }
    with within(app, partnership), transaction():
        ids = {row.name: row.id for row in queries_keys.list_keys()}
        service_keys.withdraw_key(ids["withdrawn"])
        db.session.get_one(ApiKey, ids["ended"]).ends_on = clock.in_days(-1)
        service.set_active(eve, is_active=False)
    machine = FlaskClient(app)
    assert machine.get(f"{API}/surveys", headers=bearer(keys["works"])).status_code == 200
    asked = {}
    paths = [path.format(partnership="larkmoor", survey="staff-voice", number=1) for path in DESCRIPTION["paths"]]
    for name, path in itertools.product(keys.keys() - {"works"}, paths):
        with count_queries(app) as counted:
            answer = machine.get(path, headers=bearer(keys[name]))
        assert is_problem(answer, 401), name
        assert answer.headers["WWW-Authenticate"].lower() == "bearer"
        asked[name, path] = counted.statements
    assert len({tuple(each) for each in asked.values()}) == 1, asked
    with within(app, partnership), transaction():
        service.set_roles(ada, [Role.VIEWER])
    assert is_problem(machine.get(f"{API}/surveys", headers=bearer(keys["works"])), 401)


def test_w1_a_key_counts_in_its_header_alone(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    """Not in an address, which is kept in logs; not as a password; and a person's session opens nothing here."""
    ada = staff(app, partnership, "ada", Role.ADMINISTRATOR)
    key = key_for(app, partnership, ada)
    sign_in(client, "ada")
    for tried in ("key", "access_token", "token"):
        assert is_problem(client.get(f"{API}/surveys", query_string={tried: key}), 401)
    assert is_problem(client.get(f"{API}/surveys", auth=("engage", key)), 401)
    assert is_problem(client.get(f"{API}/surveys", headers={"Authorization": key}), 401)
    assert client.get(f"{API}/surveys", headers=bearer(key)).json == {"surveys": []}


def test_w2_an_administrator_makes_a_key_sees_it_once_and_withdraws_it(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    staff(app, partnership, "ada", Role.ADMINISTRATOR)
    sign_in(client, "ada")
    assert "There is no key yet." in client.get(PAGE).text
    assert "Enter a name" in client.submit(PAGE, {"days": "365"}).text
    assert "There is no key yet." in client.submit(PAGE, {"name": "Warehouse", "days": "9999"}).text
    made = client.submit(PAGE, {"name": "Warehouse", "days": str(KEY_DAYS[0])})
    key = re.findall(r"<code[^>]*>(engage_[\w-]{43})</code>", made.text)[0]
    page = client.get(PAGE).text
    assert key not in page
    assert "Never used" in page
    assert key not in json.dumps(everything(app), default=str)
    with time_machine.travel(clock.now() + timedelta(days=KEY_DAYS[0] - 1)):
        for _ in range(2):
            assert FlaskClient(app).get(f"{API}/surveys", headers=bearer(key)).status_code == 200
        used = clock.today()
    assert f"Last used on {used.day} {used:%B %Y}" in client.get(PAGE).text
    with time_machine.travel(clock.now() + timedelta(days=KEY_DAYS[0] + 1)):
        assert is_problem(FlaskClient(app).get(f"{API}/surveys", headers=bearer(key)), 401)
    [address] = re.findall(rf'action="({PAGE}/[0-9a-f-]+/withdraw)"', page)
    assert client.submit(PAGE, to=address).status_code == 303
    assert is_problem(FlaskClient(app).get(f"{API}/surveys", headers=bearer(key)), 401)
    assert "Withdrawn" in client.get(PAGE).text
    with within(app, partnership):
        [row] = queries_keys.list_keys()
        trail = audit.trail(row.id)
        assert [(event.action, event.detail["name"]) for event in trail] == [
            ("api-key-made", "Warehouse"),
            ("api-key-withdrawn", "Warehouse"),
        ]


def everything(app: Flask) -> list[Any]:
    with app.app_context(), db.engine.connect() as connection:
        plain = connection.execution_options(engage_maintenance=True)
        return [tuple(row) for table in Base.metadata.sorted_tables for row in plain.execute(sa.select(table))]


def test_n13_a_withdrawn_key_that_comes_back_with_a_backup_is_withdrawn_again_and_no_other_is(
    app: Flask, partnership: uuid.UUID
) -> None:
    gone, stays = (key_for(app, partnership, name=name) for name in ("gone", "stays"))
    with within(app, partnership):
        [row] = [each for each in queries_keys.list_keys() if each.name == "gone"]
        with transaction():
            service_keys.withdraw_key(row.id)
        with transaction():  # as an older backup has it
            begin_write().get_one(ApiKey, row.id).withdrawn_on = None
        assert service_keys.is_let_in(gone)
        with transaction():
            erasing.do_again(erasing.marks())
        assert not service_keys.is_let_in(gone)
        assert service_keys.is_let_in(stays)


def test_n14_wrong_keys_are_held_tight_and_hold_up_no_right_one(
    app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever guesses is refused before long; a machine behind the same network reads on, up to what it may read."""
    few = Limiter({act: 3 if act in {Act.KEY, Act.READ} else 10_000 for act in Act})
    monkeypatch.setitem(app.extensions, "engage_limits", few)
    sent, wrong = bearer(key_for(app, partnership)), bearer("engage_x")
    machine = browser_of(app)
    for _ in range(3):
        assert is_problem(machine.get(f"{API}/surveys", headers=wrong), 401)
    asked = []
    for _ in range(2):
        with count_queries(app) as counted:
            refused = machine.get(f"{API}/surveys", headers=wrong)
        assert is_problem(refused, 429)
        assert 0 < int(refused.headers["Retry-After"]) <= 600
        asked.append(counted.statements)
    assert [machine.get(f"{API}/surveys", headers=sent).status_code for _ in range(4)] == [200, 200, 200, 429]
    with count_queries(app) as counted:
        assert is_problem(machine.get(f"{API}/surveys", headers=wrong), 429)
    assert [*asked, counted.statements] == [asked[0]] * 3, "what is refused was looked up as any other"


@pytest.mark.parametrize("act", ["closed", "no administrator"])
def test_w1_what_ends_a_makers_keys_ends_them_for_good(app: Flask, partnership: uuid.UUID, act: str) -> None:
    """Whoever is let in again has not got the keys back that others may have seen; the trail says what ended them."""
    ada, bo = (staff(app, partnership, name, Role.ADMINISTRATOR) for name in ("ada", "bo"))
    key, other = key_for(app, partnership, ada, "Ended"), key_for(app, partnership, bo)
    with within(app, partnership), transaction():
        service.set_roles(ada, [Role.ADMINISTRATOR, Role.VIEWER])
    with within(app, partnership):
        assert service_keys.is_let_in(key), "another role more ends nothing"
    for again in (False, True):
        with within(app, partnership), transaction():
            if act == "closed":
                service.set_active(ada, is_active=again)
            else:
                service.set_roles(ada, [Role.ADMINISTRATOR if again else Role.VIEWER])
    with within(app, partnership):
        assert not service_keys.is_let_in(key)
        assert service_keys.is_let_in(other)
        [row] = [each for each in queries_keys.list_keys() if each.name == "Ended"]
        assert row.state == "withdrawn"
        last = audit.trail(row.id)[-1]
        because = "account-closed" if act == "closed" else "roles-changed"
        assert (last.action, last.detail) == ("api-key-withdrawn", {"name": "Ended", "because": because})
        with transaction():  # as an older backup has it
            begin_write().get_one(ApiKey, row.id).withdrawn_on = None
        with transaction():
            erasing.do_again(erasing.marks())
        assert not service_keys.is_let_in(key)


def test_w1_a_key_whose_maker_was_closed_before_does_not_come_back(app: Flask, partnership: uuid.UUID) -> None:
    """One that stopped with its maker while closing still left it: opening the account ends it."""
    ada = staff(app, partnership, "ada", Role.ADMINISTRATOR)
    key = key_for(app, partnership, ada)
    with within(app, partnership), transaction():
        begin_write().get_one(Account, ada).is_active = False
    with within(app, partnership):
        assert [row.state for row in queries_keys.list_keys()] == ["without-maker"]
        with transaction():
            service.set_active(ada, is_active=True)
        assert not service_keys.is_let_in(key)


@pytest.mark.parametrize("trouble", ["full", "held"])
def test_f4_results_are_read_while_nothing_can_be_written(app: Flask, partnership: uuid.UUID, trouble: str) -> None:
    """A key's day of last use and a session's last-seen are missed where the database does not take them at once."""
    machine, browser = FlaskClient(app), browser_of(app)
    sent = bearer(key_for(app, partnership))
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(browser, "ana")
    with full_disk(app) if trouble == "full" else others_write(app), time_machine.travel(clock.now() + PAST_SEEN):
        assert machine.get(f"{API}/surveys", headers=sent).status_code == 200
        assert browser.get("/staff/results").status_code == 200
    with within(app, partnership):
        assert [row.used_on for row in queries_keys.list_keys()] == [None]
    assert machine.get(f"{API}/surveys", headers=sent).status_code == 200
    with within(app, partnership):
        assert [row.used_on for row in queries_keys.list_keys()] == [clock.today()]


@contextlib.contextmanager
def others_write(app: Flask) -> Generator[None]:
    """Somebody else has begun to write to every key and session, and does not end."""
    options = {WRITE: True, MAINTENANCE: True}
    with app.app_context(), db.engine.connect().execution_options(**options) as connection:
        for table, column in ((ApiKey, "ends_on"), (StaffSession, "started_at")):
            connection.execute(sa.update(table).values({column: sa.column(column)}))
        yield
