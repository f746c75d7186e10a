"""Two thematic reports on the frozen results: one that is frozen, one that the analyst is still writing."""

from engage.assurance.reports import service, sources
from engage.assurance.reports.kinds import THEMATIC
from engage.assurance.reports.service import Chosen
from engage.core import languages
from engage.desk.demo import texts
from engage.desk.demo.cast import Cast, acting
from engage.people.kinds import Role

_NEW = 1


def build_reports(cast: Cast) -> None:
    """Start them, keep what was written, freeze the one that is done."""
    chosen = Chosen(**sources.newest())
    with acting(cast.people[Role.ANALYST]) as analyst:
        for written in texts.reports():
            report_id = service.start_report(THEMATIC.key, written.title, chosen, analyst)
            service.save_report(report_id, title=written.title, texts=written.texts, chosen=chosen, revision=_NEW)
            if written.is_frozen:
                service.freeze_report(report_id, analyst, languages.DEFAULT)
