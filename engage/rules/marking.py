"""How a rule marks words that pages translate later: rules know no catalogue; the extractor looks for these names."""

from collections.abc import Callable, Iterable, Mapping


def to_translate(english: str) -> str:
    """`english` as it is. Who shows it passes it through gettext; unmarked words would be in no catalogue."""
    return english


class Worded(str):
    """An English sentence that still knows what it was made of: `english` with `parts` in it."""

    english: str
    parts: Mapping[str, object]


def worded(english: str, /, **parts: object) -> Worded:
    """The sentence with its parts filled in, which a page can say in another language (`in_words`).

    Where there are parts, `english` is a format: {{ and }} are braces.
    """
    return filled(english, parts)


def filled(english: str, parts: Mapping[str, object]) -> Worded:
    """The same of a sentence that is marked elsewhere."""
    made = Worded(english.format(**parts) if parts else english)
    made.english, made.parts = english, parts
    return made


def joined(sentences: Iterable[str]) -> Worded:
    """Several sentences as one, each of them told in the reader's language."""
    parts = {f"part{number}": sentence for number, sentence in enumerate(sentences)}
    return filled("; ".join(f"{{{name}}}" for name in parts), parts)


def worded_of(error: ValueError) -> str:
    """What an error says, as it was said: `str(error)` would forget what it was made of."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, str) else str(said)


def in_words(sentence: str, translate: Callable[[str], str], tell: Callable[[str], str]) -> str:
    """A sentence put through `translate`, each part that is no sentence as `tell` says it; other words as they are."""
    if not isinstance(sentence, Worded):
        return sentence
    said = translate(sentence.english)
    if not sentence.parts:
        return said
    told = {
        name: in_words(part, translate, tell) if isinstance(part, Worded) else tell(str(part))
        for name, part in sentence.parts.items()
    }
    return said.format(**told)
