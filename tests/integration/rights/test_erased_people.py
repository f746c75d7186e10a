"""P5, N13: who asked to be contacted, and who had an account, is erased on request: not under a hold, and for good."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core import audit, clock, erasing, holds
from engage.core.database import db
from engage.core.errors import NotFound, Refused
from engage.core.holds import HoldOn, Target
from engage.core.transaction import transaction
from engage.listening.casework import service as cases
from engage.listening.casework.models import Case
from engage.listening.inspections import service as inspections
from engage.people import queries as people
from engage.people import service, service_erasing
from engage.people.kinds import NOBODY, Role
from engage.people.models import Account
from engage.safeguarding import queries as flags
from engage.safeguarding import queries_apart, service_apart
from engage.safeguarding import service_triage as triage
from engage.safeguarding.contact import keeping, queries
from engage.safeguarding.contact import service as contact
from engage.safeguarding.contact.kinds import Outcome
from engage.safeguarding.kinds import Decision
from engage.voices import queries as heard
from engage.voices.kinds import Concern
from tests.factories.cases import closed_case
from tests.integration.rights.test_held import HELD, export, hits_of
from tests.integration.safeguarding.test_contact_apart import ask
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.inspections import planned
from tests.support.pages import press
from tests.support.people import sign_in, staff
from tests.support.voices import say


def everything_held(by: uuid.UUID) -> uuid.UUID:
    return holds.place(Target(HoldOn.PARTNERSHIP), "An inquiry", by)


def test_p5_a_request_to_be_contacted_is_erased_once_it_has_ended_and_nothing_holds_it(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    lena, dora = (staff(app, partnership, name, Role.SAFEGUARDING_LEAD) for name in ("lena", "dora"))
    sign_in(client, "lena")
    with within(app, partnership):
        request = ask("Mrs Nobody knows", name="Robin Fox")
        with transaction():
            hold = everything_held(lena)
    keys, token = hits_of(client, "robin fox")
    data = {"csrf_token": token, "key": keys}
    page = client.post(f"{HELD}/review", data=data).get_data(as_text=True)
    assert "Somebody still has to reach them" in page
    assert "legal hold" in page
    assert client.post(f"{HELD}/erase", data=data).status_code == 409
    with within(app, partnership), transaction():
        contact.close(request, Outcome.SPOKEN, "Rang", dora)
    assert client.post(f"{HELD}/erase", data=data).status_code == 409, "the hold stands"
    assert any("Robin Fox" in str(piece) for piece in export(client, "robin fox")), "the export has it"
    with within(app, partnership), transaction():
        holds.lift(hold, lena)
    assert "It is erased" in client.post(f"{HELD}/erase", data=data).get_data(as_text=True)
    with within(app, partnership):
        assert queries.get(request) is None
        marks = erasing.marks()
        assert {erasing.mark(request), erasing.mark(request, erasing.ORIGIN)} <= marks.keys()
        assert audit.trail(request)[-1].action == "contact-erased"


def test_c6_whoever_a_request_is_kept_from_cannot_erase_it(app: Flask, partnership: uuid.UUID) -> None:
    lena, dora, ben = (staff(app, partnership, name, Role.SAFEGUARDING_LEAD) for name in ("lena", "dora", "ben"))
    with within(app, partnership):
        request = ask("not Mrs Lena")
        with transaction():
            contact.close(request, Outcome.SPOKEN, "Rang", dora)
        for act in (keeping.erase, keeping.reasons_to_keep):
            with transaction(), pytest.raises(NotFound):
                act(request, lena)
        with transaction():
            keeping.erase(request, ben)


def test_p5_nobody_opens_closes_and_erases_a_request_alone(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    """A child who asked is not made to never have asked by one person, nor at once by two."""
    lena, dora, ben = (staff(app, partnership, name, Role.SAFEGUARDING_LEAD) for name in ("lena", "dora", "ben"))
    with within(app, partnership):
        request = ask("Mrs Nobody knows", name="Robin Fox")
        with transaction():
            contact.open_request(request, lena)
            contact.close(request, Outcome.NOT_REAL, "", dora)
        reasons = [keeping.reasons_to_keep(request, who) for who in (lena, dora, ben)]
        assert reasons == [["yours", "soon"], ["yours", "soon"], ["soon"]]
        with transaction(), pytest.raises(Refused, match="must-be-kept"):
            keeping.erase(request, ben)
    sign_in(client, "lena")
    keys, token = hits_of(client, "robin fox")
    page = client.post(f"{HELD}/review", data={"csrf_token": token, "key": keys}).get_data(as_text=True)
    assert ("A second person does this" in page, "28 days later" in page) == (True, True)
    with within(app, partnership), time_machine.travel(clock.now() + timedelta(days=28, minutes=1)):
        for who in (lena, dora):
            with transaction(), pytest.raises(Refused, match="must-be-kept"):
                keeping.erase(request, who)
        with transaction():
            keeping.erase(request, ben)
        assert queries.get(request) is None


def test_p5_a_closed_account_loses_its_name_and_stays_what_it_did(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    staff(app, partnership, "ada", Role.ADMINISTRATOR)
    gone = staff(app, partnership, "wilma", Role.RESPONDER, Role.VIEWER)
    sign_in(client, "ada")
    page = f"/staff/people/{gone}"
    assert "Close the account first" in press(client, f"{page}/erase")
    assert "28 days after" in press(client, f"{page}/open", open="no")
    assert "28 days after" in press(client, f"{page}/erase")
    with time_machine.travel(clock.now() + timedelta(days=28, minutes=1)):
        sign_in(client, "ada")
        with within(app, partnership), transaction():
            hold = everything_held(gone)
        assert "It is under a legal hold" in client.get(page).get_data(as_text=True)
        assert "must be kept" in press(client, f"{page}/erase")
        with within(app, partnership), transaction():
            holds.lift(hold, gone)
        assert "Wilma" not in press(client, f"{page}/erase")
        assert "their way in are gone" in client.get(page).get_data(as_text=True)
        assert press(client, f"/staff/people/{uuid.uuid4()}/erase").count("Somebody who left") == 0
        assert "Make a new account" in press(client, f"{page}/open", open="yes")
    with within(app, partnership):
        row = db.session.get_one(Account, gone)
        assert (row.name, row.password_hash, row.agency_id, row.is_active) == (
            NOBODY,
            None,
            None,
            False,
        )
        assert "wilma" not in row.sign_in
        who = people.get_person(gone)
        assert who is not None
        assert who.roles == frozenset()
        assert audit.trail(gone)[-1].action == "account-erased"
        assert audit.verify() is None


def test_c6_nobody_who_is_in_an_open_matter_is_erased_and_nothing_says_that_they_are(
    app: Flask, partnership: uuid.UUID
) -> None:
    """C6: the reason is the same as while they were closed of late, whatever the matter is."""
    dora, lena, xan = (staff(app, partnership, name, Role.SAFEGUARDING_LEAD) for name in ("dora", "lena", "xan"))
    say(app, partnership, "Mr Xan hits me every night")
    with within(app, partnership):
        request = ask("not Mrs Lena")
        with transaction():
            service.set_active(lena, is_active=False)
            service.set_active(xan, is_active=False)
        assert [service_erasing.reasons_to_keep(each) for each in (lena, xan)] == [["soon"], ["soon"]]
        with time_machine.travel(clock.now() + timedelta(days=29)):
            assert [service_erasing.reasons_to_keep(each) for each in (lena, xan)] == [["soon"], ["soon"]]
            with transaction(), pytest.raises(Refused, match="account-soon"):
                service_erasing.erase_account(lena)
            with transaction():
                contact.close(request, Outcome.SPOKEN, "Rang", dora)
                service_erasing.erase_account(lena)
            with transaction(), pytest.raises(Refused, match="account-erased"):
                service.set_active(lena, is_active=True)


def test_n13_an_account_that_comes_back_with_a_backup_is_erased_again_and_no_other_is(
    app: Flask, partnership: uuid.UUID
) -> None:
    """Erasing names nobody to whoever a matter is kept from: what was kept from them stays kept."""
    gone, other = (staff(app, partnership, name, Role.SAFEGUARDING_LEAD) for name in ("wilma", "xan"))
    with within(app, partnership):
        request = ask("not Mrs Wilma")
        with transaction():
            contact.close(request, Outcome.SPOKEN, "Rang", other)
            service.set_active(gone, is_active=False)
        with transaction(), time_machine.travel(clock.now() + timedelta(days=29)):
            service_erasing.erase_account(gone)
            assert gone in queries_apart.named_in(request)
        with transaction():  # as an older backup has it
            was = {"name": "Wilma", "sign_in": "wilma", "is_active": True}
            db.session.execute(sa.update(Account).where(Account.id == gone).values(was))
        with transaction():
            erasing.do_again(erasing.marks())
        names = people.names_of(partnership)
        assert (names[gone], names[other]) == (NOBODY, "Xan")
        with transaction(), pytest.raises(Refused, match="account-kept"):
            service_erasing.erase_account(other)


def test_p5_nobody_is_erased_while_a_case_or_a_visit_is_open_that_is_about_them_or_theirs(
    app: Flask, partnership: uuid.UUID
) -> None:
    """An open case about somebody must say who; a case or a visit of theirs is finished by whoever is here."""
    about, handler = (staff(app, partnership, name, Role.RESPONDER) for name in ("wilma", "xan"))
    visit = planned(app, partnership)
    case, other = (closed_case(app, partnership, "Ring first") for _ in range(2))
    with within(app, partnership), transaction():
        service_apart.concern("case", case, [about])
        for case_id in (case, other):
            still_open = {"closed_on": None, "outcome": None, "handler_id": handler if case_id == other else None}
            db.session.execute(sa.update(Case).where(Case.id == case_id).values(still_open))
        everybody = [about, handler, *visit.team.values()]
        for account in everybody:
            service.set_active(account, is_active=False)
    later = clock.now() + timedelta(days=29)
    with within(app, partnership), time_machine.travel(later):
        assert [service_erasing.reasons_to_keep(account) for account in everybody] == [["soon"]] * len(everybody)
        with transaction(), pytest.raises(Refused, match="account-soon"):
            service_erasing.erase_account(about)
        with transaction():
            ended = {"closed_on": clock.today(), "outcome": "upheld"}
            db.session.execute(sa.update(Case).where(Case.id.in_([case, other])).values(ended))
            inspections.decline(visit.id, "moved")
        assert [service_erasing.reasons_to_keep(account) for account in everybody] == [[]] * len(everybody)


def test_c6_whoever_handles_a_case_gives_no_word_of_it_to_analysts_that_was_kept_apart(
    app: Flask, partnership: uuid.UUID
) -> None:
    rosa, lena = (
        staff(app, partnership, "rosa", Role.RESPONDER),
        staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD),
    )
    case = closed_case(app, partnership, "Ring first")
    [voice] = say(app, partnership, "canary", concern=Concern.RED, origin_kind="case", origin_id=case)
    with within(app, partnership):
        with transaction():
            flag = flags.list_open(1)[0].worst.id
            triage.decide(flag, Decision.LADO, "Rang", by=lena, seen=[flag, voice.id])
        with transaction():
            assert cases.open_case(case, rosa).words
        assert heard.texts([voice.id]) == {}
