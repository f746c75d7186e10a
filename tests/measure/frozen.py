"""The test set as it was frozen, the fingerprint of what is measured, and the log of the runs."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TEST = HERE / "test"
FROZEN = HERE / "frozen.json"
LOG = HERE / "log.jsonl"
RULES = Path(__file__).parents[2] / "engage" / "rules" / "screening"
SHIPPED = RULES / "measured.json"
MOST_RUNS = 3  # on one set; then another is written (S1)
_ADDED = "_more.jsonl"  # a file of negatives that lengthens a set already run: it wins no further run

Entry = dict[str, object]


class Refused(Exception):
    """The set may not be measured on: it is not the one that was frozen, or it has been used up."""


@dataclass(frozen=True)
class Item:
    """One text of the set. `category` is empty for a negative; `group` is its slice, language or kind."""

    text: str
    category: str
    group: str


def hashes(folder: Path = TEST) -> dict[str, str]:
    """SHA-256 of every file of the set, by name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.jsonl"))}


def frozen(path: Path = FROZEN) -> Mapping[str, str]:
    """The hashes that were written down before the first run."""
    written: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return written


def check_frozen(folder: Path = TEST, path: Path = FROZEN) -> None:
    """Raises Refused when the set is another than the frozen one."""
    if not path.exists() or hashes(folder) != frozen(path):
        raise Refused("The test set is not the one whose hashes are in frozen.json. Nothing was measured.")


def set_name(path: Path = FROZEN) -> str:
    """What the log calls the set: twelve digits of the hash of its hashes, without those of what was added later."""
    first = {name: digest for name, digest in frozen(path).items() if not name.endswith(_ADDED)}
    return hashlib.sha256(json.dumps(first, sort_keys=True).encode()).hexdigest()[:12]


def added(path: Path = FROZEN) -> Mapping[str, str]:
    """The hashes of what was added to the set after its first run: the log names them beside its runs."""
    return {name: digest for name, digest in frozen(path).items() if name.endswith(_ADDED)}


def fingerprint() -> str:
    """SHA-256 of the lists and of the code that reads them: what a run measured."""
    digest = hashlib.sha256()
    for path in sorted([*RULES.glob("*.py"), *RULES.glob("*.yaml"), RULES / "leanings.json"]):
        if path.name not in {"measured.py", "__init__.py"}:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def items(name: str, folder: Path = TEST) -> list[Item]:
    """The texts of one file of the set, and of what was added to it."""
    paths = (folder / f"{name}.jsonl", folder / f"{name}{_ADDED}")
    lines = [line for path in paths if path.exists() for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [json.loads(line) for line in lines if line.strip()]
    return [Item(row["text"], row.get("category", ""), row.get("slice") or row["kind"]) for row in rows]


def log(path: Path = LOG) -> list[Entry]:
    """Every run so far, the oldest first."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines if line.strip()]


def next_run(entries: list[Entry], name: str) -> int:
    """The number of the next run on the set of this name. Raises Refused when it has been used up."""
    number = 1 + sum(entry["set"] == name for entry in entries)
    if number > MOST_RUNS:
        raise Refused(f"This set was run {MOST_RUNS} times. A new one has to be written by somebody else (S1).")
    return number
