"""Words a person reads: each in several languages, each with easy words beside the plain ones."""

import unicodedata
from collections.abc import Iterator
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, model_validator

ENGLISH = "en"


class Frozen(BaseModel):
    """A value: unknown fields are refused, nothing changes after it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Said(NamedTuple):
    """Words ready to show, and the language they really are in ("" when a person wrote them and nobody knows)."""

    text: str
    lang: str


def _printable(text: str) -> str:
    bad = {c for c in text if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"}
    if bad:
        raise ValueError("contains control characters")
    return text


Wording = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_printable)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Words(Frozen):
    """One text in one language. In YAML a bare string means `{plain: that string}`."""

    plain: Wording
    easy: Wording | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare_string(cls, value: object) -> object:
        return {"plain": value} if isinstance(value, str) else value


class Text(RootModel[dict[Language, Words]]):
    """One text in every language it has. English is always there: it is what everything falls back to."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="after")
    def _has_english(self) -> "Text":
        if ENGLISH not in self.root:
            raise ValueError("has no English")
        return self

    @classmethod
    def english(cls, plain: str) -> "Text":
        """A text that exists in plain English only (a service's name, for instance)."""
        return cls({ENGLISH: Words(plain=plain)})

    def say(self, language: str, *, easy: bool = False) -> Said:
        """The words for a reader: easy if asked and there, else plain, else the same again in English."""
        for lang in (language, ENGLISH):
            words = self.root.get(lang)
            if words is not None:
                return Said((words.easy if easy and words.easy else words.plain), lang)
        raise AssertionError("a Text always has English")

    def all(self) -> Iterator[tuple[str, bool, str]]:
        """Every wording there is, as (language, easy, words)."""
        for lang, words in self.root.items():
            yield lang, False, words.plain
            if words.easy is not None:
                yield lang, True, words.easy
