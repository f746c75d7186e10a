"""What the gate found, gathered by the page people would meet it on, in plain words; and what was in order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from engage.listening.surveys import gate_words
from engage.rules.questionnaire.checks import CODE_BOOK, Finding
from engage.rules.questionnaire.definition import Definition


@dataclass(frozen=True)
class Said:
    """One finding: what is wrong, at which words, why it matters and what to write. Both weights alike.

    `href`: where it can be put right, where that is not the form of its page.
    """

    what: str
    where: str
    why: str
    write: str
    is_must: bool
    href: str = ""


@dataclass(frozen=True)
class Screen:
    """A page of the survey with what was found on it; `href` leads to where it can be put right."""

    id: str
    title: str
    href: str
    found: tuple[Said, ...]


def screens(
    definition: Definition, found: Sequence[Finding], link: Callable[[str | None], str], way: Callable[[Finding], str]
) -> tuple[Screen, ...]:
    """The pages with findings, in the order people meet them. `link` gives the form of a question (None: of the rest),
    `way` the form where one finding is put right.
    """
    everywhere = [(None, _("The survey as a whole")), *_questions(definition)]
    gathered = []
    for question, title in everywhere:
        here = _once(finding for finding in found if _belongs_to(finding) == question)
        if here:
            href = link(question)
            said = tuple(_said(finding, definition, way(finding), href) for finding in here)
            gathered.append(Screen(f"about-{question or 'all'}", title, href, said))
    return tuple(gathered)


def quiet(found: Iterable[Finding]) -> list[str]:
    """What the gate looked for and did not find, in words."""
    loud = {finding.code for finding in found}
    return [words for code, words in _looked_for().items() if code not in loud and code in CODE_BOOK]


def _questions(definition: Definition) -> list[tuple[str, str]]:
    return [
        (
            question.id,
            _("Question %(number)s: %(words)s", number=number, words=gate_words.apart(question.text.say("en").text)),
        )
        for number, question in enumerate(definition.questions, start=1)
    ]


def _belongs_to(finding: Finding) -> str | None:
    """The question where it can be put right; None where that is before, after or around the questions."""
    return None if finding.place.startswith(("intro.", "scales.")) else finding.question


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Without those that say the same of the plain and of the easy words: the first of them stands for both."""
    kept: dict[tuple[str, str, str], Finding] = {}
    for finding in found:
        kept.setdefault((finding.code, finding.message, finding.place.removesuffix(".easy")), finding)
    return list(kept.values())


def _said(finding: Finding, definition: Definition, way: str, around: str) -> Said:
    words = gate_words.said(finding)
    place = gate_words.in_words(finding.place, definition)
    is_must = finding.weight == "must"
    return Said(words.what, place, words.why, words.write, is_must, way if way != around else "")


def _looked_for() -> dict[str, str]:
    return {
        "no_limits": _("People know when someone would have to be told, before they write"),
        "no_expectation": _("It says what it cannot change"),
        "banned_words": _("It promises nothing that nobody can keep"),
        "no_lawful_basis": _("It names its lawful basis"),
        "needs_a_parent": _("Whoever is asked to consent is old enough for it"),
        "no_readers": _("Somebody is there to read what people write"),
        "no_deciders": _("Somebody is there to decide where a child may be in danger"),
        "no_impact_assessment": _("Somebody signed a data protection impact assessment"),
        "no_language": _("Every text is there in every language"),
        "stale_translation": _("Translations say what the English says now"),
        "no_easy_words": _("Easy words are there where children read"),
        "unknown_symbol": _("Every symbol has its drawing"),
        "no_symbol": _("Pictures stand beside the words for the youngest"),
        "no_voice": _("Something reads to children who cannot read yet"),
        "not_in_library": _("Every picture, recording and film is in the library"),
        "no_signed_film": _("Where British Sign Language is promised, every part has its film"),
        "no_accessible_route": _("Films have captions and words in every language"),
        "unreachable": _("Every question can be reached"),
        "dead_end": _("From every question there is a way on"),
        "no_services": _("Where answers come from a list, there is something on it"),
        "cannot_skip": _("Every question can be left"),
        "contact_beside_answers": _("Nobody is asked for contact details beside their answers"),
        "unflagged_safety": _("A child who says they are not safe is seen by a person"),
        "identifying": _("Nothing asks who somebody is"),
        "reidentifying": _("Answers about themselves do not show who somebody is"),
        "too_many_questions": _("It is short enough"),
        "hard_to_read": _("It can be read at the age of those who are asked"),
        "long_sentence": _("Easy sentences are short"),
        "hard_word": _("There are no words of our trade"),
        "double_negative": _("No question says no twice"),
        "leading": _("No question says which answer would please"),
        "double_barrelled": _("Each question asks one thing"),
        "idiom": _("There are no figures of speech"),
    }
