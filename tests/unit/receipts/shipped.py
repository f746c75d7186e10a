"""The list of words the product ships, read once."""

import functools

from engage import paths
from engage.rules.receipts import WordList

FOLDER = paths.static() / "symbols"


@functools.cache
def shipped() -> WordList:
    return WordList.from_json((FOLDER / "words.json").read_text(encoding="utf-8"))
