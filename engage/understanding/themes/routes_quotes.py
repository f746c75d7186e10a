"""Quotes: an analyst prepares words for showing, a second person releases or refuses them."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from engage.core import audit, clock
from engage.core.errors import Refused
from engage.core.transaction import Saved, transactional
from engage.people import queries as people
from engage.rules.redaction import Finding, find, hide
from engage.rules.redaction.measured import FIRST_READING
from engage.understanding.themes import queries, queries_coding, queries_quotes, service_quotes, views
from engage.understanding.themes import views_quotes as drawn
from engage.understanding.themes.forms import MOST_WORDS, QuoteForm, RefusalForm
from engage.understanding.themes.kinds import Refusal
from engage.understanding.themes.queries_quotes import State
from engage.understanding.themes.service_quotes import QuoteText
from engage.voices import queries as voices
from engage.web import refusals
from engage.web.access import Permission, requires, signed_in
from engage.web.paging import page_number

bp = Blueprint("quotes", __name__, url_prefix="/staff/themes/quotes")

_PAGE = 25


@bp.get("")
@requires(Permission.CODE_VOICES, Permission.RELEASE_QUOTES, Permission.SEE_RESULTS)
def quotes() -> ResponseReturnValue:
    """Quotes in one state; whoever neither prepares nor releases sees those that may be shown."""
    works = signed_in().can(Permission.CODE_VOICES) or signed_in().can(Permission.RELEASE_QUOTES)
    asked = request.args.get("state", "")
    state = State(asked) if asked in set(State) and works else State.WAITING if works else State.RELEASED
    at = page_number()
    counts = {each: queries_quotes.count_quotes(each) for each in State}
    if works:
        rows = queries_quotes.list_quotes(state, _PAGE, (at - 1) * _PAGE)
    else:
        every = queries_quotes.released_quotes()
        counts[state], rows = len(every), every[(at - 1) * _PAGE : at * _PAGE]
    return render_template(
        "themes/quotes.html",
        quotes=[drawn.quote(row) for row in rows],
        states=[(each.value, label, counts[each]) for each, label in drawn.STATES.items()] if works else [],
        state=state.value,
        at=at,
        pages=-(-counts[state] // _PAGE),
        done=views.DONE.get(request.args.get("done", "")),
    )


@bp.get("/new/<uuid:voice_id>")
@requires(Permission.CODE_VOICES)
def new(voice_id: uuid.UUID) -> ResponseReturnValue:
    """The form for words of one comment, beside the comment."""
    if not queries_coding.has_opened(signed_in().id, clock.today()):
        return redirect(url_for("coding.page", voice=voice_id), 303)
    return _new_page(voice_id, QuoteForm(words=_original(voice_id)))


@bp.post("/new/<uuid:voice_id>")
@requires(Permission.CODE_VOICES)
@transactional
def prepare(voice_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the words for a second person, take marked places out, or say what to look at first."""
    form = _with_themes(QuoteForm(), voice_id)
    findings = find(form.words.data or "", service_quotes.own_names())
    if {"act", "out"} & request.form.keys():
        form.words.data = _taken_out(form.words.data or "", findings)
        return _new_page(voice_id, form)
    if not form.is_kept(findings):
        return _new_page(voice_id, form)
    words = QuoteText(form.words.data.strip(), uuid.UUID(form.theme.data), form.is_paraphrase.data)
    quote_id = service_quotes.prepare(voice_id, words, signed_in().id)
    return redirect(url_for("quotes.quote", quote_id=quote_id, done="prepared"), 303)


@bp.get("/<uuid:quote_id>")
@requires(Permission.CODE_VOICES, Permission.RELEASE_QUOTES)
def quote(quote_id: uuid.UUID) -> ResponseReturnValue:
    """One quote: its words, what may identify, whether it may be shown, its trail."""
    return _quote_page(quote_id, RefusalForm())


