"""The builder: a new survey, the list of its questions, and what is done to one with one press."""

from collections import Counter

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.core.errors import NotFound, Refused
from engage.core.transaction import transactional
from engage.listening.making import applying, editing, service, starters, telling
from engage.listening.making.editing import Edit
from engage.listening.making.forms import NewSurveyForm, free_slug
from engage.listening.making.plainly import plainly
from engage.listening.making.shape import part_controls
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import service as survey_service
from engage.listening.surveys import service_gate
from engage.listening.surveys.gate_words import apart
from engage.people import queries as people
from engage.rules.questionnaire.load import DefinitionError
from engage.web.access import Permission, requires, signed_in
from engage.web.refusals import sentence

bp = Blueprint("making", __name__, url_prefix="/staff/surveys")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS)
@transactional
def new() -> ResponseReturnValue:
    """A survey from nothing: its title and who is asked; everything else has words to begin with."""
    form = NewSurveyForm()
    if not form.validate_on_submit():
        return render_template("making/new.html", form=form), 422 if form.errors else 200
    title = form.title.data or ""
    slug, ages = free_slug(title), (form.age_min.data, form.age_max.data)
    try:
        definition = starters.survey(slug, title, form.audience.data, ages)
    except DefinitionError as error:
        form.title.errors = [plainly(error.problems[0].message, error.problems[0].write, str(form.title.label.text))]
        return render_template("making/new.html", form=form), 422
    service.create(slug, definition, signed_in().id)
    return redirect(url_for("making.working_copy", name=slug, done="begun"), 303)


@bp.post("/<slug:name>/make")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def begin(name: str) -> ResponseReturnValue:
    """Begin (or go on with) the working copy of a survey."""
    service.begin(name, signed_in().id)
    return redirect(url_for("making.working_copy", name=name), 303)


@bp.get("/<slug:name>/make")
@requires(Permission.MANAGE_SURVEYS)
def working_copy(name: str) -> ResponseReturnValue:
    """The working copy: its questions in order, and what can be done with each."""
    return _list(name)


def _list(name: str, trouble: str = "") -> str:
    copy = service.working_copy(name)
    definition = copy.definition
    row = surveys.get_survey(name)
    found = service_gate.findings(name, definition, is_live=row is None or row.is_live)
    return render_template(
        "making/copy.html",
        name=name,
        copy=copy,
        row=row,
        title=definition.title.say("en").text,
        questions=telling.listed(definition, Counter(each.question for each in found if each.question)),
        scales=list(definition.scales),
        has_sections=bool(part_controls("sections")),
        findings=found,
        who=people.names_of(signed_in().partnership_id).get(copy.changed_by) if copy.changed_by else None,
        done=request.args.get("done", ""),
        trouble=trouble,
    )


@bp.post("/<slug:name>/make/questions/<string:question>/<any(up,down,copy,remove):deed>")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def act(name: str, question: str, deed: str) -> ResponseReturnValue:
    """Move, copy or remove one question."""
    if question not in service.working_copy(name).definition:
        raise NotFound(question)
    edits: dict[str, Edit] = {
        "up": lambda now: editing.moved(now, question, -1),
        "down": lambda now: editing.moved(now, question, 1),
        "copy": lambda now: editing.copied(now, question),
        "remove": lambda now: editing.removed(now, question),
    }
    revision = request.form.get("revision", 0, type=int)
    try:
        applying.apply(name, revision, question, edits[deed], signed_in().id)
    except DefinitionError as error:
        return _list(name, plainly(error.problems[0].message, error.problems[0].write, "")), 422
    anchor = "questions" if deed == "remove" else f"q-{question}"
    return redirect(url_for("making.working_copy", name=name, done=deed, _anchor=anchor), 303)


@bp.post("/<slug:name>/make/scales/<slug:scale>/remove")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def remove_scale(name: str, scale: str) -> ResponseReturnValue:
    """Take a scale away that no question is asked with."""
    definition = service.working_copy(name).definition
    if scale not in definition.scales:
        raise NotFound(scale)
    revision = request.form.get("revision", 0, type=int)
    try:
        applying.apply(name, revision, editing.HEADER, lambda now: editing.without_scale(now, scale), signed_in().id)
    except DefinitionError:
        asked = apart(editing.asking_with(definition, scale)[0].text.say("en").text)
        words = _("“%(question)s” is asked with this scale. Choose another one there first.", question=asked)
        return _list(name, words), 422
    return redirect(url_for("making.working_copy", name=name, done="remove", _anchor="about"), 303)


@bp.post("/<slug:name>/make/undo")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def undo(name: str) -> ResponseReturnValue:
    """Take the last change back."""
    try:
        service.undo(name, request.form.get("revision", 0, type=int), signed_in().id)
    except Refused as refused:
        return _list(name, sentence(refused.reason, refused.params)), 422
    return redirect(url_for("making.working_copy", name=name, done="undone", _anchor="questions"), 303)


@bp.route("/<slug:name>/make/discard", methods=["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS)
@transactional
def discard(name: str) -> ResponseReturnValue:
    """Throw the working copy away, asked once."""
    copy = service.working_copy(name)
    row = surveys.get_survey(name)
    if request.method == "GET" or row is None:
        title = copy.definition.title.say("en").text
        return render_template("making/discard.html", name=name, copy=copy, row=row, title=title)
    service.discard(name, request.form.get("revision", 0, type=int))
    if row.version is None:
        return redirect(url_for("surveys_list.surveys_page"), 303)
    return redirect(url_for("staff_surveys.survey", name=name), 303)


@bp.post("/<slug:name>/<any(archive,bring_back):deed>")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def put_away(name: str, deed: str) -> ResponseReturnValue:
    """Put a survey into the archive, or take it out."""
    if deed == "archive":
        service.archive(name)
    else:
        survey_service.bring_back(name)
    return redirect(url_for("surveys_list.surveys_page"), 303)
