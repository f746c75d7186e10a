"""What drawing, audio and upload have in common: an answer that is a file, with words beside it or instead of it.

The rules never see a file. Whoever takes it in (its kind by content, its size, what it says about the person) keeps it
under an id, and the form that is parsed here carries the ids that are kept, never what a page sent under that name.
"""

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from pydantic import model_validator

from engage.rules.marking import worded
from engage.rules.questionnaire.answers import OR_SKIP, Answer, Form, Mistake
from engage.rules.questionnaire.kinds.base import Column, InconsistentError, Option, Problem, Question, free_words
from engage.rules.questionnaire.texts import Text

MOST_LETTERS: Final = 3000
GIVEN: Final = Option(id="given", text=Text.english("Answered"))
"""The one thing results count of such an answer, beside those who skipped."""

_MISSING: Final = "attach_or_write"
EMPTY: Final = frozenset({_MISSING, OR_SKIP[_MISSING]})
"""The mistakes of an answer that was asked for and has neither file nor words."""

_ID: Final = re.compile(r"[0-9a-f]{32}")


class Attached(Question):
    """`{"attachments": [ids], "text": words}`, one of them or both. Fields `id-file`, `id` (words), `id-kept` (ids).

    `media` are the names of what may be given ("photo", "audio", "pdf"); a new file takes the place of the old one
    where only one may be given.
    """

    media: ClassVar[tuple[str, ...]] = ()

    required: bool = False

    @property
    def takes(self) -> tuple[str, ...]:
        """What may be given here, by the names in `media`."""
        return self.media

    @property
    def most_seconds(self) -> int | None:
        """How long a recording may last; None where nothing is recorded."""
        return None

    @property
    def most_files(self) -> int:
        """The most files that one answer can hold."""
        return 1

    @property
    def file_field(self) -> str:
        """The field that carries new files."""
        return f"{self.id}-file"

    @property
    def kept_field(self) -> str:
        """The field that carries the ids of files that were kept before."""
        return f"{self.id}-kept"

    @property
    def first_control(self) -> str:
        return self.file_field

    @property
    def takes_free_words(self) -> bool:
        return True

    @property
    def boxes(self) -> Mapping[str, int]:
        return {self.id: MOST_LETTERS}

    def fields(self) -> tuple[str, ...]:
        return (self.id, self.kept_field, self.skip_field)

    def options(self) -> None:
        return None

    def columns(self) -> tuple[Column, ...]:
        return (Column(self.id, None, (GIVEN,)),)

    def cells(self, answer: Answer) -> Mapping[str, tuple[str, ...]]:
        return {self.id: (GIVEN.id,)}

    def kept(self, answer: Answer) -> Answer:
        return {"skipped": True} if answer.get("skipped") else {"value": GIVEN.id}

    def read(self, form: Form) -> Answer | Mistake:
        words = free_words(form, self.id)
        if len(words) > MOST_LETTERS:
            over = len(words) - MOST_LETTERS
            return self.mistake(form, "too_long", control=self.id, most=MOST_LETTERS, over=over)
        ids = [each for each in dict.fromkeys(form.get(self.kept_field, ())) if _ID.fullmatch(each)]
        if len(ids) > self.most_files:
            return self.mistake(form, "file_too_many", most=self.most_files)
        if not ids and not words:
            return self.left_empty(form, _MISSING)
        answer: Answer = {}
        if ids:
            answer["attachments"] = ids
        if words:
            answer["text"] = words
        return answer

    def filled(self, answer: Answer) -> dict[str, tuple[str, ...]]:
        if answer.get("skipped"):
            return {self.skip_field: ("yes",)}
        return {self.kept_field: tuple(answer.get("attachments", ())), self.id: (answer.get("text", ""),)}

    @model_validator(mode="after")
    def _never_divides(self) -> "Attached":
        if self.background:
            raise InconsistentError((
                Problem(("background",), worded("a file or a drawing divides nobody"), worded("remove it")),
            ))
        return self
