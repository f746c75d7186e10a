"""The set that was written to get past the lists: python -m tests.measure.adversarial. It prints, and logs nothing."""

import sys
from pathlib import Path

import yaml

from engage.rules.screening import screen
from tests.measure.counting import Count

SET = Path(__file__).with_name("adversarial.yaml")


def by_trick() -> dict[str, Count]:
    """How many of each trick's texts are flagged all the same."""
    counts: dict[str, Count] = {}
    for trick, texts in yaml.safe_load(SET.read_text(encoding="utf-8")).items():
        for text in texts:
            counts.setdefault(trick, Count()).add(screen(text).level != "none")
    return counts


def main() -> None:
    counts = by_trick()
    for trick, count in sorted(counts.items(), key=lambda pair: pair[1].share):
        sys.stdout.write(f"{trick:>26}  {count.found} of {count.n}\n")
    sys.stdout.write(f"{'all':>26}  {sum(c.found for c in counts.values())} of {sum(c.n for c in counts.values())}\n")


if __name__ == "__main__":
    main()
