"""Cases of a test: one that taught something, and a request to see who one is from."""

import secrets
import uuid

from flask import Flask

from engage.core import clock
from engage.core.crypto import keyring
from engage.core.database import begin_write
from engage.core.ids import new_id
from engage.core.transaction import transaction
from engage.listening.casework.kinds import CaseKind, GlassState, Outcome
from engage.listening.casework.models import Case, GlassNotice, GlassRequest
from tests.support.apps import within


def closed_case(app: Flask, partnership: uuid.UUID, learning: str) -> uuid.UUID:
    """A complaint that was answered and closed today with this learning point."""
    case_id = new_id()
    with within(app, partnership), transaction():
        begin_write().add(
            Case(
                id=case_id,
                reference=secrets.token_hex(4).upper(),
                kind=CaseKind.COMPLAINT,
                regime="children-act-stage-1",
                submission_key=secrets.token_bytes(32),
                is_anonymous=False,
                received_on=clock.today(),
                responded_on=clock.today(),
                closed_on=clock.today(),
                outcome=Outcome.UPHELD,
                learning_sealed=keyring().seal(learning, row=case_id, purpose="learning"),
            )
        )
    return case_id


def asked_who(app: Flask, partnership: uuid.UUID, case_id: uuid.UUID, by: uuid.UUID) -> uuid.UUID:
    """A request of `by` to see who a case is from, that waits for a second person; its id."""
    request_id = new_id()
    with within(app, partnership), transaction():
        session = begin_write()
        session.add(
            GlassRequest(
                id=request_id,
                case_id=case_id,
                asked_by=by,
                asked_at=clock.now(),
                reason_sealed=keyring().seal("She is not at home", row=request_id, purpose="glass-reason"),
                state=GlassState.ASKED,
            )
        )
        session.flush()
        session.add(GlassNotice(id=new_id(), request_id=request_id, account_id=by))
    return request_id
