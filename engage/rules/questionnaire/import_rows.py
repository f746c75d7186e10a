"""Answers collected elsewhere, from a table: every row is either whole and valid or told with its line and reason.

Columns are question ids; several choices in one cell are parted by `|`; `id.other` holds what was said beside "other";
`language`, `channel` and `week` (ISO, 2026-W05) may be there. An empty cell means not answered, `rather-not` means
skipped. Names and contact details cannot be imported: they have no place beside answers.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from engage.rules.questionnaire.answers import CHANNELS, SKIP, Answer, Form, Mistake
from engage.rules.questionnaire.asked import parse
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.path import on_path
from engage.rules.questionnaire.texts import ENGLISH

ABOUT: Final = ("language", "channel", "week")
_WEEK: Final = re.compile(r"([0-9]{4})-W([0-9]{2})")
_QUOTED_FORMULA: Final = re.compile(r"'[=+\-@\t\r＝＋－＠]")


class RowProblem(NamedTuple):
    """Why a row (or the whole table, at line 1) cannot be taken. `column` is "" when it is the row as a whole."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True)
class ImportedRow:
    """One response. `week` is None where the table does not say; the importer must not make one up."""

    line: int
    answers: Mapping[str, Answer]
    language: str = ENGLISH
    channel: str = "import"
    week: str | None = None


@dataclass
class _Cells:
    """The cells of one row by column, and what was found wrong in it."""

    line: int
    by_column: Mapping[str, str]
    problems: list[RowProblem] = field(default_factory=list)

    def refuse(self, column: str, reason: str) -> None:
        self.problems.append(RowProblem(self.line, column, reason))


def csv_columns(definition: Definition) -> tuple[str, ...]:
    """Every column a table for this definition may have, in order."""
    return (*_columns(definition), *ABOUT)


def read_csv(definition: Definition, text: str) -> tuple[tuple[ImportedRow, ...], tuple[RowProblem, ...]]:
    """The valid rows, and every problem by line. A row with a problem is not among the rows."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows: list[ImportedRow] = []
    problems: list[RowProblem] = []
    line = 1
    try:
        header = [name.strip() for name in next(reader, [])]
        problems.extend(_header_problems(definition, header))
        if problems:
            return (), tuple(problems)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row, found = _row(definition, header, cells, line)
                rows.extend(row)
                problems.extend(found)
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(RowProblem(line, "", f"cannot be read as CSV ({error}); nothing after this line was read"))
    return tuple(rows), tuple(problems)


def _columns(definition: Definition) -> Iterator[str]:
    for question in definition.questions:
        if question.store != "contact":
            yield from question.csv_columns()


def _header_problems(definition: Definition, header: list[str]) -> Iterator[RowProblem]:
    known = csv_columns(definition)
    if not set(header) & set(_columns(definition)):
        yield RowProblem(1, "", f"the first line names no question; write some of: {', '.join(known)}")
        return
    for index, name in enumerate(header):
        if name in header[:index]:
            yield RowProblem(1, name, "this column is there twice")
        elif name not in known:
            yield RowProblem(1, name or f"column {index + 1}", _unknown_column(definition, name))


def _unknown_column(definition: Definition, name: str) -> str:
    if name in definition and definition.question(name).store == "contact":
        return "names and contact details cannot be imported; remove this column"
    return "this survey has no such question"


def _row(
    definition: Definition, header: list[str], cells: list[str], line: int
) -> tuple[tuple[ImportedRow, ...], list[RowProblem]]:
    """The row (none or one) and its problems."""
    if len(cells) != len(header):
        return (), [RowProblem(line, "", f"has {len(cells)} cells where the first line has {len(header)}")]
    row = _Cells(line, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
    answers = _answers(definition, row)
    if not answers and not row.problems:
        row.refuse("", "has no answers")
    language = row.by_column.get("language") or ENGLISH
    if language not in definition.languages:
        row.refuse("language", f"{language!r} is not a language of this survey")
    channel = row.by_column.get("channel") or "import"
    if channel not in CHANNELS:
        row.refuse("channel", f"{channel!r} is not one of {', '.join(CHANNELS)}")
    week = row.by_column.get("week") or None
    if week is not None and not is_iso_week(week):
        row.refuse("week", f"{week!r} is not an ISO week such as 2026-W05")
    if row.problems:
        return (), row.problems
    return (ImportedRow(line, answers, language, channel, week),), []


def _answers(definition: Definition, row: _Cells) -> dict[str, Answer]:
    given: dict[str, Answer] = {}
    for question in definition.asked:
        cells = {name: row.by_column[name] for name in question.csv_columns() if row.by_column.get(name)}
        if not cells:
            continue
        other = f"{question.id}.other"
        if set(cells) == {other}:
            row.refuse(other, f"has words but {question.id} has no answer")
            continue
        result = parse(question, definition.asker.brought(question.id, given), _form(question, cells))
        if isinstance(result, Mistake):
            row.refuse(next(iter(cells)), _reason(question, " ".join(cells.values()), result))
        elif other in cells and "other" not in result:
            row.refuse(other, "has words but the option that asks for them was not chosen")
        else:
            given[question.id] = result
    kept = on_path(definition, given)
    for question_id in given:
        if question_id not in kept:
            row.refuse(question_id, "is answered, but these answers do not lead to this question")
    return kept


def _form(question: Question, cells: Mapping[str, str]) -> Form:
    """The cells as the form a page would have sent."""
    if any(cell == SKIP for name, cell in cells.items() if not name.endswith(".other")):
        return {question.skip_field: [SKIP]}
    options = question.options() is not None
    own = {question.id} if options else set()
    return question.typed({name: cell if name in own else _unquoted(cell) for name, cell in cells.items()})


def _reason(question: Question, cell: str, mistake: Mistake) -> str:
    if mistake.key == "unknown_option":
        return f"{cell!r} is not one of {', '.join(option.id for option in question.options() or ())}"
    return mistake.english


def _unquoted(cell: str) -> str:
    """Without the apostrophe that our own exports put before a cell a spreadsheet would take for a formula."""
    return cell[1:] if _QUOTED_FORMULA.match(cell) else cell


def is_iso_week(week: str) -> bool:
    """Is it a week that exists, written as 2026-W05?"""
    match = _WEEK.fullmatch(week)
    if match is None:
        return False
    try:
        date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return False
    return True
