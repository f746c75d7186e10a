"""The builder's pages as a browser without script uses them: open a form, change some fields, send all of it."""

import re
import uuid
from html.parser import HTMLParser

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from engage.core.transaction import transaction
from engage.listening.making import queries, service
from engage.people.kinds import Role
from engage.rules.questionnaire.definition import Definition
from tests.factories.surveys import open_survey
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.people import sign_in, staff

LIST = "/staff/surveys"
MAKE = f"{LIST}/your-voice/make"


@pytest.fixture
def maker(app: Flask, client: PageClient, partnership: uuid.UUID) -> PageClient:
    staff(app, partnership, "maya", Role.SURVEY_MANAGER)
    sign_in(client, "maya")
    return client


@pytest.fixture
def copy(app: Flask, partnership: uuid.UUID) -> None:
    open_survey(app, partnership)
    with within(app, partnership), transaction():
        service.begin("your-voice", None)


class Controls(HTMLParser):
    """What a browser would send of a page's one large form."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.inside = False
        self.area = ""
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = "engage-make-form" in values.get("class", "") or "engage-form" in values.get("class", "")
        if not self.inside:
            return
        name = values.get("name", "")
        if tag == "input" and (values.get("type") not in {"radio", "checkbox", "file"} or "checked" in values):
            self.sent.setdefault(name, []).append(values.get("value", ""))
        elif tag == "textarea":
            self.area = name
            self.sent.setdefault(name, []).append("")
        elif tag == "select":
            self.select = name
        elif tag == "option" and ("selected" in values or self.select not in self.sent):
            self.sent[self.select] = [values.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent[self.area][-1] = self.sent[self.area][-1].removeprefix("\n")
            self.area = ""
        elif tag == "form":
            self.inside = False


def form_of(client: PageClient, address: str) -> dict[str, list[str]]:
    page = client.get(address)
    assert page.status_code == 200, address
    return Controls(page.get_data(as_text=True)).sent


def save(client: PageClient, address: str, **changed: str | list[str] | None) -> TestResponse:
    """Open a form, change some fields (`__` stands for a dot) and send it."""
    form = form_of(client, address)
    for name, value in changed.items():
        field = name.replace("__", ".")
        if value is None:
            form.pop(field, None)
        else:
            form[field] = [value] if isinstance(value, str) else value
    return client.post(address, data=form)


def definition(app: Flask, partnership: uuid.UUID, slug: str = "your-voice") -> Definition:
    with within(app, partnership):
        found = queries.find(slug)
        assert found is not None
        return found.definition


def press(client: PageClient, question: str, deed: str) -> TestResponse:
    page = client.get(MAKE)
    revision = re.search(r'name="revision" value="(\d+)"', page.get_data(as_text=True))
    assert revision is not None
    data = {"csrf_token": token_of(page), "revision": revision.group(1)}
    return client.post(f"{MAKE}/{deed}" if not question else f"{MAKE}/questions/{question}/{deed}", data=data)
