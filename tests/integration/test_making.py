"""The working copy of a survey: one beside the live version, changed in steps, published for good, or thrown away."""

import uuid
from dataclasses import replace

import pytest
from flask import Flask

from engage.core import audit
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.transaction import transaction
from engage.listening.making import queries, service
from engage.listening.making.kinds import CopyState
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import service as survey_service
from engage.people.kinds import Role
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load
from engage.rules.questionnaire.texts import Text
from tests.factories.surveys import open_survey, ready_made
from tests.support.apps import within
from tests.support.people import staff

SLUG = "your-voice"


def titled(definition: Definition, words: str) -> Definition:
    """The same definition under another title, in every language and way it has."""
    title = {code: said.model_copy(update={"plain": words}) for code, said in definition.title.root.items()}
    return definition.model_copy(update={"title": Text(title)})


def silent(definition: Definition) -> Definition:
    """The same definition without what it cannot change: something the gate finds."""
    return definition.model_copy(update={"intro": definition.intro.model_copy(update={"expectation": None})})


def test_a_live_survey_is_edited_beside_the_live_one(app: Flask, partnership: uuid.UUID) -> None:
    """People go on answering version 1 until the copy is published; then it is version 2, and the copy is gone."""
    open_survey(app, partnership)
    ada = staff(app, partnership, "ada", Role.SURVEY_MANAGER)
    with within(app, partnership), transaction():
        copy = service.begin(SLUG, ada)
        assert service.begin(SLUG, ada).id == copy.id
        changed = service.change(SLUG, copy.revision, titled(copy.definition, "Your say"), ada)
        live = surveys.get_survey(SLUG)
        assert live is not None
        assert live.definition == copy.definition
        assert service.check(SLUG, changed.revision) == ()
        assert service.working_copy(SLUG).state is CopyState.CHECKED
        version = service.publish(SLUG, changed.revision, ada)
        live = surveys.get_survey(SLUG)
    assert version.number == 2
    assert live is not None
    assert live.is_open
    assert live.version == version
    with within(app, partnership):
        assert queries.find(SLUG) is None
        assert surveys.definition_of(version.id).title.say("en").text == "Your say"
        assert [row.number for row in surveys.list_versions(live.id)] == [2, 1]
        with pytest.raises(NotFound):
            service.working_copy(SLUG)


def test_a_stale_revision_is_a_conflict_and_changes_nothing(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership), transaction():
        first = service.create("fresh", ready_made(SLUG), None)
        second = service.change("fresh", first.revision, titled(first.definition, "Mine"), None)
        for stale in (
            lambda: service.change("fresh", first.revision, titled(first.definition, "Yours"), None),
            lambda: service.undo("fresh", first.revision, None),
            lambda: service.check("fresh", first.revision),
            lambda: service.publish("fresh", first.revision, None),
            lambda: service.discard("fresh", first.revision),
        ):
            with pytest.raises(Conflict):
                stale()
        assert service.working_copy("fresh") == second
        same = service.change("fresh", second.revision, second.definition, None)
        assert same.revision == second.revision


def test_steps_are_undone_one_by_one_back_to_the_beginning(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership), transaction():
        copy = service.create("fresh", titled(ready_made(SLUG), "One"), None)
        for words in ("Two", "Three"):
            copy = service.change("fresh", copy.revision, titled(copy.definition, words), None)
        said = []
        while copy.can_undo:
            copy = service.undo("fresh", copy.revision, None)
            said.append(copy.definition.title.say("en").text)
        assert said == ["Two", "One"]
        with pytest.raises(Refused, match="nothing-to-undo"):
            service.undo("fresh", copy.revision, None)


def test_what_the_gate_finds_needs_a_named_persons_reason(app: Flask, partnership: uuid.UUID) -> None:
    """Each finding's reason stays with the version; without one nothing goes live, not even a survey that is open."""
    survey = open_survey(app, partnership)
    ada = staff(app, partnership, "ada", Role.SURVEY_MANAGER)
    with within(app, partnership), transaction():
        copy = service.begin(SLUG, ada)
        copy = service.change(SLUG, copy.revision, silent(copy.definition), ada)
        [found] = service.check(SLUG, copy.revision)
        assert service.working_copy(SLUG).state is CopyState.DRAFT
        for reasons in ({}, {found.code: "  "}, {"other": "x"}, {found.code: "x" * 501}):
            with pytest.raises(Refused):
                service.publish(SLUG, copy.revision, ada, reasons)
        version = service.publish(SLUG, copy.revision, ada, {found.code: "It is said at the door"})
        [kept] = surveys.list_overrides(version.id)
        assert (kept.code, kept.reason, kept.by) == ("no_expectation", "It is said at the door", ada)
        assert "survey-finding-overridden" in [event.action for event in audit.trail(version.id)]
        assert audit.verify() is None
        survey_service.close_survey(SLUG)
        assert survey_service.open_survey(SLUG).is_open
        other = titled(silent(copy.definition), "Other")
        with pytest.raises(Refused, match="survey-not-ready"):
            survey_service.publish_version(survey, other, [replace(kept, code="x")])


def test_a_survey_is_discarded_archived_and_brought_back(app: Flask, partnership: uuid.UUID) -> None:
    open_survey(app, partnership)
    with within(app, partnership), transaction():
        copy = service.create("fresh", ready_made(SLUG), None)
        service.discard("fresh", copy.revision)
        gone = surveys.get_survey("fresh")
        assert gone is not None
        assert gone.archived_on is not None
        with pytest.raises(Refused, match="survey-open"):
            service.archive(SLUG)
        survey_service.close_survey(SLUG)
        service.begin(SLUG, None)
        service.archive(SLUG)
        assert queries.copies() == {}
        for refused in (lambda: service.begin(SLUG, None), lambda: survey_service.open_survey(SLUG)):
            with pytest.raises(Refused, match="survey-archived"):
                refused()
        survey_service.bring_back(SLUG)
        assert survey_service.open_survey(SLUG).is_open


def test_only_surveys_have_working_copies_and_a_slug_is_taken_once(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership), transaction():
        with pytest.raises(Refused, match="not-a-survey"):
            service.create("tell-us", ready_made("tell-us"), None)
        service.create("fresh", ready_made(SLUG), None)
        with pytest.raises(Refused, match="survey-exists"):
            service.create("fresh", ready_made(SLUG), None)


def test_a_copy_is_kept_as_the_yaml_that_export_prints(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership), transaction():
        copy = service.create("fresh", ready_made(SLUG), None)
        assert load(copy.definition_text, "x") == ready_made(SLUG)


def test_no_survey_takes_the_address_of_a_page_about_all_surveys(app: Flask, partnership: uuid.UUID) -> None:
    """By hand, by file and by XLSForm alike: every survey begins at one place."""
    pages = {rule.rule.split("/")[3] for rule in app.url_map.iter_rules() if rule.rule.startswith("/staff/surveys/")}
    kept = {page for page in pages if page and "<" not in page}
    assert kept <= survey_service.RESERVED
    for slug in kept:
        with within(app, partnership), transaction(), pytest.raises(Refused, match="survey-reserved"):
            service.create(slug, ready_made(SLUG), None)
