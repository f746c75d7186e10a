"""Whether a new test set may be frozen: python -m tests.measure.shape FOLDER. It prints counts, and not one text.

Names of categories, slices, languages and kinds have to be those the product shows; sizes those of SAFETY S2 to S4.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from engage.desk.screened import ORDINARY, WAYS
from engage.rules.screening import categories
from tests.measure.learn import every_text

TOLD = {"positives": {"text", "category", "slice"}, "languages": {"text", "category", "slice"}}
KINDS = {ORDINARY, "hard"}
FEWEST = {"positives": 600, "languages": 200, "negatives": 2000}
FEWEST_OF_A_WAY = 60
SERIOUS_OF = 10  # categories with so many

Row = Mapping[str, str]


def rows(folder: Path, name: str) -> list[Row]:
    """The rows of one file of the set, and of what was added to it."""
    paths = [folder / f"{name}.jsonl", *folder.glob(f"{name}_more.jsonl")]
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def problems(folder: Path) -> Iterator[str]:
    """What is wrong with the set, in words without any of its texts."""
    known = every_text()
    for name, fewest in FEWEST.items():
        found = rows(folder, name)
        if len(found) < fewest:
            yield f"{name}: {len(found)} texts, {fewest} are needed"
        if any(set(row) != TOLD.get(name, {"text", "kind"}) or not row["text"].strip() for row in found):
            yield f"{name}: a row without what it needs, or with more"
        if again := sum(row["text"] in known for row in found):
            yield f"{name}: {again} texts stand in a development set"
    named = Counter(row["category"] for name in TOLD for row in rows(folder, name))
    said = Counter(row["slice"] for name in TOLD for row in rows(folder, name))
    kinds = {row["kind"] for row in rows(folder, "negatives")}
    yield from (f"no category of the lists: {name}" for name in named.keys() - set(categories()))
    yield from (f"no name on the page: {name}" for name in said.keys() - WAYS.keys())
    yield from (f"not there at all: {name}" for name in WAYS.keys() - said.keys())
    yield from (f"no kind: {kind}" for kind in kinds ^ KINDS)
    yield from _sizes(folder)


def _sizes(folder: Path) -> Iterator[str]:
    positives = rows(folder, "positives")
    ways = Counter(row["slice"] for row in positives)
    yield from (
        f"{way}: {count} texts, under {FEWEST_OF_A_WAY}" for way, count in ways.items() if count < FEWEST_OF_A_WAY
    )
    whole = Counter(row["category"] for row in positives)
    if sum(count >= FEWEST_OF_A_WAY for count in whole.values()) < SERIOUS_OF:
        yield f"fewer than {SERIOUS_OF} categories with {FEWEST_OF_A_WAY} texts"


def main() -> int:
    folder = Path(sys.argv[1])
    found = list(problems(folder))
    for name in FEWEST:
        sys.stdout.write(f"{name}: {len(rows(folder, name))}\n")
    sys.stdout.write("".join(f"{problem}\n" for problem in found) or "It has the shape it needs.\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
