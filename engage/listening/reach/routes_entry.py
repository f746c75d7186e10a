"""Typing in papers: one page a paper, quick by keyboard, for people who may read what children wrote."""

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.core.errors import NotFound, Refused
from engage.core.ids import new_token
from engage.core.transaction import transactional
from engage.listening.ballots.kinds import Entry
from engage.listening.reach import queries as own
from engage.listening.reach import service, views, views_entry, views_paper
from engage.listening.reach.service import Paper, Sheet
from engage.listening.surveys import queries, views_manage
from engage.listening.surveys.queries import SurveyRow
from engage.rules.questionnaire import how
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.texts import ENGLISH
from engage.web.access import Permission, requires
from engage.web.layout import language
from engage.web.refusals import sentence

bp = Blueprint("paper_entry", __name__, url_prefix="/staff/paper")
_LONGEST_KEY = 60


@bp.get("")
@requires(Permission.ENTER_PAPER)
def surveys() -> ResponseReturnValue:
    """The surveys whose papers can be typed in."""
    rows = [row for row in queries.list_surveys() if service.takes_paper(row)]
    listed = [
        (row, _definition(row).title.say(language()).text, own.papers_today(row.id), service.papers_until(row))
        for row in rows
    ]
    return render_template("reach/papers.html", listed=listed, day=views_manage.day)


@bp.get("/<slug:name>")
@requires(Permission.ENTER_PAPER)
def paper(name: str) -> ResponseReturnValue:
    """An empty form for the next paper; too late for that, what to do with one that came all the same."""
    row = queries.get_survey(name)
    if row is not None and not service.takes_paper(row):
        return redirect(url_for("paper_entry.surveys", _anchor="late"), 303)
    return _page(_row(name), Paper({}))


@bp.post("/<slug:name>")
@requires(Permission.ENTER_PAPER)
@transactional
def take_in(name: str) -> ResponseReturnValue:
    """Take the paper in, or show it again with what is wrong; nothing says whose hands typed it."""
    row = _row(name)
    definition, form = _definition(row), request.form.to_dict(flat=False)
    read = service.read(definition, form)
    if read.mistakes or (definition.asks_how and how.asks_again(form)):
        return _page(row, read), 422
    key, code = request.form.get("paper", "")[:_LONGEST_KEY], request.form.get("code", "")
    try:
        service.take_in(row, definition, read, Sheet(key, code, how=how.read(form), **_pile(definition)))
    except Refused as refused:
        return _page(row, read, refused=sentence(refused.reason, refused.params)), 422
    again: dict[str, Any] = {"done": uuid.uuid4().hex[:4], **_pile(definition)}
    return redirect(url_for("paper_entry.paper", name=name, **again, _anchor="next"), 303)


def _page(row: SurveyRow, read: Paper, refused: str = "") -> str:
    definition = _definition(row)
    form = request.form.to_dict(flat=False)
    return render_template(
        "reach/paper.html",
        survey=row,
        title=definition.title.say(language()).text,
        asked=[
            *views_entry.asked(definition, language(), form, read.mistakes),
            *views_entry.asked_how(definition, form),
        ],
        key=request.form.get("paper") or new_token(),
        asks_code=row.entry is not Entry.OPEN,
        needs_code=row.entry is Entry.CODES,
        code=request.form.get("code", ""),
        pile=_pile(definition),
        looks=views_paper.looks(),
        example=views_paper.which(row.slug, "large", ENGLISH),
        offered=views.printable(views_paper.languages_of(definition)),
        refused=refused,
        today=own.papers_today(row.id),
        done="done" in request.args,
    )


def _pile(definition: Definition) -> dict[str, str]:
    """Which papers are typed in: their language and look. Papers come in piles, so the next is as the one before."""
    languages = {"language": (ENGLISH, definition.languages), "look": ("plain", tuple(dict(views_paper.looks())))}
    chosen = {name: request.form.get(name) or request.args.get(name, "") for name in languages}
    return {name: chosen[name] if chosen[name] in known else first for name, (first, known) in languages.items()}


def _row(name: str) -> SurveyRow:
    row = queries.get_survey(name)
    if row is None or not service.takes_paper(row):
        raise NotFound(name)
    return row


def _definition(row: SurveyRow) -> Definition:
    if row.definition is None:
        raise NotFound(row.slug)
    return row.definition
