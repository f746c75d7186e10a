"""An XLSForm workbook as a definition, or everything in it that does not fit, cell by cell."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from pydantic import ValidationError

from engage.rules.marking import joined, worded, worded_of
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import InconsistentError
from engage.rules.questionnaire.shape_words import said_of
from engage.rules.questionnaire.texts import ENGLISH
from engage.rules.xlsform.choices import read_choices
from engage.rules.xlsform.columns import Columns
from engage.rules.xlsform.expressions import Tree
from engage.rules.xlsform.names import slug, tongue
from engage.rules.xlsform.rows import Rows
from engage.rules.xlsform.workbook import Finding, Place, Row, Sheet, UnreadableError, read_workbook

_SHEETS: Final = frozenset({"survey", "choices", "settings"})
_OTHER_SHEETS: Final = frozenset({"external_choices", "entities", "osm", "cascades"})
_HEADER: Final = ("audience", "threshold", "age_min", "age_max", "lawful_basis", "intro", "thanks")


class Imported(NamedTuple):
    """What came of a workbook. `definition` is None where anything is refused; the findings are complete either way."""

    definition: Definition | None
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> tuple[Finding, ...]:
        """What must be put right first."""
        return tuple(one for one in self.findings if one.is_refused)


def read_xlsform(content: bytes, like: Definition) -> Imported:
    """The survey in a workbook. Never raises, whatever the bytes are.

    An XLSForm says nothing of who is asked and who asks, why, who reads the answers and when somebody would have to be
    told: that is taken from `like`, a survey for the same people, and has to be read and changed by whoever imports.
    """
    try:
        sheets, findings = read_workbook(content)
    except UnreadableError as error:
        return Imported(None, (Finding(Place(), worded_of(error)),))
    if "survey" not in sheets:
        return Imported(None, (*findings, Finding(Place(), worded("has no sheet named survey"))))
    found = [*findings, *_sheets(sheets)]
    settings, default = _settings(sheets.get("settings"), found)
    lists, of_choices, languages = read_choices(sheets.get("choices"), default)
    columns = Columns(sheets["survey"], "survey", default)
    rows = Rows(columns, lists)
    rows.read()
    if not rows.questions and not any(one.is_refused for one in columns.findings):
        columns.findings.append(Finding(columns.sheet.place(), worded("has no question that can be asked here")))
    found += [*of_choices, *columns.findings]
    tree = _tree(settings, rows, tuple(dict.fromkeys((*columns.languages, *languages))), like)
    return _made(tree, rows, _in_order(found), like.title.say(ENGLISH).text)


def _made(tree: Tree, rows: Rows, findings: tuple[Finding, ...], like: str) -> Imported:
    if any(one.is_refused for one in findings):
        return Imported(None, findings)
    try:
        definition = Definition.model_validate(tree)
    except ValidationError as error:
        return Imported(None, _in_order([*findings, *_faults(error, rows)]))
    taken = worded(
        "who is asked, their ages, the lawful basis, and what stands before question 1 and after sending are "
        "taken from “{like}”: read it and change it",
        like=like,
    )
    return Imported(definition, (Finding(Place(), taken, is_refused=False), *findings))


def _sheets(sheets: Mapping[str, Sheet]) -> Iterator[Finding]:
    for name, sheet in sheets.items():
        if name in _OTHER_SHEETS and sheet.rows:
            yield Finding(sheet.place(), worded("is a sheet for another program"))
        elif name not in _SHEETS and (sheet.rows or sheet.letters):
            yield Finding(sheet.place(), worded("is no sheet of an XLSForm; nothing in it was read"), is_refused=False)


def _settings(sheet: Sheet | None, found: list[Finding]) -> tuple[dict[str, str], str]:
    """What the settings say, and the language of a plain label column."""
    if sheet is None:
        return {}, ENGLISH
    columns = Columns(sheet, "settings", ENGLISH)
    said: dict[str, str] = {}
    for number, row in enumerate(sheet.rows):
        found.extend(columns.strange(row))
        if number:
            reason = worded("there is one row of settings; this one was not read")
            found.append(Finding(sheet.place(row.number), reason, is_refused=False))
        else:
            said = row.cells
    default = tongue(said.get("default_language", "")) if said.get("default_language") else None
    if "version" in said:
        reason = worded("versions are numbered here when a survey is published")
        found.append(Finding(sheet.place(sheet.rows[0].number, "version"), reason, is_refused=False))
    return said, default.code if default is not None else ENGLISH


def _tree(settings: Mapping[str, str], rows: Rows, languages: tuple[str, ...], like: Definition) -> Tree:
    whole = like.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    header: Tree = {str(name): _only(whole[name], languages) for name in _HEADER if name in whole}
    title = settings.get("form_title") or settings.get("form_id") or "Survey"
    return {
        **header,
        "survey": slug(settings.get("form_id") or title) or "survey",
        "languages": languages,
        "title": {ENGLISH: {"plain": title}},
        "questions": rows.questions,
        **({"sections": rows.sections} if rows.sections else {}),
    }


def _only(tree: object, languages: tuple[str, ...]) -> object:
    """The same without words in other languages."""
    if not isinstance(tree, dict):
        return tree
    if ENGLISH in tree:
        return {code: words for code, words in tree.items() if code in languages}
    return {name: _only(inner, languages) for name, inner in tree.items()}


def _faults(error: ValidationError, rows: Rows) -> Iterator[Finding]:
    for details in error.errors():
        cause = details.get("ctx", {}).get("error")
        if isinstance(cause, InconsistentError):
            for problem in cause.problems:
                loc = (*_without_kind(details["loc"]), *problem.loc)
                yield Finding(_place(loc, rows), joined((problem.message, problem.write)))
        else:
            loc = _without_kind(details["loc"])
            yield Finding(_place(loc, rows), worded("{field}: {reason}", field=_last(loc), reason=said_of(details)))


def _without_kind(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    return loc[:2] + loc[3:] if loc[:1] == ("questions",) else loc


def _last(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(step) for step in loc[2:] or loc)


def _place(loc: tuple[int | str, ...], rows: Rows) -> Place:
    origins: dict[int | str, list[Row]] = {"questions": rows.origin, "sections": rows.section_origin}
    if len(loc) > 1 and isinstance(loc[1], int) and loc[0] in origins:
        head = {"show_if": "relevant", "id": "name", "options": "type"}.get(str(loc[2]) if len(loc) > 2 else "", "name")
        return rows.columns.sheet.place(origins[loc[0]][loc[1]].number, head)
    return Place("settings")


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(set(findings), key=lambda one: (one.place.sheet, one.place.row, one.place.column)))
