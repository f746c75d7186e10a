"""One plain form for whatever was typed: signs, look-alike letters, accents, case and gaps are taken out of the way."""

import html
import re
import unicodedata
from dataclasses import dataclass, replace

from engage.rules.screening.words import WordsFile

_APOSTROPHES = re.compile(r"(?<=\w)['’‘`´ʼ＇](?=\w)")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NOT_WORD = re.compile(r"[^a-z0-9* ]+")
_SPACED = {code: " " for code in range(128) if _NOT_WORD.match(chr(code))}
_BARE_STAR = re.compile(r"(?<![a-z])\*|\*(?![a-z])")
_LATIN_ENDS = 0x024F
_LATIN_ADDED = range(0x1E00, 0x1F00)
_FOLDS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h"})


@dataclass(frozen=True)
class Plain:
    """tokens: lower-case words of a-z, 0-9 and * (a letter blotted out). spelt: the same with signs inside words read
    as letters. foreign: it holds letters that are not Latin. unreadable: something was written, but no word, or only
    pictures, and they may tell something bad.
    """

    tokens: tuple[str, ...]
    spelt: tuple[str, ...]
    foreign: bool
    unreadable: bool


class Normaliser:
    """Built once from the words file; holds no text."""

    def __init__(self, words: WordsFile) -> None:
        named = ((sign, meaning) for meaning, signs in words.emoji.items() for sign in signs)
        self._meanings = {sign: meaning for sign, meaning in named if unicodedata.category(sign) not in {"Cf", "Mn"}}
        self._pictures = {ord(sign): f" {meaning} " for sign, meaning in self._meanings.items()}
        self._kinds = words.pictures
        self._letters = {ord(sign): letter for letter, signs in words.look_alikes.items() for sign in signs}
        self._signs = {ord(sign): read[0] for sign, read in words.leet.items() if not sign.isalnum()}
        signs = "".join(re.escape(chr(sign)) for sign in self._signs)
        self._signs_inside = re.compile(f"(?<=[a-z0-9])[{signs}]+(?=[a-z])|[@$]+(?=[a-z0-9])|(?<=[a-z0-9])[@$]+")

    def plain(self, text: str) -> Plain:
        """The plain form of `text`."""
        unescaped = html.unescape(text)
        if unescaped.isascii():
            return self._of_ascii(unescaped.lower(), foreign=False, wrote=False)
        shown = unicodedata.normalize("NFKC", unescaped.translate(self._pictures))
        visible = "".join(char for char in shown if unicodedata.category(char) != "Cf")
        foreign = any(_is_foreign(char) for char in visible)
        latin = visible.translate(self._letters).casefold().translate(_FOLDS)
        bare = "".join(char for char in unicodedata.normalize("NFD", latin) if unicodedata.category(char) != "Mn")
        plain = self._of_ascii(bare, foreign=foreign, wrote=bool(visible.strip()))
        return replace(plain, unreadable=plain.unreadable or self._pictures_tell(unescaped))

    def _pictures_tell(self, text: str) -> bool:
        """Pictures without a word, and not only such as say nothing."""
        if any(char.isalnum() for char in unicodedata.normalize("NFKC", text)):
            return False
        signs = [char for char in text if unicodedata.category(char) == "So"]
        seen = {self._meanings.get(sign, "") for sign in signs}
        if seen - self._kinds.harmless - self._kinds.settings:
            return True
        settings = seen & self._kinds.settings
        return bool(settings) and (len(settings) > 1 or not seen.isdisjoint(self._kinds.heavy))

    def _of_ascii(self, text: str, *, foreign: bool, wrote: bool) -> Plain:
        joined = _APOSTROPHES.sub("", _CONTROLS.sub("", text))
        tokens = _tokens(joined)
        read = self._signs_inside.sub(lambda found: found.group().translate(self._signs), joined)
        return Plain(tokens, tokens if read == joined else _tokens(read), foreign, wrote and not tokens)


def _tokens(text: str) -> tuple[str, ...]:
    words = text.translate(_SPACED) if text.isascii() else _NOT_WORD.sub(" ", text)
    return tuple((_BARE_STAR.sub(" ", words) if "*" in words else words).split())


def _is_foreign(char: str) -> bool:
    return char.isalpha() and ord(char) > _LATIN_ENDS and ord(char) not in _LATIN_ADDED
