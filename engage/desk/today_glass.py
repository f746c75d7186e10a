"""Requests to see who a confidential case is from, on Today: what waits for a second person, and what was agreed to."""

import uuid

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from engage.desk.parts import FEW, Part
from engage.listening.casework import queries_glass, views_glass
from engage.web.access import signed_in


def requests() -> Part:
    """Those that wait for this person cannot wait; leads see for a week whose name was opened to whom."""
    lines = views_glass.today(signed_in())
    items = [
        {
            "what": line.what,
            "why": line.why,
            "action": _("Decide") if line.is_waiting else _("Open"),
            "href": url_for("glass.page" if line.is_waiting or line.is_open else "cases.case", case_id=line.case_id),
        }
        for line in sorted(lines, key=lambda line: not line.is_waiting)
    ]
    waiting = sum(line.is_waiting for line in lines)
    return Part("glass", _("Who a case is from"), "wait", "seal", items[:FEW], str(len(items)), waiting)


def nobody_decides(asking: uuid.UUID) -> str:
    """For whoever gives out roles: that a request waits and nobody here may decide on it; "" where none does."""
    count = queries_glass.count_without_decider(asking)
    words = ngettext(
        "A request to see who a case is from waits, and nobody here may decide on it",
        "%(num)s requests to see who a case is from wait, and nobody here may decide on them",
        count,
    )
    return str(words) if count else ""
