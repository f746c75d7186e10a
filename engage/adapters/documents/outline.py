"""A document as JSON: for other programs, and to compare two versions line by line."""

import json
from dataclasses import fields
from typing import Final

from engage.adapters.documents.model import Block, Document
from engage.adapters.documents.text import clean

FORMAT: Final = "engage-document/1"


def to_json(document: Document) -> str:
    """The document with every field and a `kind` for each block; hidden numbers are null. Stable: same in, same out."""
    outline = {
        "format": FORMAT,
        "title": document.title,
        "language": document.language,
        "subtitle": document.subtitle,
        "issued": document.issued.isoformat() if document.issued else None,
        "hidden": document.hidden,
        "facts": [{"label": label, "value": value} for label, value in document.facts],
        "blocks": [_block(block) for block in document.blocks],
    }
    return json.dumps(_cleaned(outline), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _block(block: Block) -> dict[str, object]:
    return {"kind": type(block).__name__.lower(), **{field.name: getattr(block, field.name) for field in fields(block)}}


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: _cleaned(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(inner) for inner in value]
    return value
