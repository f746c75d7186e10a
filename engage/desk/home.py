"""Who is here, and a partnership's public home: one open door larger than the rest."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from engage.answering.you_said import queries as you_said
from engage.listening.surveys import queries as surveys
from engage.listening.surveys.queries import SurveyRow
from engage.people import queries
from engage.rules.questionnaire.definition import Definition
from engage.web.access import public
from engage.web.appearance import appearance
from engage.web.layout import language
from engage.web.words import shown

bp = Blueprint("home", __name__)


@dataclass(frozen=True)
class OpenSurvey:
    """A survey that can be answered now, in words."""

    slug: str
    title: str | Markup
    about: str
    href: str
    is_young: bool


@bp.get("/")
@public
def front() -> ResponseReturnValue:
    """The partnerships here."""
    return render_template("desk/front.html", partnerships=queries.list_partnerships())


@bp.get("/<slug:partnership>/")
@public
def partnership_home() -> ResponseReturnValue:
    """The doors of one partnership."""
    found = [_open_survey(row, row.definition) for row in surveys.list_with_room() if row.definition is not None]
    return render_template(
        "desk/home.html",
        young=[row for row in found if row.is_young],
        adults=[row for row in found if not row.is_young],
        proof=you_said.latest_of_each_verdict(),
    )


def _open_survey(row: SurveyRow, definition: Definition) -> OpenSurvey:
    title = definition.title.say(language(), easy=appearance().easy)
    parts = [_ages(definition)] if definition.is_young else []
    parts.append(ngettext("About %(num)s minute.", "About %(num)s minutes.", definition.intro.minutes))
    if row.closes_on is not None:
        parts.append(_("Open until %(day)s.", day=_day(row.closes_on)))
    return OpenSurvey(
        row.slug,
        shown(title, language()),
        " ".join(str(part) for part in parts),
        url_for("surveys.intro", survey=row.slug),
        definition.is_young,
    )


def _ages(definition: Definition) -> str:
    if definition.age_min is None or definition.age_max is None:
        return ""
    return str(_("For ages %(low)s to %(high)s.", low=definition.age_min, high=definition.age_max))


def _day(day: date) -> str:
    return str(format_date(day, "EEEE d MMMM"))
