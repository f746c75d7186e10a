"""A report as a file to take away: every format is made from the same content."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engage.adapters.documents.pdf import to_pdf
from engage.adapters.documents.word import to_docx
from engage.assurance.reports.content import canonical, document_of

_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
}


@dataclass(frozen=True)
class File:
    """A file's name, type and bytes."""

    name: str
    mimetype: str
    body: bytes


def written(content: Mapping[str, Any], sha256: str | None, form: str) -> File:
    """The report as `form` ("docx", "pdf", "json"); PdfUnavailable where no PDF can be made.

    A frozen report's JSON is the very file whose SHA-256 was stored.
    """
    if form == "json":
        body = canonical(content)
    else:
        document = document_of(content, sha256)
        body = to_docx(document) if form == "docx" else to_pdf(document)
    return File(_name(content, form), _TYPES[form], body)


def _name(content: Mapping[str, Any], form: str) -> str:
    about = re.sub(r"[^a-z0-9]+", "-", content["title"].lower()).strip("-")[:60]
    parts = [content["kind"], "report", about, "draft" if content["state"] == "draft" else ""]
    return "-".join(part for part in parts if part) + f".{form}"
