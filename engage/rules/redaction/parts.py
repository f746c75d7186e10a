"""What in somebody's words shows who they are beyond doubt: the few patterns a page points out before it is sent.

`static/src/js/showing.js` is its twin and finds the same on the device itself; `surveys/identifying.json` holds both to
one table of cases. Few and sure: a page that warns of everything is a page nobody reads.
"""

import re
from typing import Final

_DIGIT = "[0-9٠-٩۰-۹]"
_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}[^\W\d_'’.-]*(?:['’.-]{_LETTER}+)*"
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = rf"{_DIGIT}{{1,2}}(?:st|nd|rd|th)?"
# How people say their name, in the languages most often spoken here. Own list.
_CALLED = (
    "my names?(?: is|['’]s)?|name['’]?s|i(?: a|['’]?)m called|my first name is|fy enw i yw|mam na imię|nazywam się"
    "|mă cheamă|ma cheama|mă numesc|ma numesc|magacaygu waa|meu nome é|meu nome e|chamo-me|benim adım|мене звати"
    "|меня зовут|اسمي|میرا نام|আমার নাম"
)
_NOT_A_NAME: Final = """
a all also always and are as at because bad but by called came ever for from gets got has hard in is isnt it just
mentioned my names never no nobody not nothing now of off on or out private really said secret so spelled spelt still
stupid that the there they things this to too up very was wasnt were what when with written wrong
"""
_NOT_A_SCHOOL: Final = """
a about after all and any another are at back bad before big boarding different do does each every for from good
grammar great hate hated have her high his home horrible i in infant infants infants' is its junior just last leave
left like liked local love loved make me middle miss missed more much my near new next no nursery of old on one only
other our out own past primary private same secondary sixth some special start started state sunday than that the
their them there these they this to two upper was we went what when where which whole with without your
"""

_NO_NAMES: Final = frozenset(_NOT_A_NAME.split())
_NO_SCHOOLS: Final = frozenset(_NOT_A_SCHOOL.split())

_PATTERNS: Final = (
    re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,64}\.[^\W\d_]{2,}"),
    re.compile(rf"(?<!{_DIGIT})[+(]{{0,2}}(?:{_DIGIT}[ ().-]{{0,2}}){{9,14}}{_DIGIT}(?!{_DIGIT})"),
    re.compile(
        rf"(?<!{_DIGIT})(?:{_DIGIT}{{1,2}}[/.-]{_DIGIT}{{1,2}}[/.-](?:19|20)?{_DIGIT}{{2}}(?!{_DIGIT})"
        rf"|{_DAY}(?: of)? {_MONTH}\b|\b{_MONTH} {_DAY}\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?(?![0-9](?:st|nd|rd|th)\b)[0-9][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}\b",
        re.ASCII,
    ),
    re.compile(r"(?<![\w@])@\w[\w.]+"),
    re.compile(
        r"\b(?:snap(?:chat)?|insta(?:gram)?|tiktok|discord|roblox|xbox|psn|steam|gamer ?tag)(?: (?:user ?)?name| user)?"
        r"(?: is|:) ?([\w.#-]*[0-9._#][\w.#-]*\w)",
        re.IGNORECASE,
    ),
)
_NAME: Final = re.compile(rf"(?<!\w)(?:{_CALLED})[ :]+({_WORD})(?: ({_WORD}))?", re.IGNORECASE)
_SCHOOL: Final = re.compile(
    rf"(?<!\w)({_WORD}) (?:(?:high|secondary|grammar|community|junior|infant|primary) school|primary|academy"
    r"|juniors|infants|high|nursery|sixth form)(?!\w)",
    re.IGNORECASE,
)
_CAPITAL_SCHOOL: Final = re.compile(rf"(?<!\w)({_WORD}) (?:[Ss]chool|[Cc]ollege|SCHOOL|COLLEGE)(?!\w)")
_FEWEST_LETTERS = 3


def parts(text: str) -> tuple[str, ...]:
    """The pieces of `text` that show who somebody is, as they are written, in the order of the text, each once."""
    return tuple(dict.fromkeys(text[start:end] for start, end in spans(text)))


def spans(text: str) -> list[tuple[int, int]]:
    """Where those pieces stand, as (start, end), in order; they never overlap."""
    found: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        found += [match.span(pattern.groups) for match in pattern.finditer(text)]
    found += [span for match in _NAME.finditer(text) if (span := _named(match)) is not None]
    found += [match.span() for match in _SCHOOL.finditer(text) if _is_school(match[1])]
    found += [
        match.span() for match in _CAPITAL_SCHOOL.finditer(text) if match[1][0].isupper() and _is_school(match[1])
    ]
    return _apart(found)


def _named(match: re.Match[str]) -> tuple[int, int] | None:
    first, second = match[1], match[2]
    if first.lower() in _NO_NAMES:
        return None
    is_whole = second is not None and first[0].isupper() and second[0].isupper()
    return match.start(1), match.end(2) if is_whole else match.end(1)


def _is_school(word: str) -> bool:
    return len(word) >= _FEWEST_LETTERS and word.lower() not in _NO_SCHOOLS


def _apart(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The first of those that overlap, the longer where two begin together."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda one: (one[0], -one[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart
