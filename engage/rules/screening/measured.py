"""How well the lists did when they were last measured: data that ships with them, written by the measuring program."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

_FILE = Path(__file__).with_name("measured.json")
_CONFIG = ConfigDict(frozen=True, extra="ignore")


class Found(BaseModel):
    """found of n texts were flagged; `recall` is that share, `lower` its one-sided 95 % bound (Clopper-Pearson)."""

    model_config = _CONFIG

    name: str = ""
    n: int
    found: int
    recall: float
    lower: float


class Wrongly(BaseModel):
    """`flagged` of n texts were flagged though they tell of no worry.

    precision: the share of flags that are right where one text in twenty tells of a worry. flags_per_1000: of texts so
    mixed. minutes_a_week: to read those, at half a minute each, where 1,000 texts come in a week.
    """

    model_config = _CONFIG

    n: int
    flagged: int
    precision: float
    flags_per_1000: int
    minutes_a_week: int


class Measured(BaseModel):
    """The last run on the frozen test set. Rows stand worst first."""

    model_config = _CONFIG

    run: int
    date: Annotated[date, BeforeValidator(date.fromisoformat)]
    overall: Found
    serious: Found
    categories: tuple[Found, ...]
    slices: tuple[Found, ...]
    languages: tuple[Found, ...]
    gaps: tuple[Found, ...]
    negatives: dict[str, Wrongly]


@cache
def measured() -> Measured:
    """The shipped numbers of the last run."""
    return Measured.model_validate(json.loads(_FILE.read_text(encoding="utf-8")))
