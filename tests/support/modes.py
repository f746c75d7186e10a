"""Every way a young page can look and speak, as the one cookie that says so."""

from collections.abc import Iterator
from itertools import product

from playwright.sync_api import Page

LOOKS = (
    "", "theme=white", "theme=cream", "theme=dark", "theme=contrast", "size=double", "letters=dyslexic",
    "words=easy&pictures=large", "pictures=off&keys=switch",
)  # fmt: skip
LANGUAGES = ("en", "ar", "ur")
EVERY = tuple(product(LOOKS, LANGUAGES))


def wear(page: Page, address: str, look: str, language: str) -> None:
    """Let the pages of this window look and speak like that."""
    value = f"{look}&language={language}".lstrip("&")
    page.context.add_cookies([{"name": "engage-look", "value": value, "url": address}])


def turns() -> Iterator[tuple[str, str]]:
    """All ways in turn, for ever: over many pages each is met often."""
    while True:
        yield from EVERY
