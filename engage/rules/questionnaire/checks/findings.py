"""What the gate says: a finding, what a code means, and what is known from outside the definition."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from engage.rules.languages import english_name
from engage.rules.questionnaire.signed import Sort

Weight = Literal["must", "look"]

READS_LITTLE: Final = 7
"""Up to this age many children cannot read yet (key stage 1 of the national curriculum in England ends at 7)."""


class Said(NamedTuple):
    """The sentences of a finding: what is wrong, why it matters to the person answering, what to write instead."""

    what: str
    why: str
    write: str


class Finding(NamedTuple):
    """One thing the gate found.

    `code` is stable; `question` is None for the survey as a whole; `message` says what is wrong and `place` where in
    the definition. `weight` "must" stops publishing until it is put right or a named person records a reason; "look"
    is advice. `why` is what it does to the person answering, `write` what to write instead.

    `said` are the same sentences before `params` were put into them, for pages in other languages (`in_words`).
    """

    code: str
    question: str | None
    message: str
    place: str = ""
    weight: Weight = "must"
    why: str = ""
    write: str = ""
    said: Said = Said("", "", "")
    params: tuple[tuple[str, str], ...] = ()

    def in_words(self, translate: Callable[[str], str], tell: Callable[[str, str], str]) -> Said:
        """The sentences put through `translate`, with each of `params` as `tell(its name, its value)` says it."""
        filled = {key: tell(key, value) for key, value in self.params}
        return Said(*(translate(words).format(**filled) for words in self.said))


@dataclass(frozen=True)
class Shown:
    """Something of the partnership's library that can be shown now.

    `language`: which is spoken or signed ("bfi": British Sign Language; "" for a picture). `words`, `captions`: the
    languages in which there is a transcript, and captions.
    """

    sort: Sort
    language: str = ""
    words: frozenset[str] = frozenset()
    captions: frozenset[str] = frozenset()


class Speech(NamedTuple):
    """Languages that are read aloud by sound of this site: those it has `here`, those the program `known` speaks."""

    here: frozenset[str]
    known: frozenset[str]


@dataclass(frozen=True)
class Facts:
    """What a definition cannot know of itself.

    `expected`: about how many people will be asked (None: what the definition says, else unknown). `has_readers`: is
    there a trained person who reads what comes in, `has_deciders`: one who decides where a child may be in danger?
    `brand`: the partnership's text and background colour as "#rrggbb".
    `has_impact`: somebody signed a data protection impact assessment of what it asks now.
    `library`: what the library has under the names the definition uses; `speech`: what this site reads aloud by
    itself; both None where nobody has looked. `today`: the day that laws are read on; None for the newest.
    """

    expected: int | None = None
    has_readers: bool = True
    has_deciders: bool = True
    brand: tuple[str, str] | None = None
    library: Mapping[str, Shown] | None = None
    has_impact: bool = True
    speech: Speech | None = None
    today: date | None = None


def is_language(param: str) -> bool:
    """Whether a parameter of this name holds a language's tag."""
    return param.startswith("language")


def _in_english(param: str, value: str) -> str:
    return english_name(value) if is_language(param) else value


@dataclass(frozen=True)
class Code:
    """A kind of finding: its weight, why it matters to the person answering, and what to write instead."""

    name: str
    weight: Weight
    why: str
    write: str

    def at(
        self,
        question: str | None,
        says: str,
        place: str = "",
        *,
        write: str = "",
        weight: Weight | None = None,
        **params: str,
    ) -> Finding:
        """A finding of this kind. `says` and `write` may have {names} of `params` in them; one that begins with
        "language" holds a language's tag. `write` where there is something better to say than for all of its kind,
        `weight` where this one weighs something else.
        """
        said = Said(says, self.why, write or self.write)
        found = Finding(self.name, question, "", place, weight or self.weight, said=said, params=tuple(params.items()))
        english = found.in_words(str, _in_english)
        return found._replace(message=english.what, why=english.why, write=english.write)
