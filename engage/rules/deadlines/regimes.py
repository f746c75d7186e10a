"""Regimes: who must do what by when, as data."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

Event = Literal["received", "acknowledged", "read", "replied"]
Kind = Literal["complaint", "compliment", "worry", "idea"]

DATA_PROTECTION = "data-protection"
"""The regime of complaints about how somebody's data are used: a type of its own among complaints."""

_SHIPPED = Path(__file__).with_name("regimes.yaml")
_Count = Annotated[int, Field(gt=0)]


class Step(BaseModel):
    """One clock: it starts with `counts_from`, stops with `met_by`, and is due after exactly one of three spans.

    extended_to: the whole span in working days when an extension was agreed; the hard stop. soon: working days before
    the due day from which it is due soon.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: str
    counts_from: Event
    met_by: Event
    working_days: _Count | None = None
    days: _Count | None = None
    months: _Count | None = None
    extended_to: _Count | None = None
    soon: Annotated[int, Field(ge=0)] = 2
    source: str

    @model_validator(mode="after")
    def _one_span(self) -> Self:
        if sum(span is not None for span in (self.working_days, self.days, self.months)) != 1:
            raise ValueError("give exactly one of working_days, days, months")
        if self.extended_to is not None and (self.working_days is None or self.extended_to <= self.working_days):
            raise ValueError("extended_to is in working days and longer than working_days")
        if self.counts_from == self.met_by:
            raise ValueError("a clock cannot start and stop with the same event")
        return self


class Regime(BaseModel):
    """A set of clocks. basis says whether law, a code or the partnership itself set them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: str
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    basis: Literal["statute", "code", "local"]
    source: str
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _unique_steps(self) -> Self:
        keys = [step.key for step in self.steps]
        if len(set(keys)) != len(keys):
            raise ValueError("two steps share a key")
        return self


_FILE = TypeAdapter(tuple[Regime, ...])


def load_regimes(yaml_text: str) -> Mapping[str, Regime]:
    """Regimes by key, in file order. ValueError (yaml.YAMLError for broken YAML) saying where and what."""
    found = _FILE.validate_python(yaml.safe_load(yaml_text))
    regimes = {regime.key: regime for regime in found}
    if len(regimes) != len(found):
        raise ValueError("two regimes share a key")
    return regimes


@cache
def shipped_regimes() -> Mapping[str, Regime]:
    """The regimes that come with the product."""
    return load_regimes(_SHIPPED.read_text(encoding="utf-8"))


def regimes_for(kind: Kind) -> tuple[Regime, ...]:
    """The shipped regimes a case of this kind can run under, the usual one first."""
    return tuple(regime for regime in shipped_regimes().values() if kind in regime.kinds)
