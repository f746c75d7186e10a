"""How hard English words are to read: an estimate, good for comparing, unstable on fewer than about 100 words.

Flesch-Kincaid grade = 0.39 words per sentence + 11.8 syllables per word - 15.59 (Kincaid and others, 1975, for the US
Navy). Syllables are counted by a rule of thumb; grade + 5 is about the reading age in years.
"""

import re
from collections.abc import Iterable

_SENTENCE_ENDS = re.compile(r"[.!?:;]+(?:\s+|$)")
_WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^dt]ed|[^l]e)$")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a text without a full stop is one."""
    return [part for part in _SENTENCE_ENDS.split(text) if part.strip()]


def words(text: str) -> list[str]:
    """The English words of a text, without numbers and signs."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """About how many syllables an English word has, at least 1."""
    low = word.lower().replace("’", "'").split("'")[0]
    groups = len(_VOWELS.findall(low))
    silent = groups > 1 and _SILENT.search(low) is not None
    return max(1, groups - silent)


def grade(texts: Iterable[str]) -> float:
    """Flesch-Kincaid grade of several texts read together; 0.0 if they hold no words."""
    said = [sentence for text in texts for sentence in sentences(text) if words(sentence)]
    every = [word for sentence in said for word in words(sentence)]
    if not every:
        return 0.0
    per_word = sum(syllables(word) for word in every) / len(every)
    return 0.39 * len(every) / len(said) + 11.8 * per_word - 15.59
