"""C5: two people open who a confidential case is from, with a reason, for a day; of an anonymous one nobody can."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.adapters.mail import MemoryMail
from engage.core import audit, clock, crypto, outbox
from engage.core.database import begin_write, db
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.transaction import transaction
from engage.listening.casework import jobs, keeping, queries_glass, service_glass
from engage.listening.casework.kinds import CaseKind, GlassState, Reply, Way
from engage.listening.casework.models import Case, GlassNotice, GlassRequest
from engage.listening.casework.service_record import Told, record_case
from engage.people import service as accounts
from engage.people.kinds import Role
from engage.safeguarding import queries as flags
from engage.safeguarding import receipts, service_apart
from engage.safeguarding import service_triage as triage
from engage.safeguarding.kinds import Decision
from engage.voices import queries as voices
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.notices import post, who
from tests.support.people import sign_in, staff
from tests.support.together import at_once, only_postgres

__all__ = ["post"]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LETTER = Told(CaseKind.WORRY, Way.LETTER, NOON.date(), "The letter came too late", name="Robin", reach="07700 900123")
STEP = "contact-details-"
WHY = "The nurse named a house and I must find the child tonight"


@pytest.fixture(autouse=True)
def when(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The present instant, to be moved on."""
    now = [NOON]
    monkeypatch.setattr(clock, "now", lambda: now[-1])
    return now


@pytest.fixture
def people(app: Flask, partnership: uuid.UUID) -> dict[str, uuid.UUID]:
    """Two safeguarding leads, somebody who handles cases, and an analyst."""
    roles = {"lea": Role.SAFEGUARDING_LEAD, "lou": Role.SAFEGUARDING_LEAD, "rae": Role.RESPONDER, "ann": Role.ANALYST}
    return {name: staff(app, partnership, f"{name}@larkmoor.example", role) for name, role in roles.items()}


@pytest.fixture
def case(app: Flask, partnership: uuid.UUID, people: dict[str, uuid.UUID]) -> uuid.UUID:
    return made(app, partnership, LETTER, people["rae"])


def made(app: Flask, partnership: uuid.UUID, told: Told, by: uuid.UUID) -> uuid.UUID:
    """A case of somebody who was given a code."""
    with within(app, partnership):
        receipt = receipts.prepare_receipt(crypto.derive(crypto.new_secret(), "receipt:x"))
        with transaction():
            return record_case(told, by, receipt)


def desk(app: Flask, name: str) -> PageClient:
    browser = app.test_client()
    assert isinstance(browser, PageClient)
    sign_in(browser, f"{name}@larkmoor.example")
    return browser


def asked(app: Flask, partnership: uuid.UUID, case: uuid.UUID, by: uuid.UUID) -> uuid.UUID:
    with within(app, partnership), transaction():
        return service_glass.ask(case, WHY, by)


def decided(
    app: Flask, place: uuid.UUID, case: uuid.UUID, request: uuid.UUID, by: uuid.UUID, reply: Reply = Reply.NOT_TELL
) -> None:
    with within(app, place), transaction():
        service_glass.decide(case, request, reply, "They live with him", by)


def opened(app: Flask, place: uuid.UUID, case: uuid.UUID, by: uuid.UUID) -> service_glass.Contact:
    with within(app, place), transaction():
        return service_glass.open_contact(case, by)


def told_of_the_worry(app: Flask, place: uuid.UUID, post: MemoryMail) -> None:
    """The case is a worry, of which the leads are told by themselves: that is out of the way."""
    deliver(app, place)
    post.sent.clear()


def state(app: Flask, place: uuid.UUID, case: uuid.UUID) -> list[GlassState]:
    with within(app, place):
        return [row.state for row in queries_glass.list_requests(case)]


def actions(app: Flask, place: uuid.UUID, case: uuid.UUID) -> list[str]:
    with within(app, place):
        found = [event.action for event in audit.trail(case)]
    return [action.removeprefix(STEP) for action in found if action.startswith(STEP)]


