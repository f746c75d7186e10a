"""Answering: what is owed, drafts beside what a child will read, what is published."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.answering.you_said import queries, service, views, words
from engage.answering.you_said.forms import AnswerForm, TakeDownForm
from engage.answering.you_said.kinds import TakenDown
from engage.answering.you_said.queries import AnswerRow
from engage.answering.you_said.service import AnswerText
from engage.core import audit, clock
from engage.core.transaction import transactional
from engage.people import queries as people
from engage.understanding.themes import queries as themes
from engage.understanding.themes.queries import ThemeRow
from engage.understanding.themes.views import trail
from engage.web.access import Permission, requires, signed_in

bp = Blueprint("answers", __name__, url_prefix="/staff/answers")

_STATES = ("owed", "drafts", "published")


@bp.get("")
@requires(Permission.WRITE_ANSWERS)
def answers() -> ResponseReturnValue:
    """Answers owed, drafts, or what is published."""
    state = request.args.get("state", "")
    return render_template(
        "you_said/answers.html",
        state=state if state in _STATES else "owed",
        owed=views.owed_lines(queries.owed()),
        drafts=queries.list_drafts(),
        published=queries.list_published(),
        verdicts=words.VERDICTS,
        done=views.DONE.get(request.args.get("done", "")),
    )


@bp.get("/new/<uuid:theme_id>")
@requires(Permission.WRITE_ANSWERS)
def new(theme_id: uuid.UUID) -> ResponseReturnValue:
    """The form for an answer to a theme."""
    theme = themes.get_theme(theme_id)
    most_heard = max(theme.heard, key=lambda group: theme.heard[group], default=None)
    form = AnswerForm(audience=most_heard.value if most_heard else "children", decided_on=clock.today())
    return _form_page(theme, form)


@bp.post("/new/<uuid:theme_id>")
@requires(Permission.WRITE_ANSWERS)
@transactional
def add(theme_id: uuid.UUID) -> ResponseReturnValue:
    """Keep a new draft, or show what a child would read."""
    theme, form = themes.get_theme(theme_id), AnswerForm()
    text = form.text() if form.is_whole() else None
    if text is None or request.form.get("act") == "preview":
        return _form_page(theme, form, text=text)
    answer_id = service.add(theme_id, text, signed_in().id)
    return redirect(url_for("answers.answer", answer_id=answer_id, done="saved"), 303)


@bp.get("/<uuid:answer_id>")
@requires(Permission.WRITE_ANSWERS)
def answer(answer_id: uuid.UUID) -> ResponseReturnValue:
    """A draft to go on with, or a published answer to take down."""
    row = queries.get_answer(answer_id)
    if row.published_on is not None:
        return _published_page(row, TakeDownForm())
    return _form_page(themes.get_theme(row.theme_id), _filled(row), row, views.text_of(row), is_kept=True)


@bp.post("/<uuid:answer_id>")
@requires(Permission.WRITE_ANSWERS)
@transactional
def change(answer_id: uuid.UUID) -> ResponseReturnValue:
    """Keep a draft as it stands now, or show what a child would read."""
    row, form = queries.get_answer(answer_id), AnswerForm()
    text = form.text() if form.is_whole() else None
    if text is None or request.form.get("act") == "preview":
        return _form_page(themes.get_theme(row.theme_id), form, row, text)
    service.change(answer_id, text)
    return redirect(url_for("answers.answer", answer_id=answer_id, done="saved"), 303)


@bp.post("/<uuid:answer_id>/publish")
@requires(Permission.WRITE_ANSWERS)
@transactional
def publish(answer_id: uuid.UUID) -> ResponseReturnValue:
    """Show it to everybody."""
    service.publish(answer_id, signed_in().id)
    return redirect(url_for("answers.answer", answer_id=answer_id, done="published"), 303)


@bp.post("/<uuid:answer_id>/take-down")
@requires(Permission.WRITE_ANSWERS)
@transactional
def take_down(answer_id: uuid.UUID) -> ResponseReturnValue:
    """Take it off the public page, with a reason."""
    row, form = queries.get_answer(answer_id), TakeDownForm()
    if not form.validate_on_submit():
        return _published_page(row, form)
    service.take_down(answer_id, TakenDown(form.why.data))
    return redirect(url_for("answers.answer", answer_id=answer_id, done="taken-down"), 303)


@bp.post("/<uuid:answer_id>/remove")
@requires(Permission.WRITE_ANSWERS)
@transactional
def remove(answer_id: uuid.UUID) -> ResponseReturnValue:
    """Remove a draft."""
    service.remove(answer_id)
    return redirect(url_for("answers.answers", state="drafts", done="removed"), 303)


def _filled(row: AnswerRow) -> AnswerForm:
    text = views.text_of(row)
    return AnswerForm(
        data={
            **vars(text),
            "audience": text.audience.value,
            "verdict": text.verdict.value,
            "reason": text.reason.value if text.reason else None,
        }
    )


def _form_page(
    theme: ThemeRow,
    form: AnswerForm,
    row: AnswerRow | None = None,
    text: AnswerText | None = None,
    *,
    is_kept: bool = False,
) -> str:
    beside = views.Beside("preview", theme.picture, theme.heard.get(text.audience) if text else None)
    return render_template(
        "you_said/answer.html",
        theme=theme,
        form=form,
        answer=row,
        is_kept=is_kept,
        card=views.draw(text, beside) if text else None,
        reads=views.reads(text) if text else None,
        trail=_trail(row),
        done=views.DONE.get(request.args.get("done", "")),
    )


def _published_page(row: AnswerRow, form: TakeDownForm) -> str:
    return render_template(
        "you_said/published.html",
        answer=row,
        form=form,
        card=views.card(row),
        trail=_trail(row),
        done=views.DONE.get(request.args.get("done", "")),
    )


def _trail(row: AnswerRow | None) -> list[object]:
    if row is None:
        return []
    return list(trail(audit.trail(row.id), people.names_of(signed_in().partnership_id), words.EVENTS))
