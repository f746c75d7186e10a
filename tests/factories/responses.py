"""Responses of a test: seeded closed answers straight into the table, as the journey stores them."""

import random
import secrets
import uuid
from typing import Any

from flask import Flask

from engage.core import clock
from engage.core.database import begin_write
from engage.core.ids import new_id
from engage.core.transaction import transaction
from engage.listening.surveys import queries
from engage.listening.surveys.models import Response
from engage.rules.questionnaire.path import path_for
from tests.support.apps import within


def add_responses(app: Flask, partnership: uuid.UUID, slug: str, count: int, *, seed: int = 1) -> None:
    """Store `count` believable responses to the newest version of a survey."""
    chance = random.Random(f"{slug} {count} {seed}")
    with within(app, partnership), transaction():
        survey = queries.get_survey(slug)
        assert survey is not None
        assert survey.version is not None
        definition = queries.definition_of(survey.version.id)
        begin_write().add_all(
            Response(
                id=new_id(),
                version_id=survey.version.id,
                submission_key=secrets.token_bytes(32),
                answers=answers_of(definition, chance),
                language="en",
                channel="link",
                week=clock.iso_week(),
            )
            for _ in range(count)
        )


def answers_of(definition: Any, chance: random.Random) -> dict[str, Any]:
    """One person's believable closed answers."""
    answers: dict[str, Any] = {}
    for question in definition.questions:
        options = question.options()
        if not options or question.id not in path_for(definition, answers):
            continue
        ids = [option.id for option in options]
        if question.skippable and chance.random() < 0.05:
            answers[question.id] = {"skipped": True}
        elif question.kind == "multiple":
            answers[question.id] = {"values": [chance.choice(ids)]}
        else:
            weights = [place + 1 for place in range(len(ids))]
            answers[question.id] = {"value": chance.choices(ids, weights)[0]}
    return answers
