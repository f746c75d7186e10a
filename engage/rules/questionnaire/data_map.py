"""What a survey keeps of whoever answers: for its data protection impact assessment (UK GDPR article 35)."""

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.piping import unanswered
from engage.rules.questionnaire.texts import ENGLISH

Sort = Literal["chosen", "words", "files", "contact", "nothing"]
_FILES = frozenset({"audio", "drawing", "upload"})
_NOTHING = frozenset({"information", "video"})


@dataclass(frozen=True)
class Entry:
    """One question: what it asks (English), and the sort of thing that is kept of its answer."""

    id: str
    text: str
    kind: str
    sort: Sort
    can_be_left: bool


def data_map(definition: Definition) -> tuple[Entry, ...]:
    """Every question with what is kept of it, in order."""
    return tuple(
        Entry(
            question.id,
            unanswered(question.text).say(ENGLISH).text,
            question.kind,
            _sort(question),
            not question.required,
        )
        for question in definition.questions
    )


def scope(definition: Definition) -> str:
    """What an assessment was made for, as a hash: who is asked, on what ground, and which sorts of things are kept.

    Another wording changes nothing; another audience, age, ground or sort of question makes it out of date.
    """
    parts = [
        definition.audience,
        definition.threshold,
        definition.age_min,
        definition.age_max,
        definition.lawful_basis,
        sorted({entry.sort for entry in data_map(definition)}),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _sort(question: Question) -> Sort:
    if question.kind == "contact":
        return "contact"
    if question.kind in _FILES:
        return "files"
    if question.kind in _NOTHING:
        return "nothing"
    return "words" if question.takes_free_words and question.options() is None else "chosen"
