"""Downloads of a release: nothing is in a file that its page does not say."""

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from engage.listening.surveys import queries as surveys
from engage.people import queries as people
from engage.understanding.releases import queries
from engage.understanding.releases.exports import MEDIA, Exported, name_of, written
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language

bp = Blueprint("release_files", __name__, url_prefix="/staff/results")


@bp.get("/<slug:survey>/download.<any(csv,xlsx,parquet,json,xml):form>")
@requires(Permission.SEE_RESULTS)
def download(survey: str, form: str) -> ResponseReturnValue:
    """Every published table of a release as a file, or its data dictionary."""
    row = surveys.get_survey(survey)
    release = queries.numbered(row.id, request.args.get("release", type=int)) if row else None
    shown = queries.show(survey, release.number) if release else None
    if release is None or shown is None:
        abort(404)
    exported = Exported(shown, surveys.definition_of(release.version_id), language(), _owner())
    disposition = f'attachment; filename="{name_of(shown, form)}"'
    return Response(written(exported, form), headers={"Content-Type": MEDIA[form], "Content-Disposition": disposition})


def _owner() -> str:
    row = people.get_partnership_by_id(signed_in().partnership_id)
    return row.name if row else ""
