"""What is kept where when answers are sent: results, voices, sealed contact details, and what needs a person's eye."""

from collections.abc import Mapping
from dataclasses import dataclass

from engage.rules.questionnaire.answers import Answer, Answers, option_ids
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.path import on_path


@dataclass(frozen=True)
class Said:
    """Free words of one answer, and the files beside them (ids in the draft): they become one voice."""

    question_id: str
    words: str
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parts:
    """Answers sorted by where they go. Nothing stands in two places.

    `closed`: question id -> answer with option ids or `skipped` only, no words of the person. `voices`: their words.
    `contact`: question id -> answer with `name` and `reach`, for the sealed lane. `raised`: ids of safety questions
    answered with one of their low options. `background`: question id -> option ids that may divide results.
    """

    closed: Mapping[str, Answer]
    voices: tuple[Said, ...]
    contact: Mapping[str, Answer]
    raised: tuple[str, ...]
    background: Mapping[str, tuple[str, ...]]


def split(definition: Definition, answers: Answers) -> Parts:
    """Sort the answers that are on the path; all others are dropped."""
    closed: dict[str, Answer] = {}
    voices: list[Said] = []
    contact: dict[str, Answer] = {}
    raised: list[str] = []
    background: dict[str, tuple[str, ...]] = {}
    for question_id, answer in on_path(definition, answers).items():
        question = definition.question(question_id)
        if not question.asks:
            continue
        if question.store == "contact" and not answer.get("skipped"):
            contact[question_id] = answer
            continue
        words, attachments = question.free_words(answer), tuple(answer.get("attachments", ()))
        if words or attachments:
            voices.append(Said(question_id, words, attachments))
        if question.store == "answer" or answer.get("skipped"):
            closed[question_id] = question.kept(answer)
        if set(question.chosen(answer)) & set(question.safety):
            raised.append(question_id)
        if question.background and (ids := option_ids(answer)):
            background[question_id] = ids
    return Parts(closed, tuple(voices), contact, tuple(raised), background)
