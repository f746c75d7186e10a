"""Staff pages of what comes ready: surveys and single questions, by whom they are for and what they serve."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.core.transaction import transactional
from engage.listening.bank import service, views
from engage.listening.making import queries as making
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import showing
from engage.rules.questionnaire.bank import frameworks_of, search
from engage.rules.questionnaire.definition import Definition
from engage.web.access import Permission, requires, signed_in

bp = Blueprint("bank", __name__, url_prefix="/staff/ready-made")


@bp.get("")
@requires(Permission.MANAGE_SURVEYS)
def ready_surveys() -> ResponseReturnValue:
    """The ready-made surveys that fit what the address asks for."""
    audience, framework = request.args.get("audience", ""), request.args.get("framework", "")
    found = [
        views.ready(name, definition)
        for name, definition in service.ready_surveys().items()
        if (not audience or definition.audience == audience) and (not framework or framework in _serves(definition))
    ]
    return render_template(
        "bank/surveys.html",
        found=found,
        audience=audience,
        framework=framework,
        audiences=views.audience_options(),
        frameworks=views.framework_options(),
    )


@bp.get("/<slug:name>")
@requires(Permission.MANAGE_SURVEYS)
def survey(name: str) -> ResponseReturnValue:
    """One ready-made survey: all it asks, for whom, what it serves."""
    definition = service.ready(name)
    return render_template(
        "bank/survey.html",
        survey=views.ready(name, definition),
        why=definition.intro.why.say("en").text,
        expectation=definition.intro.expectation.say("en").text if definition.intro.expectation else "",
        asked=[views.asked(question) for question in definition.questions],
        levels=views.levels(definition),
        languages=views.language_names(definition),
        here=surveys.get_survey(name),
    )


@bp.get("/<slug:name>/preview")
@requires(Permission.MANAGE_SURVEYS)
def preview(name: str) -> ResponseReturnValue:
    """What people are promised before question 1, as they see it."""
    return showing.preview_page(service.ready(name), back=url_for("bank.survey", name=name))


@bp.post("/<slug:name>/use")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def use(name: str) -> ResponseReturnValue:
    """Begin a survey of one's own from it."""
    slug = service.use(name, signed_in().id)
    return redirect(url_for("making.working_copy", name=slug), 303)


@bp.get("/questions")
@requires(Permission.MANAGE_SURVEYS)
def questions() -> ResponseReturnValue:
    """The single questions that fit what the address asks for, theme by theme."""
    asked_for = {name: request.args.get(name, "")[:100] for name in ("words", "audience", "framework")}
    found = search(service.questions().values(), **asked_for)
    themes: dict[str, list[views.Asked]] = {}
    for each in found:
        themes.setdefault(each.theme_title.say("en").text, []).append(views.banked(each))
    return render_template(
        "bank/questions.html",
        themes=themes,
        count=len(found),
        whole=len(service.questions()),
        audiences=views.audience_options(),
        frameworks=views.framework_options(),
        into=_into(),
        **asked_for,
    )


@bp.get("/questions/<slug:key>")
@requires(Permission.MANAGE_SURVEYS)
def question(key: str) -> ResponseReturnValue:
    """One question, and the surveys being made that it can go into."""
    each, into = service.question(key), _into()
    by_id = {row.id: row for row in surveys.list_surveys()}
    copies = [
        (by_id[survey_id].slug, copy.definition.title.say("en").text, copy.revision)
        for survey_id, copy in making.copies().items()
        if survey_id in by_id
    ]
    return render_template(
        "bank/question.html",
        question=views.banked(each),
        theme=each.theme_title.say("en").text,
        copies=sorted(copies, key=lambda copy: (copy[0] != into, copy[1])),
        into=into,
    )


@bp.post("/questions/<slug:key>/put-in/<slug:name>")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def put_in(key: str, name: str) -> ResponseReturnValue:
    """Put the question into a survey that is being made."""
    service.put_in(name, request.form.get("revision", 0, type=int), key, signed_in().id)
    return redirect(url_for("making.working_copy", name=name), 303)


def _into() -> str:
    """The survey being made from which somebody came to choose a question; "" for none."""
    named = request.args.get("into", "")
    row = surveys.get_survey(named) if named else None
    return named if row is not None and row.id in making.copies() else ""


def _serves(definition: Definition) -> tuple[str, ...]:
    return frameworks_of(tag for question in definition.questions for tag in question.tags)
