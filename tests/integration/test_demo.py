"""The demo: a whole invented partnership, built once a database, labelled as invented, and every page of it drawn."""

import contextlib
import re
import stat
import uuid
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from engage.answering.you_said import queries as answers
from engage.answering.you_said.kinds import Verdict
from engage.assurance.reports import queries as reports
from engage.cli.main import main
from engage.core import audit, clock, database
from engage.core.database import db
from engage.desk.demo import service
from engage.listening.casework import queries as cases
from engage.listening.casework import service as casework
from engage.listening.inspections import queries as inspections
from engage.listening.inspections.kinds import InspectionState
from engage.listening.surveys import queries as surveys
from engage.people import queries as people
from engage.people import service as people_service
from engage.people.kinds import AgencyKind, Role
from engage.safeguarding import queries as flags
from engage.safeguarding import receipts
from engage.understanding.releases import queries as releases
from engage.understanding.themes import queries as themes
from engage.understanding.themes import queries_coding, queries_quotes
from engage.understanding.themes.queries_quotes import State
from engage.voices import queries as voices
from engage.voices.kinds import Concern
from tests.support import postgres
from tests.support.apps import KINDS, build, settings_for, within
from tests.support.client import PageClient
from tests.support.walking import walk

pytestmark = pytest.mark.one_database
INVENTED = "Invented place, for trying things out"
OF_THE_PLACE = ("/larkmoor/", "/staff/", "/inspect/")


@dataclass(frozen=True)
class Built:
    """A database with the demo in it, what the command said, and the command again."""

    app: Flask
    home: Path
    said: Result
    engage: Callable[..., Result]

    @property
    def partnership(self) -> uuid.UUID:
        with self.app.app_context():
            found = people.get_partnership("larkmoor")
        assert found is not None
        return found.id

    @property
    def sign_ins(self) -> list[list[str]]:
        """[role, name, password] of everybody."""
        lines = (self.home / "demo-sign-ins").read_text(encoding="utf-8").splitlines()
        return [line.split()[1:] for line in lines if line.startswith("Sign-in: ")]


def command(home: Path, address: str) -> Callable[..., Result]:
    """`engage` on this database."""
    settings = settings_for(home, address)
    names = ("home", "database_url", "argon2_memory_kib", "argon2_passes")
    environment = {f"ENGAGE_{name.upper()}": str(getattr(settings, name)) for name in names}
    return lambda *words: CliRunner().invoke(main, list(words), env=environment)


@contextlib.contextmanager
def installation(home: Path, kind: str) -> Generator[tuple[Flask, Callable[..., Result]]]:
    """A migrated, empty database and the command on it."""
    with contextlib.ExitStack() as stack:
        address = stack.enter_context(postgres.database()) if kind == "postgresql" else ""
        app = build(home, address)
        yield app, command(home, address)
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Generator[Callable[[str], Built]]:
    """The demo on a kind of database, built when first asked for."""
    ready: dict[str, Built] = {}
    with contextlib.ExitStack() as stack:

        def demo(kind: str) -> Built:
            if kind not in ready:
                home = tmp_path_factory.mktemp(f"demo-{kind}")
                app, engage = stack.enter_context(installation(home, kind))
                ready[kind] = Built(app, home, engage("demo"), engage)
            return ready[kind]

        yield demo


@pytest.fixture
def demo(demos: Callable[[str], Built]) -> Built:
    return demos("sqlite")


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_what_a_partnership_has(demos: Callable[[str], Built], kind: str) -> None:
    built = demos(kind)
    assert built.said.exit_code == 0, built.said.output
    with within(built.app, built.partnership):
        place = people.get_partnership_by_id(built.partnership)
        assert place is not None
        assert place.is_invented
        agencies = people.list_agencies()
        assert (len(agencies), {agency.kind for agency in agencies}) == (6, set(AgencyKind))
        assert len(people.list_services()) == 12
        held = Counter(role for person in people.list_people(built.partnership) for role in person.roles)
        assert held.keys() == set(Role)
        assert held[Role.YOUNG_INSPECTOR] >= 3

        states = {row.slug: (row.is_open, surveys.count_responses(row.id)) for row in surveys.list_surveys()}
        assert states == {"your-voice": (True, 480), "staff-voice": (False, 150), "parents-carers": (True, 200)}
        assert len(cases.list_cases()) == 40
        visits, _ = inspections.list_visits()
        assert Counter(visit.state for visit in visits) == {
            InspectionState.PLANNED: 1, InspectionState.PUBLISHED: 1, InspectionState.DECLINED: 1
        }  # fmt: skip
        assert len(releases.list_releases()) == 2
        assert len(themes.list_themes()) >= 8
        assert {answer.verdict for answer in answers.list_published()} == set(Verdict)
        assert [report.frozen_on for report in reports.list_reports()] == [None, clock.today()]
        assert audit.verify() is None


