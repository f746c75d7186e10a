"""Makes static/symbols/words/ and static/symbols/more/ from an unpacked `openmoji` package: smaller, same colours.

words/ holds the drawings of the receipts' picture-words, more/ those that a survey can show beside its own words.

    python static/src/symbols/shrink.py FOLDER_OF_COLOUR_SVGS

Reads SOURCES.txt of each folder (a line a drawing: our key, OpenMoji's file name) and writes <key>.svg beside it.
What changes: identifiers, metadata, comments and white space go, coordinates are rounded to two decimals, attributes
that neighbours share move to a group. Nothing is redrawn and no colour is touched.
"""

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

SYMBOLS = Path(__file__).resolve().parents[2] / "symbols"
FOLDERS = (SYMBOLS / "words", SYMBOLS / "more")
NAMESPACE = "http://www.w3.org/2000/svg"
GEOMETRY = {"d", "points", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"}
INHERITED = {"fill", "fill-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"}
NUMBER = re.compile(r"-?(?:\d+\.\d*|\.\d+|\d+)(?:e-?\d+)?")
# In an arc the two flags may stand against the next number ("0 01.5"): such a path is left exactly as it was drawn.
ARC = re.compile(r"[aA]")


def rounded(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        number = f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
        return {"-0": "0", "": "0"}.get(number, number)

    # A number that follows another without a space ("1.5.5", "3-2") needs one only where no sign parts them.
    spaced = NUMBER.sub(lambda found: " " + one(found), text)
    spaced = re.sub(r"[\s,]+", " ", spaced)
    return re.sub(r" (?=[-A-Za-z])|(?<=[A-Za-z]) ", "", spaced).strip()


def clean(element: ElementTree.Element) -> None:
    for name in list(element.attrib):
        value = re.sub(r"\s+", " ", element.attrib[name]).strip()
        keep = name.split("}")[-1] == name and name not in {"id", "version", "enable-background"}
        if not keep:
            del element.attrib[name]
        elif name in GEOMETRY and not (name == "d" and ARC.search(value)):
            element.attrib[name] = rounded(value)
        else:
            element.attrib[name] = value
    if element.get("stroke-linejoin") == "round":
        element.attrib.pop("stroke-miterlimit", None)
    element.text = element.tail = None


def flatten(parent: ElementTree.Element) -> None:
    children: list[ElementTree.Element] = []
    for child in list(parent):
        clean(child)
        flatten(child)
        if child.tag == "g" and not child.attrib:
            children.extend(child)
        elif child.tag not in {"g", "defs"} or len(child):
            children.append(child)
    parent[:] = children


def share(parent: ElementTree.Element) -> None:
    """Runs of neighbours with the same paint become one group that says it once."""
    runs: list[tuple[tuple[tuple[str, str], ...], list[ElementTree.Element]]] = []
    for child in parent:
        paint = tuple(sorted((name, value) for name, value in child.attrib.items() if name in INHERITED))
        if runs and runs[-1][0] == paint:
            runs[-1][1].append(child)
        else:
            runs.append((paint, [child]))
    children: list[ElementTree.Element] = []
    for paint, members in runs:
        if len(members) == 1 or not paint:
            children.extend(members)
            continue
        for member in members:
            for name, _ in paint:
                del member.attrib[name]
        group = ElementTree.Element("g", dict(paint))
        group.extend(members)
        children.append(group)
    parent[:] = children


def shrink(source: str) -> str:
    root = ElementTree.fromstring(source)  # noqa: S314 - drawings of a package we chose, not input
    for element in root.iter():
        element.tag = element.tag.replace(f"{{{NAMESPACE}}}", "")
    view = root.attrib["viewBox"]
    flatten(root)
    share(root)
    root.attrib = {"xmlns": NAMESPACE, "viewBox": view}
    root.text = None
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=True).replace(" />", "/>") + "\n"


def main(folder: Path) -> None:
    for target in FOLDERS:
        for line in (target / "SOURCES.txt").read_text(encoding="utf-8").splitlines():
            key, name = line.split()
            drawing = shrink((folder / f"{name}.svg").read_text(encoding="utf-8"))
            (target / f"{key}.svg").write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
