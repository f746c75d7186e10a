"""A data dictionary as DDI-Codebook 2.5 (ddialliance.org), which archives and statistics programs read.

A number that is hidden has no element: in a codebook, too, nobody and hidden look alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from lxml import etree
from lxml.builder import ElementMaker

from engage.adapters.documents.text import clean, one_line

NAMESPACE: Final = "ddi:codebook:2_5"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_E: Final = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})


@dataclass(frozen=True, slots=True)
class Category:
    """One value of a variable. `people`: how many it was published for. `is_missing`: the answer was left out."""

    value: str
    label: str
    people: int | None = None
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """What one question, or one column of a file, holds. `asked`: the words that people were asked, or empty."""

    name: str
    label: str
    asked: str = ""
    categories: tuple[Category, ...] = ()
    note: str = ""
    in_file: bool = False
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Codebook:
    """All that an archive wants to know of one set of results. `files`: names of the files that hold the numbers."""

    title: str
    number: str
    producer: str
    issued: date
    version: str
    universe: str
    language: str
    notes: tuple[str, ...]
    files: tuple[str, ...]
    variables: tuple[Variable, ...]


def to_ddi(book: Codebook) -> bytes:
    """The codebook as XML; the same codebook is the same bytes."""
    root = _E.codeBook(
        _study(book),
        *(_file(f"F{place}", name) for place, name in enumerate(book.files, 1)),
        _E.dataDscr(*(_variable(place, one, len(book.files)) for place, one in enumerate(book.variables, 1))),
        version="2.5",
    )
    root.set(_LANGUAGE, book.language)
    etree.indent(root)
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return found


def _study(book: Codebook) -> etree._Element:
    day = book.issued.isoformat()
    return _E.stdyDscr(
        _E.citation(
            _E.titlStmt(_E.titl(one_line(book.title)), _E.IDNo(book.number)),
            _E.prodStmt(_E.producer(one_line(book.producer)), _E.prodDate(day, date=day)),
            _E.verStmt(_E.version(book.version, date=day)),
        ),
        _E.stdyInfo(_E.sumDscr(_E.universe(one_line(book.universe)))),
        *(_E.notes(clean(note)) for note in book.notes),
    )


def _file(number: str, name: str) -> etree._Element:
    return _E.fileDscr(_E.fileTxt(_E.fileName(name), _E.fileType(name.rpartition(".")[2].upper())), ID=number)


def _variable(place: int, one: Variable, files: int) -> etree._Element:
    found = _E.var(*_parts(one), ID=f"V{place}", name=one.name, intrvl="contin" if one.is_number else "discrete")
    if one.in_file:
        found.set("files", " ".join(f"F{number}" for number in range(1, files + 1)))
    return found


def _parts(one: Variable) -> Iterator[etree._Element]:
    """The parts in the order that the schema asks for."""
    yield _E.labl(one_line(one.label))
    if one.asked:
        yield _E.qstn(_E.qstnLit(clean(one.asked)))
    yield from (_category(category) for category in one.categories)
    yield _E.varFormat(type="numeric" if one.is_number else "character")
    if one.note:
        yield _E.notes(clean(one.note))


def _category(one: Category) -> etree._Element:
    count = (_E.catStat(str(one.people), type="freq"),) if one.people is not None else ()
    missing = {"missing": "Y"} if one.is_missing else {}
    return _E.catgry(_E.catValu(one.value), _E.labl(one_line(one.label)), *count, **missing)