@bp.post("/<uuid:quote_id>/release")
@requires(Permission.RELEASE_QUOTES)
@transactional
def release(quote_id: uuid.UUID) -> ResponseReturnValue:
    """Let it be shown."""
    try:
        service_quotes.release(quote_id, signed_in().id)
    except Refused as refused:
        return _quote_page(quote_id, RefusalForm(), refused=refused.reason), 409
    return redirect(url_for("quotes.quote", quote_id=quote_id, done="released"), 303)


@bp.post("/<uuid:quote_id>/refuse")
@requires(Permission.RELEASE_QUOTES)
@transactional
def refuse(quote_id: uuid.UUID) -> ResponseReturnValue:
    """Say that it is not shown, and why."""
    form = RefusalForm()
    if not form.validate_on_submit():
        return _quote_page(quote_id, form)
    service_quotes.refuse(quote_id, Refusal(form.refusal.data), signed_in().id)
    return redirect(url_for("quotes.quote", quote_id=quote_id, done="refused"), 303)


@bp.post("/<uuid:quote_id>/withdraw")
@requires(Permission.CODE_VOICES)
@transactional
def withdraw(quote_id: uuid.UUID) -> ResponseReturnValue:
    """Whoever prepared it takes it back."""
    if queries_quotes.get_quote(quote_id).preparer_id != signed_in().id:
        abort(403)
    service_quotes.refuse(quote_id, Refusal.WITHDRAWN, signed_in().id)
    return redirect(url_for("quotes.quote", quote_id=quote_id, done="refused"), 303)


@bp.post("/<uuid:quote_id>/original")
@requires(Permission.RELEASE_QUOTES)
@transactional
def original(quote_id: uuid.UUID) -> ResponseReturnValue | Saved:
    """Open the comment it comes from, beside it; written down."""
    text = service_quotes.open_original(quote_id)
    return Saved(_quote_page(quote_id, RefusalForm(), original=text))


def _original(voice_id: uuid.UUID) -> str:
    queries_coding.get_comment(voice_id)
    return voices.texts([voice_id]).get(voice_id, "")


def _taken_out(text: str, findings: Sequence[Finding]) -> str:
    """The words without one place that was chosen, or without all that points at one person by itself."""
    out = request.form.get("out")
    gone = [one for one in findings if (one.is_direct if out is None else text[one.start : one.end] == out)]
    return hide(text, gone, drawn.placeholders())


def _with_themes(form: QuoteForm, voice_id: uuid.UUID) -> QuoteForm:
    names = queries.names()
    given = [one.theme_id for one in queries_coding.given(voice_id)]
    form.theme.choices = [SelectChoice(str(theme_id), names[theme_id]) for theme_id in given]
    return form


def _new_page(voice_id: uuid.UUID, form: QuoteForm) -> str:
    comment = queries_coding.get_comment(voice_id)
    _with_themes(form, voice_id)
    text = form.words.data or ""
    findings = find(text, service_quotes.own_names())
    form.seen.data = form.mark(findings)
    return render_template(
        "themes/quote_new.html",
        form=form,
        comment=comment,
        original=_original(voice_id),
        places=drawn.places(text, findings),
        measured=FIRST_READING,
        has_direct=any(one.is_direct for one in findings),
        is_long=form.is_long(),
        most=MOST_WORDS,
    )


def _quote_page(quote_id: uuid.UUID, form: RefusalForm, original: str | None = None, refused: str = "") -> str:
    row = queries_quotes.get_quote(quote_id)
    text = row.text or ""
    why = refused or service_quotes.why_not(row.theme_id, row.audience)
    if not why and row.preparer_id == signed_in().id:
        why = "quote-second-person"
    return render_template(
        "themes/quote.html",
        quote=drawn.quote(row),
        form=form,
        is_mine=row.preparer_id == signed_in().id,
        original=original,
        places=drawn.places(text, find(text, service_quotes.own_names())),
        measured=FIRST_READING,
        why=refusals.sentence(why or "", {}) if row.state is State.WAITING else "",
        refused=refused,
        trail=views.trail(audit.trail(quote_id), people.names_of(signed_in().partnership_id)),
        done=views.DONE.get(request.args.get("done", "")),
    )