def test_c5_two_people_a_reason_and_a_day_on_the_pages(
    app: Flask, partnership: uuid.UUID, case: uuid.UUID, when: list[datetime]
) -> None:
    """Asked with a reason, agreed to by another, told through their own code, opened; it closes by itself."""
    lea, lou = desk(app, "lea"), desk(app, "lou")
    page, who_page = f"/staff/cases/{case}", f"/staff/cases/{case}/who"
    assert "Ask to see who it is" in lea.get(page).get_data(as_text=True)
    assert "Write why you need to know" in lea.submit(who_page, {"ask-reason": " "}).get_data(as_text=True)
    assert lea.submit(who_page, {"ask-reason": WHY}).status_code == 303
    assert WHY not in lou.get(page).get_data(as_text=True)
    assert "Lea@Larkmoor.Example asks to see who it is" in lou.get("/staff/today").get_data(as_text=True)
    text = lou.get(who_page).get_data(as_text=True)
    assert WHY in text
    with within(app, partnership):
        [row] = queries_glass.list_requests(case)
        assert WHY.encode() not in row.reason_sealed
    reply = f"r{row.id.hex}"
    unsaid = lou.submit(who_page, {f"{reply}-reply": "tell"}, to=f"{who_page}/{row.id}")
    assert "Write what they are told" in unsaid.get_data(as_text=True)
    assert lea.submit(who_page, to=f"{who_page}/open").status_code == 404
    words = {f"{reply}-reply": "tell", f"{reply}-words": "We have to find you, so we looked at your name."}
    assert lou.submit(who_page, words, to=f"{who_page}/{row.id}").status_code == 303
    assert "Robin" not in lea.get(who_page).get_data(as_text=True)
    for _ in range(2):
        found = lea.submit(who_page, to=f"{who_page}/open").get_data(as_text=True)
        assert "Robin" in found
        assert "07700 900123" in found
    assert lou.post(f"{who_page}/open", data={"csrf_token": token_of(lou.get(page))}).status_code == 404
    with within(app, partnership):
        receipt = receipts.receipt_of("case", case)
        assert receipt is not None
        assert [line.text for line in receipts.conversation(receipt)] == [
            "We have to find you, so we looked at your name."
        ]
    when.append(NOON + timedelta(hours=24))
    again = desk(app, "lea")
    assert again.submit(who_page, to=f"{who_page}/open").status_code == 404
    assert actions(app, partnership, case) == ["asked-for", "agreed-to", "opened", "opened"]
    history = again.get(page).get_data(as_text=True)
    assert all(words in history for words in ("details asked for", "details agreed to", "details opened"))


def test_c5_what_is_written_down_says_nothing_of_the_person_or_the_reason(
    app: Flask, partnership: uuid.UUID, case: uuid.UUID, people: dict[str, uuid.UUID]
) -> None:
    decided(app, partnership, case, asked(app, partnership, case, people["lea"]), people["lou"])
    assert opened(app, partnership, case, people["lea"]) == service_glass.Contact("Robin", "07700 900123")
    with within(app, partnership):
        details = [event.detail for event in audit.trail(case) if event.action.startswith(STEP)]
        [row] = queries_glass.list_requests(case)
        assert service_glass.because_of(row) == "They live with him"
        assert audit.verify() is None
    assert details == [{}, {"told": False}, {"told": False}]


