"""The choices of an XLSForm as options, list by list."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from engage.rules.marking import worded
from engage.rules.xlsform.columns import Columns
from engage.rules.xlsform.expressions import Tree
from engage.rules.xlsform.names import option_id, slug
from engage.rules.xlsform.workbook import Finding, Row, Sheet


@dataclass
class ChoiceList:
    """One list: its options as plain data, and the option id of each name."""

    options: list[Tree] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)


def read_choices(sheet: Sheet | None, default: str) -> tuple[dict[str, ChoiceList], list[Finding], tuple[str, ...]]:
    """Lists by name, what does not fit, and the languages there are words in."""
    if sheet is None:
        return {}, [], ()
    columns = Columns(sheet, "choices", default)
    lists: dict[str, ChoiceList] = {}
    for row in sheet.rows:
        columns.findings.extend(columns.strange(row))
        name, list_name = row.cells.get("name", ""), row.cells.get("list_name", "")
        if not name or not list_name:
            head = "name" if list_name else "list_name"
            columns.findings.append(Finding(sheet.place(row.number, head), worded("is empty")))
            continue
        _add(columns, row, name, lists.setdefault(list_name, ChoiceList()))
    return lists, columns.findings, columns.languages


def _add(columns: Columns, row: Row, name: str, found: ChoiceList) -> None:
    place, made = columns.sheet.place(row.number, "name"), option_id(name)
    if made is None:
        columns.findings.append(Finding(place, worded("use letters, digits, _ and - for the name of a choice")))
        return
    if made in found.ids.values():
        columns.findings.append(Finding(place, worded("is there twice in its list, as {made}", made=made)))
        return
    if made != name:
        columns.findings.append(
            Finding(place, worded("becomes {made}: names are in small letters here", made=made), is_refused=False)
        )
    words = columns.words(row, "label")
    if words is None:
        columns.findings.append(Finding(columns.sheet.place(row.number, "label"), worded("a choice needs words")))
        return
    option: Tree = {"id": made, "text": words}
    found.ids[name] = made
    found.options.append({**option, **picture_of(columns, row, words)})


def picture_of(columns: Columns, row: Row, words: Tree) -> Tree:
    """The picture a row names, described by the row's own words."""
    head = next((head for head in ("media::image", "image") if row.cells.get(head)), "")
    if not head:
        return {}
    key = slug(row.cells[head].rsplit("/", 1)[-1].rsplit(".", 1)[0])
    if not key:
        columns.findings.append(Finding(columns.sheet.place(row.number, head), worded("is no name of a picture")))
        return {}
    reason = worded(
        "put this picture into the media library as {key}; say there what it shows (now: its own words)", key=key
    )
    columns.findings.append(Finding(columns.sheet.place(row.number, head), reason, is_refused=False))
    return {"picture": key, "alt": words}


def only(found: Sequence[Finding]) -> list[Finding]:
    """The findings that refuse."""
    return [one for one in found if one.is_refused]
