"""What is held on one person, as a file for them, for reading or for a machine: made when asked for, and not kept."""

import json
from collections.abc import Sequence

from flask_babel import gettext as _

from engage import paths
from engage.adapters.documents import Block, Document, Heading, Paragraph, Table
from engage.adapters.documents.page import to_html
from engage.adapters.documents.word import to_docx
from engage.core import clock
from engage.desk.rights.about import Piece

TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


def written(pieces: Sequence[Piece], form: str, language: str) -> bytes:
    """The file in `form` ("html", "docx", "json")."""
    if form == "json":
        return json.dumps([_plain(piece) for piece in pieces], ensure_ascii=False, indent=1).encode()
    document = _document(pieces, language)
    return to_docx(document) if form == "docx" else to_html(document, paths.static() / "fonts").encode()


def _plain(piece: Piece) -> dict[str, object]:
    facts = [{"label": label, "value": value} for label, value in piece.facts]
    return {"what": piece.title, "facts": facts, "texts": [{"label": one, "text": text} for one, text in piece.texts]}


def _document(pieces: Sequence[Piece], language: str) -> Document:
    blocks: list[Block] = [Paragraph(_("This is what we hold about you. Words about other people were taken out."))]
    for piece in pieces:
        blocks.append(Heading(1, piece.title))
        if piece.facts:
            blocks.append(Table(piece.title, (_("What"), _("What we hold")), piece.facts))
        for label, text in piece.texts:
            blocks += [Heading(2, label), Paragraph(text or _("Taken out: it is about other people."))]
    return Document(_("What we hold about you"), language, blocks=tuple(blocks), issued=clock.today())
