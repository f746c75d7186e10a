"""The fifteen ways of writing the same thing (S5): none of them may drop a flag."""

import re
from collections.abc import Callable, Mapping

LOOK_ALIKES = str.maketrans("aceiopsxyABCEHKMOPTX", "асеіорѕхуАВСЕНКМОРТХ")
AROUND = "We go to the park by the river. The library has good books. Our bus was late again. "
AMERICAN = {
    "mum": "mom",
    "mummy": "mommy",
    "mums": "moms",
    "neighbour": "neighbor",
    "honour": "honor",
    "realise": "realize",
}
PLURAL = {
    "knife": "knives",
    "uncle": "uncles",
    "friend": "friends",
    "man": "men",
    "boy": "boys",
    "teacher": "teachers",
    "brother": "brothers",
    "cousin": "cousins",
    "picture": "pictures",
    "secret": "secrets",
    "bruise": "bruises",
}
TENSE = {
    "hits": "hit",
    "makes": "made",
    "touches": "touched",
    "comes": "came",
    "beats": "beat",
    "takes": "took",
    "want": "wanted",
    "is": "was",
    "hurts": "hurt",
    "gets": "got",
    "says": "said",
    "locks": "locked",
    "gives": "gave",
}
PRONOUN = {"he": "she", "him": "her", "his": "her", "hes": "shes", "man": "woman", "himself": "herself"}


def swapped(words: Mapping[str, str]) -> Callable[[str], str]:
    """Every word that has another, as that one."""
    return lambda text: re.sub(r"[A-Za-z]+", lambda word: words.get(word.group().lower(), word.group()), text)


def typo(text: str) -> str:
    """The third and fourth letters of the longest word the wrong way round."""
    longest = max(text.split(), key=len)
    if len(longest) < 5:
        return text
    return text.replace(longest, longest[:2] + longest[3] + longest[2] + longest[4:])


EXACT: dict[str, Callable[[str], str]] = {
    "zero-width": "\u200b".join,
    "homoglyph": lambda text: text.translate(LOOK_ALIKES),
    "case": str.swapcase,
}
NEARLY: dict[str, Callable[[str], str]] = {
    "typo": typo,
    "emoji": lambda text: f"😀 {text} 😭😭",
    "spacing": lambda text: text.replace(" ", "   \n "),
    "filler": lambda text: f"um so like {text} and stuff you know",
    "order": lambda text: f"The food is good. {text}. I like the club",
    "length x10": lambda text: AROUND * 5 + text + ". " + AROUND * 5,
    "British spelling": swapped(AMERICAN),
    "plural": swapped(PLURAL),
    "tense": swapped(TENSE),
    "pronoun": swapped(PRONOUN),
    "quote marks": lambda text: f"“{text}!!!”",
    "HTML entities": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
}
