"""How many people there are in each group: read, written down, changed."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.core.transaction import transactional
from engage.listening.surveys import queries as surveys
from engage.rules.disclosure import Rule
from engage.rules.questionnaire.answers import SKIP
from engage.rules.questionnaire.definition import Definition
from engage.understanding.releases import service_known
from engage.understanding.releases.forms import Divided, KnownForm
from engage.understanding.releases.queries_known import known_totals
from engage.understanding.releases.views_words import asked_of
from engage.web.access import Permission, requires
from engage.web.layout import language

bp = Blueprint("known_totals", __name__, url_prefix="/staff/results/<slug:survey>/known")


@bp.get("")
@requires(Permission.MAKE_RELEASES)
def page(survey: str) -> ResponseReturnValue:
    """What is known, to be changed."""
    row, definition = _survey(survey)
    return _page(row, definition, _form(row, definition))


@bp.post("")
@requires(Permission.MAKE_RELEASES)
@transactional
def save(survey: str) -> ResponseReturnValue:
    """Write down what is known."""
    row, definition = _survey(survey)
    form = _form(row, definition)
    if not form.is_valid():
        return _page(row, definition, form), 422
    service_known.set_known(row.id, form.known, threshold=_threshold(definition))
    return redirect(url_for("releases.survey_results", survey=survey, _anchor="coverage"), 303)


def _survey(slug: str) -> tuple[surveys.SurveyRow, Definition]:
    row = surveys.get_survey(slug)
    definition = row.definition if row else None
    if row is None or definition is None:
        abort(404)
    return row, definition


def _threshold(definition: Definition) -> int:
    return Rule.for_audience("staff" if definition.threshold == "staff" else "children").threshold


def _form(row: surveys.SurveyRow, definition: Definition) -> KnownForm:
    parts = [Divided("", _("Everybody this survey is for"), {"": _("How many there are")})]
    asked = asked_of(definition, language())
    for column in definition.dividing:
        groups = {option: label for option, label in asked[column.key].labels.items() if option != SKIP}
        parts.append(Divided(column.key, asked[column.key].title, groups))
    return KnownForm(parts, known_totals(row.id), _threshold(definition))


def _page(row: surveys.SurveyRow, definition: Definition, form: KnownForm) -> str:
    title = definition.title.say(language()).text
    return render_template("releases/known.html", survey=row, title=title, form=form, least=_threshold(definition))
