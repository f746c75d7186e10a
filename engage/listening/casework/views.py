"""Cases as pages draw them: clocks in words, labels."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.listening.casework.kinds import CaseKind
from engage.listening.casework.queries import CaseRow
from engage.listening.casework.service import clocks_of, most_urgent
from engage.rules.deadlines import DATA_PROTECTION, Clock

KIND_LABELS = {
    CaseKind.COMPLAINT: _l("Complaint"),
    CaseKind.COMPLIMENT: _l("Compliment"),
    CaseKind.WORRY: _l("Worry"),
    CaseKind.IDEA: _l("Idea"),
}
QUESTION_LABELS = {
    "words": _l("In their own words"),
    "hope": _l("What they would like to happen"),
    "service": _l("What it is about"),
}
TOLD_BY_LABELS = {
    "child": _l("A child or young person"),
    "parent": _l("A parent or carer"),
    "for-a-child": _l("Somebody speaking up for a child"),
    "someone-else": _l("Somebody else"),
}
ADVOCATE_LABELS = {"yes": _l("Wanted"), "no": _l("Not wanted"), "tell-me-more": _l("Wants to know more first")}
DATA_LABEL = _l("Data protection complaint")
_STEP_LABELS = {
    "outcome": _l("Tell the outcome"),
    "acknowledge": _l("Acknowledge"),
    "reply": _l("Reply"),
    "explain-delay": _l("Reply, or say why it takes longer"),
    "first-read": _l("First read"),
    "thank": _l("Pass on and thank"),
    "answer": _l("Answer"),
}


def kind_label(case: CaseRow) -> str:
    """What a case is called: a complaint about somebody's data is a type of its own."""
    return str(DATA_LABEL if case.regime == DATA_PROTECTION else KIND_LABELS[case.kind])


@dataclass(frozen=True)
class ClockView:
    """One clock: what is due, when, how long is left in words, and how far it has run (0 to 1)."""

    what: str
    big: str
    small: str
    gone: float
    kind: str
    state: str


def clock_view(clock: Clock, received_on: date) -> ClockView:
    """A clock in words; its colour is never alone, the words say it too."""
    due = str(format_date(clock.due, "EEEE d MMMM"))
    small = _("due %(day)s", day=due)
    if clock.provisional:
        small = _("due %(day)s, provisional", day=due)
    kinds = {"late": "harm", "due_soon": "wait"}
    return ClockView(
        what=str(_STEP_LABELS.get(clock.key, clock.name)),
        big=_left(clock),
        small=str(small),
        gone=_gone(clock, received_on),
        kind=kinds.get(clock.state, ""),
        state=clock.state,
    )


def _left(clock: Clock) -> str:
    days = abs(clock.days_left)
    if clock.state == "met":
        return str(_("Done in time"))
    if clock.state == "met_late":
        return str(_("Done late"))
    if clock.state == "late":
        return str(ngettext("%(num)s working day late", "%(num)s working days late", days))
    if days == 0:
        return str(_("Today"))
    return str(ngettext("%(num)s working day left", "%(num)s working days left", days))


def _gone(clock: Clock, received_on: date) -> float:
    whole = max((clock.due - received_on).days, 1)
    left = max(clock.days_left, 0) * 7 / 5
    return round(min(max(1 - left / whole, 0.0), 1.0), 2)


def clock_views(case: CaseRow) -> list[ClockView]:
    """All clocks of a case."""
    return [clock_view(clock, case.received_on) for clock in clocks_of(case)]


def queue_items(cases: list[CaseRow], address: Any) -> list[dict[str, Any]]:
    """Open cases as rows of a queue, the clock that runs out first at the top; `address(case)` is where each opens."""
    with_clock = [(case, most_urgent(case)) for case in cases]
    far = date.max
    with_clock.sort(key=lambda pair: (pair[1].due if pair[1] else far, pair[0].reference))
    return [
        {
            "what": f"{kind_label(case)} {case.reference}",
            "why": why(case),
            "action": _("Open"),
            "href": address(case),
            "clock": clock_view(clock, case.received_on) if clock else None,
        }
        for case, clock in with_clock
    ]


def why(case: CaseRow) -> str:
    """What a case is about, in a line, without its words."""
    parts = [case.service or _("No service named"), _("Without a name") if case.is_anonymous else _("With a name")]
    if case.told_by:
        parts.append(TOLD_BY_LABELS.get(case.told_by, ""))
    if case.wants_advocate in {"yes", "tell-me-more"}:
        parts.append(_("Advocate: %(wish)s", wish=ADVOCATE_LABELS[case.wants_advocate]))
    return " · ".join(str(part) for part in parts if part)
