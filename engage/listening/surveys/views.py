"""What the templates of a journey are given: words in the reader's language, controls, rows to check. Frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from flask_babel import gettext as _

from engage.listening.library.views import Media
from engage.listening.surveys.flow import Flow
from engage.listening.surveys.journey import Journey
from engage.listening.surveys.views_files import Attach, attach_view, given
from engage.listening.surveys.views_kinds import BUNDLED, Shown, detail_of, lines_of
from engage.rules.questionnaire.answers import MISTAKES, SKIP, Answer, Mistake, is_answered
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.attached import Attached
from engage.rules.questionnaire.kinds.base import Option, Question
from engage.rules.questionnaire.kinds.choice import Listed
from engage.rules.questionnaire.kinds.contact import Contact
from engage.rules.questionnaire.kinds.text import FreeText
from engage.rules.questionnaire.texts import Said, Text
from engage.rules.redaction import parts
from engage.web.words import shown


@dataclass(frozen=True)
class Reader:
    """How somebody reads: language, easy words or not, pictures beside words or not."""

    language: str
    easy: bool = False
    pictures: bool = True

    def say(self, text: Text | None) -> Shown:
        """The words for this reader, marked where they fall back to another language; "" for no text."""
        return shown(text.say(self.language, easy=self.easy), self.language) if text is not None else ""

    def plain(self, text: Text) -> str:
        """The same without marks, for a title."""
        return text.say(self.language, easy=self.easy).text

    def said(self, text: Text | None) -> Said | None:
        """The same with its language, for a page that may turn out to be in another; None for no text."""
        return text.say(self.language, easy=self.easy) if text is not None else None


@dataclass(frozen=True)
class Choice:
    """One answer to choose, as the choice card takes it."""

    value: str
    label: Shown
    id: str
    symbol: str | Media = ""
    alt: str = ""
    skip: bool = False
    other: bool = False


@dataclass(frozen=True)
class OtherBox:
    """The short box that belongs to an "other" option."""

    field: str
    label: str


@dataclass(frozen=True)
class QuestionView:
    """One question without anybody's answer: the same for every reader of its kind, so it is made once."""

    id: str
    kind: str
    title: str
    text: Shown
    hint: Shown
    picture: str | Media
    items: tuple[Choice, ...] = ()
    words: tuple[Shown, ...] = ()
    two_columns: bool = False
    other: OtherBox | None = None
    control: str = ""
    skip_field: str = ""
    is_optional: bool = False
    is_long: bool = False
    points_out: bool = False
    labels: Mapping[str, Shown] = field(default_factory=dict)
    limits: tuple[Shown, ...] = ()
    attach: Attach | None = None
    detail: object | None = None
    asks: bool = True
    is_bundled: bool = False


