"""Learn the leanings anew from the development sets: python -m tests.measure.learn. Never from the test set.

Logistic regression on the features of a text with an L2 penalty. A text leans towards a worry from the score that SHARE
of the ordinary development texts in which the lists find nothing would pass, each scored by weights that were learnt
without it.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from engage.rules.screening.leaning import LONG, Leaning, features
from engage.rules.screening.verdict import listed_level, readings

ROOT = Path(__file__).parents[2]
SETS = ROOT / "tests" / "unit" / "screening"
DEVELOPMENT = Path(__file__).with_name("development")
DEMO = ROOT / "engage" / "desk" / "demo" / "data"
WRITTEN = ROOT / "engage" / "rules" / "screening" / "leanings.json"
SHARE = 0.12  # of ordinary answers that the lists let through
SHARE_LONG = 0.15  # of long ones for a part of them alone
PENALTY = 2.0
FOLDS = 5
SEEN = 2  # texts a feature must stand in
LEAST = 0.02  # a weight nearer to nought is left out

Readings = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Sets:
    """Texts to learn from, every one as its readings: worries, ordinary answers, and such as only look like worries."""

    worries: list[Readings]
    ordinary: list[Readings]
    hard: list[Readings]


def texts(tree: object) -> Iterator[str]:
    """Every text in a set, however it is nested; of "{one|two}" the first."""
    if isinstance(tree, dict):
        for value in tree.values():
            yield from texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from texts(value)
    elif tree is not None:
        yield re.sub(r"\{([^|}]*)[^}]*\}", r"\1", str(tree))


def development() -> Sets:
    """All development sets; the test sets that were used up are among them."""
    first, slices, hard = (_read(SETS / f"{name}.yaml") for name in ("development", "slices", "hard_negatives"))
    written = _read(DEVELOPMENT / "written.yaml")
    said = [words for way, words in slices.items() if way != "other_language"]
    demo = [text for name in ("your-voice", "parents-carers", "staff-voice") for text in texts(_read(_demo(name)))]
    calm = [text for text in demo if len(text.split()) > 2 and listed_level(text) != "red"]
    worries = [*texts([first["red"], first["amber"], said, written["worries"]]), *used("positives")]
    ordinary = [*texts(written["ordinary"]), *calm, *used("negatives", "ordinary")]
    looks = [*texts([first["hard_negatives"], first["none"], hard]), *used("negatives", "hard")]
    return Sets(_readings(worries), _readings(ordinary), _readings(looks))


def _readings(found: Iterable[str]) -> list[Readings]:
    return [readings(text) for text in found]


def used(name: str, kind: str = "") -> list[str]:
    """The texts of a test set that was used up, of one kind where that is said."""
    lines = (DEVELOPMENT / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows: list[Mapping[str, str]] = [json.loads(line) for line in lines]
    return [row["text"] for row in rows if kind in {"", row.get("kind")}]


def every_text() -> set[str]:
    """Every text of every development set."""
    written = [*SETS.glob("*.yaml"), *DEVELOPMENT.glob("*.yaml")]
    old = (text for name in ("positives", "negatives", "languages") for text in used(name))
    return {*old, *(text for path in written for text in texts(_read(path)))}


def _read(path: Path) -> dict[str, object]:
    return cast("dict[str, object]", yaml.safe_load(path.read_text(encoding="utf-8")))


def _demo(name: str) -> Path:
    return DEMO / f"{name}.yaml"


def learn(worries: Iterable[Readings], ordinary: Iterable[Readings]) -> Leaning:
    """Weights for these texts, each as it was written; `from_here` is nought."""
    sides = [(1.0, features(read[0])) for read in worries if read] + [(-1.0, features(read[0])) for read in ordinary]
    seen = Counter(feature for _, found in sides for feature in found)
    places = {feature: place for place, feature in enumerate(sorted(f for f, count in seen.items() if count >= SEEN))}
    pairs = [(row, places[f]) for row, (_, found) in enumerate(sides) for f in found if f in places]
    rows, columns = zip(*pairs, strict=True)
    table = sparse.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(sides), len(places)))
    signs = np.array([sign for sign, _ in sides])

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = signs * (table @ point[:-1] + point[-1])
        pull = -signs / (1 + np.exp(margin))
        slope = np.append(table.T @ pull + 2 * PENALTY * point[:-1], pull.sum())
        return float(np.logaddexp(0, -margin).sum() + PENALTY * point[:-1] @ point[:-1]), slope

    best = minimize(loss, np.zeros(len(places) + 1), jac=True, method="L-BFGS-B").x
    weights = {feature: round(float(best[place]), 3) for feature, place in places.items()}
    kept = {feature: weight for feature, weight in weights.items() if abs(weight) >= LEAST}
    return Leaning(kept, round(float(best[-1]), 3), 0.0)


def held_out(sets: Sets) -> Iterator[tuple[Readings, Leaning]]:
    """Every ordinary text, with what was learnt without it."""
    for fold in range(FOLDS):
        worries, ordinary, hard = (
            [read for place, read in enumerate(group) if place % FOLDS != fold]
            for group in (sets.worries, sets.ordinary, sets.hard)
        )
        known = learn(worries, [*ordinary, *hard])
        yield from ((read, known) for read in sets.ordinary[fold::FOLDS])


def passed(sets: Sets) -> tuple[float, float]:
    """(from_here, more_in_part): what SHARE of ordinary answers would pass, and SHARE_LONG of long ones in a part."""
    whole: list[float] = []
    parts: list[float] = []
    for read, known in held_out(sets):
        if not read or listed_level(" ".join(read[0])) != "none":
            continue
        highest = known.highest(read)
        if len(read[0]) > LONG:
            parts.append(highest)
        else:
            whole.append(highest)
    from_here = float(np.quantile(whole, 1 - SHARE))
    return round(from_here, 3), round(max(0.0, float(np.quantile(parts, 1 - SHARE_LONG)) - from_here), 3)


def main() -> int:
    sets = development()
    from_here, more = passed(sets)
    known = learn(sets.worries, [*sets.ordinary, *sets.hard])
    data = {"start": known.start, "from_here": from_here, "more_in_part": more, "weights": known.weights}
    WRITTEN.write_text(json.dumps(data, sort_keys=True, indent=0) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(known.weights)} weights, from {from_here}, {more} more in a part\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
