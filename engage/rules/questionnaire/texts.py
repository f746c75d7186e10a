"""Words a person reads: each in several languages, each with easy words beside the plain ones."""

import hashlib
import re
from collections.abc import Iterator
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, model_validator

from engage.rules.marking import worded

ENGLISH = "en"


class Frozen(BaseModel):
    """A value: unknown fields are refused, nothing changes after it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Said(NamedTuple):
    """Words ready to show, and the language they really are in ("" when a person wrote them and nobody knows)."""

    text: str
    lang: str


# Unicode's control characters (Cc) but the end of a line, and halves of a pair (Cs).
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def _printable(text: str) -> str:
    if _UNPRINTABLE.search(text):
        raise ValueError(worded("contains control characters"))
    return text


Wording = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_printable)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


Stamp = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
"""A fingerprint as it was at some moment."""


def _stamp(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:8]


class Words(Frozen):
    """One text in one language. In YAML a bare string means `{plain: that string}`.

    A translation may carry two stamps: `of`, the fingerprint of the English it was made from, and `checked`, the
    `Text.pair` that somebody checked. Neither has to be there; `translations` says what they mean together.
    """

    plain: Wording
    easy: Wording | None = None
    of: Stamp | None = None
    checked: Stamp | None = None

    @property
    def fingerprint(self) -> str:
        """The first 8 hex digits of the SHA-256 of what is said, plain and easy: another wording has another one."""
        return _stamp(f"{self.plain}\0{self.easy or ''}")

    @property
    def wording(self) -> tuple[str, str | None]:
        """What is said, without the stamps."""
        return self.plain, self.easy

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
            raise ValueError(worded("has no English"))
        if self.root[ENGLISH].of or self.root[ENGLISH].checked:
            raise ValueError(worded("has a stamp on its English; `of` and `checked` belong to translations"))
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

    def is_stale(self, language: str) -> bool:
        """Was the English changed since this translation was made? One that does not say what it was made from is not
        stale, and neither is one that is not there."""
        words = self.root.get(language)
        return words is not None and words.of is not None and words.of != self.root[ENGLISH].fingerprint

    def pair(self, language: str) -> str | None:
        """The fingerprint of the English and this translation together: what somebody checks is that they agree."""
        words = self.root.get(language)
        return _stamp(self.root[ENGLISH].fingerprint + words.fingerprint) if words is not None else None

    def all(self) -> Iterator[tuple[str, bool, str]]:
        """Every wording there is, as (language, easy, words)."""
        for lang, words in self.root.items():
            yield lang, False, words.plain
            if words.easy is not None:
                yield lang, True, words.easy