@dataclass(frozen=True)
class Filled:
    """What stands in the controls of a page, and what is wrong with it."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    error: str = ""
    control: str = ""
    said: str = ""

    def first(self, name: str) -> str:
        """The one value of a written field."""
        values = self.values.get(name, ())
        return values[0] if values else ""


@dataclass(frozen=True)
class CheckRow:
    """One question and its answer on the page to check them; `parts`: what in free words shows who somebody is."""

    question: Shown
    answers: tuple[Shown, ...]
    id: str
    parts: tuple[str, ...] = ()


def says_nothing_own(flow: Flow, question: Question, filled: Filled) -> bool:
    """Whether the page holds nothing but what a published version asks and which of its options are chosen."""
    if (
        flow.version_id is None
        or filled.error
        or filled.said
        or (isinstance(question, Listed) and question.options_from)
    ):
        return False
    options = {SKIP, *(option.id for option in question.options() or ())}
    chosen = {value for name, values in filled.values.items() for value in values if name == question.id}
    return not set(filled.values) - {question.id} and chosen <= options


def question_view(
    flow: Flow, question: Question, reader: Reader, media: Mapping[str, Media] = MappingProxyType({})
) -> QuestionView:
    """The question, as somebody is asked it, as this reader sees it; `media`: what it shows of the library, by slug."""
    definition = flow.definition
    options = (question.options() or ()) if question.cards else ()
    written = not options and question.asks
    return QuestionView(
        id=question.id,
        kind=question.kind,
        title=reader.plain(question.text),
        text=reader.say(question.text),
        hint=reader.say(question.hint),
        picture=_drawn(question, reader, media),
        items=_items(question, options, reader, media),
        words=tuple(reader.say(option.text) for option in options),
        two_columns=len(options) > 4 and any(option.symbol or option.picture for option in options),
        other=_other(question, options, reader),
        control=_element(question, question.first_control) if written else "",
        skip_field=question.skip_field if written and question.offers_skip else "",
        is_optional=written and not question.required,
        is_long=isinstance(question, FreeText) and question.length == "long",
        points_out=isinstance(question, FreeText) and definition.purpose == "survey",
        labels=_labels(question, reader),
        limits=_limits(definition, reader) if question.takes_free_words or question.store == "contact" else (),
        attach=attach_view(question),
        detail=detail_of(question, reader),
        asks=question.asks,
        is_bundled=question.kind in BUNDLED,
    )


def _drawn(thing: Question | Option, reader: Reader, media: Mapping[str, Media]) -> str | Media:
    """The picture or the name of the drawing beside the words of a question or an answer; "" for none."""
    if not reader.pictures:
        return ""
    own = media.get(thing.picture or "")
    if own is None:
        return thing.symbol or ""
    return replace(own, words=reader.plain(thing.alt)) if thing.alt is not None else own


def _items(
    question: Question, options: Sequence[Option], reader: Reader, media: Mapping[str, Media]
) -> tuple[Choice, ...]:
    cards = [
        Choice(
            option.id,
            reader.say(option.text),
            f"{question.id}-{number}",
            _drawn(option, reader, media),
            reader.plain(option.alt) if option.alt is not None else "",
            skip=option.exclusive or option.id == "dont_know",
            other=option.other,
        )
        for number, option in enumerate(options, start=1)
    ]
    if cards and question.offers_skip:
        cards.append(Choice(SKIP, _("I would rather not say"), f"{question.id}-skip", skip=True))
    return tuple(cards)


def _other(question: Question, options: Sequence[Option], reader: Reader) -> OtherBox | None:
    option = next((option for option in options if option.other), None)
    if option is None:
        return None
    label = _("If you chose “%(answer)s”, you can say more here", answer=reader.plain(option.text))
    return OtherBox(f"{question.id}-other", label)


def _labels(question: Question, reader: Reader) -> dict[str, Shown]:
    if not isinstance(question, Contact):
        return {}
    return {
        "name": reader.say(question.name_label),
        "reach": reader.say(question.reach_label),
        "hint": reader.say(question.reach_hint),
    }


def _limits(definition: Definition, reader: Reader) -> tuple[Shown, ...]:
    """Who reads it and when somebody must be told: beside every box for free words (C1)."""
    limits = reader.say(definition.intro.limits) or _(
        "If it shows that a child is being hurt or may be, we tell people who can keep them safe."
    )
    return reader.say(definition.intro.reads), limits


def _element(question: Question, control: str) -> str:
    """The id of the element behind a control's name: a box has its own."""
    boxes = {f"{question.id}-other"} | ({question.id} if isinstance(question, FreeText | Attached) else set())
    return f"{control}-box" if control in boxes else control


def filled(question: Question, answer: Answer | None) -> Filled:
    """The controls as this answer fills them."""
    return Filled(question.filled(answer)) if answer is not None else Filled()


def says_nothing(given: Answer | Mistake) -> bool:
    """Whether there is nothing in the form to keep for somebody who stops: left empty, not left out."""
    if isinstance(given, Mistake):
        return not any(value.strip() for values in given.kept.values() for value in values)
    return not is_answered(given)


def wrong(question: Question, mistake: Mistake, reader: Reader) -> Filled:
    """The controls as they were sent, and what to say about them in the reader's language."""
    words = _(MISTAKES[mistake.key]).format(**mistake.said(reader.language, easy=reader.easy))
    if not mistake.is_wrong:
        return Filled(mistake.kept, said=words)
    return Filled(mistake.kept, words, _element(question, mistake.control))


def check_rows(journey: Journey, reader: Reader) -> list[CheckRow]:
    """Every question on the path with its answer, in order; pages that only tell are left out."""
    definition = journey.flow.definition
    return [_row(journey, one, reader) for one in journey.path.ids if definition.question(one).asks]


def _row(journey: Journey, question_id: str, reader: Reader) -> CheckRow:
    question = journey.path.question(question_id)
    answer = journey.answer_to(question_id)
    lines = _lines(question, answer, reader) or (_("Not provided"),)
    return CheckRow(reader.say(question.text), lines, question_id, _showing(journey, question, answer))


def _showing(journey: Journey, question: Question, answer: Answer | None) -> tuple[str, ...]:
    """What is pointed out before sending. Nothing where somebody gave their name on the same form."""
    definition = journey.flow.definition
    if answer is None or not isinstance(question, FreeText):
        return ()
    contacts = [one.id for one in definition.questions if isinstance(one, Contact) and one.id in journey.path]
    is_named = definition.purpose == "tell_us" and any(is_answered(journey.answer_to(one)) for one in contacts)
    return () if is_named else parts(answer.get("text", ""))


def _lines(question: Question, answer: Answer | None, reader: Reader) -> tuple[Shown, ...]:
    if answer is None:
        return ()
    said = lines_of(question, answer)
    if said is not None:
        return said
    return given(question, answer) + tuple(
        shown(one, reader.language) for one in question.describe(answer, reader.language, easy=reader.easy)
    )
