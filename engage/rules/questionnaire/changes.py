"""What is different between two definitions of a survey, and which results can be set side by side.

Two questions with the same id are the same question written again; a question with another id is another question.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Option, Question
from engage.rules.questionnaire.texts import ENGLISH, Text

What = Literal["added", "removed", "changed", "same"]
Reworded = Literal["added", "removed", "changed"]

ROUTING: Final = frozenset({"show_if", "skips", "ends", "section", "carry"})
"""Fields that decide who is asked a question."""

_NOT_SETTINGS: Final = ROUTING | {
    "id",
    "text",
    "options",
    "published",
    "questions",
    "intro",
    "scales",
    "title",
    "thanks",
}
_PLAIN_SIGNS: Final = str.maketrans({
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "-",
    "\u2014": "-",
})


@dataclass(frozen=True)
class Wording:
    """One text in one language that is new, gone or said differently. `place` is its path ("options.2.text")."""

    place: str
    language: str
    easy: bool
    before: str
    after: str

    @property
    def what(self) -> Reworded:
        """Whether the words were added, removed or changed."""
        return "changed" if self.before and self.after else "added" if self.after else "removed"


@dataclass(frozen=True)
class QuestionChange:
    """What happened to one question. `is_same` says whether its results may be set beside the earlier ones."""

    id: str
    what: What
    before: Question | None
    after: Question | None
    is_moved: bool = False
    words: tuple[Wording, ...] = ()
    options_added: tuple[Option, ...] = ()
    options_removed: tuple[Option, ...] = ()
    options_moved: bool = False
    routing: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether answers before and after can be compared."""
        return self.before is not None and self.after is not None and same_question(self.before, self.after)


