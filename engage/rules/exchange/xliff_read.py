"""Reading XLIFF 2.x and 1.2 from anybody: no document type, no entities, nothing fetched, limits on size and depth."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from engage.rules.exchange.segments import File, Remark, Row
from engage.rules.marking import worded, worded_of

LARGEST: Final = 5_000_000
"""Bytes in a file: fifty times the longest survey."""

_XLIFF_2: Final = "urn:oasis:names:tc:xliff:document:2."
_XLIFF_1: Final = "urn:oasis:names:tc:xliff:document:1.2"
_DONE: Final = frozenset({"translated", "reviewed", "final", "signed-off"})


class _Unreadable(ValueError):
    """Why a file, or the words of a unit, can't be read."""


def read_xliff(content: bytes) -> File:
    """What an XLIFF file holds. Never raises, whatever the bytes are."""
    try:
        root = _root(content)
        return _version_2(root) if _name(root)[0].startswith(_XLIFF_2) else _version_1(root)
    except _Unreadable as error:
        return File("", "", "", (), (Remark("", worded_of(error)),))


def _root(content: bytes) -> etree._Element:
    if len(content) > LARGEST:
        raise _Unreadable(worded("is larger than five million bytes"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Unreadable(worded("is not UTF-8 text: save it as UTF-8")) from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise _Unreadable(worded("has a document type: remove the <!DOCTYPE ...> line"))
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise _Unreadable(worded("is not XML ({reason})", reason=error.msg)) from None
    space, name = _name(root)
    if name != "xliff" or not space.startswith((_XLIFF_2, _XLIFF_1)):
        raise _Unreadable(worded("is not an XLIFF 2 or 1.2 file"))
    return root


def _version_2(root: etree._Element) -> File:
    rows, problems = [], []
    files = [one for one in root if _name(one)[1] == "file"]
    for unit in root.iter("{*}unit"):
        key, place = unit.get("id", ""), worded("line {number}", number=unit.sourceline)
        try:
            data = {one.get("id", ""): one.text or "" for one in unit.iterfind("{*}originalData/{*}data")}
            parts = [part for part in unit if _name(part)[1] in {"segment", "ignorable"}]
            source = "".join(_words(part.find("{*}source"), data) for part in parts)
            target = "".join(_target(part, data) for part in parts)
        except _Unreadable as error:
            problems.append(Remark(key, worded_of(error), place))
            continue
        segments = [part for part in parts if _name(part)[1] == "segment"]
        is_empty = all(part.find("{*}target") is None for part in segments)
        is_done = all(part.get("state", "initial") in _DONE for part in segments)
        rows.append(Row(key, source, "" if is_empty else target, is_done, place))
    survey = _one([one.get("original", "") for one in files])
    return File(survey, root.get("srcLang", ""), root.get("trgLang", ""), tuple(rows), tuple(problems))


def _target(part: etree._Element, data: dict[str, str]) -> str:
    """The target of a segment; what stands between segments is what it is in the source where it has no target."""
    found = part.find("{*}target")
    if found is None and _name(part)[1] == "ignorable":
        found = part.find("{*}source")
    return _words(found, data)


def _version_1(root: etree._Element) -> File:
    rows, problems = [], []
    files = [one for one in root if _name(one)[1] == "file"]
    for unit in root.iter("{*}trans-unit"):
        key, place = unit.get("resname") or unit.get("id", ""), worded("line {number}", number=unit.sourceline)
        target = unit.find("{*}target")
        try:
            said = (_words(unit.find("{*}source"), {}), _words(target, {}))
        except _Unreadable as error:
            problems.append(Remark(key, worded_of(error), place))
            continue
        state = target.get("state", "translated") if target is not None else ""
        is_done = unit.get("approved") == "yes" or state in _DONE
        rows.append(Row(key, *said, is_done, place))
    languages = [(one.get("source-language", ""), one.get("target-language", "")) for one in files]
    sources, targets = [source for source, _ in languages], [target for _, target in languages]
    survey = _one([one.get("original", "") for one in files])
    return File(survey, _one(sources), _one(targets), tuple(rows), tuple(problems))


def _words(element: etree._Element | None, data: dict[str, str]) -> str:
    return "".join(_pieces(element, data)).strip() if element is not None else ""


def _pieces(element: etree._Element, data: dict[str, str]) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        name = _name(inner)[1]
        if name == "mrk":
            yield from _pieces(inner, data)
        elif name in {"ph", "x"}:
            yield _filled_in(inner, data)
        elif name not in {"sm", "em"}:
            raise _Unreadable(worded("holds <{name}>: the words here are plain words without layout", name=name))
        yield inner.tail or ""


def _filled_in(element: etree._Element, data: dict[str, str]) -> str:
    said = data.get(element.get("dataRef", "")) or element.get("equiv-text") or element.get("equiv") or element.text
    if not said:
        raise _Unreadable(worded("holds <{name}> that does not say what it stands for", name=_name(element)[1]))
    return said


def _one(said: list[str]) -> str:
    """What all files say; their different answers together, so that they fit nothing, where they differ."""
    return " and ".join(dict.fromkeys(said))


def _name(element: etree._Element) -> tuple[str, str]:
    name = etree.QName(element)
    return name.namespace or "", name.localname
