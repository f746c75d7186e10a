"""The words that results share: what a table is about, what its rows are called, how a number or its lack is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.rules.disclosure import Reason, Rule, values_of
from engage.rules.disclosure.ladder import Rung, Step
from engage.rules.questionnaire.answers import SKIP
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.how import ABOUT as ABOUT_OPTIONS
from engage.rules.questionnaire.kinds.base import Column, Question
from engage.rules.questionnaire.piping import unanswered
from engage.rules.questionnaire.texts import Text
from engage.web.words import language_name

_WHY: dict[Reason, Any] = {
    "small": _l("Some numbers are hidden: fewer than %(threshold)s people, or nobody."),
    "complement": _l("Hidden: with the other groups it would show a group of fewer than %(threshold)s."),
    "same_answer": _l("Hidden: all of them, or nearly all, gave the same answer."),
    "secondary": _l("Some numbers are hidden: with them, somebody could work out another that is hidden."),
}

_RUNGS: dict[Rung, Any] = {
    "full": "",
    "one_filter": _l("Shown by one group at a time: by two at once, somebody could have been worked out."),
    "merged": _l("Small groups are put together: apart, somebody could have been worked out."),
    "totals": _l("Shown for everybody together only: by group, somebody could have been worked out."),
    "nothing": "",
}

ABOUT: dict[str, Any] = {
    "how.language": _l("Language of the answers"),
    "how.channel": _l("How the answers came"),
    "how.company": _l("Who was with people when they answered"),
    "how.adult": _l("Was an adult with them?"),
    "how.easy": _l("Easy words"),
    "how.symbols": _l("Pictures beside words"),
    "how.read_aloud": _l("Read to me"),
    "how.large_print": _l("Large letters"),
    "how.bsl": _l("British Sign Language"),
}
ABOUT_VALUES: dict[str, Any] = {
    "yes": _l("Yes"),
    "no": _l("No"),
    "alone": _l("Nobody: they answered alone"),
    "friend": _l("A friend"),
    "carer": _l("A parent or carer"),
    "worker": _l("A worker, for instance a teacher or a social worker"),
    "interpreter": _l("An interpreter"),
    "link": _l("A link"),
    "qr": _l("A QR code"),
    "poster": _l("A poster"),
    "kiosk": _l("A shared device"),
    "paper": _l("Paper"),
    "handed-out": _l("Handed out by an agency"),
    "import": _l("Brought in from a file"),
}


@dataclass(frozen=True)
class Asked:
    """What one column of results is about. `words`: the question alone; `part`: which part of it, or empty."""

    key: str
    question: str
    title: str
    words: str
    part: str
    labels: Mapping[str, str]


def asked_of(definition: Definition, language: str) -> dict[str, Asked]:
    """The columns of a survey's results by their key, in the order of its questions."""
    return {
        column.key: Asked(
            column.key,
            question.id,
            title_of(question, column, language),
            _said(question.text, language),
            _said(column.text, language) if column.text is not None else "",
            _places(column) if question.kind == "ranking" else labels_of(column, language),
        )
        for question in definition.questions
        for column in question.columns()
    }


def in_words(definition: Definition, language: str) -> list[str]:
    """The questions that people may answer in their own words, or with a file: no table holds what they said."""
    return [_said(question.text, language) for question in definition.questions if question.takes_free_words]


def dividing(definition: Definition, language: str) -> list[Asked]:
    """The columns that divide results: the background questions and, where it is asked, whether an adult was there."""
    asked = asked_of(definition, language)
    adult = [about_asked("how.adult", ABOUT_OPTIONS["adult"], language)] if definition.asks_how else []
    return [*(asked[column.key] for column in definition.dividing), *adult]


def about_asked(key: str, values: Sequence[str], language: str) -> Asked:
    """The column on how people answered that is called `key`; `values` are what may stand in it."""
    title = str(ABOUT[key])
    if key == "how.language":
        labels = {value: language_name(value, language) for value in values}
    else:
        labels = {value: str(ABOUT_VALUES.get(value, value)) for value in values}
    return Asked(key, key, title, title, "", labels)


def why_hidden(reason: Reason | None, rule: Rule) -> str:
    """Why something in a table is hidden, as a sentence; nothing where nothing is."""
    if reason is None:
        return ""
    return str(_WHY.get(reason, _("Some numbers are hidden to protect people.")) % {"threshold": rule.threshold})


def rung_words(rung: Rung, steps: Sequence[Step]) -> list[str]:
    """Why a release shows less than it could have; nothing when it shows all its tables."""
    words = [str(_RUNGS[rung])] if _RUNGS[rung] else []
    if any(step.by_clock for step in steps):
        words.append(
            _("The check was stopped after a minute, before it was done: on a faster machine more may be shown.")
        )
    if any(step.ways > 1 for step in steps):
        words.append(_("What was said of who answers cannot all be true. Each part of it that can be was held to."))
    return words


def label_of(labels: Mapping[str, str], option: str) -> str:
    """The words of an option, of each one where several were put together."""
    return " / ".join(labels.get(one, one) for one in values_of(option))


def title_of(question: Question, column: Column, language: str) -> str:
    """What a table is called: the question, and which part of it."""
    asked = _said(question.text, language)
    return f"{asked} – {_said(column.text, language)}" if column.text is not None else asked


def labels_of(column: Column, language: str) -> dict[str, str]:
    """Option id -> words, with the skip."""
    labels = {option.id: _said(option.text, language) for option in column.options}
    return {**labels, SKIP: _("I would rather not say")}


def _said(text: Text, language: str) -> str:
    return unanswered(text).say(language).text


def _places(column: Column) -> dict[str, str]:
    """The same for the places of a ranking: a bare "1" could be the best or the least. Which place is the bottom is
    not said: whoever was asked about fewer things has another one.
    """
    first, *others = (option.id for option in column.options)
    named = {first: _("%(place)s (top)", place=first), **{place: place for place in others}}
    return {**named, SKIP: _("I would rather not say")}


def people_words(count: int | None, rule: Rule, reason: Reason | None) -> str:
    """A published count, or the words for one that is hidden or nobody. `reason` is the table's."""
    if count is not None:
        return str(_("about %(count)s", count=count))
    if reason in {"small", None}:
        return str(_("fewer than %(threshold)s", threshold=rule.threshold))
    return str(_("hidden to protect people"))


def share_words(words: str, rule: Rule) -> str:
    """A share's words where it has no percentage."""
    known = {
        "most": _("most"),
        "some": _("some"),
        f"fewer than {rule.threshold}": _("fewer than %(threshold)s", threshold=rule.threshold),
    }
    return str(known.get(words, _("hidden to protect people")))
