"""Blocks of a document as plain data and back: a frozen report is kept as data, and every format is made from that."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final

from engage.adapters.documents import Block, Bullets, Chart, Heading, Notice, Paragraph, Quote, Table
from engage.adapters.documents.text import clean

_KINDS: Final[dict[str, type[Block]]] = {
    made.__name__.lower(): made for made in (Bullets, Chart, Heading, Notice, Paragraph, Quote, Table)
}


def to_data(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Each block as a mapping of its fields and its `kind`."""
    return [
        {"kind": type(block).__name__.lower()} | {one.name: plain(getattr(block, one.name)) for one in fields(block)}
        for block in blocks
    ]


def from_data(data: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    """The blocks that `to_data` was given."""
    return tuple(_made(one) for one in data)


def plain(value: Any) -> Any:
    """`value` as JSON knows it: lists for tuples, and no text with control characters."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _made(data: Mapping[str, Any]) -> Block:
    return _KINDS[data["kind"]](**{name: _frozen(value) for name, value in data.items() if name != "kind"})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(inner) for inner in value) if isinstance(value, list) else value
