"""What waits for whoever makes surveys. Never how many have answered: only a release tells numbers about people."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from engage.core import clock
from engage.desk.parts import FEW, Part, day
from engage.listening.kiosk import queries as kiosk
from engage.listening.making import queries as making
from engage.listening.making.kinds import CopyState
from engage.listening.making.queries import CopyRow
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import service_gate
from engage.listening.surveys.kinds import SurveyState
from engage.listening.surveys.queries import SurveyRow
from engage.rules.questionnaire.definition import Definition
from engage.web.layout import language
from engage.web.words import language_name

_A_WEEK = 7


class _Made(NamedTuple):
    """A survey that is not put away, as it will be asked next."""

    row: SurveyRow
    copy: CopyRow | None
    definition: Definition

    @property
    def title(self) -> str:
        return self.definition.title.say(language()).text


def tablets() -> Part:
    """Tablets that answer without a network and have to be brought to one: what waits on them is sent nowhere else."""
    rows = {row.id: row for row in surveys.list_surveys()}
    items, over = [], 0
    for tablet in kiosk.list_to_bring(clock.in_days(_A_WEEK)):
        row = rows[tablet.survey_id]
        is_over = not tablet.is_running
        over += is_over
        until = day(kiosk.brings_until(tablet, row.closes_on))
        items.append({
            "what": tablet.place,
            "why": _("Open its page where there is a network. What waits on it can be sent until %(day)s.", day=until),
            "action": _("Open"),
            "href": url_for("tablets.tablets", name=row.slug),
            "clock": _ends(tablet.ends_on, is_over=is_over),
        })
    return Part("tablets", _("Tablets to take to a network"), "wait", "offline", items[:FEW], str(len(items)), over)


def closing() -> Part:
    """Surveys whose last day is near."""
    rows = [row for row in surveys.list_open() if row.closes_on and row.closes_on <= clock.in_days(_A_WEEK)]
    rows.sort(key=lambda row: (row.closes_on, row.slug))
    items = [
        {
            "what": made.title,
            "why": _("Until then you can still remind those who were invited, or give it more time."),
            "action": _("Open"),
            "href": url_for("staff_surveys.survey", name=made.row.slug),
            "clock": _ends(made.row.closes_on, is_over=False),
        }
        for made in _made(rows, {})
    ]
    return Part("closing", _("Surveys that close this week"), "wait", "hourglass", items[:FEW], str(len(items)))


def drafts() -> Part:
    """Surveys that are being made: what the gate holds, and what may go out."""
    made = _made(surveys.list_surveys(), making.copies())
    waiting = [one for one in made if one.copy is not None or one.row.state is SurveyState.DRAFT]
    items = [_draft(one) for one in waiting[:FEW]]  # the gate looks at no more than are shown
    return Part("drafts", _("Surveys in the making"), "quiet", "lock", items, str(len(waiting)))


def stale() -> Part:
    """Surveys whose English has changed since it was translated: the old words are shown to nobody."""
    items = []
    for made in _made(surveys.list_surveys(), making.copies()):
        translated = made.definition.translated.items()
        behind = [f"{language_name(code, language())}: {_behind(n.stale)}" for code, n in translated if n.stale]
        if behind and (made.copy is not None or made.row.state is not SurveyState.CLOSED):
            items.append({
                "what": made.title,
                "why": " ".join(behind),
                "action": _("Translate"),
                "href": url_for("translating.overview", name=made.row.slug),
            })
    return Part("stale", _("Translations to look at again"), "quiet", "globe", items[:FEW], str(len(items)))


def _made(rows: list[SurveyRow], copies: Mapping[Any, CopyRow]) -> list[_Made]:
    there = [(row, copies.get(row.id)) for row in rows if row.archived_on is None]
    found = [(row, copy, copy.definition if copy is not None else row.definition) for row, copy in there]
    return [_Made(row, copy, definition) for row, copy, definition in found if definition is not None]


def _draft(made: _Made) -> dict[str, Any]:
    if made.copy is None and service_gate.is_unassessed(made.row):
        why = _("Nobody has signed an impact assessment for what it asks now.")
        return _step(made, why, _("Assess it"), "impact.page")
    if made.copy is None:
        return _step(made, _("Ready. Choose its days and open it."), _("Open"), "staff_surveys.survey")
    is_checked = made.copy.state is CopyState.CHECKED
    found = () if is_checked else service_gate.findings(made.row.slug, made.definition, is_live=made.row.is_live)
    musts = len(found)
    if not musts:
        return _step(made, _("Nothing stops it from going live."), _("Publish"), "making_publish.publish")
    why = ngettext(
        "%(num)s thing must be put right before it can go live.",
        "%(num)s things must be put right before it can go live.",
        musts,
    )
    return _step(made, str(why), _("See what"), "making_gate.gate")


def _step(made: _Made, why: str, action: str, endpoint: str) -> dict[str, Any]:
    return {"what": made.title, "why": why, "action": action, "href": url_for(endpoint, name=made.row.slug)}


def _behind(count: int) -> str:
    return str(
        ngettext(
            "%(num)s needs another look: its English has changed.",
            "%(num)s need another look: their English has changed.",
            count,
        )
    )


def _ends(on: Any, *, is_over: bool) -> dict[str, Any]:
    kind, gone = ("harm", 1) if is_over else ("wait", 0.8)
    return {"big": day(on), "small": _("last day"), "gone": gone, "kind": kind}
