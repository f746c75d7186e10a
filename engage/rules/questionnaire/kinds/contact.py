"""A name and a way to reach someone, for those who want to be answered. Kept sealed, apart from the answers."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from engage.rules.questionnaire.answers import Answer, Form, Mistake
from engage.rules.questionnaire.kinds.base import OnPaper, Question, Store, free_words
from engage.rules.questionnaire.texts import Text

MOST = 200


class Contact(Question):
    """`{"name": ..., "reach": ...}`: either may be "" but not both. Fields `id-name` and `id-reach`."""

    store: ClassVar[Store] = "contact"

    kind: Literal["contact"]
    required: bool = False
    name_label: Text
    reach_label: Text
    reach_hint: Text | None = None

    @property
    def first_control(self) -> str:
        return f"{self.id}-name"

    @property
    def boxes(self) -> Mapping[str, int]:
        return {f"{self.id}-name": MOST, f"{self.id}-reach": MOST}

    def fields(self) -> tuple[str, ...]:
        return (f"{self.id}-name", f"{self.id}-reach", self.skip_field)

    def options(self) -> None:
        return None

    def on_paper(self) -> OnPaper:
        return OnPaper(lines=1, labels=(self.name_label, self.reach_label))

    def read(self, form: Form) -> Answer | Mistake:
        name, reach = (free_words(form, f"{self.id}-{part}") for part in ("name", "reach"))
        for part, words in (("name", name), ("reach", reach)):
            if len(words) > MOST:
                over = len(words) - MOST
                return self.mistake(form, "too_long", control=f"{self.id}-{part}", most=MOST, over=over)
        if not name and not reach:
            return self.left_empty(form, "contact_empty")
        return {"name": name, "reach": reach}

    def filled(self, answer: Answer) -> dict[str, tuple[str, ...]]:
        if answer.get("skipped"):
            return {self.skip_field: ("yes",)}
        return {f"{self.id}-name": (answer.get("name", ""),), f"{self.id}-reach": (answer.get("reach", ""),)}

    def texts(self) -> Iterator[tuple[str, Text]]:
        yield from super().texts()
        yield "name_label", self.name_label
        yield "reach_label", self.reach_label
        if self.reach_hint is not None:
            yield "reach_hint", self.reach_hint
