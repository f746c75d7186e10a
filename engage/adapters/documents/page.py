"""A document as one HTML page for printing. Every word goes in as text: markup is only what stands in this file."""

from functools import singledispatch
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from engage.adapters.documents.model import (
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Heading,
    Notice,
    Paragraph,
    Quote,
    Table,
    share,
)
from engage.adapters.documents.text import clean, one_line
from engage.core import languages

# The vendored faces (file, family), all variable; what they lack falls to whatever the machine has.
FACES: Final = (
    ("atkinson-next-latin.woff2", "Engage Text"),
    ("atkinson-next-latin-ext.woff2", "Engage Text Extended"),
    ("noto-sans-cyrillic.woff2", "Engage Cyrillic"),
    ("noto-sans-arabic.woff2", "Engage Arabic"),
)
FAMILIES: Final = ", ".join(f'"{family}"' for _, family in FACES) + ", sans-serif"
_STYLE: Final = """
@page { size: A4; margin: 22mm 20mm 20mm; @bottom-center { content: counter(page); font-size: 9pt; } }
html { font: 11.5pt/1.45 FAMILIES; color: #17211f; }
h1, h2, h3, h4 { color: #0b4a48; line-height: 1.2; margin: 1.3em 0 .4em; break-after: avoid; }
h1 { font-size: 23pt; margin-top: 0; } h2 { font-size: 17pt; } h3 { font-size: 14pt; } h4 { font-size: 12pt; }
p { margin: 0 0 .7em; white-space: pre-line; orphans: 3; widows: 3; }
.subtitle { font-size: 13.5pt; }
table { border-collapse: collapse; margin: 1em 0 .4em; width: 100%; }
caption { font-weight: 700; text-align: start; padding-bottom: .3em; break-after: avoid; }
th, td { border: .75pt solid #56625e; padding: .3em .5em; text-align: start; vertical-align: top; }
td { white-space: pre-line; }
tr { break-inside: avoid; } thead th { background: #e7eeec; } tbody th { font-weight: 600; }
caption span { font-weight: 400; }
.number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
.facts { margin-bottom: 1.5em; table-layout: fixed; overflow-wrap: anywhere; }
.facts th { width: 32%; } .facts th, .facts td { border-width: 0 0 .75pt; }
blockquote { margin: 1em 1.5em; padding-inline-start: 1em; border-inline-start: 3pt solid #ffb81c; }
blockquote { break-inside: avoid; } blockquote p { margin: 0 0 .2em; }
.notice { margin: 1em 0; border-inline-start: 5pt solid #0b4a48; background: #e7eeec; padding: .7em 1em; }
.notice { break-inside: avoid; }
.chart { break-inside: avoid; margin-top: 1.2em; } .bar { width: 42%; } .bar div { background: #0b4a48; height: 1.1em; }
"""


def face_rules(fonts: Path) -> str:
    """The style rules that name the vendored faces in the folder `fonts`, by file addresses."""
    return "".join(
        f'@font-face {{ font-family: "{family}"; src: url("{(fonts / file).as_uri()}"); }}\n' for file, family in FACES
    )


def to_html(document: Document, fonts: Path) -> str:
    """The page with its style; `fonts` is the folder of the vendored faces."""
    body = Markup("").join(_block(block, document) for block in document.blocks)
    return Markup(
        '<!doctype html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"><title>{title}</title>'
        "<style>{style}</style></head><body><h1>{title}</h1>{subtitle}{facts}{body}</body></html>"
    ).format(
        lang=document.language,
        dir=languages.direction(document.language).value,
        title=one_line(document.title),
        style=Markup(face_rules(fonts) + _STYLE.replace("FAMILIES", FAMILIES)),  # noqa: S704 - our own style sheet
        subtitle=_filled('<p class="subtitle">{}</p>', one_line(document.subtitle)),
        facts=_facts(document),
        body=body,
    )


def _filled(markup: str, text: str) -> Markup:
    """`text` inside `markup`, or nothing where there is no text."""
    return Markup(markup).format(text) if text else Markup("")  # noqa: S704 - literals of this file


