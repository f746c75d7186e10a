"""Staff pages of translating: the languages of a survey, one language, one screen side by side, and who checked it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.core import languages
from engage.core.errors import Conflict, NotFound
from engage.core.transaction import transactional
from engage.listening.translating import queries, service, views, views_texts
from engage.listening.translating.forms import CheckedForm, TranslationFileForm
from engage.listening.translating.queries import Standing
from engage.listening.translating.views import Screen
from engage.rules.exchange.editing import Edit
from engage.rules.exchange.segments import Remark
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language
from engage.web.words import language_name

bp = Blueprint("translating", __name__, url_prefix="/staff/surveys/<slug:name>/translations")


@bp.get("")
@requires(Permission.MANAGE_SURVEYS)
def overview(name: str) -> ResponseReturnValue:
    """The survey's languages, how far each is, and the languages that can be added."""
    found = queries.standing(name)
    there = found.definition.languages
    return render_template(
        "translating/overview.html",
        **_about(found),
        rows=views.language_rows(found.definition, language()),
        others=[(code, language_name(code, language())) for code in languages.codes() if code not in there],
    )


@bp.post("/add")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def add(name: str) -> ResponseReturnValue:
    """Begin a translation into another language."""
    code = request.form.get("language", "")
    service.add_language(name, _revision(), code, signed_in().id)
    return redirect(url_for("translating.one", name=name, code=code), 303)


@bp.get("/<string:code>")
@requires(Permission.MANAGE_SURVEYS)
def one(name: str, code: str) -> ResponseReturnValue:
    """One language: its screens, its file, whether somebody has checked it."""
    return language_page(_standing(name, code), code, CheckedForm(), TranslationFileForm())


@bp.get("/<string:code>/screens/<string:screen>")
@requires(Permission.MANAGE_SURVEYS)
def side_by_side(name: str, code: str, screen: str) -> ResponseReturnValue:
    """English and the other language of one screen beside each other."""
    found = _standing(name, code)
    return _screen_page(found, code, _screen(found, code, screen))


@bp.post("/<string:code>/screens/<string:screen>")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def save(name: str, code: str, screen: str) -> ResponseReturnValue:
    """Keep what was typed, and go on to what is left to do; what cannot be kept is shown again with all of it."""
    found = _standing(name, code)
    shown = _screen(found, code, screen)
    try:
        kept = service.save(name, _revision(), code, _typed(shown), signed_in().id)
    except Conflict:
        return _screen_page(_standing(name, code), code, shown, is_late=True), 409
    if isinstance(kept, tuple):
        return _screen_page(found, code, shown, kept), 422
    if "stay" in request.form:
        return redirect(url_for("translating.side_by_side", name=name, code=code, screen=screen), 303)
    following = views.next_screen(views.screens(kept.definition, code), screen)
    if following is None:
        return redirect(url_for("translating.one", name=name, code=code), 303)
    return redirect(url_for("translating.side_by_side", name=name, code=code, screen=following.key), 303)


@bp.post("/<string:code>/checked")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def checked(name: str, code: str) -> ResponseReturnValue:
    """Record that somebody has checked the whole language."""
    found = _standing(name, code)
    form = CheckedForm()
    if not form.validate_on_submit():
        return language_page(found, code, form, TranslationFileForm()), 422
    service.mark(name, _revision(), code, form.checker.data, form.who.data, signed_in().id)
    return redirect(url_for("translating.one", name=name, code=code), 303)


@bp.post("/<string:code>/draft")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def draft(name: str, code: str) -> ResponseReturnValue:
    """Record that a language is a draft after all."""
    _standing(name, code)
    service.unmark(name, _revision(), code, signed_in().id)
    return redirect(url_for("translating.one", name=name, code=code), 303)


def language_page(found: Standing, code: str, form: CheckedForm, file: TranslationFileForm) -> str:
    """The page of one language."""
    there = found.definition.translated[code]
    return render_template(
        "translating/language.html",
        **_about(found),
        **_language(code),
        screens=views.screens(found.definition, code),
        there=there,
        progress=views.progress_in_words(there),
        state=views.language_tag(found.definition, code),
        checked_by=found.definition.checked_by.get(code),
        is_marked=found.definition.checked.get(code, "draft") != "draft",
        is_by_children=found.definition.checked.get(code) == "child",
        form=form,
        file=file,
    )


def _screen_page(
    found: Standing, code: str, screen: Screen, remarks: tuple[Remark, ...] = (), *, is_late: bool = False
) -> str:
    all_screens = views.screens(found.definition, code)
    stale = {unit.key: words.of or "" for unit in screen.units if (words := unit.text.root.get(code)) and words.of}
    typed = request.form.to_dict() if remarks or is_late else None
    pairs = views_texts.pairs(found.definition, code, screen, queries.past_english(found, stale), typed, remarks)
    return render_template(
        "translating/side_by_side.html",
        **_about(found),
        **_language(code),
        screen=screen,
        at=[one.key for one in all_screens].index(screen.key) + 1,
        of=len(all_screens),
        pairs=pairs,
        is_late=is_late,
    )


def _about(found: Standing) -> dict[str, object]:
    """What every page of a survey's translations says."""
    title = found.definition.title.say(language()).text
    return {"name": found.survey.slug, "title": title, "revision": found.revision}


def _language(code: str) -> dict[str, object]:
    return {
        "code": code,
        "language_name": language_name(code, language()),
        "direction": languages.direction(code),
        "english_name": language_name("en", language()),
    }


def _standing(name: str, code: str) -> Standing:
    found = queries.standing(name)
    if code not in found.definition.translated:
        raise NotFound(code)
    return found


def _screen(found: Standing, code: str, key: str) -> Screen:
    screen = views.screen_of(views.screens(found.definition, code), key)
    if screen is None:
        raise NotFound(key)
    return screen


def _typed(screen: Screen) -> dict[str, Edit]:
    """What the form holds for the texts of this screen: line ends as we keep them, nothing round the words."""

    def words(name: str) -> str:
        return request.form.get(name, "").replace("\r\n", "\n").strip()

    return {
        unit.key: Edit(words(f"{unit.key}:plain"), words(f"{unit.key}:easy"), f"{unit.key}:fits" in request.form)
        for unit in screen.units
        if f"{unit.key}:plain" in request.form
    }


def _revision() -> int:
    """Which revision of the working copy the page was made from; 0 for none."""
    said = request.form.get("revision", "")
    if not (said.isdecimal() and said.isascii() and len(said) < 10):
        raise Conflict("survey-changed")
    return int(said)
