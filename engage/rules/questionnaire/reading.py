"""How hard English words are to read: estimates, good for comparing, unstable on fewer than about 100 words.

Flesch-Kincaid grade = 0.39 words per sentence + 11.8 syllables per word - 15.59 (Kincaid and others, 1975, for the US
Navy); grade + 5 is about the reading age in years. Dale-Chall = 0.1579 percent of words not among 3,000 that
ten-year-olds knew + 0.0496 words per sentence, + 3.6365 above five percent (1948).

textstat brings the 3,000 words and counts syllables from a dictionary of American English, offline; the dictionary
takes about a second and 80 MB when the first word is counted. Words it does not hold ("carers") make it fail: for those
there is a rule of thumb here. Its sentence counting is not used: it drops short sentences.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import textstat

_SENTENCE_ENDS = re.compile(r"[.!?:;]+(?:\s+|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^dt]ed|[^l]e)$")
_WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)?")
_ENDINGS: Final = (
    ("'s", ""), ("ies", "y"), ("ied", "y"), ("iest", "y"), ("ier", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"),
    ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("est", ""), ("ly", ""), ("n't", ""), ("'re", ""), ("'ll", ""),
    ("'ve", ""), ("'d", ""), ("ful", ""),
)  # fmt: skip


def sentences(text: str) -> list[str]:
    """The sentences of a text; a text without a full stop is one."""
    return [part for part in _SENTENCE_ENDS.split(text) if part.strip()]


def words(text: str) -> list[str]:
    """The English words of a text, without numbers and signs."""
    return _WORD.findall(text)


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """About how many syllables an English word has, at least 1."""
    low = word.lower().replace("’", "'")
    try:
        return max(1, int(textstat.syllable_count(low)))
    except KeyError:
        groups = len(_VOWELS.findall(low.split("'")[0]))
        return max(1, groups - (groups > 1 and _SILENT.search(low) is not None))


def stems(word: str) -> Iterator[str]:
    """The word in small letters, then what it may be made from: "stopped" -> stopped, stop."""
    low = word.lower().replace("’", "'")
    yield low
    for ending, instead in _ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 1:
            stem = low.removesuffix(ending) + instead
            yield stem
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


@lru_cache(maxsize=8192)
def is_difficult(word: str) -> bool:
    """Is neither the word nor what it is made from among the 3,000 easy words of Dale and Chall?"""
    return not any(_is_easy(stem) for stem in stems(word))


def _is_easy(word: str) -> bool:
    try:
        return not textstat.is_difficult_word(word, 1)
    except KeyError:
        return False


def grade(texts: Iterable[str]) -> float:
    """Flesch-Kincaid grade of several texts read together; 0.0 if they hold no words."""
    count, every = _counted(texts)
    if not every:
        return 0.0
    per_word = sum(syllables(word) for word in every) / len(every)
    return 0.39 * len(every) / count + 11.8 * per_word - 15.59


def dale_chall(texts: Iterable[str]) -> float:
    """Dale-Chall score of several texts together (up to 4.9: grade 4; up to 5.9: grades 5 and 6); 0.0 without words."""
    count, every = _counted(texts)
    if not every:
        return 0.0
    difficult = 100 * sum(is_difficult(word) for word in every) / len(every)
    return 0.1579 * difficult + 0.0496 * len(every) / count + (3.6365 if difficult > 5 else 0.0)


def _counted(texts: Iterable[str]) -> tuple[int, list[str]]:
    """How many sentences with words there are, and all their words."""
    said = [sentence for text in texts for sentence in sentences(text) if words(sentence)]
    return len(said), [word for sentence in said for word in words(sentence)]