def test_c5_nobody_agrees_to_what_they_asked_for(
    app: Flask, partnership: uuid.UUID, case: uuid.UUID, people: dict[str, uuid.UUID]
) -> None:
    """Not on the page, not by hand, and not in the table."""
    request = asked(app, partnership, case, people["lea"])
    lea, who_page = desk(app, "lea"), f"/staff/cases/{case}/who"
    assert "What do you decide?" not in lea.get(who_page).get_data(as_text=True)
    by_hand = {f"r{request.hex}-reply": "not-tell", f"r{request.hex}-words": "x"}
    by_hand["csrf_token"] = token_of(lea.get(f"/staff/cases/{case}"))
    assert lea.post(f"{who_page}/{request}", data=by_hand).status_code == 409
    values = {"state": GlassState.REFUSED, "decided_by": people["lea"], "decided_at": clock.now()}
    with within(app, partnership), pytest.raises(sa.exc.IntegrityError), transaction():
        begin_write().execute(sa.update(GlassRequest).where(GlassRequest.id == request).values(values))
    assert state(app, partnership, case) == [GlassState.ASKED]


def test_c5_who_may_ask_and_who_may_decide(
    app: Flask, partnership: uuid.UUID, case: uuid.UUID, people: dict[str, uuid.UUID]
) -> None:
    """Whoever handles cases needs no glass and can be the second person; an analyst is nobody here."""
    who_page = f"/staff/cases/{case}/who"
    assert desk(app, "ann").get(who_page).status_code == 403
    rae = desk(app, "rae")
    assert "who it is" not in rae.get(f"/staff/cases/{case}").get_data(as_text=True)
    for name, found in (("rae", NotFound), ("ann", NotFound)):
        with pytest.raises(found):
            asked(app, partnership, case, people[name])
    request = asked(app, partnership, case, people["lea"])
    with pytest.raises(Conflict):
        asked(app, partnership, case, people["lea"])
    with pytest.raises(NotFound):
        decided(app, partnership, case, request, people["ann"])
    with pytest.raises(NotFound):
        decided(app, partnership, made(app, partnership, LETTER, people["rae"]), request, people["lou"])
    assert "Decide on a request" in rae.get(f"/staff/cases/{case}").get_data(as_text=True)
    decided(app, partnership, case, request, people["rae"], Reply.REFUSE)
    with pytest.raises(NotFound):
        opened(app, partnership, case, people["lea"])
    assert "They live with him" in desk(app, "lea").get(who_page).get_data(as_text=True)
    asked(app, partnership, case, people["lea"])
    assert actions(app, partnership, case) == ["asked-for", "refused", "asked-for"]


def test_c5_without_a_code_the_second_person_says_why_they_are_not_told(
    app: Flask, partnership: uuid.UUID, people: dict[str, uuid.UUID]
) -> None:
    with within(app, partnership), transaction():
        case = record_case(LETTER, people["rae"])
    request = asked(app, partnership, case, people["lea"])
    assert "through their own code" not in desk(app, "lou").get(f"/staff/cases/{case}/who").get_data(as_text=True)
    for reply, words in ((Reply.TELL, "Hello"), (Reply.NOT_TELL, " ")):
        with within(app, partnership), pytest.raises(Refused), transaction():
            service_glass.decide(case, request, reply, words, people["lou"])
    assert state(app, partnership, case) == [GlassState.ASKED]


