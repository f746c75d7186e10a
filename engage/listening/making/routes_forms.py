"""Forms of the builder: the survey's header, its sections and scales, one question. They share one page."""

from collections.abc import Callable
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.core.errors import Conflict
from engage.core.transaction import transactional
from engage.listening.making import applying, queries, service, tasks, views
from engage.listening.making.labels import KINDS_ABOUT
from engage.listening.making.queries import CopyRow
from engage.listening.making.rows import Fields, first, received
from engage.listening.making.tasks import Task
from engage.listening.making.telling import kind_name
from engage.people import queries as people
from engage.rules.questionnaire.changes import compare
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds import KINDS
from engage.rules.questionnaire.load import DefinitionError, load
from engage.web.access import Permission, requires, signed_in

_NOT_IN_SURVEYS: Final = frozenset({"contact"})
"""No survey with it is ever published: only the tell-us form keeps contact details, apart from what is said."""

bp = Blueprint("making_forms", __name__, url_prefix="/staff/surveys/<slug:name>/make")


@bp.route("/header", methods=["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS)
@transactional
def header(name: str) -> ResponseReturnValue:
    """Who is asked, in which languages, and what they read before and after."""
    return _form(name, tasks.header, "about")


@bp.route("/sections", methods=["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS)
@transactional
def sections(name: str) -> ResponseReturnValue:
    """The parts of the survey."""
    return _form(name, tasks.sections, "questions")


@bp.route("/scales", methods=["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS)
@transactional
def add_scale(name: str) -> ResponseReturnValue:
    """A new scale, for several questions."""
    return _form(name, tasks.new_scale, "about")


@bp.route("/scales/<slug:scale>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS)
@transactional
def scale(name: str, scale: str) -> ResponseReturnValue:
    """The words of one scale."""
    return _form(name, lambda definition: tasks.scale(definition, scale), "about")


@bp.route("/questions/<string:question>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS)
@transactional
def question(name: str, question: str) -> ResponseReturnValue:
    """One question."""
    return _form(name, lambda definition: tasks.question(definition, question), f"q-{question}")


@bp.get("/add")
@requires(Permission.MANAGE_SURVEYS)
def choose_kind(name: str) -> ResponseReturnValue:
    """Which kind of question to add."""
    copy, after = service.working_copy(name), request.args.get("after")
    kinds = [(kind, kind_name(kind), KINDS_ABOUT.get(kind, "")) for kind in KINDS if kind not in _NOT_IN_SURVEYS]
    title = copy.definition.title.say("en").text
    return render_template("making/kinds.html", name=name, title=title, kinds=kinds, after=after)


@bp.route("/add/<string:kind>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS)
@transactional
def add(name: str, kind: str) -> ResponseReturnValue:
    """A new question of one kind, after another (or before all)."""
    after = request.args.get("after") or None
    return _form(name, lambda definition: tasks.new_question(definition, kind, after), "questions")


def _form(name: str, task_for: Callable[[Definition], Task], anchor: str) -> ResponseReturnValue:
    copy = service.working_copy(name)
    task = task_for(copy.definition)
    if request.method == "GET":
        return _page(name, copy, task, task.shown(copy.definition))
    form: Fields = received(request.form.to_dict(flat=False))
    deed = first(form, "do")
    if deed:
        return _page(name, copy, task, tasks.rearranged(form, deed) if deed.startswith("rows:") else form, at=deed)
    tidy = task.tidied(form)
    revision = request.form.get("revision", copy.revision, type=int)
    try:
        applying.apply(name, revision, task.touched, task.edit(tidy), signed_in().id)
    except DefinitionError as error:
        return _page(name, copy, task, tidy, error=error), 422
    except Conflict:
        return _page(name, copy, task, tidy, theirs=_theirs(copy, revision)), 409
    return redirect(url_for("making.working_copy", name=name, done="saved", _anchor=anchor), 303)


def _page(  # noqa: PLR0913 - what the one page of all forms shows
    name: str,
    copy: CopyRow,
    task: Task,
    fields: Fields,
    *,
    error: DefinitionError | None = None,
    theirs: str = "",
    at: str = "",
) -> str:
    parts = views.parts_of(task.controls, fields, task.around)
    told, summary = views.problems(error, parts, task.place) if error is not None else ({}, [])
    # A form that only changed its rows still rests on what the person saw; one that met a conflict has now seen both.
    seen = first(fields, "revision") if not theirs else ""
    return render_template(
        "making/form.html",
        name=name,
        survey_title=copy.definition.title.say("en").text,
        task=task,
        parts=views.with_errors(parts, told),
        summary=summary,
        theirs=theirs,
        revision=seen if seen.isdecimal() else copy.revision,
        opened=at,
    )


def _theirs(copy: CopyRow, revision: int) -> str:
    """Who changed the working copy since, and how many questions."""
    who = people.names_of(signed_in().partnership_id).get(copy.changed_by) if copy.changed_by else None
    text = queries.step_text(copy.id, revision)
    if text is None:
        return str(_("%(who)s changed it meanwhile.", who=who or _("Somebody")))
    changes = compare(load(text, "working copy"), copy.definition)
    asked = [each.after or each.before for each in changes.questions if each.what != "same"]
    words = ", ".join(f"“{each.text.say('en').text}”" for each in asked if each is not None)
    what = words or _("what people read around it")
    return str(_("%(who)s changed it meanwhile: %(what)s.", who=who or _("Somebody"), what=what))
