"""A survey that gives out codes, and the codes."""

import uuid

from flask import Flask

from engage.core import clock
from engage.core.transaction import transaction
from engage.listening.ballots import service as ballots
from engage.listening.ballots.kinds import Entry
from engage.listening.surveys import service
from tests.factories.surveys import open_survey
from tests.support.apps import within


def survey_with_codes(
    app: Flask, partnership: uuid.UUID, count: int = 3, name: str = "your-voice", entry: Entry = Entry.CODES
) -> list[str]:
    """An open survey that asks for codes, and a batch of them."""
    survey_id = open_survey(app, partnership, name)
    with within(app, partnership), transaction():
        service.set_entry(name.rsplit("/", maxsplit=1)[-1], entry, None)
        batch = ballots.make_batch(survey_id, count=count, for_whom="Year 9", expires_on=clock.in_days(7))
        return list(ballots.printable(batch.id))