def test_c5_whom_a_case_names_and_their_line_neither_ask_nor_decide_nor_look(
    app: Flask, partnership: uuid.UUID, case: uuid.UUID, people: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    """C6: Lou is named, and Max manages Lou; what Lou had been agreed to closes at once."""
    told_of_the_worry(app, partnership, post)
    max_id = staff(app, partnership, "max@larkmoor.example", Role.SAFEGUARDING_LEAD)
    decided(app, partnership, case, asked(app, partnership, case, people["lou"]), people["lea"])
    waiting = asked(app, partnership, case, max_id)
    assert opened(app, partnership, case, people["lou"]).name == "Robin"
    with within(app, partnership), transaction():
        accounts.set_manager(people["lou"], max_id)
        service_apart.concern("case", case, [people["lou"]])
    for name, account in (("lou", people["lou"]), ("max", max_id)):
        with pytest.raises(NotFound):
            opened(app, partnership, case, account)
        with pytest.raises(NotFound):
            asked(app, partnership, case, account)
        assert desk(app, name).get(f"/staff/cases/{case}/who").status_code == 404
    with pytest.raises(NotFound):  # whoever asked may not see it any more
        decided(app, partnership, case, waiting, people["lea"])
    assert "What do you decide?" not in desk(app, "lea").get(f"/staff/cases/{case}/who").get_data(as_text=True)
    request = asked(app, partnership, case, people["lea"])
    for account in (people["lou"], max_id):
        with pytest.raises(NotFound):
            decided(app, partnership, case, request, account)
    deliver(app, partnership)
    assert who(post) == ["lea", "lea", "rae", "rae"]  # what Lou was agreed to, what waits of Max, what waits of Lea


@pytest.mark.parametrize("room", [Decision.LADO, Decision.WHISTLEBLOWING])
def test_c5_what_went_to_a_room_is_asked_for_by_whoever_reads_there(
    app: Flask, partnership: uuid.UUID, case: uuid.UUID, people: dict[str, uuid.UUID], room: Decision
) -> None:
    """C6: another lead neither asks nor decides; whoever handles cases, who reads it anyway, can be the second one."""
    reads = {Decision.LADO: Role.ALLEGATIONS_LEAD, Decision.WHISTLEBLOWING: Role.WHISTLEBLOWING_LEAD}
    both = staff(app, partnership, "kit@larkmoor.example", Role.SAFEGUARDING_LEAD, reads[room])
    with within(app, partnership):
        [matter] = flags.list_open(9)
        heard = [row.id for row in voices.list_of_origin("case", case)]
        with transaction():
            triage.decide(matter.worst.id, room, "Rang", by=people["lea"], seen=[*matter.ids, *heard])
    with pytest.raises(NotFound):
        asked(app, partnership, case, people["lea"])
    assert desk(app, "lou").get(f"/staff/cases/{case}/who").status_code == 404
    request = asked(app, partnership, case, both)
    with pytest.raises(NotFound):
        decided(app, partnership, case, request, people["lou"])
    decided(app, partnership, case, request, people["rae"])
    assert opened(app, partnership, case, both).name == "Robin"


def deliver(app: Flask, place: uuid.UUID) -> None:
    with within(app, place):
        outbox.deliver()


def test_c5_every_lead_who_is_not_kept_from_it_is_told_once_and_nothing_more(
    app: Flask, partnership: uuid.UUID, case: uuid.UUID, people: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    for name in ("max", "nia"):
        staff(app, partnership, f"{name}@larkmoor.example", Role.SAFEGUARDING_LEAD)
    nia = staff(app, partnership, "nia2@larkmoor.example", Role.SAFEGUARDING_LEAD)
    with within(app, partnership), transaction():
        service_apart.concern("case", case, [nia])
    told_of_the_worry(app, partnership, post)
    request = asked(app, partnership, case, people["lea"])
    deliver(app, partnership)
    assert who(post) == ["lou", "max", "nia", "rae"]
    decided(app, partnership, case, request, people["rae"])
    deliver(app, partnership)
    told = "".join(str(message) for message in post.sent)
    assert who(post) == ["lea", "lou", "max", "nia"]
    assert not any(word in told for word in ("Robin", "07700", WHY, str(case)))
    deliver(app, partnership)
    assert who(post) == []
    assert "may see who it is" in desk(app, "max").get("/staff/today").get_data(as_text=True)
    assert "may see who it is" not in desk(app, "nia2").get("/staff/today").get_data(as_text=True)


@pytest.mark.parametrize(("passed", "lapsed"), [(timedelta(days=7, seconds=-1), False), (timedelta(days=7), True)])
def test_c5_nobody_answers_for_a_week_and_it_lapses(
    app: Flask,
    partnership: uuid.UUID,
    case: uuid.UUID,
    people: dict[str, uuid.UUID],
    when: list[datetime],
    passed: timedelta,
    *,
    lapsed: bool,
) -> None:
    """Whether or not the worker has run; then it can be asked again."""
    request = asked(app, partnership, case, people["lea"])
    when.append(NOON + passed)
    if lapsed:
        with pytest.raises(Conflict):
            decided(app, partnership, case, request, people["lou"])
    for _ in range(2):
        with within(app, partnership):
            jobs.lapse()
    assert state(app, partnership, case) == [GlassState.LAPSED if lapsed else GlassState.ASKED]
    assert actions(app, partnership, case) == ["asked-for", *(["lapsed"] if lapsed else [])]
    if lapsed:
        asked(app, partnership, case, people["lea"])


def test_c5_an_anonymous_case_has_nothing_to_open_for_anybody(
    app: Flask, partnership: uuid.UUID, people: dict[str, uuid.UUID]
) -> None:
    """No link, no page, no request, no contact details: and none can be stored beside it."""
    case = made(app, partnership, replace(LETTER, name="", reach=""), people["rae"])
    anybody = staff(app, partnership, "all@larkmoor.example", *Role)
    for name in ("lea", "rae", "all"):
        browser, page = desk(app, name), f"/staff/cases/{case}"
        assert f"{page}/who" not in browser.get(page).get_data(as_text=True)
        token = {"csrf_token": token_of(browser.get("/staff/account")), "ask-reason": WHY}
        assert browser.get(f"{page}/who").status_code == 404
        paths = (f"{page}/who", f"{page}/who/open", f"{page}/who/{uuid.uuid4()}")
        answers = [browser.post(path, data=token).status_code for path in paths]
        assert set(answers) <= ({403, 404} if name == "rae" else {404})
    for account in (anybody, *people.values()):
        acts: list[Callable[[uuid.UUID], object]] = [
            lambda by: asked(app, partnership, case, by),
            lambda by: opened(app, partnership, case, by),
        ]
        for act in acts:
            with pytest.raises(NotFound):
                act(account)
    with within(app, partnership):
        assert queries_glass.list_requests(case) == []
        with pytest.raises(sa.exc.IntegrityError), transaction():
            begin_write().execute(sa.update(Case).where(Case.id == case).values(contact_sealed=b"x"))


def test_c5_a_request_goes_with_its_case(
    app: Flask, partnership: uuid.UUID, case: uuid.UUID, people: dict[str, uuid.UUID]
) -> None:
    decided(app, partnership, case, asked(app, partnership, case, people["lea"]), people["lou"])
    with within(app, partnership):
        with transaction():
            begin_write()
            keeping.delete_case(case)
        for table in (GlassRequest, GlassNotice):
            assert db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_c5_two_who_decide_at_once_are_one_decision(
    app: Flask, partnership: uuid.UUID, case: uuid.UUID, people: dict[str, uuid.UUID]
) -> None:
    only_postgres(app)
    request = asked(app, partnership, case, people["lea"])
    did = at_once(
        app,
        partnership,
        lambda: service_glass.decide(case, request, Reply.REFUSE, "", people["lou"]),
        lambda: service_glass.decide(case, request, Reply.NOT_TELL, "x", people["rae"]),
    )
    assert did == ["", "Conflict"]
    assert state(app, partnership, case) == [GlassState.REFUSED]
    assert actions(app, partnership, case) == ["asked-for", "refused"]


def test_c5_asked_twice_at_once_is_asked_once(
    app: Flask, partnership: uuid.UUID, case: uuid.UUID, people: dict[str, uuid.UUID]
) -> None:
    only_postgres(app)
    did = at_once(
        app,
        partnership,
        lambda: service_glass.ask(case, WHY, people["lea"]),
        lambda: service_glass.ask(case, WHY, people["lea"]),
    )
    assert did == ["", "Conflict"]
    assert state(app, partnership, case) == [GlassState.ASKED]
