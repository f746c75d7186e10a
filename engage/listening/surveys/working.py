"""Whether somebody is changing a survey. Working copies are the upper floor's: it registers who knows."""

import uuid
from collections.abc import Callable

_finders: list[Callable[[uuid.UUID], bool]] = []


def finds(has_copy: Callable[[uuid.UUID], bool]) -> Callable[[uuid.UUID], bool]:
    """Register what knows, of a survey's id, whether it has a working copy."""
    _finders.append(has_copy)
    return has_copy


def has_copy(survey_id: uuid.UUID) -> bool:
    """Whether a survey has a working copy."""
    return any(find(survey_id) for find in _finders)
