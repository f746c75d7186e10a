"""What must fit together in a definition before it exists: scales, ids, conditions, sections, rules that lead on.

Every rule looks back only: at questions that stand earlier, and inside a shuffled section at none of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engage.rules.marking import worded
from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.kinds.base import Problem, Question, Scales
from engage.rules.questionnaire.kinds.choice import Listed, OneOf
from engage.rules.questionnaire.kinds.multiple import Several
from engage.rules.questionnaire.piping import malformed, names
from engage.rules.questionnaire.routing import End, Section
from engage.rules.questionnaire.texts import Text

RESERVED: Final = frozenset({"language", "channel", "week", "csrf_token", "easy", "next", "key", "how"})
"""Names a question cannot have: columns of an imported table and fields every page carries."""

_WRITE_PLACE: Final = worded("write {answer:an earlier question|words if there is no answer}")
Loc = tuple[str | int, ...]


@dataclass
class _Reading:
    """What has been read so far, in the order of the questions."""

    questions: Sequence[Question]
    sections: Sequence[Section]
    earlier: dict[str, Question] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = {question.id for question in self.questions}
        self.order = [section.id for section in self.sections]
        self.shuffled = {section.id for section in self.sections if section.order}

    def before(self, question: Question) -> dict[str, Question]:
        """The questions that have certainly been asked, or passed, before this one."""
        if question.section not in self.shuffled:
            return self.earlier
        return {name: other for name, other in self.earlier.items() if other.section != question.section}


def question_problems(questions: Sequence[Question], sections: Sequence[Section], scales: Scales) -> Iterator[Problem]:
    """Everything that does not fit, with its place in the definition; takes in scales and carried options."""
    reading = _Reading(questions, sections)
    for index, question in enumerate(questions):
        found = list(question.bind(scales)) or list(question.safety_problems())
        found += _id_problems(question, reading)
        found += _place_problems(question, reading)
        before = reading.before(question)
        if question.show_if is not None:
            found += condition_problems(question.show_if, ("show_if",), before, reading.known)
        found += _carry_problems(question, before, reading.known)
        found += _words_problems(question, before, reading.known)
        found += _rule_problems(question, reading)
        yield from (Problem(("questions", index, *p.loc), p.message, p.write) for p in found)
        reading.earlier[question.id] = question
    yield from _section_problems(reading)


def _id_problems(question: Question, reading: _Reading) -> Iterator[Problem]:
    if question.id in reading.earlier:
        yield Problem(
            ("id",), worded("{id} is there twice", id=repr(question.id)), worded("give each question its own id")
        )
    if question.id in RESERVED:
        yield Problem(("id",), worded("{id} is kept for the product", id=repr(question.id)), worded("use another id"))
    if question.id in reading.order:
        yield Problem(("id",), worded("{id} is also a section", id=repr(question.id)), worded("give it another id"))


def _place_problems(question: Question, reading: _Reading) -> Iterator[Problem]:
    """Sections follow each other as listed, each in one piece; a question outside them stands before or after one."""
    if question.section is None:
        return
    listed = ", ".join(reading.order)
    if question.section not in reading.order:
        write = worded("write one of: {ids}", ids=listed) if listed else worded("list it under sections:")
        yield Problem(("section",), worded("there is no section {id}", id=repr(question.section)), write)
        return
    begun = [other.section for other in reading.earlier.values()]
    is_left = question.section in begun and begun[-1] != question.section
    ahead = reading.order[reading.order.index(question.section) + 1 :]
    if is_left or any(section in ahead for section in begun):
        yield Problem(
            ("section",),
            worded("comes back to {id}", id=repr(question.section)),
            worded("keep this order: {ids}", ids=listed),
        )


def _carry_problems(question: Question, before: Mapping[str, Question], known: set[str]) -> Iterator[Problem]:
    if not isinstance(question, Listed) or question.carry is None:
        return
    name = question.carry.question
    source = before.get(name)
    if not isinstance(source, Listed):
        choosing = [other.id for other in before.values() if isinstance(other, Listed)]
        message = worded("{id} has no options to bring", id=repr(name)) if source else _not_there(name, known)
        yield Problem(
            ("carry", "question"),
            message,
            worded("write an earlier question with options: {ids}", ids=", ".join(choosing)),
        )
        return
    question.bring(source.options())


def _rule_problems(question: Question, reading: _Reading) -> Iterator[Problem]:
    """Where an answer leads: on, never back, and from nowhere inside a shuffled section."""
    known = {**reading.earlier, question.id: question}
    inside = question.section in reading.shuffled
    if inside and (question.skips or question.ends):
        write = worded("put ends: on the section, or remove order: random from it")
        yield Problem(
            ("skips" if question.skips else "ends",), worded("stands in a section whose order is random"), write
        )
    for number, skip in enumerate(question.skips):
        yield from condition_problems(skip.when, ("skips", number, "when"), known, reading.known)
        if skip.to not in _targets(question, reading):
            later = ", ".join(_targets(question, reading)) or worded("there is none after this one")
            message = (
                worded("{id} is not further on", id=repr(skip.to))
                if skip.to in reading.known
                else worded("there is no {id}", id=repr(skip.to))
            )
            yield Problem(
                ("skips", number, "to"), message, worded("write a later question or section: {ids}", ids=later)
            )
    yield from _end_problems(question.ends, known, reading.known)


def _targets(question: Question, reading: _Reading) -> list[str]:
    """Where a skip may lead: later questions outside shuffled sections, and later sections."""
    place = next(n for n, other in enumerate(reading.questions) if other is question)
    later = reading.questions[place + 1 :]
    ahead = {other.section for other in later} - {question.section, None}
    return [*(q.id for q in later if q.section not in reading.shuffled), *(s for s in reading.order if s in ahead)]


def _end_problems(ends: Sequence[End], known: Mapping[str, Question], everything: set[str]) -> Iterator[Problem]:
    for number, end in enumerate(ends):
        yield from condition_problems(end.when, ("ends", number, "when"), known, everything)
        yield from _text_problems(end.say, ("ends", number, "say"), known, everything)


def _section_problems(reading: _Reading) -> Iterator[Problem]:
    for index, section in enumerate(reading.sections):
        found: list[Problem] = []
        if section.id in reading.order[:index]:
            found.append(
                Problem(
                    ("id",), worded("{id} is there twice", id=repr(section.id)), worded("give each section its own id")
                )
            )
        if not any(question.section == section.id for question in reading.questions):
            found.append(
                Problem((), worded("has no question"), worded("write section: under its questions, or remove it"))
            )
        within = {q.id: q for q in _until_after(section.id, reading.questions)}
        before = {name: question for name, question in within.items() if question.section != section.id}
        if section.show_if is not None:
            found += condition_problems(section.show_if, ("show_if",), before, reading.known)
        found += _end_problems(section.ends, within, reading.known)
        if any(end.nothing_kept for end in section.ends):
            found.append(
                Problem(
                    ("ends",), worded("keeps nothing after a whole section"), worded("put it on the question that asks")
                )
            )
        found += _text_problems(section.title, ("title",), {}, reading.known)
        yield from (Problem(("sections", index, *p.loc), p.message, p.write) for p in found)


def _until_after(section_id: str, questions: Sequence[Question]) -> Sequence[Question]:
    """The questions up to the last one of the section."""
    places = [place for place, question in enumerate(questions) if question.section == section_id]
    return questions[: places[-1] + 1] if places else questions


def _words_problems(question: Question, before: Mapping[str, Question], known: set[str]) -> Iterator[Problem]:
    """Chosen options may stand in a question's words, its hint and its options; nowhere else."""
    for path, text in question.texts():
        if path.startswith("ends."):
            continue
        loc = tuple(int(step) if step.isdigit() else step for step in path.split("."))
        allowed = path in {"text", "hint"} or (path.startswith("options.") and isinstance(question, Listed))
        yield from _text_problems(text, loc, before if allowed else {}, known)