def _facts(document: Document) -> Markup:
    row = Markup('<tr><th scope="row">{}</th><td>{}</td></tr>')
    rows = Markup("").join(row.format(one_line(label), one_line(value)) for label, value in document.facts)
    return Markup('<table class="facts"><tbody>{}</tbody></table>').format(rows) if rows else Markup("")


@singledispatch
def _block(block: Block, _document: Document) -> Markup:
    raise TypeError(f"no way to print {type(block).__name__}")


@_block.register
def _(block: Heading, _document: Document) -> Markup:
    return Markup("<h{level}>{text}</h{level}>").format(level=block.level + 1, text=one_line(block.text))


@_block.register
def _(block: Paragraph, _document: Document) -> Markup:
    return Markup("<p>{}</p>").format(clean(block.text))


@_block.register
def _(block: Notice, _document: Document) -> Markup:
    return Markup('<p class="notice">{}</p>').format(clean(block.text))


@_block.register
def _(block: Bullets, _document: Document) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(clean(item)) for item in block.items)
    return Markup("<ul>{}</ul>").format(items)


@_block.register
def _(block: Quote, document: Document) -> Markup:
    code = block.language or document.language
    return Markup('<blockquote lang="{lang}" dir="{dir}"><p>{text}</p>{source}</blockquote>').format(
        lang=code,
        dir=languages.direction(code).value,
        text=clean(block.text),
        source=_filled(f'<p lang="{escape(document.language)}">{{}}</p>', one_line(block.source)),
    )


@_block.register
def _(block: Table, document: Document) -> Markup:
    return _table(block.caption, block.header, block.rows, document) + _filled("<p>{}</p>", clean(block.note))


@_block.register
def _(block: Chart, document: Document) -> Markup:
    # Drawn as the table it is: text inside a picture comes out with its Arabic letters torn apart, and a picture of
    # numbers needs the numbers beside it anyway.
    label, number, bar = block.columns
    head = Markup('<th scope="col">{}</th><th scope="col" class="number">{}</th><th scope="col" class="bar">{}</th>')
    rows = Markup("").join(
        Markup('<tr>{}<td class="bar"><div style="width: {:.1f}%"></div></td></tr>').format(
            _row((name, value), document.hidden), 100 * share(value, block.bars)
        )
        for name, value in block.bars
    )
    said = Markup("<br><span>{}</span>").format(clean(block.description)) if block.description else Markup("")
    columns = head.format(one_line(label), one_line(number), one_line(bar))
    return Markup('<div class="chart">{}</div>').format(_framed(escape(one_line(block.title)) + said, columns, rows))


def _table(caption: str, header: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], document: Document) -> Markup:
    numeric = [bool(rows) and not any(isinstance(row[place], str) for row in rows) for place in range(len(header))]
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(_number(is_number), one_line(name))
        for name, is_number in zip(header, numeric, strict=True)
    )
    body = Markup("").join(Markup("<tr>{}</tr>").format(_row(row, document.hidden)) for row in rows)
    return _framed(escape(one_line(caption)), head, body)


def _framed(caption: Markup, head: Markup, body: Markup) -> Markup:
    table = Markup("<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>")
    return table.format(caption, head, body)


def _row(row: tuple[Cell, ...], hidden: str) -> Markup:
    first, *others = row
    cells = Markup("").join(
        Markup("<td{}>{}</td>").format(_number(not isinstance(cell, str)), shown(cell, hidden)) for cell in others
    )
    return Markup('<th scope="row">{}</th>').format(shown(first, hidden)) + cells


def _number(is_number: bool) -> Markup:  # noqa: FBT001 - one switch, named where it is called
    return Markup(' class="number"') if is_number else Markup("")


def shown(cell: Cell, hidden: str) -> str:
    """How a cell reads: text as it is, numbers with their thousands apart, what is hidden in the document's words."""
    if cell is None:
        return clean(hidden)
    return clean(cell) if isinstance(cell, str) else f"{cell:,}"
