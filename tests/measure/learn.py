"""Learn the leanings anew from the development sets: python -m tests.measure.learn. Never from the test set.

Logistic regression on the features of a text with an L2 penalty. A text leans towards a worry from the score that SHARE
of the ordinary development texts in which the lists find nothing would pass; where words of a line only stand near each
other in it, from the score under which LOST of the worries that are found only so would fall. Each text is scored by
weights that were learnt without it.
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

from engage.rules.screening.features import features
from engage.rules.screening.leaning import FEWEST_WORDS, Leaning, Near
from engage.rules.screening.verdict import found_near, readings
from engage.rules.screening.weighing import Weights

ROOT = Path(__file__).parents[2]
SETS = ROOT / "tests" / "unit" / "screening"
DEVELOPMENT = Path(__file__).with_name("development")
DEMO = ROOT / "engage" / "desk" / "demo" / "data"
WRITTEN = ROOT / "engage" / "rules" / "screening" / "leanings.json"
SHARE = 0.085  # of ordinary answers that the lists let through
PENALTY = 2.0
LOST: Mapping[Near, float] = {"amber": 0.004, "red": 0.001}  # of worries found only by words near each other
HARD = 0.1  # what one of those counts for that were written to look like a worry: among real answers they are few
FOLDS = 5
SEEN = 2  # texts a feature must stand in
LEAST = 0.02  # a weight nearer to nought is left out

Readings = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Sets:
    """Texts to learn from, every one as its readings: worries, ordinary answers, such as only look like worries, and
    ordinary answers of the test sets that were used up, which nobody wrote who knows the lists.
    """

    worries: list[Readings]
    ordinary: list[Readings]
    hard: list[Readings]
    answers: list[Readings]


@dataclass(frozen=True)
class Learnt:
    """Weights by feature, and what a text begins with."""

    weights: dict[str, float]
    start: float

    def leaning(self) -> Leaning:
        """To weigh by; where a person reads from is nought."""
        return Leaning(Weights(self.weights), self.start, 0.0, 0.0, 0.0)


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
    written = [_read(DEVELOPMENT / f"{name}.yaml") for name in ("written", "hinted", "told")]
    said = [words for way, words in slices.items() if way != "other_language"]
    demo = [text for name in ("your-voice", "parents-carers", "staff-voice") for text in texts(_read(_demo(name)))]
    calm = [text for text in demo if len(text.split()) > 2 and found_near(text) in {"amber", "none"}]
    told = [first["red"], first["amber"], said, [more["worries"] for more in written]]
    worries = [*texts(told), *used("positives")]
    ordinary = [*texts([more.get("ordinary", []) for more in written]), *calm]
    ordinary += texts([first["hard_negatives"], first["none"], hard])
    groups = (worries, ordinary, used("negatives", "hard"), used("negatives", "ordinary"))
    return Sets(*map(_readings, groups))


def _readings(found: Iterable[str]) -> list[Readings]:
    return [readings(text) for text in found]


def used(name: str, kind: str = "") -> list[str]:
    """The texts of the test sets that were used up, of one kind where that is said."""
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


def learn(sets: Sets) -> Learnt:
    """Weights for these texts, each as it was written."""
    sides = [(1.0, read) for read in sets.worries] + [(-1.0, read) for read in [*sets.ordinary, *sets.answers]]
    sides += [(-HARD, read) for read in sets.hard]
    known = [features(read[0]) for _, read in sides]
    seen = Counter(feature for found in known for feature in found)
    places = {feature: place for place, feature in enumerate(sorted(f for f, count in seen.items() if count >= SEEN))}
    pairs = [(row, places[f]) for row, found in enumerate(known) for f in found if f in places]
    rows, columns = zip(*pairs, strict=True)
    table = sparse.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(sides), len(places)))
    told = np.array([side for side, _ in sides])
    signs, counts = np.sign(told), np.abs(told)

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = signs * (table @ point[:-1] + point[-1])
        pull = -signs * counts / (1 + np.exp(margin))
        slope = np.append(table.T @ pull + 2 * PENALTY * point[:-1], pull.sum())
        return float(counts @ np.logaddexp(0, -margin) + PENALTY * point[:-1] @ point[:-1]), slope

    best = minimize(loss, np.zeros(len(places) + 1), jac=True, method="L-BFGS-B").x
    weights = {feature: round(float(best[place]), 3) for feature, place in places.items()}
    kept = {feature: weight for feature, weight in weights.items() if abs(weight) >= LEAST}
    return Learnt(kept, round(float(best[-1]), 3))


def held_out(sets: Sets) -> Iterator[tuple[bool, Near, float]]:
    """Of worries and of ordinary answers of the used-up sets in which no firm line is found: is it a worry, what stands
    near in it, and its score by what was learnt without it.
    """
    groups = (sets.worries, sets.ordinary, sets.hard, sets.answers)
    for fold in range(FOLDS):
        rest = ([read for place, read in enumerate(group) if place % FOLDS != fold] for group in groups)
        leaning = learn(Sets(*rest)).leaning()
        part = [(True, read) for read in sets.worries[fold::FOLDS]]
        part += [(False, read) for read in sets.answers[fold::FOLDS]]
        weighed = ((worry, read) for worry, read in part if len(read[0]) >= FEWEST_WORDS)
        scored = ((worry, found_near(" ".join(read[0])), leaning.of_text().highest(read)) for worry, read in weighed)
        yield from ((worry, near, score) for worry, near, score in scored if near is not None)


def main() -> int:
    sets = development()
    scored = list(held_out(sets))

    def part(worry: bool, near: Near, share: float) -> float:
        return round(float(np.quantile([one for *kind, one in scored if kind == [worry, near]], share)), 3)

    known = learn(sets)
    bars = {"from_here": part(False, "none", 1 - SHARE)}
    bars |= {"with_amber": part(True, "amber", LOST["amber"]), "with_red": part(True, "red", LOST["red"])}
    data = {"start": known.start, "weights": known.weights, **bars}
    WRITTEN.write_text(json.dumps(data, sort_keys=True, indent=0) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(known.weights)} weights, {bars}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
