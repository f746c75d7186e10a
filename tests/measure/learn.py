"""Learn the leanings anew from the development sets: python -m tests.measure.learn. Never from the test set.

Logistic regression on words and pairs of words with an L2 penalty. A text leans towards a worry from the score that
SHARE of the ordinary development texts in which the lists find nothing would pass, each scored by weights that were
learnt without it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from engage.rules.screening.leaning import Leaning, features
from engage.rules.screening.normalise import Normaliser
from engage.rules.screening.verdict import listed_level
from engage.rules.screening.words import shipped_words

ROOT = Path(__file__).parents[2]
SETS = ROOT / "tests" / "unit" / "screening"
DEMO = ROOT / "engage" / "desk" / "demo" / "data"
WRITTEN = ROOT / "engage" / "rules" / "screening" / "leanings.json"
SHARE = 0.1
PENALTY = 1.0
FOLDS = 5
SEEN = 2  # texts a word must stand in

Tokens = tuple[str, ...]


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


def development() -> tuple[list[Tokens], list[Tokens]]:
    """(worries, ordinary answers), as tokens."""
    first, slices, ordinary = (_read(SETS / f"{name}.yaml") for name in ("development", "slices", "hard_negatives"))
    worries = [first["red"], first["amber"], [said for way, said in slices.items() if way not in {"other_language"}]]
    demo = [text for name in ("your-voice", "parents-carers", "staff-voice") for text in texts(_read(_demo(name)))]
    calm = [text for text in demo if len(text.split()) > 2 and listed_level(text) != "red"]
    plain = Normaliser(shipped_words()).plain
    usual = [*texts([first["hard_negatives"], first["none"], ordinary]), *calm]
    return [plain(text).spelt for text in texts(worries)], [plain(text).spelt for text in usual]


def _read(path: Path) -> dict[str, object]:
    return cast("dict[str, object]", yaml.safe_load(path.read_text(encoding="utf-8")))


def _demo(name: str) -> Path:
    return DEMO / f"{name}.yaml"


def learn(worries: Sequence[Tokens], ordinary: Sequence[Tokens]) -> Leaning:
    """Weights for these texts; `from_here` is nought."""
    documents = [sorted(set(features(tokens))) for tokens in (*worries, *ordinary)]
    seen = Counter(feature for document in documents for feature in document)
    places = {feature: place for place, feature in enumerate(sorted(f for f, count in seen.items() if count >= SEEN))}
    pairs = [(row, places[f]) for row, document in enumerate(documents) for f in document if f in places]
    rows, columns = zip(*pairs, strict=True)
    table = sparse.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(documents), len(places)))
    sides = np.array([1.0] * len(worries) + [-1.0] * len(ordinary))

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sides * (table @ point[:-1] + point[-1])
        pull = -sides / (1 + np.exp(margin))
        slope = np.append(table.T @ pull + 2 * PENALTY * point[:-1], pull.sum())
        return float(np.logaddexp(0, -margin).sum() + PENALTY * point[:-1] @ point[:-1]), slope

    best = minimize(loss, np.zeros(len(places) + 1), jac=True, method="L-BFGS-B").x
    weights = {feature: round(float(best[place]), 3) for feature, place in places.items()}
    return Leaning({feature: weight for feature, weight in weights.items() if weight}, round(float(best[-1]), 3), 0.0)


def main() -> None:
    worries, ordinary = development()
    scores: list[float] = []
    for fold in range(FOLDS):
        kept = [tokens for place, tokens in enumerate(ordinary) if place % FOLDS != fold]
        known = learn([tokens for place, tokens in enumerate(worries) if place % FOLDS != fold], kept)
        held = [tokens for place, tokens in enumerate(ordinary) if place % FOLDS == fold]
        scores += [known.score(tokens) for tokens in held if listed_level(" ".join(tokens)) == "none"]
    all_of_it = learn(worries, ordinary)
    from_here = round(float(np.quantile(scores, 1 - SHARE)), 3)
    data = {"start": all_of_it.start, "from_here": from_here, "weights": all_of_it.weights}
    WRITTEN.write_text(json.dumps(data, sort_keys=True, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
