"""What the gate says: a finding, what a code means, and what is known from outside the definition."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from engage.rules.questionnaire.signed import Sort

Weight = Literal["must", "look"]

READS_LITTLE: Final = 7
"""Up to this age many children cannot read yet (key stage 1 of the national curriculum in England ends at 7)."""


class Finding(NamedTuple):
    """One thing the gate found.

    `code` is stable; `question` is None for the survey as a whole; `message` says what is wrong and `place` where in
    the definition. `weight` "must" stops publishing until it is put right or a named person records a reason; "look"
    is advice. `why` is what it does to the person answering, `write` what to write instead.
    """

    code: str
    question: str | None
    message: str
    place: str = ""
    weight: Weight = "must"
    why: str = ""
    write: str = ""


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
    itself; both None where nobody has looked.
    """

    expected: int | None = None
    has_readers: bool = True
    has_deciders: bool = True
    brand: tuple[str, str] | None = None
    library: Mapping[str, Shown] | None = None
    has_impact: bool = True
    speech: Speech | None = None


@dataclass(frozen=True)
class Code:
    """A kind of finding: its weight, why it matters to the person answering, and what to write instead."""

    name: str
    weight: Weight
    why: str
    write: str

    def at(
        self, question: str | None, message: str, place: str = "", *, write: str = "", weight: Weight | None = None
    ) -> Finding:
        """A finding of this kind; `write` where there is something better to say than for all of its kind, `weight`
        where this one weighs something else."""
        return Finding(self.name, question, message, place, weight or self.weight, self.why, write or self.write)
