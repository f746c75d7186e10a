"""A definition in words for those who make it: when a question is asked, what is special about it, what changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from engage.listening.making.labels import label_of
from engage.listening.surveys.gate_words import apart
from engage.listening.surveys.views_manage import KINDS
from engage.rules.questionnaire.changes import Changes, QuestionChange, Wording
from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.texts import ENGLISH
from engage.web.layout import language
from engage.web.words import language_name


@dataclass(frozen=True)
class Listed:
    """One question in the list of a working copy."""

    id: str
    number: int
    text: str
    kind: str
    symbol: str
    options: tuple[str, ...]
    notes: tuple[str, ...]
    section: str
    findings: int


@dataclass(frozen=True)
class Told:
    """One change: what was and what is (either may be "")."""

    what: str
    before: str = ""
    after: str = ""
    language: str = ""


@dataclass(frozen=True)
class QuestionTold:
    """What happened to one question, in words. `kind` is that of the tag."""

    text: str
    state: str
    kind: str
    is_same: bool
    was_there: bool
    lines: tuple[Told, ...]


def kind_name(kind: str) -> str:
    """What a kind of question is called."""
    return str(KINDS[kind])


def listed(definition: Definition, findings: dict[str, int]) -> list[Listed]:
    """Every question with what is special about it; `findings` counts what the gate found, by question."""
    sections = {section.id: section.title.say(ENGLISH).text for section in getattr(definition, "sections", ())}
    return [
        Listed(
            question.id,
            number,
            question.text.say(ENGLISH).text,
            kind_name(question.kind),
            question.symbol or "",
            tuple(option.text.say(ENGLISH).text for option in question.options() or ()),
            tuple(_notes(definition, question)),
            sections.get(getattr(question, "section", None) or "", ""),
            findings.get(question.id, 0),
        )
        for number, question in enumerate(definition.questions, start=1)
    ]


def _notes(definition: Definition, question: Question) -> Iterator[str]:
    if question.show_if is not None:
        yield _("Asked only if %(condition)s", condition=in_words(definition, question.show_if))
    if getattr(question, "skips", ()) or getattr(question, "ends", ()):
        yield _("Some answers lead elsewhere")
    if not question.skippable:
        yield _("Has to be answered")
    if question.safety:
        yield _("Some answers raise a flag")
    if question.background:
        yield _("May divide results")


def in_words(definition: Definition, condition: Condition) -> str:
    """A condition as part of a sentence."""
    if condition.not_ is not None:
        return str(_("not (%(condition)s)", condition=in_words(definition, condition.not_)))
    if condition.all_ is not None:
        return f" {_('and')} ".join(in_words(definition, part) for part in condition.all_)
    if condition.any_ is not None:
        return f" {_('or')} ".join(in_words(definition, part) for part in condition.any_)
    return _leaf(definition, condition)


def _leaf(definition: Definition, condition: Condition) -> str:
    name = condition.question or ""
    question = definition.question(name) if name in definition else None
    asked = apart(question.text.say(ENGLISH).text if question else name)
    if condition.operator == "answered":
        return str(_("“%(question)s” has an answer", question=asked))
    if condition.operator == "not_answered":
        return str(_("“%(question)s” has no answer", question=asked))
    words = {option.id: option.text.say(ENGLISH).text for option in (question.options() or () if question else ())}
    answer = f" {_('or')} ".join(f"“{apart(words.get(each, each))}”" for each in condition.option_ids())
    if condition.operator == "is_not":
        return str(_("“%(question)s” is not %(answer)s", question=asked, answer=answer))
    return str(_("“%(question)s” is %(answer)s", question=asked, answer=answer))


def told(changes: Changes, before: Definition | None, after: Definition) -> list[QuestionTold]:
    """Every question that is different, in the new order."""
    return [
        _question(change, before, after) for change in changes.questions if change.what != "same" or change.is_moved
    ]


def around(changes: Changes) -> list[Told]:
    """What is different around the questions."""
    return [
        *(_words(each) for each in changes.words),
        *(Told(str(label_of(name).label)) for name in changes.settings),
    ]


def _question(change: QuestionChange, before: Definition | None, after: Definition) -> QuestionTold:
    question = change.after or change.before
    states = {
        "added": (_("New"), "good"),
        "removed": (_("Removed"), "no"),
        "changed": (_("Changed"), "wait"),
        "same": (_("Moved"), "plain"),
    }
    state, kind = states[change.what]
    return QuestionTold(
        question.text.say(ENGLISH).text if question else change.id,
        state,
        kind,
        change.is_same,
        change.before is not None and change.after is not None,
        tuple(_lines(change, before, after)),
    )


def _lines(change: QuestionChange, before: Definition | None, after: Definition) -> Iterator[Told]:
    if change.is_moved:
        yield Told(_("Stands in another place"))
    if change.before is None or change.after is None:
        return
    if change.before.kind != change.after.kind:
        yield Told(_("Kind"), kind_name(change.before.kind), kind_name(change.after.kind))
    options = {f"options.{option.id}" for option in (*change.options_added, *change.options_removed)}
    yield from (Told(_("New answer"), after=o.text.say(ENGLISH).text) for o in change.options_added)
    yield from (Told(_("Answer removed"), before=o.text.say(ENGLISH).text) for o in change.options_removed)
    if change.options_moved:
        yield Told(_("Answers stand in another order"))
    yield from (_words(words) for words in change.words if words.place not in options)
    for name in change.routing:
        yield Told(str(label_of(name).label), _routing(change.before, before), _routing(change.after, after))
    yield from (Told(str(label_of(name).label)) for name in change.settings if name != "kind")


def _routing(question: Question, definition: Definition | None) -> str:
    if definition is None or question.show_if is None:
        return str(_("everybody"))
    return in_words(definition, question.show_if)


def _words(words: Wording) -> Told:
    name = words.place.split(".")[-1] if not words.place.startswith("options.") else "options.text"
    label = str(label_of("text", "options").label) if name == "options.text" else str(label_of(name, "question").label)
    name = language_name(words.language, language())
    if words.easy:
        name = _("%(language)s, easy words", language=name)
    return Told(label, words.before, words.after, name)
