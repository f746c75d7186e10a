"""An answer in the person's own words. It always becomes a voice that a person reads, never a column of results."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from engage.rules.questionnaire.answers import Answer, Form, Mistake
from engage.rules.questionnaire.kinds.base import OnPaper, Question, Store, free_words

SHORT, LONG = 200, 3000


class FreeText(Question):
    """`{"text": words}`. `length: short` is one line (200 letters), `long` a box (3,000); `most` sets another limit."""

    store: ClassVar[Store] = "voice"

    kind: Literal["text"]
    required: bool = False
    length: Literal["short", "long"] = "long"
    most_letters: int | None = Field(default=None, ge=10, le=10_000, alias="most")

    @property
    def most(self) -> int:
        """The most letters that can be sent."""
        return self.most_letters or (SHORT if self.length == "short" else LONG)

    @property
    def first_control(self) -> str:
        return self.id

    @property
    def boxes(self) -> Mapping[str, int]:
        return {self.id: self.most}

    def fields(self) -> tuple[str, ...]:
        return (self.id, self.skip_field)

    def options(self) -> None:
        return None

    def on_paper(self) -> OnPaper:
        return OnPaper(lines=2 if self.length == "short" else 8)

    def read(self, form: Form) -> Answer | Mistake:
        words = free_words(form, self.id)
        if not words:
            return self.left_empty(form, "write_something")
        if len(words) > self.most:
            return self.mistake(form, "too_long", most=self.most, over=len(words) - self.most)
        return {"text": words}

    def filled(self, answer: Answer) -> dict[str, tuple[str, ...]]:
        return {self.skip_field: ("yes",)} if answer.get("skipped") else {self.id: (answer.get("text", ""),)}
