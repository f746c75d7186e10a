"""What is new since last month for those who read what others make: numbers, answers, reports. Nothing waits in it."""

from flask import url_for
from flask_babel import gettext as _

from engage.answering.you_said import queries as you_said
from engage.assurance.reports import queries as reports
from engage.core import clock
from engage.desk.parts import FEW, Part, day
from engage.listening.surveys import queries as surveys
from engage.understanding.releases import queries as releases
from engage.web.access import Permission, signed_in
from engage.web.layout import language
from engage.web.places import place

_NEW = -31
"""How many days something is new: in a meeting every month it stood on the page once."""


def results() -> Part:
    """Numbers that were frozen; not for those who freeze them."""
    part = Part("new-results", _("New results"), "", "chart")
    if signed_in().can(Permission.MAKE_RELEASES):
        return part
    rows = {row.id: row for row in surveys.list_surveys()}
    newest = {release.survey_id: release for release in reversed(releases.list_releases())}
    for release in sorted(newest.values(), key=lambda each: (each.frozen_on, each.id), reverse=True):
        row = rows[release.survey_id]
        if release.frozen_on >= clock.in_days(_NEW) and row.definition is not None:
            part.items.append({
                "what": row.definition.title.say(language()).text,
                "why": _("Frozen on %(day)s.", day=day(release.frozen_on)),
                "action": _("Look"),
                "href": url_for("releases.survey_results", survey=row.slug),
            })
    del part.items[FEW:]
    return part


def answers() -> Part:
    """What children, families and practitioners were told; not for those who write it."""
    part, here = Part("new-answers", _("New on “You said, we did”"), "", "talk"), place()
    if signed_in().can(Permission.WRITE_ANSWERS) or here is None:
        return part
    for answer in you_said.list_published(limit=FEW):
        if answer.published_on is not None and answer.published_on >= clock.in_days(_NEW):
            part.items.append({
                "what": answer.you_said,
                "why": _("Published on %(day)s.", day=day(answer.published_on)),
                "action": _("Read"),
                "href": url_for("you_said.public", partnership=here.slug),
            })
    return part


def papers() -> Part:
    """Reports that were frozen; not for those who write them."""
    part = Part("new-reports", _("New reports"), "", "file")
    if signed_in().can(Permission.MAKE_REPORTS):
        return part
    for report in reports.list_reports(only_frozen=True)[:FEW]:
        if report.frozen_on is not None and report.frozen_on >= clock.in_days(_NEW):
            part.items.append({
                "what": report.title,
                "why": _("Frozen on %(day)s.", day=day(report.frozen_on)),
                "action": _("Read"),
                "href": url_for("reports.report", report_id=report.id),
            })
    return part
