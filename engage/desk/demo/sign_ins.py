"""The file of the demo's sign-ins: only the account that runs the product may read it."""

import os
from collections.abc import Sequence
from pathlib import Path

_NAME = "demo-sign-ins"


def write(home: Path, lines: Sequence[str]) -> None:
    """Keep the lines; whoever else has an account on this machine cannot read them."""
    fresh = home / f"{_NAME}.new"
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))
    fresh.replace(home / _NAME)


def read(home: Path) -> list[str]:
    """The lines; none where the demo was never built here."""
    file = home / _NAME
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
