"""Writing XLIFF 2.0: one unit a wording, grouped by screen, with notes and what is filled in kept out of reach."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from lxml import etree

from engage.rules.exchange.segments import PLACEHOLDER, Segment, guidance, screen, segments
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.freshness import State
from engage.rules.questionnaire.texts import ENGLISH

XLIFF_2: Final = "urn:oasis:names:tc:xliff:document:2.0"
_STATES: Final[dict[State, str]] = {
    "missing": "initial",
    "stale": "initial",
    "draft": "translated",
    "speaker": "reviewed",
    "child": "reviewed",
}
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def write_xliff(definition: Definition, language: str) -> bytes:
    """The definition's texts and their translations into `language` as an XLIFF 2.0 file, UTF-8."""
    attributes = {"version": "2.0", "srcLang": ENGLISH, "trgLang": language}
    root = etree.Element(f"{{{XLIFF_2}}}xliff", attributes, nsmap={None: XLIFF_2})
    file = _below(root, "file", id="survey", original=definition.survey)
    screens = groupby(segments(definition, language), lambda one: one.unit.question_id)
    for number, (question_id, group) in enumerate(screens, 1):
        parts = list(group)
        name = screen(definition, parts[0].unit) if question_id is None else f"question {question_id}"
        box = _below(file, "group", id=f"g{number}", name=name)
        for segment in parts:
            _unit(box, definition, segment)
    written: bytes = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return written


def _unit(box: etree._Element, definition: Definition, segment: Segment) -> None:
    unit = _below(box, "unit", id=segment.key)
    notes = _below(unit, "notes")
    for topic, words in guidance(definition, segment):
        _below(notes, "note", category=topic).text = words
    fixed = (piece for found in PLACEHOLDER.finditer(segment.source) for piece in (found[1], found[3]))
    marks = {words: f"d{n}" for n, words in enumerate(dict.fromkeys(fixed), 1)}
    if marks:
        data = _below(unit, "originalData")
        for words, name in marks.items():
            _below(data, "data", id=name).text = words
    part = _below(unit, "segment", id="s", state=_STATES[segment.state])
    if segment.state == "stale":
        part.set("subState", "engage:stale")
    _fill(_below(part, "source"), segment.source, marks)
    if segment.target:
        _fill(_below(part, "target"), segment.target, marks)


def _fill(element: etree._Element, words: str, marks: dict[str, str]) -> None:
    """Words into an element; each known placeholder becomes an element that a tool does not let anybody change."""
    element.set(_SPACE, "preserve")
    last: etree._Element | None = None
    count = 0
    for piece in _pieces(words, marks):
        if piece in marks and piece:
            count += 1
            last = _below(element, "ph", id=f"p{count}", dataRef=marks[piece], disp=piece, canDelete="no")
        elif last is None:
            element.text = (element.text or "") + piece
        else:
            last.tail = (last.tail or "") + piece


def _pieces(words: str, marks: dict[str, str]) -> Iterator[str]:
    at = 0
    for found in PLACEHOLDER.finditer(words):
        if found[1] in marks:
            yield words[at : found.start()]
            yield from found.groups()
            at = found.end()
    yield words[at:]


def _below(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{XLIFF_2}}}{tag}", attributes)
