"""What all kinds of files have in common: what is given back for one that is taken, and why one is not."""

from dataclasses import dataclass
from typing import Final

MB: Final = 1024 * 1024


@dataclass(frozen=True)
class File:
    """A file as it may be kept: made harmless. `seconds` is how long a recording lasts."""

    media_type: str
    data: bytes
    seconds: float | None = None


class NotTaken(Exception):
    """Why a file is not taken: `key` is one of `rules.questionnaire.answers.MISTAKES`, `params` what it needs."""

    def __init__(self, key: str, **params: int) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


class NotThis(NotTaken):
    """The content is of no kind that is taken here."""
