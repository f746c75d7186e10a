"""Several things asked about on one scale, line by line. On a small screen each line is a question of its own."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, model_validator

from engage.rules.marking import worded
from engage.rules.questionnaire.answers import SKIP, Answer, Form, Mistake
from engage.rules.questionnaire.kinds.base import Column, InconsistentError, OptionId, Problem
from engage.rules.questionnaire.kinds.choice import Worded, find
from engage.rules.questionnaire.texts import Frozen, Said, Text

_TAKEN: Final = frozenset({"skip", "other", "move"})


class Row(Frozen):
    """One line: what the scale is asked about."""

    id: OptionId
    text: Text


class Matrix(Worded):
    """`{"rows": {row id: option id}}`, option ids "1" (lowest) upwards. Fields `id-ROW`.

    A line may be left out, and then counts as "rather not say"; with `every: true` all lines or none are answered.
    """

    lengths: ClassVar[tuple[int, ...]] = (2, 3, 4, 5, 6, 7)
    points: ClassVar[str] = worded("two to seven words")
    cards: ClassVar[bool] = False
    whole: ClassVar[bool] = False

    kind: Literal["matrix"]
    rows: Annotated[tuple[Row, ...], Field(min_length=1, max_length=12)]
    every: bool = False

    @model_validator(mode="after")
    def _rows_fit(self) -> "Matrix":
        ids = [row.id for row in self.rows]
        for index, row_id in enumerate(ids):
            if row_id in ids[:index]:
                problem = Problem(
                    ("rows", index, "id"),
                    worded("{id} is there twice", id=repr(row_id)),
                    worded("give each line its own id"),
                )
                raise InconsistentError((problem,))
            if row_id in _TAKEN:
                problem = Problem(
                    ("rows", index, "id"),
                    worded("{id} is kept for the page", id=repr(row_id)),
                    worded("use another id"),
                )
                raise InconsistentError((problem,))
        return self

    @property
    def first_control(self) -> str:
        return f"{self.id}-1-1"

    def field_of(self, row_id: str) -> str:
        """The form field of one line."""
        return f"{self.id}-{row_id}"

    def fields(self) -> tuple[str, ...]:
        return (*(self.field_of(row.id) for row in self.rows), self.skip_field)

    def read(self, form: Form) -> Answer | Mistake:
        found: dict[str, str] = {}
        empty = ""
        for number, row in enumerate(self.rows, 1):
            chosen = list(dict.fromkeys(v for v in form.get(self.field_of(row.id), ()) if v))
            control = f"{self.id}-{number}-1"
            if len(chosen) > 1:
                return self.mistake(form, "one_only", control=control)
            if chosen and find(self.options(), chosen[0]) is None:
                return self.mistake(form, "unknown_option", control=control)
            if chosen:
                found[row.id] = chosen[0]
            else:
                empty = empty or control
        if not found:
            return self.left_empty(form, "rows_needed")
        if empty and self.every:
            return self.missing(form, "row_needed", control=empty)
        return {"rows": found}

    def filled(self, answer: Answer) -> dict[str, tuple[str, ...]]:
        if answer.get("skipped"):
            return {self.skip_field: ("yes",)}
        return {self.field_of(row_id): (value,) for row_id, value in answer.get("rows", {}).items()}

    def describe(self, answer: Answer, language: str, *, easy: bool = False) -> tuple[Said, ...]:
        lines = []
        for row in self.rows:
            option = find(self.options(), answer.get("rows", {}).get(row.id, ""))
            if option is not None:
                asked, said = (text.say(language, easy=easy) for text in (row.text, option.text))
                lines.append(Said(f"{asked.text}: {said.text}", said.lang if said.lang == asked.lang else ""))
        return tuple(lines)

    @property
    def left(self) -> tuple[str, ...]:
        return super().left or (() if self.every else (SKIP,))

    def columns(self) -> tuple[Column, ...]:
        """One for each line."""
        return tuple(Column(f"{self.id}.{row.id}", row.text, self.options()) for row in self.rows)

    def cells(self, answer: Answer) -> Mapping[str, tuple[str, ...]]:
        rows = answer.get("rows", {})
        return {f"{self.id}.{row.id}": (rows.get(row.id, SKIP),) for row in self.rows} if rows else {}

    def chosen(self, answer: Answer) -> tuple[str, ...]:
        return tuple(answer.get("rows", {}).values())

    def kept(self, answer: Answer) -> Answer:
        return {"rows": answer["rows"]} if "rows" in answer else super().kept(answer)

    def csv_columns(self) -> tuple[str, ...]:
        return tuple(f"{self.id}.{row.id}" for row in self.rows)

    def typed(self, cells: Mapping[str, str]) -> Form:
        return {self.field_of(row.id): [cells.get(f"{self.id}.{row.id}", "")] for row in self.rows}

    def texts(self) -> Iterator[tuple[str, Text]]:
        yield from super().texts()
        for index, row in enumerate(self.rows):
            yield f"rows.{index}.text", row.text
