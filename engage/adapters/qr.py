"""QR codes for cards and posters: a link as SVG, drawn here and fetched from nowhere."""

from typing import Final
from urllib.parse import urlsplit

import segno
from markupsafe import Markup

# Level M reads through a crease or a thumb print; four light modules around are what the standard asks for.
_LEVEL: Final = "m"
_QUIET_MODULES: Final = 4
CARD_MILLIMETRES: Final = 40


def qr_svg(url: str, title: str) -> Markup:
    """An SVG image, 40 mm wide unless a style sheet says otherwise, black on white in every theme.

    `title` is its name for people who do not see it; the link stands in words beside it wherever it is printed. Raises
    ValueError for anything but an http or https address that fits in a code.
    """
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise ValueError("a QR code leads to an http or https address")
    code = segno.make(url, error=_LEVEL, micro=False, boost_error=False)
    size = code.symbol_size(border=_QUIET_MODULES)[0]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="engage-qr" role="img" aria-label="{title}" focusable="false"'
        ' width="{side}mm" height="{side}mm" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        "<title>{title}</title><desc>{url}</desc>"
        '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{dark}"/></svg>'
    ).format(title=title, url=url, size=size, side=CARD_MILLIMETRES, dark=_dark(code))


def _dark(code: segno.QRCode) -> str:
    """The dark modules as a path: one rectangle a run."""
    parts: list[str] = []
    for row, line in enumerate(code.matrix_iter(border=_QUIET_MODULES)):
        modules, column = bytes(line), 0
        while column < len(modules):
            if not modules[column]:
                column += 1
                continue
            start = column
            while column < len(modules) and modules[column]:
                column += 1
            parts.append(f"M{start} {row}h{column - start}v1h-{column - start}z")
    return "".join(parts)
