"""What a person typed, fit to keep: no control characters (PostgreSQL keeps no NUL, a page shows none)."""

import unicodedata


def plain(text: str | None) -> str:
    """The text without control characters but its line breaks, and without space around it."""
    kept = "".join(sign for sign in text or "" if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"})
    return kept.strip()


def one_line(text: str | None) -> str:
    """The same on one line, with single spaces."""
    return plain(" ".join((text or "").split()))