def _text_problems(text: Text, loc: Loc, before: Mapping[str, Question], known: set[str]) -> Iterator[Problem]:
    for found in malformed(text):
        yield Problem(loc, worded("{words} is not a placeholder", words=found), _WRITE_PLACE)
    for name in sorted(names(text)):
        source = before.get(name)
        if source is None:
            yield Problem(
                loc, worded("{{answer:{name}}} {reason}", name=name, reason=_unnamed(name, known, before)), _WRITE_PLACE
            )
        elif not isinstance(source, OneOf | Several):
            yield Problem(
                loc,
                worded("{{answer:{name}}} names a question without options", name=name),
                worded("only chosen options are named"),
            )


def no_placeholders(text: Text, loc: Loc, known: set[str]) -> Iterator[Problem]:
    """For texts that everybody reads alike, before or after the questions."""
    yield from _text_problems(text, loc, {}, known)


def _unnamed(name: str, known: set[str], before: Mapping[str, Question]) -> str:
    if name not in known:
        return worded("names a question that is not there")
    return worded("names a question that comes later") if before else worded("cannot stand here")


def _not_there(name: str, known: set[str]) -> str:
    return (
        worded("looks at {id}, which comes later", id=repr(name))
        if name in known
        else worded("there is no question {id}", id=repr(name))
    )


def condition_problems(
    condition: Condition, loc: Loc, earlier: Mapping[str, Question], known: set[str]
) -> Iterator[Problem]:
    """Leaves that look at no earlier question, or ask of it what it cannot answer."""
    for leaf in condition.leaves():
        name = leaf.question or ""
        if name not in earlier:
            write = worded("write an earlier question: {ids}", ids=", ".join(earlier) or worded("there is none here"))
            yield Problem(loc, _not_there(name, known), write)
            continue
        problem = _leaf_problem(leaf, earlier[name], loc)
        if problem is not None:
            yield problem


def _leaf_problem(leaf: Condition, question: Question, loc: Loc) -> Problem | None:
    if not question.asks:
        return Problem(loc, worded("{id} asks nothing", id=repr(question.id)), worded("write an earlier question"))
    if leaf.operator in {"answered", "not_answered"}:
        return None
    options = question.options() if question.whole else None
    if options is None:
        return Problem(
            loc, worded("{id} has no options", id=repr(question.id)), worded("use answered: true or not_answered: true")
        )
    if (leaf.operator == "includes") != question.several:
        right = "includes" if question.several else worded("is, is_not or any_of")
        return Problem(
            loc,
            worded("{operator} does not fit the kind {kind}", operator=leaf.operator, kind=question.kind),
            worded("use {right}", right=right),
        )
    ids = {option.id for option in options}
    unknown = [value for value in leaf.option_ids() if value not in ids]
    if unknown and not (isinstance(question, Listed) and question.options_from):
        return Problem(
            loc,
            worded("{id} has no option {option}", id=repr(question.id), option=repr(unknown[0])),
            worded("write one of: {ids}", ids=", ".join(sorted(ids))),
        )
    return None
