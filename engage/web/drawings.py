"""OpenMoji drawings on a page, put into it as they are: a page with ten of them is still one request."""

from functools import cache
from xml.etree import ElementTree

from markupsafe import Markup

from engage import paths
from engage.rules.questionnaire.symbols import OWN, symbols

_NAMESPACE = "{http://www.w3.org/2000/svg}"


@cache
def drawing(name: str, alt: str = "") -> Markup:
    """The drawing of a symbol's name; "" for no such name. Without `alt` (words stand beside it) it is not read aloud.

    Own drawings are not here: `components/symbol.html` holds them, because themes reach inside them.
    """
    known = symbols().get(name)
    if known is None or known.kept_in == OWN:
        return Markup()
    path = paths.static() / "symbols" / known.kept_in / f"{name}.svg"
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - a file of ours, not input
    for element in root.iter():
        element.tag = element.tag.removeprefix(_NAMESPACE)
    inside = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    view = root.attrib["viewBox"]
    said = Markup('role="img" aria-label="{}"').format(alt) if alt else Markup('aria-hidden="true"')
    return Markup(  # the file belongs to the product
        '<svg class="engage-sym engage-sym--om" viewBox="{}" {} focusable="false">{}</svg>'
    ).format(view, said, Markup(inside))  # noqa: S704 - the same file
