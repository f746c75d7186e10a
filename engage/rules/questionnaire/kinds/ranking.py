"""Things put in order, the most important first, by buttons that move one of them up or down."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import model_validator

from engage.rules.marking import worded
from engage.rules.questionnaire.answers import Answer, Form, Mistake
from engage.rules.questionnaire.kinds.base import Column, InconsistentError, Option, Problem
from engage.rules.questionnaire.kinds.choice import Listed, find
from engage.rules.questionnaire.texts import Said, Text

MOST = 10


class Ranking(Listed):
    """`{"order": [every option id, first choice first]}`. Fields: `id` (the order as it stands), `id-move`, `id-skip`.

    `id-move` holds `up.OPTION` or `down.OPTION`: the answer is then the same page with the order changed (a `Mistake`
    that is not wrong), so that it works without script.
    """

    cards: ClassVar[bool] = False
    whole: ClassVar[bool] = False

    kind: Literal["ranking"]

    @model_validator(mode="after")
    def _can_be_ordered(self) -> "Ranking":
        if any(option.other for option in self.choices):
            problem = Problem(
                ("options",), worded("has a box to write in"), worded("ask that in a question of its own")
            )
            raise InconsistentError((problem,))
        if len(self.choices) > MOST:
            raise InconsistentError((
                Problem(
                    ("options",), worded("has too many to put in order"), worded("write at most {most}", most=MOST)
                ),
            ))
        return self

    @property
    def move_field(self) -> str:
        return f"{self.id}-move"

    def place_field(self, option_id: str) -> str:
        """The field for the place that somebody gave one thing on paper: a number, 1 for the top."""
        return f"{self.id}-at-{option_id}"

    def from_paper(self, form: Form) -> Form:
        """The form that a page would have sent for these places; of two things at one place one is missing."""
        places = {option.id: next(iter(form.get(self.place_field(option.id), ())), "") for option in self.options()}
        order = {int(place): option_id for option_id, place in places.items() if place.isdecimal()}
        return {**form, self.id: [order[place] for place in sorted(order)]}

    def fields(self) -> tuple[str, ...]:
        return (self.id, self.skip_field)

    def parse(self, form: Form) -> Answer | Mistake:
        return self.read(form) if any(form.get(self.move_field, ())) else super().parse(form)

    def read(self, form: Form) -> Answer | Mistake:
        known = [option.id for option in self.options()]
        order = list(dict.fromkeys(form.get(self.id, ())))
        if sorted(order) != sorted(known):
            return self.mistake(form, "rank_all", of=len(known))
        way, _, moved = next(iter(form.get(self.move_field, ())), "").partition(".")
        option = find(self.options(), moved)
        if option is None or way not in {"up", "down"}:
            return {"order": order}
        place = order.index(moved)
        order.insert(max(0, place + (-1 if way == "up" else 1)), order.pop(place))
        params: dict[str, str | int] = {
            "option": option.text.say("en").text,
            "at": order.index(moved) + 1,
            "of": len(order),
        }
        kept = {self.id: tuple(order)}
        return Mistake("moved", self.first_control, params, kept, option.text, is_wrong=False)

    def filled(self, answer: Answer) -> dict[str, tuple[str, ...]]:
        return {self.skip_field: ("yes",)} if answer.get("skipped") else {self.id: tuple(answer.get("order", ()))}

    def describe(self, answer: Answer, language: str, *, easy: bool = False) -> tuple[Said, ...]:
        found = [find(self.options(), option_id) for option_id in answer.get("order", ())]
        said = [option.text.say(language, easy=easy) for option in found if option is not None]
        return tuple(Said(f"{place}. {words}", lang) for place, (words, lang) in enumerate(said, 1))

    def columns(self) -> tuple[Column, ...]:
        """One for each option: at which place people put it."""
        places = tuple(Option(id=str(n), text=Text.english(str(n))) for n in range(1, len(self.options()) + 1))
        return tuple(Column(f"{self.id}.{option.id}", option.text, places) for option in self.options())

    def cells(self, answer: Answer) -> Mapping[str, tuple[str, ...]]:
        return {f"{self.id}.{option_id}": (str(place),) for place, option_id in enumerate(answer.get("order", ()), 1)}

    def kept(self, answer: Answer) -> Answer:
        return {"order": answer["order"]} if "order" in answer else super().kept(answer)

    def typed(self, cells: Mapping[str, str]) -> Form:
        return {self.id: [part.strip() for part in cells.get(self.id, "").split("|")]}
