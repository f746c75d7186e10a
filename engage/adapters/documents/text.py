"""Text that is safe to put into any format: no control characters, nothing that turns other people's words around."""

import unicodedata
from typing import Final

# Overrides and embeddings make a line read other than it is; the marks and isolates that Arabic needs stay.
_TURNERS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e")


def clean(text: str) -> str:
    """`text` without control characters (line breaks and tabs stay), surrogates and overrides of direction."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return "".join(sign for sign in lines if sign in "\n\t" or not _is_refused(sign))


def one_line(text: str) -> str:
    """`clean` without line breaks or tabs: for titles, labels and names."""
    return " ".join(clean(text).split())


def _is_refused(sign: str) -> bool:
    # Cn holds both what is not assigned and the non-characters; of these only the latter break an XML file.
    return unicodedata.category(sign) in {"Cc", "Cs"} or sign in _TURNERS or ord(sign) & 0xFFFE == 0xFFFE
