"""A definition as an XLSForm workbook, with a list of everything an XLSForm cannot hold."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from engage.rules.marking import worded
from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Option, Question
from engage.rules.questionnaire.texts import ENGLISH, Text
from engage.rules.xlsform.expressions import written
from engage.rules.xlsform.kinds_out import Told, row_of
from engage.rules.xlsform.names import head_of

_PIPED: Final = re.compile(r"\{answer:[a-z][a-z0-9_]*\|([^{}|]+)\}")
_AROUND: Final = "intro, thanks"
_WHOLE: Final = "audience, threshold, ages, lawful basis, checked"
"""Fields of a definition, as its file names them."""
Cells = dict[str, str]


class Exported(NamedTuple):
    """The workbook's bytes, and what of the definition it does not say: place (question id or field) and reason."""

    content: bytes
    lost: tuple[Told, ...]


def write_xlsform(definition: Definition) -> Exported:
    """The definition as far as an XLSForm can hold it."""
    sheets = _Sheets(definition)
    sheets.fill()
    book = Workbook(write_only=True)
    for name, rows in (("survey", sheets.survey), ("choices", sheets.choices), ("settings", sheets.settings)):
        _write(book.create_sheet(name), rows)
    out = io.BytesIO()
    book.save(out)
    return Exported(out.getvalue(), tuple(sheets.lost))


class _Sheets:
    """The rows of the three sheets, as they grow."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.survey: list[Cells] = []
        self.choices: list[Cells] = []
        self.settings: list[Cells] = []
        self.lost: list[Told] = []
        self._multiple = {question.id: question.several for question in definition.questions}

    def fill(self) -> None:
        self._header()
        section: str | None = None
        for question in self.definition.questions:
            if question.section != section:
                self._end(section)
                section = question.section
                self._begin(section)
            self._question(question)
        self._end(section)

    def _header(self) -> None:
        title = self.definition.title.say(ENGLISH).text
        settings = {"form_title": title, "form_id": self.definition.survey, "default_language": _head("", ENGLISH)[2:]}
        self.settings.append(settings)
        if len(list(self.definition.title.all())) > 1:
            self._lose("title", worded("an XLSForm has one title: the plain English is written"))
        around = worded("an XLSForm has no pages before and after its questions")
        whole = worded("an XLSForm does not say for whom it is, on what lawful basis, or who checked a language")
        for place, reason in ((_AROUND, around), (_WHOLE, whole)):
            self._lose(place, reason)
        if self.definition.bsl:
            self._lose("bsl", worded("an XLSForm does not promise British Sign Language"))

    def _begin(self, section_id: str | None) -> None:
        section = next((one for one in self.definition.sections if one.id == section_id), None)
        if section is None:
            return
        row = {"type": "begin_group", "name": section.id, **self._words("label", section.title, section.id)}
        row |= self._relevant(section.show_if, section.id)
        if section.order is not None or section.ends:
            self._lose(section.id, worded("a random order and early ends are not in an XLSForm"))
        self.survey.append(row)

    def _end(self, section_id: str | None) -> None:
        if section_id is None:
            return
        if self.survey[-1].get("type") == "begin_group":
            self.survey.pop()
            self._lose(section_id, worded("none of its questions is in an XLSForm, so the group is not either"))
        else:
            self.survey.append({"type": "end_group"})

    def _question(self, question: Question) -> None:
        made = row_of(question)
        self.lost += made.lost
        if made.cells is None:
            return
        row: Cells = {"name": question.id, **self._words("label", question.text, question.id), **made.cells}
        if question.hint is not None:
            row |= self._words("hint", question.hint, question.id)
        row |= self._relevant(question.show_if, question.id)
        if question.asks:
            row["required"] = "yes" if question.required else "no"
        row |= self._picture(question)
        self.survey.append(row)
        self._options(made.list_name, made.options)
        self._common_losses(question)

    def _relevant(self, condition: Condition | None, place: str) -> Cells:
        """The condition as an expression, where everything it looks at is there and chosen from a list."""
        if condition is None:
            return {}
        written_types = {row.get("name", ""): row.get("type", "") for row in self.survey}
        for leaf in condition.leaves():
            of = written_types.get(leaf.question or "", "")
            if not of or (leaf.option_ids() and not of.startswith("select_")):
                seen = leaf.question
                reason = worded("when it is asked: it looks at {question} in a way an XLSForm cannot", question=seen)
                self._lose(place, reason)
                return {}
        return {"relevant": written(condition, self._multiple)}

    def _options(self, list_name: str, options: Sequence[Option]) -> None:
        for option in options:
            cells = {"list_name": list_name, "name": option.id, **self._words("label", option.text, list_name)}
            self.choices.append(cells | self._picture(option))

    def _picture(self, thing: Question | Option) -> Cells:
        if thing.picture is None:
            return {}
        if thing.alt is not None and thing.alt != thing.text:
            self._lose(thing.id, worded("an XLSForm has no words for those who cannot see a picture"))
        return {"media::image": f"{thing.picture}.png"}

    def _common_losses(self, question: Question) -> None:
        for is_there, reason in (
            (
                question.symbol or any(o.symbol for o in question.options() or ()),
                worded("symbols are not in an XLSForm"),
            ),
            (
                question.audio or question.bsl,
                worded("recordings, and films in British Sign Language, are not in an XLSForm"),
            ),
            (question.safety, worded("answers that raise a flag are not marked in an XLSForm")),
            (question.background or question.tags, worded("background and tags are not in an XLSForm")),
            (question.skips or question.ends, worded("leading on and early ends are not in an XLSForm")),
            (not question.skippable, worded("in an XLSForm it is not said whether a question can be left")),
        ):
            if is_there:
                self._lose(question.id, reason)

    def _words(self, head: str, text: Text, place: str) -> Cells:
        cells: Cells = {}
        for code, words in text.root.items():
            if code not in self.definition.languages:
                continue
            cells[_head(head, code)] = self._filled(words.plain, place)
            if words.easy is not None:
                cells[_head(head, code, is_easy=True)] = self._filled(words.easy, place)
        return cells

    def _filled(self, words: str, place: str) -> str:
        if _PIPED.search(words):
            self._lose(place, worded("an answer that is put into words: the words for no answer are written instead"))
        return _PIPED.sub(lambda found: found[1], words)

    def _lose(self, place: str, reason: str) -> None:
        told = Told(place, reason)
        if told not in self.lost:
            self.lost.append(told)


def _head(name: str, code: str, *, is_easy: bool = False) -> str:
    return f"{name}::{head_of(code, is_easy=is_easy)}"


def _write(sheet: WriteOnlyWorksheet, rows: Sequence[Cells]) -> None:
    heads = list(dict.fromkeys(head for row in rows for head in row))
    sheet.append(list(_cells(sheet, heads)))
    for row in rows:
        sheet.append(list(_cells(sheet, [row.get(head, "") for head in heads])))


def _cells(sheet: WriteOnlyWorksheet, words: Sequence[str]) -> Iterator[Cell]:
    """Cells that hold words and are never a formula, whatever the words begin with."""
    for one in words:
        cell = WriteOnlyCell(sheet, value=one)
        if one:
            cell.data_type = "s"
        yield cell
