"""Results: releases and their tables as chart and table; freezing a release."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from engage.core.errors import Refused
from engage.core.transaction import Saved, transactional
from engage.listening.surveys import queries as surveys
from engage.people import queries as people
from engage.rules.disclosure import next_release_day
from engage.rules.questionnaire.definition import Definition
from engage.understanding.releases import queries, service, service_tries
from engage.understanding.releases.queries_known import known_totals
from engage.understanding.releases.views import about_views, grouped, table_views
from engage.understanding.releases.views_coverage import coverage
from engage.understanding.releases.views_trend import MOST, Frozen, trends
from engage.understanding.releases.views_words import dividing, in_words, label_of, rung_words
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language

bp = Blueprint("releases", __name__, url_prefix="/staff/results")


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
def freeze(survey: str) -> ResponseReturnValue | Saved:
    """Freeze a release now, or say why not (never how many answers there are)."""
    try:
        service.make_release(survey, place(), signed_in().id)
    except Refused as refusal:
        service_tries.note(survey, refusal.reason)
        return Saved((_results_page(survey, refusal=refusal.reason), 409))
    return redirect(url_for("releases.survey_results", survey=survey), 303)


@bp.get("/<slug:survey>/over-time")
@requires(Permission.SEE_RESULTS)
def over_time(survey: str) -> ResponseReturnValue:
    """The releases of a survey one after the other, question by question."""
    row = surveys.get_survey(survey)
    if row is None or row.version is None:
        abort(404)
    releases = [_frozen(release) for release in reversed(queries.list_releases(row.id)[:MOST])]
    views = trends(releases, language()) if len(releases) > 1 else []
    has_versions = len(surveys.list_versions(row.id)) > 1
    return render_template(
        "releases/over_time.html", survey=row, title=_title(row), views=views, has_versions=has_versions
    )


def _frozen(release: queries.ReleaseRow) -> Frozen:
    tables = {table.question: table for table in queries.tables(release.id)}
    day = format_date(release.frozen_on, "d MMM y")
    definition = surveys.definition_of(release.version_id)
    return Frozen(release.number, f"{release.number}: {day}", definition, tables, release.rule)


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
    numbers = {version.id: version.number for version in surveys.list_versions(survey.id)}
    return render_template(
        "releases/survey.html",
        survey=survey,
        title=_title(survey),
        refusal=refusal,
        releases=releases,
        next_day=next_release_day(releases[0].frozen_on, place().release_day) if releases else None,
        release=release,
        numbers=numbers,
        together=", ".join(str(number) for number in sorted(numbers[one] for one in release.versions))
        if release
        else "",
        rung=rung_words(release.rung, release.audit) if release else [],
        filters=filters,
        dimensions=_dimensions(definition, queries.groups(release) if release else {}),
        names=people.names_of(signed_in().partnership_id),
        **(_shown(definition, release, filters) if release else {}),
    )


def _shown(definition: Definition, release: queries.ReleaseRow, filters: dict[str, str]) -> dict[str, Any]:
    """What the release's tables under these filters say; over everybody also how and by whom it was answered."""
    tables, rule, spoken = queries.tables(release.id, filters), release.rule, language()
    known = {} if filters else known_totals(release.survey_id)
    return {
        "groups": grouped(table_views(definition, tables, rule, spoken)),
        "about": [] if filters else grouped(about_views(tables, rule, spoken)),
        "in_words": in_words(definition, spoken),
        "coverage": coverage(definition, tables, release.base, known, rule, spoken) if known else [],
    }


def _title(survey: surveys.SurveyRow) -> str:
    definition = survey.definition
    return definition.title.say(language()).text if definition else survey.slug


def _dimensions(definition: Definition, groups: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """What the release divides people by, and into which groups: small ones may have been put together."""
    return [
        {
            "id": asked.key,
            "label": asked.title,
            "options": [{"value": "", "label": _("Everybody")}]
            + [{"value": one, "label": label_of(asked.labels, one)} for one in groups[asked.key]],
        }
        for asked in dividing(definition, language())
        if asked.key in groups
    ]


def _filters(definition: Definition) -> dict[str, str]:
    known = {asked.key for asked in dividing(definition, language())}
    return {name: value for name, value in request.args.items() if name in known and value}
