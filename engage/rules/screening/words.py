"""The two data files as typed models."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_HERE = Path(__file__).parent

_Lines = Annotated[tuple[str, ...], Field(strict=False)]
_WordSet = Annotated[frozenset[str], BeforeValidator(str.split)]


class WordsFile(BaseModel):
    """words.yaml: everyday words, meanings of pictures, look-alike letters, digits for letters, real words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    common: _WordSet
    emoji: dict[str, str]
    look_alikes: dict[str, str]
    leet: dict[str, str]
    real_words: _WordSet


class CategoryLines(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    red: _Lines
    amber: _Lines


class Lowering(BaseModel):
    """only: the categories it lowers, all when empty. through and unless_next are for negation alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: _Lines
    only: frozenset[str] = frozenset()
    through: frozenset[str] = frozenset()
    unless_next: frozenset[str] = frozenset()


LoweringKind = Literal["negation", "joke", "past", "third_person", "quotation", "accident"]


class LexiconFile(BaseModel):
    """lexicon.yaml: sets, lines by category (gravest first), what lowers, contexts of questions, spellings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sets: dict[str, _Lines]
    categories: dict[str, CategoryLines]
    lowering: dict[LoweringKind, Lowering]
    contexts: dict[str, _Lines]
    spellings: dict[str, str]


_File = TypeVar("_File", bound=BaseModel)


def _read(name: str, model: type[_File]) -> _File:
    return model.model_validate(yaml.safe_load((_HERE / name).read_text(encoding="utf-8")))


@cache
def shipped_words() -> WordsFile:
    return _read("words.yaml", WordsFile)


@cache
def shipped_lexicon() -> LexiconFile:
    return _read("lexicon.yaml", LexiconFile)
