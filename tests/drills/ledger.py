"""What the database holds, compared with what people said: every response whole, none twice, none lost."""

import base64
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from engage.app import create_app
from engage.core import scope
from engage.core.crypto import derive, keyring
from engage.core.database import db
from engage.listening.surveys import queries
from engage.listening.surveys.models import Draft, Response
from engage.people import queries as people
from engage.rules.questionnaire.split import split
from engage.safeguarding.models import Flag, Receipt
from engage.settings import Settings
from engage.voices.models import Voice
from engage.voices.queries import PURPOSE
from tests.support.visitor import Sheet


@dataclass
class Ledger:
    """Everything stored for one survey, by submission key."""

    survey_id: str = ""
    responses: dict[bytes, Response] = field(default_factory=dict)
    rows: int = 0
    drafts: int = 0
    words: dict[object, dict[str, str]] = field(default_factory=dict)
    receipts: Counter[object] = field(default_factory=Counter)
    low_answers: dict[object, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, home: Path, slug: str = "your-voice") -> "Ledger":
        """Read the database in `home` as the product does."""
        app = create_app(Settings(home=home, argon2_memory_kib=64, argon2_passes=1))
        with app.app_context():
            scope.enter(people.list_partnerships()[0].id)
            survey = queries.get_survey(slug)
            assert survey is not None
            ledger = cls(str(survey.id))
            ledger._read()
            db.session.expunge_all()
            db.session.rollback()
            db.engine.dispose()
        return ledger

    def _read(self) -> None:
        stored = list(db.session.scalars(sa.select(Response)))
        self.rows, self.responses = len(stored), {row.submission_key: row for row in stored}
        self.drafts = len(list(db.session.scalars(sa.select(Draft.id))))
        for voice in db.session.scalars(sa.select(Voice)):
            text = keyring().unseal(voice.text_sealed, row=voice.id, purpose=PURPOSE)
            self.words.setdefault(voice.origin_id, {})[voice.question_key] = text
        self.receipts.update(db.session.scalars(sa.select(Receipt.origin_id)))
        for flag in db.session.scalars(sa.select(Flag).where(Flag.reason == "low_answer")):
            self.low_answers[flag.origin_id] = list(flag.categories)

    def key(self, cookie: str) -> bytes:
        """The submission key that belongs to an answering cookie."""
        secret = base64.urlsafe_b64decode(cookie + "==")
        return derive(secret, f"submission:survey:{self.survey_id}")

    def faults(self, cookie: str, sheet: Sheet) -> Sequence[str]:
        """What is not stored as it was said."""
        row = self.responses.get(self.key(cookie))
        if row is None:
            return ["lost"]
        parts = split(sheet.definition, sheet.answers)
        faults = {
            "answers": row.answers == dict(parts.closed),
            "words": self.words.get(row.id, {}) == {said.question_id: said.words for said in parts.voices},
            "receipt": self.receipts[row.id] == 1,
            "flag": self.low_answers.get(row.id, []) == list(parts.raised),
        }
        return [name for name, is_right in faults.items() if not is_right]
