"""Numbers, addresses, dates, ages and rare facts: what may identify and is no name."""

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

from engage.rules.redaction.findings import Finding
from engage.rules.redaction.parts import spans

_MONTH: Final = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_ONES: Final = "one|two|three|four|five|six|seven|eight|nine"
_TEENS: Final = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_DAYS: Final = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    "|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[ -](?:first|second|third|fourth|fifth|sixth|seventh"
    "|eighth|ninth)|thirtieth|thirty[ -]first"
)
_AGE: Final = rf"(?:\d{{1,2}}|{_ONES}|{_TEENS})"
# What follows a number that is no age.
_UNITS: Final = (
    r"(?![\d:.,/-]*\d)(?!\s*(?:minutes?|mins?|hours?|hrs?|weeks?|days?|months?|miles?|times?|people|placements?|homes?"
    r"|social|workers?|of|out|th|st|nd|rd|pm|am|o['’]?clock|percent|quid|pounds?|kids|children|nights?|schools?)\b)"
)
_STREETS: Final = (
    "road|rd|street|st|avenue|ave|close|lane|ln|drive|crescent|court|terrace|way|walk|gardens|grove|place|row|hill|bank"
    "|view|mews|square|green|park|rise"
)
_MOST_IN_A_DATE: Final = 8
_COUNTED: Final = (
    "minutes?|mins?|hours?|weeks?|days?|months?|years?|miles?|people|of|social|placements?|kids|times|more"
)
_SEX: Final = "boys?|girls?|one|kid|child|person|family|lad|man|woman|black|white|asian|muslim|brown"

# What few people share: together with what somebody else knows it shows who it is. Own list.
_FEW_SHARE: Final = (
    "(?:my )?twins?(?: (?:sister|brother))?|triplets?|quads|(?:two|three|four) of us the same age|same birthday"
    "|wheelchairs?|walking frame|crutches|hearing aids?|hard of hearing|deaf|(?:registered )?blind|visually impaired"
    "|guide dog|cerebral palsy|down['’]?s? syndrome|muscular dystrophy|cystic fibrosis|spina bifida|epilep[a-z]+"
    "|diabet[a-z]+|cancer|leuk[a-z]+|tourett[a-z]+|tracheostomy|feeding tube|stoma|catheter|sickle cell|coma"
    "|selective(?:ly)? mut[a-z]+|stammer[a-z]*|stutter[a-z]*|albino|dwarf[a-z]*|amput[a-z]+|autistic"
    "|in (?:prison|jail)|prison|jail|killed (?:him|her|them)sel(?:f|ves)|suicide|murdered"
    "|(?:took|taken) (?:his|her|their) own li(?:fe|ves)|adopted|fostered|asylum(?: seekers?)?|refugees?"
    "|travellers?|gyps(?:y|ies)|roma|showm[ae]n|trans(?:gender)?|non[ -]?binary|gay|lesbian|pregnant"
    "|(?:having|had) a baby|new baby|police(?:man|woman| officer)|councillor|vicar|imam|mayor|head ?teacher"
    "|partially sighted|one (?:arm|leg|hand|eye)|brittle bones|(?:a )?[a-z]+ officer|(?:won the )?lottery|died"
    "|passed away|funeral|in the (?:news|paper)|on (?:the news|tv)|footballer|soldier|army"
)