@dataclass(frozen=True)
class Changes:
    """Everything that is different: words around the questions, settings of the survey, then each question in order."""

    words: tuple[Wording, ...]
    settings: tuple[str, ...]
    questions: tuple[QuestionChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both say and do the same."""
        return not (self.words or self.settings or any(q.what != "same" or q.is_moved for q in self.questions))


def same_question(before: Question, after: Question) -> bool:
    """Whether the results of two questions may be compared, as in a trend.

    They may when the same people are asked the same English words and choose from the same answers in the same order.
    Easy words, translations, hints, symbols and punctuation may differ; a changed question text may not: answers move
    with wording (T. W. Smith, "That which we call welfare by any other name would smell sweeter", Public Opinion
    Quarterly 51, 1987).
    """
    return _compared(before) == _compared(after) and not _fields(before, after, ROUTING - {"section"})


def counted_together(before: Definition, after: Definition, question_id: str) -> bool:
    """Whether answers to this question of two versions are answers to one: it stayed the same, and so did whom its
    section is for."""
    if any(question_id not in {question.id for question in one.asked} for one in (before, after)):
        return False
    questions = before.question(question_id), after.question(question_id)
    shown = [
        next((section.show_if for section in one.sections if section.id == question.section), None)
        for one, question in zip((before, after), questions, strict=True)
    ]
    return same_question(*questions) and shown[0] == shown[1]


def compare(before: Definition | None, after: Definition) -> Changes:
    """What `after` changes; with no `before`, everything is added."""
    if before is None:
        words = tuple(_reworded({}, _around(after)))
        return Changes(words, (), tuple(QuestionChange(q.id, "added", None, q) for q in after.questions))
    earlier, later = (tuple(q.id for q in definition.questions) for definition in (before, after))
    moved = _moved(earlier, later)
    return Changes(
        tuple(_reworded(_around(before), _around(after))),
        _fields(before, after, set(Definition.model_fields) - _NOT_SETTINGS),
        tuple(
            _question(question_id, _find(before, question_id), _find(after, question_id), is_moved=question_id in moved)
            for question_id in _in_order(earlier, later)
        ),
    )


def _find(definition: Definition, question_id: str) -> Question | None:
    return definition.question(question_id) if question_id in definition else None


def _question(question_id: str, before: Question | None, after: Question | None, *, is_moved: bool) -> QuestionChange:
    if before is None or after is None:
        return QuestionChange(question_id, "removed" if after is None else "added", before, after)
    fields = {*type(before).model_fields, *type(after).model_fields}
    old, new = _options(before), _options(after)
    stayed = [option_id for option_id in old if option_id in new]
    change = QuestionChange(
        question_id,
        "changed",
        before,
        after,
        is_moved,
        tuple(_reworded(_texts(before), _texts(after))),
        tuple(option for name, option in new.items() if name not in old),
        tuple(option for name, option in old.items() if name not in new),
        stayed != [option_id for option_id in new if option_id in old],
        _fields(before, after, ROUTING),
        _fields(before, after, fields - _NOT_SETTINGS - {name for name in fields if _is_words(before, after, name)}),
    )
    parts = (change.words, change.options_added, change.options_removed, change.routing, change.settings)
    is_same = not any(parts) and not change.options_moved
    return QuestionChange(question_id, "same", before, after, is_moved) if is_same else change


def _in_order(earlier: Sequence[str], later: Sequence[str]) -> Iterator[str]:
    """The later order, with each question that is gone after the one it followed."""
    gone = {name for name in earlier if name not in later}
    followers: dict[str, list[str]] = {}
    anchor = ""
    for name in earlier:
        if name in gone:
            followers.setdefault(anchor, []).append(name)
        else:
            anchor = name
    yield from followers.get("", ())
    for name in later:
        yield name
        yield from followers.get(name, ())


def _moved(earlier: Sequence[str], later: Sequence[str]) -> set[str]:
    """The questions in both that stand elsewhere among those in both: as few as explain the new order."""
    old = [name for name in earlier if name in later]
    new = [name for name in later if name in earlier]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return set(new) - {name for block in blocks for name in new[block.b : block.b + block.size]}


def _options(question: Question) -> dict[str, Option]:
    return {option.id: option for option in question.options() or ()}


def _fields(
    before: Definition | Question, after: Definition | Question, names: set[str] | frozenset[str]
) -> tuple[str, ...]:
    """Names of the fields that differ, as YAML writes them."""
    kinds = {**type(before).model_fields, **type(after).model_fields}
    differ = (name for name in sorted(names & set(kinds)) if getattr(before, name, None) != getattr(after, name, None))
    return tuple(kinds[name].alias or name for name in differ)


def _is_words(before: Question, after: Question, name: str) -> bool:
    """Is the field made of texts, whose every wording is compared by itself?"""
    values = [getattr(question, name, None) for question in (before, after)]
    parts = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
    found = [part for part in parts if part is not None]
    return bool(found) and all(isinstance(part, Text | Option) for part in found)


def _texts(question: Question) -> dict[str, Text]:
    """Path -> text; options are known by their id, so that a moved one is not taken for another."""
    found = {path: text for path, text in question.texts() if not path.startswith("options.")}
    return found | {f"options.{option.id}": option.text for option in question.options() or ()}


def _around(definition: Definition) -> dict[str, Text]:
    return {path: text for question_id, path, text in definition.texts() if question_id is None}


def _reworded(before: Mapping[str, Text], after: Mapping[str, Text]) -> Iterator[Wording]:
    for place in dict.fromkeys((*before, *after)):
        old, new = _wordings(before.get(place)), _wordings(after.get(place))
        for language, easy in dict.fromkeys((*old, *new)):
            was, now = old.get((language, easy), ""), new.get((language, easy), "")
            if was != now:
                yield Wording(place, language, easy, was, now)


def _wordings(text: Text | None) -> dict[tuple[str, bool], str]:
    return {(language, easy): words for language, easy, words in text.all()} if text is not None else {}


def _compared(question: Question) -> tuple[object, ...]:
    columns = tuple(
        (column.key, _bare(column.text), tuple((option.id, _bare(option.text)) for option in column.options))
        for column in question.columns()
    )
    return question.id, question.kind, _bare(question.text), columns


def _bare(text: Text | None) -> str:
    """English words without what nobody hears: case, spaces, quotes, the sign at the end."""
    words = text.say(ENGLISH).text if text is not None else ""
    return " ".join(words.translate(_PLAIN_SIGNS).casefold().split()).rstrip(".?!:")
