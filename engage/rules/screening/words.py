"""The data files as typed models."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_HERE = Path(__file__).parent
_MORE = ("scenes.yaml", "turns.yaml")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # several times quicker where it was built

_Lines = Annotated[tuple[str, ...], Field(strict=False)]
_WordSet = Annotated[frozenset[str], BeforeValidator(str.split)]


class PictureKinds(BaseModel):
    """Which meanings of pictures, standing alone, say nothing; which say nothing unless a heavy one is beside them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    harmless: frozenset[str]
    settings: frozenset[str]
    heavy: frozenset[str]


class WordsFile(BaseModel):
    """words.yaml: everyday words, words of other languages, meanings of pictures, look-alike letters, digits for
    letters, real words, what English is made of.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    common: _WordSet
    foreign: _WordSet
    emoji: dict[str, str]
    pictures: PictureKinds
    look_alikes: dict[str, str]
    sounds_like: dict[str, str]
    leet: dict[str, str]
    real_words: _WordSet
    fillers: _WordSet
    everywhere: _WordSet


class CategoryLines(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    red: _Lines = ()
    amber: _Lines = ()


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


class ScenesFile(BaseModel):
    """scenes.yaml, turns.yaml: further sets and lines, by the categories of lexicon.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sets: dict[str, _Lines]
    categories: dict[str, CategoryLines]


_File = TypeVar("_File", bound=BaseModel)


def _read(name: str, model: type[_File]) -> _File:
    return model.model_validate(yaml.load((_HERE / name).read_text(encoding="utf-8"), _LOADER))  # noqa: S506 - a safe one


@cache
def shipped_words() -> WordsFile:
    return _read("words.yaml", WordsFile)


@cache
def shipped_lexicon() -> LexiconFile:
    """The lexicon with the scenes and turns of phrase added to its categories, in the lexicon's order.

    Raises ValueError for a scene of a category, or a set under a name, that is not the lexicon's to have.
    """
    lexicon = _read("lexicon.yaml", LexiconFile)
    for name in _MORE:
        lexicon = _joined(lexicon, _read(name, ScenesFile), name)
    return lexicon


def _joined(lexicon: LexiconFile, more: ScenesFile, name: str) -> LexiconFile:
    strange = (more.categories.keys() - lexicon.categories.keys()) | (more.sets.keys() & lexicon.sets.keys())
    if strange:
        raise ValueError(f"{name}: {sorted(strange)}")
    categories = {group: _with(lines, more.categories.get(group)) for group, lines in lexicon.categories.items()}
    return lexicon.model_copy(update={"sets": lexicon.sets | more.sets, "categories": categories})


def _with(lines: CategoryLines, more: CategoryLines | None) -> CategoryLines:
    if more is None:
        return lines
    return CategoryLines(red=lines.red + more.red, amber=lines.amber + more.amber)
