"""The name under which the sound of some words is kept: a page in the browser works out the same one.

So a page needs no list of which sound belongs to which of its words, and the server is never told what is read.
"""

import hashlib


def plain_words(text: str) -> str:
    """The words of a text as a page shows them: runs of white space are one space."""
    return " ".join(text.split())


def speech_key(language: str, text: str) -> str:
    """32 hex digits: the first half of SHA-256 of the language, a line feed and the plain words."""
    return hashlib.sha256(f"{language}\n{plain_words(text)}".encode()).hexdigest()[:32]
