"""The gate of a survey that gives out codes: what a journey asks of ballots."""

import uuid
from dataclasses import dataclass

from engage.listening.ballots import service as ballots


@dataclass(frozen=True)
class CodeGate:
    """Codes of one survey; `is_required` where nobody begins without one."""

    survey_id: uuid.UUID
    is_required: bool

    def exchange(self, typed: str, secret: bytes) -> bool:
        return ballots.exchange(self.survey_id, typed, secret)

    def is_theirs(self, typed: str, secret: bytes) -> bool:
        if typed.strip():
            return ballots.is_theirs(self.survey_id, typed, secret)
        return ballots.holds(self.survey_id, secret)

    def admits(self, secret: bytes) -> bool:
        return not self.is_required or ballots.holds(self.survey_id, secret)

    def use(self, secret: bytes) -> bool:
        return ballots.use(self.survey_id, secret) or not self.is_required
