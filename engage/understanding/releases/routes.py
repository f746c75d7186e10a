"""Results: releases and their tables as chart and table; freezing a release; downloads."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.adapters.documents.model import Cell, Table
from engage.adapters.documents.sheets import to_csv, to_xlsx
from engage.core.errors import Refused
from engage.core.transaction import transactional
from engage.listening.surveys import queries as surveys
from engage.people import queries as people
from engage.rules.questionnaire.definition import Definition
from engage.understanding.releases import queries, service
from engage.understanding.releases.views import about_views, grouped, labels_of, table_views, title_of
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language

bp = Blueprint("releases", __name__, url_prefix="/staff/results")
_HEADER = ("question", "filters", "option", "people", "base")
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@bp.get("")
@requires(Permission.SEE_RESULTS)
def results() -> ResponseReturnValue:
    """Every survey with its newest release."""
    latest = {row.survey_id: row for row in reversed(queries.list_releases())}
    found = [
        {"survey": row, "title": _title(row), "release": latest.get(row.id)}
        for row in surveys.list_surveys()
        if row.version
    ]
    return render_template("releases/results.html", rows=found)


@bp.get("/<slug:survey>")
@requires(Permission.SEE_RESULTS)
def survey_results(survey: str) -> ResponseReturnValue:
    """One release of one survey: seal, tables, what is hidden and why."""
    return _results_page(survey)


@bp.post("/<slug:survey>/releases")
@requires(Permission.MAKE_RELEASES)
@transactional
def freeze(survey: str) -> ResponseReturnValue:
    """Freeze a release now, or say why not (never how many answers there are)."""
    try:
        service.make_release(survey, place(), signed_in().id)
    except Refused as refusal:
        return _results_page(survey, refusal=refusal.reason), 409
    return redirect(url_for("releases.survey_results", survey=survey), 303)


@bp.get("/<slug:survey>/download.<any(csv,xlsx,json):form>")
@requires(Permission.SEE_RESULTS)
def download(survey: str, form: str) -> ResponseReturnValue:
    """Every published table of a release as a file; nothing in it that the page does not say."""
    shown = queries.show(survey, request.args.get("release", type=int))
    if shown is None:
        abort(404)
    name = f"{survey}-release-{shown['release']}.{form}"
    if form == "json":
        body = json.dumps(shown, indent=1).encode()
    elif form == "csv":
        body = to_csv(_HEADER, _lines(shown))
    else:
        body = to_xlsx(name, [_sheet(shown)], issued=date.fromisoformat(shown["frozen_on"]))
    disposition = f'attachment; filename="{name}"'
    return Response(body, headers={"Content-Type": _KINDS[form], "Content-Disposition": disposition})


def place() -> service.Place:
    """Where this installation counts, and when."""
    settings = current_app.extensions["engage_settings"]
    return service.Place(settings.home / "snapshots", settings.release_day)


def _results_page(slug: str, refusal: str = "") -> str:
    survey = surveys.get_survey(slug)
    if survey is None or survey.version is None:
        abort(404)
    releases = queries.list_releases(survey.id)
    number = request.args.get("release", type=int)
    release = next((row for row in releases if number in {None, row.number}), None)
    definition = surveys.definition_of(release.version_id if release else survey.version.id)
    filters = _filters(definition)
    tables = queries.tables(release.id, filters) if release else []
    return render_template(
        "releases/survey.html",
        survey=survey,
        title=_title(survey),
        refusal=refusal,
        releases=releases,
        release=release,
        groups=grouped(table_views(definition, tables, release.rule, language())) if release else [],
        about=grouped(about_views(tables, release.rule, language())) if release and not filters else [],
        filters=filters,
        dimensions=_dimensions(definition),
        names=people.names_of(signed_in().partnership_id),
    )


def _title(survey: surveys.SurveyRow) -> str:
    definition = survey.definition
    return definition.title.say(language()).text if definition else survey.slug


def _dimensions(definition: Definition) -> list[dict[str, Any]]:
    return [
        {
            "id": column.key,
            "label": title_of(definition.question(column.key.partition(".")[0]), column, language()),
            "options": [{"value": "", "label": _("Everybody")}]
            + [{"value": value, "label": label} for value, label in labels_of(column, language()).items()],
        }
        for column in definition.dividing
    ]


def _filters(definition: Definition) -> dict[str, str]:
    known = {column.key for column in definition.dividing}
    return {name: value for name, value in request.args.items() if name in known and value}


def _lines(shown: dict[str, Any]) -> Iterator[tuple[Cell, ...]]:
    for table in shown["tables"]:
        filters = "; ".join(f"{name}: {value}" for name, value in table["filters"].items())
        for cell in table["cells"]:
            yield table["question"], filters, cell["option"], cell["count"], table["base"]


def _sheet(shown: dict[str, Any]) -> Table:
    note = _("Empty means fewer than %(threshold)s people, or hidden.", threshold=shown["rule"]["threshold"])
    return Table(f"{shown['survey']} {shown['release']}", _HEADER, tuple(_lines(shown)), str(note))
