"""`python -m tests.bench`: every ratio in one run; it takes some minutes and says at the end how long."""

import sys
import tempfile
import time
from pathlib import Path

from engage.core.crypto import Keyring
from tests.bench import length, pages, release, servers, weight
from tests.bench.measure import Line, sync_microseconds, table


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _receipt(folder: Path) -> Line:
    """The receipt's slow hash at its real cost: by design, once a sending, before the write lock."""
    keyring = Keyring.load_or_create(folder / "engage.key")
    began = time.process_time()
    for _ in range(5):
        keyring.slow_hash("six words that nobody has", purpose="bench")
    return Line(
        "   left out of the above: the receipt's hash", f"{(time.process_time() - began) * 200:.0f} ms", "", "", "", ""
    )


def main() -> None:
    """Measure and print."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("product", "floor", "raw", "release", "key", "length"):
            (folder / part).mkdir()
        before = sync_microseconds(folder)
        with (
            servers.product(folder / "product") as product,
            servers.floor(folder / "floor") as floor,
            servers.floor(folder / "raw", "tests.bench.raw:app") as raw,
        ):
            lines = [*pages.measure(product, floor, raw), _receipt(folder / "key")]
            lines += pages.tails(product, floor)
            lines += weight.measure(product)
        lines += release.measure(folder / "release")
        lines += length.measure(folder / "length")
        after = sync_microseconds(folder)
    _say(table(lines))
    for when, (middle, high) in (("before", before), ("after", after)):
        _say(f"sync of 4 KiB {when}: p50 {middle:.0f} us, p99 {high:.0f} us")
    _say(f"processor time of the servers, medians of rounds in turns; {time.monotonic() - began:.0f} s in all")


if __name__ == "__main__":
    main()
