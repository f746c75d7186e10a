"""Documents: one neutral description, written as Word, PDF, JSON or a spreadsheet.

Here: what a document is made of and how each format says it, so that a reader of any of them has headings, tables with
header cells, a language and words for every picture. Not here: what a report contains, which numbers may be seen and
which quotes were released: whoever builds the document has settled that.
"""

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
)

__all__ = [
    "Block",
    "Bullets",
    "Cell",
    "Chart",
    "Document",
    "Heading",
    "Notice",
    "Paragraph",
    "Quote",
    "Table",
]
