"""Run the screening once over the frozen test set, print what it finds, and write the run into the log.

Usage: python -m tests.measure. A run counts: after three on one set, another set has to be written by somebody who has
not seen the lists. Texts are screened as on a page in English, so that other languages get no help from their page.
"""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

from engage.rules.screening import Screening, screen
from tests.measure import counting, frozen
from tests.measure.counting import SERIOUS, Count, Row, down
from tests.measure.frozen import Entry, Item, Refused


def main() -> int:
    """Refuses, or measures, prints and logs."""
    try:
        frozen.check_frozen()
        entries = frozen.log()
        number = frozen.next_run(entries, frozen.set_name())
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    entry = measured(number)
    with frozen.LOG.open("a", encoding="utf-8") as log:
        log.write(json.dumps(entry, sort_keys=True) + "\n")
    frozen.SHIPPED.write_text(json.dumps(entry, sort_keys=True, indent=1) + "\n", encoding="utf-8")
    show(entry)
    return 0


def measured(number: int) -> Entry:
    """One run over the whole set."""
    positives, languages = frozen.items("positives"), frozen.items("languages")
    found = [(item, screen(item.text)) for item in positives]
    overall, serious = _count(found), _count(pair for pair in found if pair[0].category in SERIOUS)
    slices = counting.worst_first(_by(found, "group"))
    tongues = counting.worst_first(_by([(item, screen(item.text)) for item in languages], "group"))
    wrong = _by([(item, screen(item.text)) for item in frozen.items("negatives")], "group")
    return {
        "run": number,
        "date": datetime.now(UTC).date().isoformat(),
        "set": frozen.set_name(),
        "added": dict(frozen.added()),
        "lists": frozen.fingerprint(),
        "overall": overall.row(),
        "serious": serious.row(),
        "red_first": down(sum(result.level == "red" for _, result in found) / len(found)),
        "named_rightly": down(sum(item.category in result.categories for item, result in found) / len(found)),
        "categories": counting.worst_first(_by(found, "category")),
        "slices": slices,
        "languages": tongues,
        "negatives": _negatives(wrong, overall.share),
        "gaps": counting.gaps([*slices, *tongues], overall.share),
    }


def _flagged(result: Screening) -> bool:
    return result.level != "none"


def _count(pairs: Iterable[tuple[Item, Screening]]) -> Count:
    count = Count()
    for _, result in pairs:
        count.add(_flagged(result))
    return count


def _by(pairs: Iterable[tuple[Item, Screening]], key: str) -> dict[str, Count]:
    counts: dict[str, Count] = {}
    for item, result in pairs:
        counts.setdefault(getattr(item, key), Count()).add(_flagged(result))
    return counts


def _negatives(wrong: dict[str, Count], recall: float) -> dict[str, Row]:
    """What is flagged though it tells of no worry; for each 1,000 texts, and as precision at the base rate."""
    rows: dict[str, Row] = {}
    for kind, count in wrong.items():
        flags = counting.TEXTS_A_WEEK * (counting.BASE_RATE * recall + (1 - counting.BASE_RATE) * count.share)
        rows[kind] = {
            "n": count.n,
            "flagged": count.found,
            "precision": down(counting.precision(recall, count.share)),
            "flags_per_1000": round(flags),
            "minutes_a_week": round(flags * counting.MINUTES_A_TEXT),
        }
    return rows


def show(entry: Entry) -> None:
    """The run as a person reads it, worst first."""
    say(f"run {entry['run']} on set {entry['set']}, lists {str(entry['lists'])[:12]}")
    for name in frozen.added():
        say(f"with {name}, added after its first run")
    for name in ("overall", "serious"):
        say(f"{name:>28}  {entry[name]}")
    for name in ("categories", "slices", "languages", "gaps"):
        rows = entry[name]
        assert isinstance(rows, list)
        say(f"\n{name}, worst first")
        for row in rows:
            share = f"{row['recall']:.3f}  at least {row['lower']:.3f}"
            say(f"{row['name']:>28}  {row['found']:>4} of {row['n']:<4} {share}")
    say(f"\nflagged wrongly: {json.dumps(entry['negatives'], indent=1)}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
