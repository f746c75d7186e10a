"""What in somebody's words may show who they are: simple English patterns that suggest, for a person who decides.

Children write names without capitals, so nothing here is complete: a finding is a place to look, and silence promises
nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_PLACE_ENDS = (
    "school|primary|secondary|academy|college|nursery|infants|juniors|house|lodge|road|street|avenue|close|lane|drive"
    "|crescent|court|park|terrace|church|hospital|surgery|unit|ward"
)
_RARE = (
    "twins?|triplets?|wheelchair|deaf|blind|epilep\\w+|diabet\\w+|cancer|adopted|fostered|asylum|refugee|transgender"
    "|non-binary|traveller|gypsy|only (?:girl|boy|one)|new baby"
)
_TITLES = "mr|mrs|ms|miss|mx|dr"
_CALLED = "sir|madam|auntie?|uncle|pc|sergeant|nurse|nanny|grandma|grandad|coach"
_NOT_A_NAME = "and|or|who|is|was|said|at|in|on|the|to"

# In order of how surely they point at somebody: where two overlap, the first stands.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]*\w")),
    ("link", re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)),
    (
        "handle",
        re.compile(r"(?<!\w)@\w{2,}|\b(?:snap(?:chat)?|insta(?:gram)?|tiktok|discord)\s+(?:is|name|user)\s+\S+", re.I),
    ),
    ("phone", re.compile(r"(?<!\d)(?:\+?\d[\s().-]?){9,14}\d(?!\d)")),
    ("postcode", re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)),
    (
        "date",
        re.compile(
            rf"\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b", re.I
        ),
    ),
    ("name", re.compile(rf"\b(?:{_TITLES})\.?\s+(?!(?:{_NOT_A_NAME})\b)[a-z][\w'’-]+", re.IGNORECASE)),
    ("name", re.compile(rf"\b(?i:{_CALLED})\s+[A-Z][\w'’-]+")),
    (
        "name",
        re.compile(
            r"\b(?:my name(?: is|['’]?s)|i am called|im called|i['’]m called|(?:is|was) called)\s+[a-z][\w'’-]+", re.I
        ),
    ),
    ("place", re.compile(rf"\b[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){{0,3}}\s+(?i:{_PLACE_ENDS})\b")),
    ("place", re.compile(rf"\b\d{{1,4}}[a-z]?\s+\w+\s+(?:{_PLACE_ENDS})\b", re.IGNORECASE)),
    ("year", re.compile(r"\byear\s*(?:[1-9]|1[0-3])\b|\by[1-9]\b|\by1[0-3]\b|\breception class\b", re.IGNORECASE)),
    (
        "age",
        re.compile(
            r"\b(?:i am|i['’]?m|aged?|she is|he is)\s+\d{1,2}\b|\b\d{1,2}[\s-]*(?:years?|yrs?)[\s-]*old\b", re.I
        ),
    ),
    ("rare", re.compile(rf"\b(?:{_RARE})\b", re.IGNORECASE)),
    # A capital inside a sentence: a name, a place or a thing with a name. Words all in capitals are shouting.
    (
        "capital",
        re.compile(
            r"(?<=[\w,;:)”\"’]\s)(?!I\b|I['’]|Mum\b|Dad\b|Nan\b)[A-Z][a-zà-ÿ][\w'’-]*(?:\s+[A-Z][a-zà-ÿ][\w'’-]*)*"
        ),
    ),
)
KINDS = tuple(dict.fromkeys(kind for kind, _ in _PATTERNS))


@dataclass(frozen=True)
class Finding:
    """A place in a text that may identify: its kind (one of KINDS) and where it stands (start, end)."""

    kind: str
    start: int
    end: int


def find(text: str) -> tuple[Finding, ...]:
    """The places to look at, in the order of the text; they never overlap."""
    taken: list[Finding] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            found = Finding(kind, match.start(), match.end())
            if not any(found.start < other.end and other.start < found.end for other in taken):
                taken.append(found)
    return tuple(sorted(taken, key=lambda one: one.start))


def hide(text: str, findings: Sequence[Finding], words: Mapping[str, str]) -> str:
    """`text` with each finding replaced by the words for its kind ("[a name]")."""
    parts: list[str] = []
    at = 0
    for found in findings:
        parts += [text[at : found.start], words[found.kind]]
        at = found.end
    return "".join([*parts, text[at:]])
