"""Hostile answers over HTTP, to every kind of question: explained on the page or kept, never a fault (bad input)."""

import uuid

import pytest
from flask import Flask

from engage.rules.questionnaire.kinds import KINDS
from tests.factories.surveys import open_as_it_is
from tests.support.answering import question_in, start
from tests.support.client import PageClient
from tests.unit.questionnaire.hostile import crowd
from tests.unit.questionnaire.samples import sample

pytestmark = pytest.mark.one_database

EVERY = sample(languages=["en", "ar"])


@pytest.mark.parametrize("kind", KINDS)
def test_no_answer_breaks_a_page(app: Flask, client: PageClient, partnership: uuid.UUID, kind: str) -> None:
    """Kept (303), the page again with what is wrong at its head (422), or too large a page at all (413)."""
    open_as_it_is(app, partnership, EVERY, "sample")
    first = start(client, "/larkmoor/surveys/sample")
    for question in (question for question in EVERY.questions if question.kind == kind):
        address = first.replace(question_in(first), question.id)
        for form in crowd(question):
            answer = client.submit(address, {name: list(values) for name, values in form.items()})
            assert answer.status_code in {303, 413, 422}, (question.id, str(form)[:200])
            if answer.status_code == 422:
                assert "There is a problem" in answer.get_data(as_text=True)
        assert client.get(address).status_code == 200
