"""How often a release may be asked for that the audit refuses.

A refusal says one thing of the answers there are. Asked for after every answer, the moment at which it turns into a
release would say how many there are, and of whom the last one was.
"""

import uuid
from datetime import timedelta

from engage.core import audit, clock
from engage.core.errors import NotFound, Refused
from engage.listening.surveys import queries as surveys

TELLING = frozenset({"release-differencing", "release-overlap_wrong", "release-contradicts", "release-cannot_be"})
"""Refusals that another answer may turn round."""
_MOST, _WITHIN = 2, timedelta(days=7)
_ACT = "release-refused"


def require_few(survey_id: uuid.UUID) -> None:
    """Refused("release-asked_often") where two were refused within seven days, of whichever versions."""
    since = clock.now() - _WITHIN
    tries = [one for one in audit.trail(survey_id) if one.action == _ACT and one.happened_at > since]
    if len(tries) >= _MOST:
        raise Refused("release-asked_often")


def note(slug: str, reason: str) -> None:
    """Write down that a release of this survey was refused, in the caller's transaction, which must be kept."""
    survey = surveys.get_survey(slug)
    if survey is None:
        raise NotFound
    if reason in TELLING:
        audit.record(_ACT, "survey", survey.id)
