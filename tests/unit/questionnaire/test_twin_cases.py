"""The closed operators against the table that their twin in the browser is held to."""

import json
from pathlib import Path
from typing import Any

import pytest

from engage.rules.questionnaire.conditions import Condition, holds

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[2] / "twins" / "cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_table_of_operators(case: dict[str, Any]) -> None:
    assert holds(Condition.model_validate(case["when"]), case["answers"]) is case["holds"]
