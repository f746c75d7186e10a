"""Any number of answers from a list, with "none of these" that goes with nothing else."""

from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from engage.rules.questionnaire.answers import Answer, Form, Mistake
from engage.rules.questionnaire.kinds.choice import Listed, filled, with_other


class Several(Listed):
    """`{"values": [option ids in the order of the definition]}`, with `other`; `most` limits how many."""

    exclusive_allowed: ClassVar[bool] = True
    several: ClassVar[bool] = True
    fewest: ClassVar[int] = 1

    most: Annotated[int, Field(ge=2)] | None = None

    def fields(self) -> tuple[str, ...]:
        return (self.id, f"{self.id}-other") if any(o.other for o in self.options()) else (self.id,)

    def read(self, form: Form) -> Answer | Mistake:
        sent = {value for value in form.get(self.id, ()) if value}
        if not sent:
            return self.left_empty(form, "choose_some")
        chosen = tuple(option for option in self.options() if option.id in sent)
        if len(chosen) < len(sent):
            return self.mistake(form, "unknown_option")
        alone = next((option for option in chosen if option.exclusive), None)
        if alone is not None and len(chosen) > 1:
            return replace(self.mistake(form, "exclusive", option=alone.text.say("en").text), option=alone.text)
        if self.most is not None and len(chosen) > self.most:
            return self.mistake(form, "choose_fewer", most=self.most)
        return with_other(self, form, {"values": [option.id for option in chosen]}, chosen)

    def filled(self, answer: Answer) -> dict[str, tuple[str, ...]]:
        return filled(self, tuple(answer.get("values", ())), answer)


class Multiple(Several):
    """Several options of a list."""

    kind: Literal["multiple"]
