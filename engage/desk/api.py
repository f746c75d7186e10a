"""For machines of a partnership: its frozen results as `engage release show` prints them, and what anybody may read.

Whatever a machine is given, staff who see results see on their pages. Exact numbers for a few by name are not here.
"""

import uuid

from flask import Blueprint, Response, abort, jsonify
from flask.typing import ResponseReturnValue

from engage.answering.you_said import queries as answers
from engage.answering.you_said.kinds import Verdict
from engage.core import languages
from engage.desk.api_described import DESCRIPTION
from engage.listening.surveys import queries as surveys
from engage.understanding.releases import queries
from engage.understanding.releases.exports import as_json
from engage.web.access import keyed, machine

bp = Blueprint("api", __name__, url_prefix="/api")


@bp.get("/openapi.json")
@machine
def description() -> ResponseReturnValue:
    """What there is to read, and in which shape (OpenAPI)."""
    return jsonify(DESCRIPTION)


@bp.get("/v1/<slug:partnership>/surveys")
@keyed
def surveys_with_releases() -> ResponseReturnValue:
    """Every survey that has a release, by its short name."""
    releases: dict[uuid.UUID, list[queries.ReleaseRow]] = {}
    for row in queries.list_releases():
        releases.setdefault(row.survey_id, []).append(row)
    listed = [_survey(row, releases[row.id]) for row in surveys.list_surveys() if row.id in releases]
    return jsonify(surveys=listed)


@bp.get("/v1/<slug:partnership>/surveys/<slug:survey>/releases")
@keyed
def releases_of(survey: str) -> ResponseReturnValue:
    """The releases of a survey, the newest first."""
    row = surveys.get_survey(survey)
    found = queries.list_releases(row.id) if row else []
    if not found:
        abort(404)
    return jsonify(survey=survey, releases=[_release(release) for release in found])


@bp.get("/v1/<slug:partnership>/surveys/<slug:survey>/releases/<int:number>")
@keyed
def release(survey: str, number: int) -> ResponseReturnValue:
    """All that may be seen of one release."""
    shown = queries.show(survey, number)
    if shown is None:
        abort(404)
    return Response(as_json(shown), mimetype="application/json")


@bp.get("/v1/<slug:partnership>/you-said")
@keyed
def you_said() -> ResponseReturnValue:
    """The published answers, the newest first, as they stand on the public page."""
    return jsonify(answers=[_answer(row) for row in answers.list_published()])


@bp.after_request
def keep_to_whoever_asked(response: Response) -> Response:
    """Nothing between here and the machine keeps it."""
    response.cache_control.private = True
    return response


def _survey(row: surveys.SurveyRow, releases: list[queries.ReleaseRow]) -> dict[str, object]:
    title = row.definition.title.say(languages.DEFAULT).text if row.definition else row.slug
    return {"survey": row.slug, "title": title, "releases": [_release(each) for each in releases]}


def _release(row: queries.ReleaseRow) -> dict[str, object]:
    return {"release": row.number, "frozen_on": row.frozen_on.isoformat(), "version_sha256": row.version_sha256}


def _answer(row: answers.AnswerRow) -> dict[str, object]:
    return {
        "you_said": row.you_said,
        "from": row.audience,
        "heard": row.heard,
        "outcome": row.verdict,
        "we_did": row.we_did,
        "because": row.because if row.verdict is Verdict.DID_NOT else "",  # as its card: else nobody outside reads it
        "published_on": row.published_on.isoformat() if row.published_on else None,
    }
