"""Requests to see who a confidential case is from, as pages draw them for one person."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.core.clock import LONDON
from engage.listening.casework import queries, queries_glass, service_glass
from engage.listening.casework.kinds import GlassState
from engage.listening.casework.queries import CaseRow
from engage.listening.casework.queries_glass import GlassRow
from engage.listening.casework.views import kind_label
from engage.people import queries as people
from engage.web.access import Permission, Principal

_STATES = {
    GlassState.ASKED: _l("Waits for a second person"),
    GlassState.AGREED: _l("Agreed to"),
    GlassState.REFUSED: _l("Refused"),
    GlassState.LAPSED: _l("Nobody decided within 7 days"),
}


@dataclass(frozen=True)
class Asking:
    """A request that this person can decide on: whose it is, when they asked, why."""

    id: uuid.UUID
    who: str
    when: str
    reason: str


@dataclass(frozen=True)
class Answered:
    """This person's last request: where it stands, why it was refused or the person not told, until when it is open."""

    state: str
    when: str
    decider: str
    because: str
    until: str
    is_waiting: bool


@dataclass(frozen=True)
class Line:
    """A request on Today: which case, what is said of it, whether it waits for the person who reads, or is open to
    them.
    """

    case_id: uuid.UUID
    what: str
    why: str
    is_waiting: bool
    is_open: bool = False


def door(case: CaseRow, who: Principal) -> str:
    """What the page of a case offers this person here, in words of a link; "" where it offers nothing."""
    if to_decide(case, who):
        return str(_("Decide on a request to see who it is"))
    if queries_glass.may_ask(case, who) and queries_glass.open_for(case.id, who.id) is not None:
        return str(_("See who it is"))
    return str(_("Ask to see who it is")) if queries_glass.may_ask(case, who) else ""


def to_decide(case: CaseRow, who: Principal) -> list[Asking]:
    """The requests on a case that wait for this person."""
    if not queries_glass.may_decide(case, who):
        return []
    waiting = [row for row in queries_glass.list_requests(case.id) if _waits_for(row, case, who)]
    names = people.names_of(who.partnership_id) if waiting else {}
    return [
        Asking(row.id, names.get(row.asked_by, ""), _when(row.asked_at), service_glass.reason_of(row))
        for row in waiting
    ]


def last_of(case: CaseRow, who: Principal) -> Answered | None:
    """The last request of this person on a case."""
    row = next((one for one in queries_glass.list_requests(case.id) if one.asked_by == who.id), None)
    if row is None:
        return None
    is_late = row.state is GlassState.ASKED and not row.is_waiting
    names = people.names_of(who.partnership_id)
    return Answered(
        state=str(_STATES[GlassState.LAPSED if is_late else row.state]),
        when=_when(row.decided_at or row.asked_at),
        decider=names.get(row.decided_by, "") if row.decided_by else "",
        because=service_glass.because_of(row),
        until=_when(row.open_until) if row.open_until else "",
        is_waiting=row.is_waiting,
    )


def today(who: Principal) -> list[Line]:
    """What Today says: requests that wait for this person, and for leads and askers what was agreed to in a week."""
    found, names = queries_glass.list_recent(), people.names_of(who.partnership_id)
    return [line for row in found if (line := _line(row, who, names)) is not None]


def _line(row: GlassRow, who: Principal, names: Mapping[uuid.UUID, str]) -> Line | None:
    case = queries.get_case(row.case_id)
    if case is None or not queries_glass.may_decide(case, who):
        return None
    what, asked = f"{kind_label(case)} {case.reference}", names.get(row.asked_by, "")
    if _waits_for(row, case, who):
        return Line(row.case_id, what, str(_("%(name)s asks to see who it is.", name=asked)), is_waiting=True)
    if row.state is not GlassState.AGREED or not who.can(Permission.TRIAGE_FLAGS):
        return None
    second = names.get(row.decided_by, "") if row.decided_by else ""
    why = _("%(name)s may see who it is, for 24 hours. %(other)s agreed.", name=asked, other=second)
    is_open = row.asked_by == who.id and row.open_until is not None
    return Line(row.case_id, what, str(why), is_waiting=False, is_open=is_open)


def _waits_for(row: GlassRow, case: CaseRow, who: Principal) -> bool:
    """Whether it waits, somebody else asked, and they still may."""
    asking = people.get_person(row.asked_by) if row.is_waiting and row.asked_by != who.id else None
    return asking is not None and asking.is_active and queries_glass.may_ask(case, asking)


def _when(instant: datetime) -> str:
    return str(format_datetime(instant.astimezone(LONDON), "d MMMM, HH:mm", rebase=False))
