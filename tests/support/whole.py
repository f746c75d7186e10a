"""A whole partnership with something on every page of staff, made by the verbs and forms that people use."""

import re
import uuid
from pathlib import Path
from typing import Any, Final

from flask import Flask

from engage.answering.you_said import service as you_said
from engage.answering.you_said.kinds import Verdict
from engage.answering.you_said.service import AnswerText
from engage.core import clock
from engage.core.transaction import transaction
from engage.listening.casework import queries as cases
from engage.listening.kiosk import service as kiosk
from engage.listening.library.kinds import ItemKind
from engage.listening.making import service as making
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import service as survey_service
from engage.listening.translating import service as translating
from engage.people.kinds import Role
from engage.rules.redaction import PlaceKind
from engage.rules.themes import Group
from engage.understanding.themes import queries as themes
from engage.understanding.themes import service_names
from tests.factories import library
from tests.factories.cases import asked_who
from tests.support.answering import send, start, walk
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.inspections import planned
from tests.support.people import sign_in, staff
from tests.support.reports import evidence, report
from tests.support.themes import heard
from tests.support.voices import say
from tests.support.walking import walk as follow

EVERYTHING = tuple(role for role in Role if role is not Role.YOUNG_INSPECTOR)
"""The roles of somebody who may open every page of staff."""

TOLD: Final[dict[str, dict[str, Any]]] = {
    "what": {"what": "complaint"},
    "service": {"service": "not-sure"},
    "words": {"words": "Nobody rang me back about the purple form"},
    "hope": {"hope": "Ring me"},
    "who_you_are": {"who_you_are": "child"},
    "named": {"named": "yes"},
    "contact": {"contact-name": "Robin", "contact-reach": "07700 900123"},
    "advocate": {"advocate": "yes"},
}
"""A complaint with a name, question by question."""
_FILE = re.compile(r"\.(pdf|po|xlf|xlsx)$|download\.|report\.|:form>$|/yaml$")
_LESS_LINKED = (
    "/staff/surveys/your-voice/translations/ar",
    "/staff/results/your-voice/over-time",
    "/staff/answers?state=drafts",
)
_ASKED = {"name": "Sam Reed", "reach": "07700 900123", "safe": "after four", "about": "", "agrees": "y"}


_DRAFT = AnswerText(Group.CHILDREN, "It is dark at the stop", Verdict.DOING, "The council", clock.today(), "We ask.")


def whole_place(app: Flask, partnership: uuid.UUID, folder: Path) -> uuid.UUID:
    """Surveys, results, themes, answers, reports, visits, cases, flags, a tablet, a library; the id of who sees all."""
    everybody = staff(app, partnership, "eve", *EVERYTHING)
    evidence(app, partnership, folder, everybody)
    report(app, partnership, everybody)
    planned(app, partnership, "dot", "eli", "fay", service_name="The Yard")
    say(app, partnership, "he hits me every night", "the park is nice")
    heard(app, partnership, "more lights please", "the bus is late")
    library.add(app, partnership, ItemKind.PICTURE, "A gate")
    with within(app, partnership), transaction():
        _ask_anew("your-voice")
        translating.add_language("your-voice", making.begin("your-voice", everybody).revision, "ar", everybody)
        you_said.add(themes.list_themes()[0].id, _DRAFT, everybody)
        kiosk.set_up("your-voice", "Hall", clock.in_days(3), works_offline=True)
        service_names.keep_names({PlaceKind.SCHOOL: ["Hillcrest"]})
    _ask_as_the_public(app)
    with within(app, partnership):
        [named] = [case.id for case in cases.list_cases() if case.contact_sealed]
    asked_who(app, partnership, named, staff(app, partnership, "lea", Role.SAFEGUARDING_LEAD))
    return everybody


def _ask_anew(slug: str) -> None:
    """A second version, so that there is something to compare."""
    row = surveys.get_survey(slug)
    definition = row.definition if row is not None else None
    assert row is not None
    assert definition is not None
    longer = definition.intro.model_copy(update={"minutes": definition.intro.minutes + 1})
    survey_service.publish_version(row.id, definition.model_copy(update={"intro": longer}))


def _ask_as_the_public(app: Flask) -> None:
    """A complaint, and somebody who wants to be rung."""
    visitor = app.test_client()
    assert isinstance(visitor, PageClient)
    walk(visitor, start(visitor, "/larkmoor/tell-us"), TOLD)
    send(visitor, "/larkmoor/tell-us")
    [key] = re.findall(r'name="key"[^>]*value="([^"]+)"', visitor.get("/larkmoor/contact-me").get_data(as_text=True))
    visitor.post("/larkmoor/contact-me", data={**_ASKED, "key": key})


def pages_of(app: Flask, name: str, language: str) -> list[str]:
    """One address of every page of staff that this person comes to by links, in this language."""
    client = app.test_client()
    assert isinstance(client, PageClient)
    sign_in(client, name)
    client.set_cookie("engage-look", f"language={language}")
    seen = follow(app, client, ["/staff/today", *_LESS_LINKED, "/staff/account"], of_a_kind=1)
    return [address for address, text in seen.items() if text is not None and address.startswith("/staff/")]


def staff_pages(app: Flask) -> set[str]:
    """The endpoints of staff pages; what is downloaded is none."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/staff")]
    return {rule.endpoint for rule in rules if "GET" in (rule.methods or ()) and not _FILE.search(rule.rule)}
