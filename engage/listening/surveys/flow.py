"""What a journey is made of: a questionnaire to walk through, and who stores the answers when they are sent.

Surveys make flows, and so does whatever else is asked one question a page (the tell-us form).
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from engage.adapters.media.kinds import File
from engage.core.errors import EngageError
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.split import Parts, Said
from engage.rules.questionnaire.texts import Text
from engage.safeguarding.kinds import ASKED_FOR_HELP

Step = tuple[str, str]
"""(when, what): what happens after sending; or (address, title) of another door."""


class NotOpen(EngageError):
    """Nobody can answer this: `title` where it was open once or will be, None where there never was such a thing.

    `opens_on` is its first day, where that is still to come.
    """

    def __init__(self, title: Text | None = None, opens_on: date | None = None) -> None:
        super().__init__()
        self.title = title
        self.opens_on = opens_on


class Full(NotOpen):
    """Enough people have answered: nobody new begins, whoever has begun may finish."""


@dataclass(frozen=True)
class Sending:
    """What is being sent: only answers on the path, sorted by where they go, and nothing that tells when or who.

    `version_id` is the published version that was asked (None for a flow without versions); `channel` one of
    `rules.questionnaire.answers.CHANNELS`; `submission_key` 32 bytes, the same for every sending of one person; `files`
    what the attachments in `parts` are, by id (one that can't be opened any more is not there); `how` the
    names and words of `rules.questionnaire.how.ABOUT` that are known; `asked_for_help` whether Help now was pressed on
    the way.
    """

    definition: Definition
    version_id: uuid.UUID | None
    parts: Parts
    language: str
    is_easy: bool
    channel: str
    submission_key: bytes
    files: Mapping[str, File] = field(default_factory=dict)
    how: Mapping[str, str] = field(default_factory=dict)
    asked_for_help: bool = False

    @property
    def raised(self) -> list[str]:
        """What raises a flag by itself: questions with their lowest answer, and the button of Help now."""
        return [*self.parts.raised, *([ASKED_FOR_HELP] if self.asked_for_help else ())]

    def files_of(self, said: Said) -> list[File]:
        """The files that belong to one of `parts.voices`, in order."""
        return [self.files[each] for each in said.attachments if each in self.files]

    def has_lost(self, said: Said) -> bool:
        """Whether a file belongs to one of `parts.voices` that is not there: it could not be opened."""
        return not self.files.keys() >= set(said.attachments)


@dataclass(frozen=True)
class Origin:
    """What a sending became: the kind and the id that voices, flags and the receipt know it by."""

    kind: str
    id: uuid.UUID


class Sender(Protocol):
    """Turns answers into rows."""

    def is_sent(self, submission_key: bytes) -> bool:
        """Whether a sending with this key is stored already (one quick look)."""
        ...

    def prepare(self, sending: Sending) -> Callable[[], Origin]:
        """Do what is slow (screen, seal) and give back what writes the rows once the write transaction is held."""
        ...


class Gate(Protocol):
    """Who may begin, where not everybody may more than once: somebody with a code gets a ballot for it.

    `exchange` and `use` each keep what they change in a transaction of their own, before any other of the request.
    """

    @property
    def is_required(self) -> bool:
        """Whether nobody can begin without a code."""
        ...

    def exchange(self, typed: str, secret: bytes) -> bool:
        """Give the holder of `secret` the ballot of a code; False for whatever is no code that can be used."""
        ...

    def is_theirs(self, typed: str, secret: bytes) -> bool:
        """Whether `secret` holds a ballot, and for this very code where one was typed."""
        ...

    def admits(self, secret: bytes) -> bool:
        """Whether the holder of `secret` may go on: they hold a ballot, or need none."""
        ...

    def use(self, secret: bytes) -> bool:
        """Close the code for everybody else, now that an answer comes; False where `secret` may not go on."""
        ...


def _no_steps() -> Sequence[Step]:
    return ()


def _never_full() -> bool:
    return False


@dataclass(frozen=True)
class Flow:
    """A questionnaire somebody can walk through.

    `key` names it among all that one secret may answer ("survey:<id>", "tell-us"). `version_id` is the published
    version asked now, and `other_version` finds the one that a draft was begun with. `steps` says what happens next.
    `gate` stands before it where codes are given out; `is_full` says whether enough people have answered; `opens_on`
    is the first day, where that is still to come.
    """

    key: str
    definition: Definition
    sender: Sender
    steps: Callable[[], Sequence[Step]] = _no_steps
    is_open: bool = True
    opens_on: date | None = None
    version_id: uuid.UUID | None = None
    other_version: Callable[[uuid.UUID], Definition] | None = field(default=None, compare=False)
    gate: Gate | None = field(default=None, compare=False)
    is_full: Callable[[], bool] = field(default=_never_full, compare=False)

    def at(self, version_id: uuid.UUID | None) -> "Flow":
        """The same flow in the version that a draft was begun with."""
        if version_id in {None, self.version_id} or self.other_version is None:
            return self
        return replace(self, version_id=version_id, definition=self.other_version(version_id))
