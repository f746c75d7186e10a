"""WeasyPrint, behind a door of its own: importing this needs Pango and takes a second and 45 MB."""

import hashlib
import os
from pathlib import Path

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from engage.adapters.documents.page import FACES

VARIANT = "pdf/ua-1"
# Otherwise each embedded font says when it was cut to size, and the same report is never the same bytes twice.
os.environ.setdefault("SOURCE_DATE_EPOCH", "946684800")


class _OwnFilesOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Gives out the vendored faces and nothing else; pictures are data inside the page."""

    def __init__(self, fonts: Path) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._files = {(fonts / file).as_uri(): fonts / file for file, _ in FACES}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The face at `url`, or what its data holds; raises ValueError for any other address."""
        if url in self._files:
            return URLFetcherResponse(url, body=self._files[url].read_bytes(), headers={"Content-Type": "font/woff2"})
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        raise ValueError("a document fetches nothing")


def press(page: str, fonts: Path) -> bytes:
    """The page as a tagged PDF aimed at PDF/UA-1."""
    # Where this copy of Engage lies is no part of the document.
    identifier = hashlib.sha256(page.replace(fonts.as_uri(), "").encode()).digest()[:16]
    written = HTML(string=page, url_fetcher=_OwnFilesOnly(fonts)).write_pdf(
        pdf_variant=VARIANT, pdf_identifier=identifier
    )
    return bytes(written)
