"""The public pages of surveys: /<partnership>/surveys/<survey> and the journey below it."""

import uuid
from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial

from flask import Blueprint, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from engage.core import clock
from engage.listening.ballots.kinds import Entry
from engage.listening.surveys import queries
from engage.listening.surveys.flow import Flow, NotOpen, Step
from engage.listening.surveys.gate import CodeGate
from engage.listening.surveys.kinds import SurveyState
from engage.listening.surveys.pages import Pages
from engage.listening.surveys.queries import SurveyRow
from engage.listening.surveys.sender import SurveySender
from engage.listening.surveys.showing import reader
from engage.rules.questionnaire.definition import Definition

bp = Blueprint("surveys", __name__)


@lru_cache(maxsize=256)
def _flow(row: SurveyRow, version_id: uuid.UUID, _today: date) -> Flow:
    """Every page of a journey asks for it. `_today`: whether it is open hangs on the day."""
    return Flow(
        key=f"survey:{row.id}",
        definition=queries.readers_definition(version_id),
        sender=SurveySender(row.id, row.slug),
        steps=partial(next_steps, row),
        is_open=row.is_open,
        opens_on=row.opens_on if row.opens_later else None,
        version_id=version_id,
        other_version=queries.readers_definition,
        is_full=partial(queries.has_enough, row.id, row.quota),
        gate=None if row.entry is Entry.OPEN else CodeGate(row.id, is_required=row.entry is Entry.CODES),
    )


class SurveyDoor:
    """Surveys by their slug."""

    def find(self, where: dict[str, str]) -> Flow:
        row = queries.get_survey(where["survey"])
        if row is None or row.version is None or row.state is SurveyState.DRAFT:
            raise NotOpen
        return _flow(row, row.version.id, clock.today())

    def elsewhere(self) -> Sequence[Step]:
        """The surveys in which somebody can begin now (any other door would lead round in a circle), but for the one
        they come from; children are led to those for children, adults to those for adults.
        """
        you, here = reader(), (request.view_args or {}).get("survey", "")
        came_from = _asked(queries.get_survey(here))
        found = ((row.slug, row.definition) for row in queries.list_with_room() if row.slug != here)
        return [
            (url_for("surveys.intro", survey=slug), you.say(definition.title))
            for slug, definition in found
            if definition is not None and (came_from is None or came_from.is_young == definition.is_young)
        ]


def _asked(row: SurveyRow | None) -> Definition | None:
    """What a survey asks that people may know of."""
    return row.definition if row is not None and row.state is not SurveyState.DRAFT else None


def next_steps(row: SurveyRow) -> list[Step]:
    """What happens after sending, with the dates that were promised when the survey was opened."""
    steps = [(_("First"), _("A trained person reads every word you wrote."))]
    if row.closes_on is not None:
        steps.append((_("Until %(date)s", date=_day(row.closes_on)), _("Other people can still answer.")))
    told = _("We say on this site what people told us. No names, ever.")
    steps.append((_("By %(date)s", date=_day(row.tell_by)) if row.tell_by else _("Later"), told))
    steps.append((_("After that"), _("We say what we did, what we did not do, and why.")))
    return steps


def _day(day: date) -> str:
    form = "EEEE d MMMM" if day.year == clock.today().year else "EEEE d MMMM y"
    return str(format_date(day, form))


Pages("surveys", SurveyDoor()).add_to(bp, "/<slug:partnership>/surveys/<slug:survey>")
