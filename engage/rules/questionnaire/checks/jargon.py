"""Hard words and initials where children and families read, each with a plain word to use instead."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.checks.wordings import STAFF, wordings
from engage.rules.questionnaire.definition import Definition

HARD_WORD: Final = Code(
    "hard_word",
    "look",
    to_translate("Words of our trade shut people out of a question about their own life."),
    to_translate("use a plain word"),
)
CODES: Final = (HARD_WORD,)

PLAIN: Final = {
    "safeguarding": "keeping children safe",
    "multi-agency": "different services together",
    "inter-agency": "between services",
    "agency": "service",
    "agencies": "services",
    "disclosure": "telling someone",
    "disclose": "tell",
    "intervention": "help",
    "interventions": "help",
    "referral": "asking a service to help",
    "referred": "sent on",
    "assessment": "finding out what you need",
    "placement": "where you live",
    "provision": "help",
    "practitioner": "worker",
    "practitioners": "workers",
    "professional": "worker",
    "professionals": "workers",
    "stakeholder": "person it matters to",
    "stakeholders": "people it matters to",
    "engagement": "taking part",
    "participate": "take part",
    "participation": "taking part",
    "implement": "do",
    "implementation": "doing",
    "facilitate": "help",
    "commence": "start",
    "additional": "more",
    "regarding": "about",
    "approximately": "about",
    "sufficient": "enough",
    "insufficient": "not enough",
    "require": "need",
    "required": "needed",
    "obtain": "get",
    "ensure": "make sure",
    "outcome": "what changed",
    "outcomes": "what changed",
    "sibling": "brother or sister",
    "siblings": "brothers and sisters",
    "statutory": "by law",
    "eligible": "allowed",
    "eligibility": "who can get it",
    "transition": "move",
    "vulnerable": "at risk",
    "vulnerability": "risk",
    "signpost": "tell where to go",
    "signposted": "told where to go",
    "advocate": "somebody who speaks up for you",
    "caseworker": "worker",
    "service user": "person who gets help",
    "service users": "people who get help",
    "looked after child": "child in care",
    "peer group": "friends",
    "peers": "friends",
    "emotional wellbeing": "how you feel",
    "domestic abuse": "somebody at home hurting or scaring somebody",
    "utilise": "use",
    "prior to": "before",
    "in relation to": "about",
    "in respect of": "about",
    "per annum": "a year",
    "household": "people you live with",
    "demographic": "who you are",
    "ethnicity": "ethnic group",
    "methodology": "way",
    "governance": "who decides",
    "accountability": "who answers for it",
    "resilience": "being able to cope",
    "holistic": "whole",
    "co-production": "making it together",
    "escalate": "take further",
    "escalated": "taken further",
}
"""The hard word and what to say instead. Single words of our trade, and those of letters from offices."""

_WORD: Final = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(map(re.escape, PLAIN), key=len, reverse=True)) + r")(?![\w-])", re.I
)
_INITIALS: Final = re.compile(r"\b[A-Z]{2,6}s?\b")
_KNOWN_INITIALS: Final = frozenset({"OK", "UK", "TV", "BSL", "QR", "GP", "GPs", "NHS", "PE", "ID", "A"})
_EXPLAINED: Final = re.compile(r"\b(means|is when|that is|someone who|somebody who|is called|are called)\b", re.I)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    if definition.audience in STAFF:
        return
    for wording in wordings(definition):
        if _EXPLAINED.search(wording.words):
            continue
        hard = list(dict.fromkeys(match[0].lower() for match in _WORD.finditer(wording.words)))
        if hard:
            yield HARD_WORD.at(
                wording.question,
                to_translate("uses {words}"),
                wording.place,
                write=to_translate("write {plain} for {words}"),
                words=_quoted(hard),
                plain=_quoted(PLAIN[word] for word in hard),
            )
        found = dict.fromkeys(
            match[0] for match in _INITIALS.finditer(wording.words) if match[0] not in _KNOWN_INITIALS
        )
        if found:
            says, write = to_translate("uses the initials {words}"), to_translate("write the words out")
            yield HARD_WORD.at(wording.question, says, wording.place, write=write, words=", ".join(found))


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
