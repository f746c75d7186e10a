"""Names as they are heard and typed: one slip of a finger, or the letters of another script.

Arabic, Urdu and Cyrillic write how a name sounds, and leave out or guess its vowels; so a name and what was written are
compared by the classes their consonants belong to. The classes are the letters these scripts use for one English sound.
"""

from functools import cache, lru_cache

from engage.rules.screening.words import shipped_words

_SHORTEST = 4
# First names as they are said for short here.
SHORT_FORMS = {
    short: frozenset(whole.split())
    for short, whole in {
        "abby": "abigail", "alex": "alexander alexandra alexis", "andy": "andrew andrea", "ann": "anne anna",
        "ben": "benjamin benedict", "beth": "elizabeth bethany", "cath": "catherine", "charlie": "charles charlotte",
        "chris": "christopher christine christina", "dan": "daniel danielle", "dave": "david", "deb": "deborah debra",
        "ed": "edward edwin", "ella": "eleanor", "em": "emily emma", "fran": "frances francesca", "gem": "gemma",
        "georgie": "georgina", "greg": "gregory", "hari": "harish", "jack": "john", "jamie": "james",
        "jen": "jennifer", "jenny": "jennifer", "jess": "jessica", "jim": "james", "jo": "joanne joanna josephine",
        "joe": "joseph", "jon": "jonathan", "josh": "joshua", "kate": "katherine catherine kathryn",
        "katie": "katherine catherine kathryn", "kath": "katherine kathleen", "ken": "kenneth", "kim": "kimberley",
        "liz": "elizabeth", "lizzie": "elizabeth", "lou": "louise louis", "luc": "lucja lucy", "maddy": "madeleine",
        "maggie": "margaret", "mandy": "amanda", "matt": "matthew", "meg": "margaret megan", "mike": "michael",
        "mo": "mohammed muhammad mohamed", "nat": "natalie nathan natasha", "nick": "nicholas nicola",
        "nicky": "nicola nicholas", "pam": "pamela", "pat": "patricia patrick", "pete": "peter",
        "phil": "philip philippa phillip", "pip": "philippa", "rach": "rachel", "ray": "raymond", "becky": "rebecca",
        "rich": "richard", "rob": "robert", "robbie": "robert", "ron": "ronald", "ros": "rosalind rosemary",
        "sam": "samuel samantha", "sandy": "sandra alexander", "shell": "michelle", "steph": "stephanie",
        "steve": "stephen steven", "sue": "susan suzanne", "ted": "edward", "terry": "terence theresa",
        "tess": "theresa teresa", "tim": "timothy", "tina": "christina", "tom": "thomas", "tony": "anthony",
        "trish": "patricia", "val": "valerie", "vicky": "victoria", "viv": "vivienne", "zac": "zachary",
    }.items()
}  # fmt: skip
_CLASSES = {
    "b": "bpبپбп",
    "f": "fفф",
    "t": "tتطٹثт",
    "d": "dدضڈذд",
    "s": "szسصزظشچژсзцшщчж",
    "g": "gkqxjcغقكکخجگґк",
    "l": "lلл",
    "m": "mмم",
    "n": "nنںн",
    "r": "rرڑр",
    "h": "hهحھہхг",
}
_CLASS = {letter: name for name, letters in _CLASSES.items() for letter in letters}
_TOGETHER = (("chr", "k"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("gh", "g"))
_SOFT = frozenset("eiy")
_VOWELS = frozenset("aeiouاعأإآаеєиіїоуюяэ")


def is_near(one: str, other: str) -> bool:
    """Whether two words are the same but for one letter left out, put in, changed, or changed places with the next.

    The first letter stands, and so does every letter of a word of three; a letter is changed in words of five or more.
    """
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORTEST or one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    at = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), -1)
    rest, left = (one[at:], other[at:]) if at >= 0 else (one[-1:], other[-1:])
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return at < 0 or longer[at + 1 :] == shorter[at:]
    is_changed = len(one) > _SHORTEST and rest[1:] == left[1:]
    return is_changed or (rest[:2] == left[1::-1] and rest[2:] == left[2:])


@cache
def everyday_words() -> frozenset[str]:
    """Words that everybody uses, so that none of them is a slip in a name."""
    lists = shipped_words()
    return lists.common | lists.real_words


def is_latin(word: str) -> bool:
    """Whether a word is written in the letters English uses."""
    return all(letter < "\u0250" for letter in word)


@lru_cache(maxsize=4096)
def sounds(word: str) -> str:
    """The classes of the consonants of a word, in any of the scripts; without doubles and an h inside it. Of its vowels
    it says only whether it begins with one ("a").

    w and v count as vowels: half of these scripts have one letter for both and u. Where v is heard as f, say f.
    """
    for letters, one in _TOGETHER:
        word = word.replace(letters, one)
    found = "a" if word[:1] in _VOWELS else ""
    for place, letter in enumerate(word):
        if letter == "c" and word[place + 1 : place + 2] in _SOFT:
            letter = "s"  # noqa: PLW2901 - read as it is spoken
        kind = _CLASS.get(letter, "")
        if kind == "h" and place > 0:
            kind = "g" if letter == "г" else ""
        if kind and not found.endswith(kind):
            found += kind
    return found
