"""Workbooks made in the test, as anybody's spreadsheet program would make them."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from engage.paths import surveys
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load
from engage.rules.xlsform.reading import Imported, read_xlsform

Rows = Sequence[Sequence[object]]


def like() -> Definition:
    """The survey whose intro an import takes."""
    return load((surveys() / "your-voice.yaml").read_text(encoding="utf-8"), "your-voice.yaml")


def book(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook with these sheets, each a list of rows."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


CHOICES: Rows = (
    ("list_name", "name", "label::English (en)", "label::Arabic (ar)"),
    ("yesno", "yes", "Yes", "نعم"),
    ("yesno", "no", "No", "لا"),
    ("who", "family", "Family", "العائلة"),
    ("who", "friend", "A friend", "صديق"),
    ("who", "none", "Nobody", "لا أحد"),
    ("ends", "0", "Bad", "سيئ"),
    ("ends", "10", "Good", "جيد"),
)
HEADS = ("type", "name", "label::English (en)", "label::Arabic (ar)", "hint::English (en)", "required", "relevant")
MORE = ("constraint", "appearance", "parameters", "media::image")


def survey(*rows: Mapping[str, object], choices: Rows = CHOICES, **sheets: Rows) -> bytes:
    """A workbook whose survey sheet has these rows, given by head; English words where a row has none."""
    heads = list(dict.fromkeys((*HEADS, *MORE, *(head for row in rows for head in row))))
    filled = [{"label::English (en)": f"Words of {row.get('name', 'it')}", **row} for row in rows]
    listed = [heads, *([row.get(head) for head in heads] for row in filled)]
    return book({"survey": listed, "choices": choices, **sheets})


def read(*rows: Mapping[str, object], **sheets: Rows) -> Imported:
    return read_xlsform(survey(*rows, **sheets), like())
