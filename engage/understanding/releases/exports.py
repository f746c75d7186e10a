"""A release as files: exactly its published tables, with the words of what was asked. A hidden number is left empty."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask_babel import gettext as _

from engage.adapters.documents.codebook import Category, Codebook, Variable, to_ddi
from engage.adapters.documents.columns import Kind, to_parquet
from engage.adapters.documents.model import Cell, Table
from engage.adapters.documents.sheets import to_csv, to_xlsx
from engage.rules.disclosure import Tables, values_of
from engage.rules.questionnaire.answers import SKIP
from engage.rules.questionnaire.definition import Definition
from engage.understanding.releases.views_words import ABOUT, Asked, about_asked, asked_of, label_of

MEDIA: Final[Mapping[str, str]] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "xml": "application/xml",
}
"""The forms a release is given away in; "xml" is its data dictionary."""

_HEADER: Final[Mapping[str, Kind]] = {
    "question": "text",
    "question_words": "text",
    "filter_1": "text",
    "value_1": "text",
    "filter_2": "text",
    "value_2": "text",
    "option": "text",
    "option_words": "text",
    "people": "number",
    "base": "number",
}


@dataclass(frozen=True)
class Exported:
    """What a release says (`releases.queries.show`), what was asked, in which language the words are, whose it is."""

    shown: Mapping[str, Any]
    definition: Definition
    language: str
    owner: str

    @property
    def columns(self) -> dict[str, Asked]:
        """What the tables are about, by the key they are called."""
        asked = asked_of(self.definition, self.language)
        return asked | {
            table["question"]: about_asked(
                table["question"], [cell["option"] for cell in table["cells"]], self.language
            )
            for table in self.shown["tables"]
            if table["question"] in ABOUT
        }


def name_of(shown: Mapping[str, Any], form: str) -> str:
    """What the file is called: ids of our own, so that no file system and no header is surprised."""
    kind = "dictionary" if form == "xml" else "results"
    return f"{shown['survey']}-release-{shown['release']}-{kind}.{form}"


def written(exported: Exported, form: str) -> bytes:
    """The release in one of the forms of `MEDIA`."""
    return _WRITERS[form](exported)


def lines(exported: Exported) -> Iterator[tuple[Cell, ...]]:
    """One row for each published number, as `_HEADER` names its cells."""
    columns = exported.columns
    for table in exported.shown["tables"]:
        asked = columns.get(table["question"])
        filters = [part for pair in table["filters"].items() for part in pair]
        around = (table["question"], asked.title if asked else "", *filters, *[""] * (4 - len(filters)))
        for cell in table["cells"]:
            words = label_of(asked.labels, cell["option"]) if asked else ""
            yield *around, cell["option"], words, cell["count"], table["base"]


def restricted_csv(tables: Tables, definition: Definition, language: str, ends_on: date) -> bytes:
    """Exact numbers as a file whose first line says how to handle it."""
    notice = _(
        "Restricted: exact numbers, for the people named only. Do not pass on, publish or join with other files."
        " Delete it by %(day)s.",
        day=ends_on.isoformat(),
    )
    exported = Exported({"tables": tables.to_json()["tables"]}, definition, language, "")
    rows = [tuple(_HEADER), *lines(exported)]
    return to_csv((str(notice), *[""] * (len(_HEADER) - 1)), rows)


def _csv(exported: Exported) -> bytes:
    return to_csv(tuple(_HEADER), lines(exported))


def as_json(shown: Mapping[str, Any]) -> str:
    """A release as JSON, the one way it is written: in a file, by command and to a machine."""
    return json.dumps(shown, indent=1)


def _json(exported: Exported) -> bytes:
    return as_json(exported.shown).encode()


def _parquet(exported: Exported) -> bytes:
    return to_parquet(_HEADER, list(lines(exported)))


def _xlsx(exported: Exported) -> bytes:
    results = Table(_("Results"), tuple(_HEADER), tuple(lines(exported)), _empty(exported))
    facts = Table(_("About"), (_("What"), _("Which")), tuple(_facts(exported)))
    words = Table(_("Dictionary"), ("question", "question_words", "option", "option_words"), tuple(_words(exported)))
    day = date.fromisoformat(exported.shown["frozen_on"])
    return to_xlsx(_title(exported), [results, facts, words], issued=day)


def _ddi(exported: Exported) -> bytes:
    shown = exported.shown
    book = Codebook(
        title=_title(exported),
        number=f"{shown['survey']}/{shown['release']}/{shown['version_sha256'][:16]}",
        producer=exported.owner,
        issued=date.fromisoformat(shown["frozen_on"]),
        version=str(shown["release"]),
        universe=_("People who chose to answer: %(people)s", people=_base(shown["base"], shown)),
        language=exported.language,
        notes=(_rule(exported), _empty(exported)),
        files=tuple(name_of(shown, form) for form in ("csv", "xlsx", "parquet")),
        variables=(*_file_columns(), *_variables(exported)),
    )
    return to_ddi(book)


_WRITERS: Final[Mapping[str, Callable[[Exported], bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
    "json": _json,
    "xml": _ddi,
}


def _title(exported: Exported) -> str:
    title = exported.definition.title.say(exported.language).text
    return str(_("%(survey)s, release %(number)s", survey=title, number=exported.shown["release"]))


def _rule(exported: Exported) -> str:
    rule = exported.shown["rule"]
    return str(
        _(
            "Groups of fewer than %(threshold)s are hidden. Other numbers are rounded to the nearest %(rounding)s.",
            threshold=rule["threshold"],
            rounding=rule["rounding"],
        )
    )


def _empty(exported: Exported) -> str:
    threshold = exported.shown["rule"]["threshold"]
    return str(_("Empty means fewer than %(threshold)s people, or hidden.", threshold=threshold))


def _base(base: int | None, shown: Mapping[str, Any]) -> str:
    if base is None:
        return str(_("fewer than %(threshold)s", threshold=shown["rule"]["threshold"]))
    return str(_("about %(count)s", count=base))


def _facts(exported: Exported) -> Iterator[tuple[str, str]]:
    shown = exported.shown
    yield _("Survey"), exported.definition.title.say(exported.language).text
    yield _("Release"), str(shown["release"])
    yield _("Frozen on"), shown["frozen_on"]
    yield _("People"), _base(shown["base"], shown)
    yield _("Survey version"), shown["version_sha256"]
    yield _("Rule"), f"{_rule(exported)} {_empty(exported)}"


def _words(exported: Exported) -> Iterator[tuple[str, ...]]:
    for asked in exported.columns.values():
        for option in dict.fromkeys([*asked.labels, *_put_together(exported, asked.key)]):
            yield asked.key, asked.title, option, label_of(asked.labels, option)


def _put_together(exported: Exported, key: str) -> Iterator[str]:
    """The groups of a column that stand together in this release because apart they were too small."""
    for table in exported.shown["tables"]:
        if table["question"] == key:
            yield from (cell["option"] for cell in table["cells"] if len(values_of(cell["option"])) > 1)


def _file_columns() -> Sequence[Variable]:
    said = {
        "question": _("Which question, by its id"),
        "question_words": _("The words of the question"),
        "filter_1": _("By what the people are divided, or empty for everybody"),
        "value_1": _("Which of them this row is about"),
        "filter_2": _("By what else the people are divided, or empty"),
        "value_2": _("Which of them this row is about"),
        "option": _("Which answer, by its id"),
        "option_words": _("The words of the answer"),
        "people": _("How many people gave this answer"),
        "base": _("How many of these people answered the question"),
    }
    return [Variable(name, str(said[name]), in_file=True, is_number=kind == "number") for name, kind in _HEADER.items()]


def _variables(exported: Exported) -> Iterator[Variable]:
    columns = exported.columns
    for table in exported.shown["tables"]:
        asked = columns.get(table["question"])
        if table["filters"] or asked is None:
            continue
        several = str(_("People could choose several.")) if table["multiple"] else ""
        categories = tuple(
            Category(cell["option"], label_of(asked.labels, cell["option"]), cell["count"], cell["option"] == SKIP)
            for cell in table["cells"]
        )
        yield Variable(asked.key, asked.title, asked.words, categories, several)
