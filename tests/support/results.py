"""What belongs to results beside a release: a declared overlap, exact numbers asked for."""

import uuid
from datetime import timedelta

from flask import Flask

from engage.core import clock
from engage.core.transaction import transaction
from engage.listening.surveys import queries as surveys
from engage.rules.disclosure.overlap import Relation
from engage.understanding.releases import service_overlap, service_restricted
from engage.understanding.releases.service_restricted import Wish
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.unit.questionnaire.samples import QUESTIONS, sample

ALIKE = sample(
    *(
        {**question, "background": question["id"] == "joins"}
        for question in QUESTIONS
        if question["id"] in {"mood", "joins"}
    )
)
"""A survey with one question and one background question."""


def declared_and_asked(app: Flask, partnership: uuid.UUID, by: uuid.UUID) -> None:
    """Two surveys of the same people, and exact numbers of one asked for by and for the same person."""
    for slug in ("alike", "alike-too"):
        open_as_it_is(app, partnership, ALIKE, slug)
    with within(app, partnership), transaction():
        other = surveys.get_survey("alike-too")
        assert other is not None
        service_overlap.declare("alike", other.id, Relation.SAME, by)
        wish = Wish(frozenset({by}), "to weight the sample", clock.today() + timedelta(days=9))
        service_restricted.ask("alike", wish, by, {by})
