"""T14: what a child's phone loads for the first question page."""

import gzip
import http.client
import re
from collections.abc import Iterator

from tests.bench.measure import Line
from tests.bench.servers import Product

_LINKED = re.compile(rb'<(?:link[^>]+rel="(?:stylesheet|icon)"[^>]+href|script[^>]+src|img[^>]+src)="([^"]+)"')
_FONT = re.compile(rb"url\([\"']?([^)\"']+woff2[^)\"']*)")


def _load(port: int, path: str, cookie: str) -> tuple[bytes, int]:
    """The body and how many bytes of it travel; a text that is sent plain is counted as gzip -6 would make it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Cookie": f"engage-answer={cookie}"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.getheader("Content-Encoding") == "gzip":
        return gzip.decompress(body), len(body)
    is_text = re.search(r"text|javascript|svg|json", response.getheader("Content-Type", ""))
    return body, len(gzip.compress(body, 6)) if is_text else len(body)


def _parts(product: Product) -> Iterator[tuple[str, int]]:
    """(address, bytes) of the page and all it links to."""
    visitor = product.visitor()
    first = visitor.start()
    visitor.leave()
    page, size = _load(product.served.port, first, visitor.cookie)
    yield "page", size
    for address in dict.fromkeys(_LINKED.findall(page)):
        yield address.decode(), _load(product.served.port, address.decode().replace("&amp;", "&"), "")[1]


def measure(product: Product) -> list[Line]:
    """Compressed bytes and requests, fonts left out (one is loaded at most)."""
    parts = list(_parts(product))
    total = sum(size for _, size in parts) / 1024
    each = ", ".join(f"{name.split('?')[0].rsplit('/', 1)[-1]} {size / 1024:.1f}" for name, size in parts)
    return [
        Line("T14 first question page, gz KB", f"{total:.1f}", each, "-", "40", "20"),
        Line("T14 requests", str(len(parts)), "", "-", "6", "3"),
    ]
