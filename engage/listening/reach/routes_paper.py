"""What staff print of a survey: a poster with its QR code, and the whole questionnaire for a pen."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, format_date

from engage.adapters import qr
from engage.adapters.documents.paper import picture
from engage.core import languages
from engage.listening.ballots.kinds import Entry
from engage.listening.reach import printing, views, views_paper
from engage.listening.reach.routes import definition_of, survey
from engage.listening.reach.views_paper import Reader
from engage.listening.surveys.queries import SurveyRow
from engage.rules.questionnaire import paper
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.translations import for_readers, offer
from engage.web.access import Permission, requires

bp = Blueprint("reach_paper", __name__, url_prefix="/staff/surveys/<slug:name>")


@bp.get("/poster/<string:code>.pdf")
@requires(Permission.MANAGE_SURVEYS)
def poster(name: str, code: str) -> ResponseReturnValue:
    """A poster in one language."""
    row = survey(name)
    definition, reader = _for(row, code, "plain")
    return printing.pdf(
        "poster",
        f"{row.slug}-poster-{code}",
        code,
        who=reader.say(definition.intro.who).text,
        picture=picture(qr.qr_svg(views.link(row, via="poster"), "")),
        **_about(row, definition, reader),
    )


@bp.get("/paper/<string:look>/<string:code>.pdf")
@requires(Permission.MANAGE_SURVEYS)
def twin(name: str, look: str, code: str) -> ResponseReturnValue:
    """The questionnaire on paper: plain, large print, with symbols or in easy words, in one language."""
    row = survey(name)
    definition, reader = _for(row, code, look)
    with force_locale(code):
        promise, rows = views_paper.promise(definition, reader), list(views_paper.printed(definition, reader))
        how = views_paper.printed_how(definition, reader)
    return printing.pdf(
        "twin",
        f"{row.slug}-paper-{look}-{code}",
        code,
        look=look,
        promise=promise,
        rows=rows,
        how=how,
        which=views_paper.which(row.slug, look, code),
        thanks=reader.say(definition.thanks).text,
        **_about(row, definition, reader),
    )


def _for(row: SurveyRow, code: str, look: str) -> tuple[Definition, Reader]:
    definition = definition_of(row)
    if look not in paper.LOOKS or code not in views_paper.languages_of(definition):
        abort(404)
    return for_readers(definition), Reader(code, look)


def _about(row: SurveyRow, definition: Definition, reader: Reader) -> dict[str, object]:
    with force_locale(reader.language):
        closes = str(format_date(row.closes_on, "d MMMM y")) if row.closes_on is not None else ""
    return {
        "title": reader.say(definition.title).text,
        "address": views.short(views.link(row)),
        "asks_code": row.entry is Entry.CODES,
        "closes": closes,
        "is_draft": reader.language in offer(definition, drafts=True).unchecked,
        "language_name": languages.get(reader.language).name,
    }
