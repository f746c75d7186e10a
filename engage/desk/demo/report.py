"""A thematic report that the analyst has started on the frozen results."""

from engage.assurance.reports import service, sources
from engage.assurance.reports.kinds import THEMATIC
from engage.assurance.reports.service import Chosen
from engage.desk.demo import texts
from engage.desk.demo.cast import Cast, acting
from engage.people.kinds import Role

_NEW = 1


def start_report(cast: Cast) -> None:
    """Start it and keep what was written so far; it is not frozen."""
    written = texts.report()
    chosen = Chosen(**sources.newest())
    with acting(cast.people[Role.ANALYST]) as analyst:
        report_id = service.start_report(THEMATIC.key, written.title, chosen, analyst)
        service.save_report(report_id, title=written.title, texts=written.texts, chosen=chosen, revision=_NEW)
