"""Pages that tell something and ask nothing."""

from typing import ClassVar, Literal

from engage.rules.questionnaire.answers import Answer, Form, Mistake
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.texts import Said


class Told(Question):
    """`{"seen": True}` once it was passed: it is no answer, is not sent and is not among the answers to check.

    `text` is the heading, `hint` what stands below it (a blank line begins a new paragraph).
    """

    asks: ClassVar[bool] = False

    def fields(self) -> tuple[str, ...]:
        return ()

    def options(self) -> None:
        return None

    @property
    def offers_skip(self) -> bool:
        return False

    def read(self, _form: Form) -> Answer | Mistake:
        return {"seen": True}

    def filled(self, _answer: Answer) -> dict[str, tuple[str, ...]]:
        return {}

    def describe(self, _answer: Answer, _language: str, *, easy: bool = False) -> tuple[Said, ...]:
        return ()

    def csv_columns(self) -> tuple[str, ...]:
        return ()


class Information(Told):
    """A heading, a few words and a picture."""

    kind: Literal["information"]
