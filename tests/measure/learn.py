"""Learn the leanings anew from the development sets: python -m tests.measure.learn. Never from the test set.

Logistic regression on the features of a text with an L2 penalty. Where a person reads from is learnt from what authors
wrote who had not seen the lists, each scored by weights that were learnt without that author: where the least is lost,
a worry let through being worth as many ordinary answers read in vain as PRICE says.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import cast

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from engage.rules.screening.features import features
from engage.rules.screening.leaning import FEWEST_WORDS, Leaning, Near
from engage.rules.screening.verdict import asked, found_near, readings
from engage.rules.screening.weighing import Weights
from tests.measure.counting import SERIOUS

ROOT = Path(__file__).parents[2]
SETS = ROOT / "tests" / "unit" / "screening"
DEVELOPMENT = Path(__file__).with_name("development")
DEMO = ROOT / "engage" / "desk" / "demo" / "data"
WRITTEN = ROOT / "engage" / "rules" / "screening" / "leanings.json"
PENALTY = 2.0
# What a worry let through costs, as a share of all of them: so many times that share of ordinary answers read in vain.
PRICE: Mapping[Near, float] = {"none": 12.0, "amber": 12.0, "red": 24.0, "named": 24.0}
TWICE = 2.0  # one of the gravest categories
HARD = 0.3  # what one of those counts for that were written to look like a worry: among real answers they are few
UNDER = 0.75  # a bar lies this far under the last worry it keeps: lines were mended for these authors, not for the next
# Where the texts of each author begin in the files of the test sets that were used up.
ENDS: Sequence[Mapping[str, int | None]] = (
    {"positives": 0, "negatives": 0},
    {"positives": 1188, "negatives": 2215},
    {"positives": 2480, "negatives": 4643},
    {"positives": 2480, "negatives": 6117},
    {"positives": None, "negatives": None},
)
SEEN = 2  # texts a feature must stand in
LEAST = 0.02  # a weight nearer to nought is left out

Readings = Sequence[tuple[str, ...]]
Row = Mapping[str, str]
Ends = Mapping[str, int | None]


@dataclass(frozen=True)
class Author:
    """What one author wrote who had not seen the lists, every text as its readings: worries, and whether each is of one
    of the gravest categories; ordinary answers; and such as only look like worries.
    """

    worries: list[tuple[bool, Readings]]
    answers: list[Readings]
    hard: list[Readings]


@dataclass(frozen=True)
class Sets:
    """Texts to learn from: worries and ordinary answers by the authors of the lists, and what others wrote."""

    worries: list[Readings]
    ordinary: list[Readings]
    others: list[Author]


@dataclass(frozen=True)
class Scored:
    """A text by weights that were learnt without its author: what the lists find in it, and what it is worth."""

    worry: bool
    near: Near
    score: float
    worth: float


@dataclass(frozen=True)
class Learnt:
    """Weights by feature, and what a text begins with."""

    weights: dict[str, float]
    start: float

    def leaning(self) -> Leaning:
        """To weigh by; where a person reads from is nought."""
        return Leaning(Weights(self.weights), self.start, 0.0, 0.0, 0.0, 0.0)


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
    worries = texts([first["red"], first["amber"], said, [more["worries"] for more in written]])
    ordinary = [*texts([more.get("ordinary", []) for more in written]), *calm]
    ordinary += texts([first["hard_negatives"], first["none"], hard])
    others = [_one_of(_used("positives"), _used("negatives"), *between) for between in pairwise(ENDS)]
    return Sets(_readings(worries), _readings(ordinary), [*others, _apart()])


def _one_of(positives: Sequence[Row], negatives: Sequence[Row], start: Ends, end: Ends) -> Author:
    told, calm = (rows[start[name] : end[name]] for name, rows in (("positives", positives), ("negatives", negatives)))
    answers, hard = (_readings(row["text"] for row in calm if row["kind"] == kind) for kind in ("ordinary", "hard"))
    return Author([(row["category"] in SERIOUS, readings(row["text"])) for row in told], answers, hard)


def _apart() -> Author:
    apart = _read(DEVELOPMENT / "apart.yaml")
    worries = cast("dict[str, object]", apart["worries"])
    told = [(name in SERIOUS, readings(text)) for name, tree in worries.items() for text in texts(tree)]
    return Author(told, _readings(texts(apart["ordinary"])), [])


def _readings(found: Iterable[str]) -> list[Readings]:
    return [readings(text) for text in found]


def used(name: str, kind: str = "") -> list[str]:
    """The texts of the test sets that were used up, of one kind where that is said."""
    return [row["text"] for row in _used(name) if kind in {"", row.get("kind")}]


def _used(name: str) -> list[Row]:
    lines = (DEVELOPMENT / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


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
    sides = [(1.0, read) for read in sets.worries] + [(-1.0, read) for read in sets.ordinary]
    for author in sets.others:
        sides += [(1.0, read) for _, read in author.worries] + [(-1.0, read) for read in author.answers]
        sides += [(-HARD, read) for read in author.hard]
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


def held_out(sets: Sets) -> Iterator[Scored]:
    """What others wrote and in which no line is found that stands alone, by what was learnt without its author."""
    worries, answers = (sum(len(part) for part in parts) for parts in zip(*map(_sizes, sets.others), strict=True))
    for author in sets.others:
        rest = [other for other in sets.others if other is not author]
        leaning = learn(Sets(sets.worries, sets.ordinary, rest)).leaning()
        part = [(True, (TWICE if serious else 1.0) / worries, read) for serious, read in author.worries]
        part += [(False, 1.0 / answers, read) for read in author.answers]
        for worry, worth, read in part:
            text = " ".join(read[0])
            near = found_near(text)
            if near is not None and len(read[0]) >= FEWEST_WORDS:
                weighed = leaning.of_text()
                yield Scored(worry, near, max(map(weighed.highest, asked(text))), worth)


def _sizes(author: Author) -> tuple[Sequence[object], Sequence[object]]:
    return author.worries, author.answers


def bar(scored: Sequence[Scored], near: Near) -> float:
    """The score from which a person reads a text in which this is found."""
    here = [one for one in scored if one.near == near]

    def cost(start: float) -> float:
        lost = sum(one.worth for one in here if one.worry and one.score < start)
        return PRICE[near] * lost + sum(one.worth for one in here if not one.worry and one.score >= start)

    return round(min(sorted(one.score for one in here if one.worry), key=cost) - UNDER, 3)


def main() -> int:
    sets = development()
    scored = list(held_out(sets))
    known = learn(sets)
    nears: dict[str, Near] = {"from_here": "none", "with_amber": "amber", "with_red": "red", "with_named": "named"}
    bars = {name: bar(scored, near) for name, near in nears.items()}
    data = {"start": known.start, "weights": known.weights, **bars}
    WRITTEN.write_text(json.dumps(data, sort_keys=True, indent=0) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(known.weights)} weights, {bars}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
