"""Criteria sets: what young inspectors look for, as data."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

_SHIPPED = Path(__file__).with_name("young-inspectors.yaml")

Line = Annotated[str, Field(min_length=1)]


class Wording(BaseModel):
    """One text in one language, and in easy words where somebody wrote them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    plain: Line
    easy: Line | None = None


def _with_english(text: Mapping[str, Wording]) -> Mapping[str, Wording]:
    if "en" not in text:
        raise ValueError("every text needs its English")
    return text


Text = Annotated[Mapping[str, Wording], AfterValidator(_with_english)]
"""A text by language code; English is always there."""

FiveTexts = Annotated[tuple[Text, ...], Field(min_length=5, max_length=5)]


def say(text: Text, language: str = "en", *, easy: bool = False) -> str:
    """The text in a language, falling back to English; in easy words where wanted and written."""
    wording = text.get(language, text["en"])
    return (wording.easy if easy else None) or wording.plain


class Criterion(BaseModel):
    """One point to look for. essential: a must-have, which caps the star when it fails. descriptors: for 0 to 4."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Line
    text: Text
    look_for: Text
    essential: bool = False
    symbol: Line | None = None
    descriptors: FiveTexts


class Domain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Line
    name: Text
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class CriteriaSet(BaseModel):
    """A version of a set. cuts: the overall mean (0 to 4) from which 2, 3, 4 and 5 stars are given.

    scale: the words for 0 to 4 on every point. inspectors: fewest who must have locked their scores. checked: state
    of each translation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Line
    version: Annotated[int, Field(ge=1)]
    name: Text
    inspectors: Annotated[int, Field(ge=3)] = 3
    cuts: tuple[float, float, float, float]
    scale: FiveTexts
    checked: Mapping[str, Literal["draft", "speaker", "child"]] = Field(default_factory=dict)
    domains: Annotated[tuple[Domain, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        keys = [criterion.key for criterion in self.criteria]
        if len(set(keys)) != len(keys) or len({domain.key for domain in self.domains}) != len(self.domains):
            raise ValueError("two criteria or two domains share a key")
        if list(self.cuts) != sorted(set(self.cuts)) or not 0 < self.cuts[0] < self.cuts[3] <= 4:
            raise ValueError("cuts must rise, above 0 and up to 4")
        return self

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion, in the order of the visit."""
        return tuple(criterion for domain in self.domains for criterion in domain.criteria)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def load_criteria(yaml_text: str) -> CriteriaSet:
    """A criteria set. ValueError (yaml.YAMLError for broken YAML) saying where and what."""
    return CriteriaSet.model_validate(yaml.safe_load(yaml_text))


@cache
def shipped_criteria() -> CriteriaSet:
    """The young inspectors' set that comes with the product."""
    return load_criteria(_SHIPPED.read_text(encoding="utf-8"))