_PATTERNS: Final = (
    (
        "email",
        re.compile(
            r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\bat\b)\s?[\w-]{1,63}(?:\s?(?:\.|\bdot\b)\s?[a-z]{2,12})+",
            re.IGNORECASE,
        ),
    ),
    ("link", re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("handle", re.compile(r"(?<!\w)@\w{2,}[\w.]*|\b\w{2,32}#\d{4}\b|\b[a-z]\w*_\w+\b", re.IGNORECASE)),
    (
        "handle",
        re.compile(
            r"\b(?:snap(?:chat)?|insta(?:gram)?|tik ?tok|discord|roblox|xbox|psn|steam|gamer ?tag|fortnite|twitch)\s*"
            r"(?:user ?name|name|user|tag)?\s*(?:is|im|:|as)\s*(?:im\s+)?([\w.#@-]{3,})",
            re.IGNORECASE,
        ),
    ),
    ("handle", re.compile(r"\bi['’]?m (?:on \w+ as )?([a-z]+[._]?\w*[._\d]\w+)", re.IGNORECASE)),
    ("number", re.compile(r"\b[1-9]\d{2}[ -]?\d{3}[ -]?\d{4}\b|\b[1-9]\d{3}[ -]?\d{3}[ -]?\d{3}\b")),
    ("phone", re.compile(r"\b[o0](?:[ -]?[\do]){8,11}\b", re.IGNORECASE)),
    (
        "phone",
        re.compile(rf"\b(?:(?:zero|oh|o|nought|double|triple|{_ONES})\s+){{7,}}(?:zero|oh|{_ONES})\b", re.IGNORECASE),
    ),
    (
        "address",
        re.compile(
            rf"\b(?:flat \w{{1,4}},? (?:\d{{1,4}}[a-z]? )?(?:\w+ ){{0,2}}?(?:{_STREETS})"
            rf"|\d{{1,4}}[a-z]? (?!{_COUNTED})(?:\w+ ){{1,2}}?(?:{_STREETS}))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "date",
        re.compile(
            rf"\b(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?|{_DAYS})(?:\s+of)?\s+{_MONTH}\b(?:\s+\d{{4}}\b)?",
            re.IGNORECASE,
        ),
    ),
    ("date", re.compile(rf"\b{_MONTH}\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?|{_DAYS})\b", re.IGNORECASE)),
    ("date", re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b(?:19[5-9]\d|20[0-4]\d)\b")),
    (
        "year",
        re.compile(
            r"\b(?:year|yr)\s*(?:1[0-3]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen)\b"
            r"|\by ?(?:1[0-3]|[1-9])\b|\breception class\b|(?<=\bin )reception\b|\bnursery\b|\bsixth form\b",
            re.IGNORECASE,
        ),
    ),
    (
        "age",
        re.compile(
            rf"\b(?:i am|i['’]?m|hes|shes|aged?|(?:is|was|are|were|am|be|turn(?:ed|ing)?"
            rf"|like i['’]?m|nearly|almost)(?:\s+(?:only|nearly|almost|just|about))?)"
            rf"\s+({_AGE}(?: and a half)?)\b{_UNITS}",
            re.IGNORECASE,
        ),
    ),
    ("age", re.compile(rf"\b{_AGE}[\s-]*(?:years?|yrs?)[\s-]*olds?\b|\b{_AGE} and a half\b", re.IGNORECASE)),
    (
        "rare",
        re.compile(
            rf"\bonly (?:\w+ ){{0,1}}?(?:{_SEX})"
            r"(?: (?:who|that|in|with|from|kid|child|girl|boy|here)(?: \w+){0,2})?\b",
            re.IGNORECASE,
        ),
    ),
    ("rare", re.compile(rf"\b(?:{_FEW_SHARE})\b", re.IGNORECASE)),
)


def patterns(text: str) -> Iterator[Finding]:
    """Every place that a pattern points at; they may overlap."""
    for match in phonenumbers.PhoneNumberMatcher(text, "GB", leniency=phonenumbers.Leniency.POSSIBLE):
        yield Finding("phone", match.start, match.end)
    for start, end in spans(text):
        yield Finding(_kind(text[start:end]), start, end)
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            start, end = found.span(pattern.groups)
            yield Finding(kind, start, end)


def _kind(part: str) -> str:
    """What a piece that the page points out is called here."""
    if re.fullmatch(r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}", part, re.IGNORECASE | re.ASCII):
        return "postcode"
    if "@" in part[1:]:
        return "email"
    if part.startswith("@"):
        return "handle"
    digits = sum(sign.isdigit() for sign in part)
    if digits > _MOST_IN_A_DATE:
        return "phone"
    if digits:
        is_date = not re.search("[a-z]", part, re.IGNORECASE) or re.search(_MONTH, part, re.IGNORECASE)
        return "date" if is_date else "handle"
    is_place = re.search(r" (?:school|primary|academy|juniors|infants|high|nursery|form|college)$", part, re.IGNORECASE)
    return "place" if is_place else "name"
