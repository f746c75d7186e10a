"""PDF: the one kind of file that is kept as it came, because nothing here can write one anew without harm.

It is never opened, drawn or indexed; whoever may read it downloads it, and the page says what that means.
"""

import re
from typing import Final

from engage.adapters.media.kinds import MB, File, NotTaken, NotThis

MOST_BYTES: Final = 5 * MB
_HEAD: Final = re.compile(rb"%PDF-[12]\.[0-9][\r\n\s]")
# Only white space may stand after the end: what hangs behind it is another file.
_END: Final = re.compile(rb"%%EOF\s*\Z")


def is_pdf(data: bytes) -> bool:
    """Whether the very first bytes are those of a PDF (readers would also open one that begins later: a polyglot)."""
    return _HEAD.match(data) is not None


def checked(data: bytes) -> File:
    """The PDF as it came; `NotTaken` for one that is cut off, too large, or has something else hanging behind it."""
    if not is_pdf(data):
        raise NotThis("file_not_pdf")
    if len(data) > MOST_BYTES:
        raise NotTaken("file_too_large", most=MOST_BYTES // MB)
    if _END.search(data[-1024:]) is None or b"startxref" not in data[-2048:]:
        raise NotTaken("file_broken")
    return File("application/pdf", data)
