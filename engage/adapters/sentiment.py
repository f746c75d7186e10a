"""How a comment sounds, by TextBlob's lexicon: English only, weak, and a help for sorting, never a finding.

On real feedback it finds one criticism in four, so silence means nothing: without a single word it knows, a text has no
signal, which is not the same as neutral. It never raises or lowers a concern about a child; screening does that.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from textblob._text import Sentiment as Lexicon

# What children in Britain say and a lexicon of American reviews lacks, or reads the other way round. Polarity -1 to 1.
CHILD_WORDS: Final[Mapping[str, float]] = {
    **dict.fromkeys(("ace", "brill", "buzzing", "chuffed", "peng", "fab", "comfy"), 0.7),
    **dict.fromkeys(("listens", "listened", "helps", "helped", "helpful", "caring", "supportive", "trusted"), 0.5),
    **dict.fromkeys(("chatty", "welcoming", "included", "understood"), 0.4),
    **dict.fromkeys(("bullied", "bullying", "bully", "bullies", "picked-on"), -0.9),
    **dict.fromkeys(("scared", "frightened", "lonely", "unsafe", "crying", "cried", "hated"), -0.7),
    **dict.fromkeys(("rubbish", "minging", "grim", "gutted", "shouty", "smelly", "naff", "dire"), -0.6),
    **dict.fromkeys(("ignored", "ignores", "unfair", "unkind", "shouts", "shouted", "dislike", "hates"), -0.5),
    **dict.fromkeys(("worried", "stressed", "stressful", "cringe", "dodgy", "meh", "noisy", "upset"), -0.4),
}
# Words, exclamation marks and faces made of signs. TextBlob's own tokeniser takes half of its time.
_TOKENS: Final = re.compile(r"[a-z]+(?:['’-][a-z]+)*|!|[:;=8x][-o^']?[()\[\]dp/\\|o*]+|<3")
# "I don't feel safe": the lexicon knows no "don't", and joins a negation to the next word it knows only across words
# of one letter. So every negation becomes "not", and what may stand between is left out.
_NEGATIONS: Final = frozenset(("not", "never", "cannot", "cant", "wont")) | {
    f"{verb}n{sign}t"
    for verb in ("ca", "do", "does", "did", "is", "was", "are", "were", "wo", "would", "could", "should", "have", "has")
    for sign in ("'", "’", "")
}
_BETWEEN: Final = frozenset({
    *("a", "an", "the", "to", "so", "that", "very", "really", "always", "ever", "even", "all", "be", "been", "being"),
    *("feel", "feels", "felt", "feeling", "get", "gets", "getting", "seem", "seems", "think"),
    *("make", "makes", "made", "me", "us"),
})


@dataclass(frozen=True, slots=True)
class Signal:
    """How a text sounds: `polarity` from -1 (bad) to 1 (good), or None where no word gave a signal.

    `because`: the phrases that were heard, so that a person can see why.
    """

    polarity: float | None
    because: tuple[str, ...] = ()


NO_SIGNAL: Final = Signal(None)


class Sentiment(Protocol):
    """Something that says how a comment sounds."""

    def signal(self, text: str) -> Signal:
        """The signal of one comment in English."""
        ...


class NoSentiment:
    """Hears nothing: for texts in other languages, and where a partnership does not want it."""

    def signal(self, text: str) -> Signal:
        """No signal, whatever the text."""
        return NO_SIGNAL


class TextBlobSentiment:
    """TextBlob's analyser with our words added; needs no downloaded data and keeps nothing."""

    def signal(self, text: str) -> Signal:
        """The mean of the phrases it knows; NO_SIGNAL where it knows none."""
        heard = [(words, polarity) for words, polarity, _, _ in _lexicon()(_tokens(text)).assessments if polarity]
        if not heard:
            return NO_SIGNAL
        mean = sum(polarity for _, polarity in heard) / len(heard)
        return Signal(max(-1.0, min(1.0, mean)), tuple(" ".join(words) for words, _ in heard))


def _tokens(text: str) -> list[str]:
    """The text as the lexicon is to read it."""
    tokens = _TOKENS.findall(text.lower())
    if _NEGATIONS.isdisjoint(tokens):
        return tokens
    kept: list[str] = []
    negated = False
    for token in tokens:
        if token in _NEGATIONS:
            negated = True
        elif negated and token in {"like", "enjoy", "listen", "help", "care"}:
            kept.append("dislike" if token in {"like", "enjoy"} else "ignored")
            negated = False
        elif not negated or token not in _BETWEEN:
            kept += ["not", token] if negated else [token]
            negated = False
    return kept


@cache
def _lexicon() -> "Lexicon":
    # TextBlob brings a whole science library with it: two seconds and 80 MB that most processes never need.
    lexicon: Lexicon = import_module("textblob.en").sentiment
    lexicon.load()
    for word, polarity in CHILD_WORDS.items():
        lexicon.annotate(word, polarity=polarity, subjectivity=0.8)
    return lexicon
