"""How a part of a line is written: sets, alternatives and the forms of a word, spread out into plain phrases."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

Sets = Mapping[str, Sequence[str]]
_VOWELS = frozenset("aeiou")


def phrases(part: str, sets: Sets) -> Iterator[str]:
    """Every phrase the part stands for. `{name}` is any member of a set, `one|two` either, `two_words` both together,
    `hit~` any form of the word, `?word` the word or nothing.
    """
    choices = [tuple(_choices(word, sets)) for word in part.split()]
    for choice in product(*choices):
        phrase = " ".join(filter(None, choice))
        if phrase:
            yield phrase


def forms(word: str) -> tuple[str, ...]:
    """The word as it may end: hit, hits, hited, hitted, hiting, hitting. What is no word is how a child writes it."""
    stem = word[:-1] if word.endswith("e") else word
    made = [word, word + "s", stem + "ed", stem + "ing"]
    if word.endswith(("s", "sh", "ch", "x", "z", "o")):
        made.append(word + "es")
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        made += [word[:-1] + "ies", word[:-1] + "ied"]
    if len(word) > 2 and word[-1] not in _VOWELS and word[-1] not in "wxy" and word[-2] in _VOWELS:
        made += [word + word[-1] + "ed", word + word[-1] + "ing"]
    return tuple(dict.fromkeys(made))


def _choices(word: str, sets: Sets) -> Iterator[str]:
    if word.startswith("?"):
        yield ""
        word = word[1:]
    for one in word.split("|"):
        if one.startswith("{"):
            for member in sets[one[1:-1]]:
                yield from _choices(member.replace(" ", "_"), sets)
        else:
            endings = (forms(part[:-1]) if part.endswith("~") else (part,) for part in one.split("_"))
            yield from (" ".join(choice) for choice in product(*endings))
