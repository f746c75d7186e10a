"""Requests to see who a confidential case is from, on Today: what waits for a second person, and what was agreed to."""

from flask import url_for
from flask_babel import gettext as _

from engage.desk.parts import FEW, Part
from engage.listening.casework import views_glass
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