def test_answers_lie_in_a_whole_year_and_every_queue_has_something(demo: Built) -> None:
    with within(demo.app, demo.partnership):
        heard = voices.list_unread(5000) + voices.list_read(5000)
        weeks = {row.week for row in heard}
        assert len(weeks) > 40
        assert min(weeks) >= clock.iso_week(clock.in_days(-7 * 52))
        assert {row.concern for row in voices.list_unread(500)} >= {Concern.RED, Concern.AMBER, Concern.NONE}
        said = voices.texts([row.id for row in heard if row.is_read])
        assert len(set(said.values())) > 400
        assert flags.count_open().unopened > 2
        assert flags.count_decided() > 20
        left = queries_coding.progress(queries_coding.Wanted())
        assert left.done < left.total
        assert all(queries_quotes.count_quotes(state) for state in State)
        opened = [case for case in cases.list_cases() if case.is_open]
        clocks = Counter(one.state for case in opened if (one := casework.most_urgent(case)))
        assert clocks["late"] > 0
        assert clocks["due_soon"] > 0
        assert all(case.outcome is not None for case in cases.list_cases() if not case.is_open)


def test_a_second_build_is_refused_and_changes_nothing(demo: Built) -> None:
    before = (demo.home / "demo-sign-ins").read_bytes()
    again = demo.engage("demo")
    assert again.exit_code == 1
    assert again.stderr == "Error: Larkmoor is here already. Nothing was changed.\n"
    kept = demo.engage("demo", "--if-empty")
    assert kept.exit_code == 0
    assert kept.stdout == before.decode()  # who starts it a second time is told again how to sign in
    assert (demo.home / "demo-sign-ins").read_bytes() == before


def test_w8_sign_ins_are_random_and_only_the_owner_may_read_them(demo: Built) -> None:
    file = demo.home / "demo-sign-ins"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert demo.said.stdout.endswith(file.read_text(encoding="utf-8"))
    signs = demo.sign_ins
    assert {role for role, *_ in signs} == set(Role)
    assert len({password for *_, password in signs}) == len(signs)
    assert all(len(password) >= 15 for *_, password in signs)


def test_the_six_words_open_a_conversation(demo: Built) -> None:
    [words] = re.findall(r"^Six words: (.+)$", demo.said.stdout, re.MULTILINE)
    with within(demo.app, demo.partnership):
        found = receipts.find(words)
        assert found is not None
        assert receipts.conversation(found.id)


@pytest.mark.parametrize("role", list(Role))
def test_every_page_that_a_role_can_reach_is_whole(demo: Built, role: Role) -> None:
    """No page fails with a year of data behind it; each says that the place is invented."""
    client = demo.app.test_client()
    assert isinstance(client, PageClient)
    name, password = next((name, password) for found, name, password in demo.sign_ins if found == role)
    door = "/inspect/sign-in" if role is Role.YOUNG_INSPECTOR else "/staff/sign-in"
    signed = client.post(door, data={"sign_in": name, "password": password})
    assert signed.status_code == 303
    seen = walk(demo.app, client, [signed.headers["Location"], "/larkmoor/"])
    assert len(seen) > 5
    assert seen[signed.headers["Location"]] is not None
    unmarked = [address for address, text in seen.items() if text is not None and INVENTED not in text]
    assert [address for address in unmarked if address.startswith(OF_THE_PLACE) and "sign-in" not in address] == []


def test_it_stands_beside_other_partnerships_but_not_uninvited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[service.Installation] = []
    monkeypatch.setattr(service, "build", asked.append)
    with installation(tmp_path, "sqlite") as (app, engage):
        with app.app_context():
            people_service.add_partnership("moorside", "Moorside Partnership", "Moorside", ["en"])
            database.end_write(commit=True)
        assert engage("demo", "--if-empty").output == ""
        assert asked == []
        assert engage("demo").exit_code == 0
        assert [one.home for one in asked] == [tmp_path]
