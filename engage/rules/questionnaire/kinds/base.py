"""What every kind of question has in common, and what each must say about itself."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, NamedTuple, TypeVar

from pydantic import Field, model_validator

from engage.rules.marking import worded
from engage.rules.questionnaire.answers import (
    OR_SKIP,
    SKIP,
    Answer,
    Form,
    Mistake,
    clean,
    option_ids,
    showable,
    skipped,
)
from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.media import Aided
from engage.rules.questionnaire.routing import End, SectionId, Skip
from engage.rules.questionnaire.texts import Frozen, Said, Slug, Text

Store = Literal["answer", "voice", "contact"]
Scales = Mapping[str, tuple[Text, ...]]
QuestionId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=40)]
OptionId = Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=64)]
Tag = Annotated[str, Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=60)]

OTHER_LENGTH = 200


class Problem(NamedTuple):
    """Something inconsistent inside a definition: where (below the thing that says so), what, and what to write."""

    loc: tuple[str | int, ...]
    message: str
    write: str


class InconsistentError(ValueError):
    """Raised while a definition is made; `load` turns each problem into a line and a path."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, p.loc))}: {p.message}. {p.write}" for p in problems))
        self.problems = problems


class Option(Frozen):
    """One answer to choose. `exclusive` goes with no other; `other` opens a short box to say what.

    `symbol` is a drawing of ours, `picture` one of the partnership's media library. A picture always has `alt`, which
    says what it shows; a symbol has it only where it says more than the words beside it.
    """

    id: OptionId
    text: Text
    symbol: Slug | None = None
    picture: Slug | None = None
    alt: Text | None = None
    exclusive: bool = False
    other: bool = False

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Every text of the option with its path below it."""
        yield "text", self.text
        if self.alt is not None:
            yield "alt", self.alt

    @model_validator(mode="after")
    def _picture_is_described(self) -> "Option":
        return described(self)


@dataclass(frozen=True)
class Column:
    """What results list of a question: one table, one row for each of `options`, and one for those who skipped.

    `key` is the question's id, or `id.part` where a question has several columns. `text` says which part; None: the
    question's own words do. `is_multiple`: one person may stand in several rows.
    """

    key: str
    text: Text | None
    options: tuple[Option, ...]
    is_multiple: bool = False


@dataclass(frozen=True)
class OnPaper:
    """What somebody does with a pen: tick one or some of each part's options, write on lines, or only read.

    `parts`: (words of the part or None, its options). `lines`: how many to write on, 0 for none. `labels`: what stands
    before them where each line is for something of its own.
    """

    parts: tuple[tuple[Text | None, tuple[Option, ...]], ...] = ()
    several: bool = False
    lines: int = 0
    labels: tuple[Text, ...] = ()


class Question(Aided, ABC):
    """One question. Its form fields are named after `id`; parts of it are `id-part` (ids have no hyphen).

    `required` false: leaving it empty is a skip. `skippable` false: no "I would rather not say" (only the tell-us form
    may do that). `safety`: option ids that raise a flag for a person to look at. `background`: may divide results.
    `section`: the part of the survey it stands in. `skips`, `ends`: where its answer leads, once it is given or left.
    """

    store: ClassVar[Store] = "answer"
    asks: ClassVar[bool] = True
    """False for a page that only tells: never an answer, never among those to check, in no result."""
    cards: ClassVar[bool] = True
    """Its options are chosen as such; False where something is written that only results sort into options."""
    several: ClassVar[bool] = False
    """One answer may hold several options."""
    whole: ClassVar[bool] = True
    """An answer is of one piece: it may decide what is shown and divide results. False for answers in parts."""

    kind: str
    id: QuestionId
    text: Text
    hint: Text | None = None
    symbol: Slug | None = None
    picture: Slug | None = None
    alt: Text | None = None
    required: bool = True
    skippable: bool = True
    section: SectionId | None = None
    show_if: Condition | None = None
    skips: tuple[Skip, ...] = ()
    ends: tuple[End, ...] = ()
    safety: tuple[str, ...] = ()
    background: bool = False
    tags: tuple[Tag, ...] = ()

    @abstractmethod
    def fields(self) -> tuple[str, ...]:
        """The names of the form fields this question reads."""

    @abstractmethod
    def options(self) -> tuple[Option, ...] | None:
        """The answers to choose from, in order, as results list them; None where people answer in their own words."""

    @abstractmethod
    def read(self, form: Form) -> Answer | Mistake:
        """The answer in the form, when it was not skipped. Call `parse`, which looks for a skip first."""

    @abstractmethod
    def filled(self, answer: Answer) -> dict[str, tuple[str, ...]]:
        """The form that would give this answer (field -> values): to show a page again with its answer in place."""

    @property
    def first_control(self) -> str:
        """The id of the element an error summary links to."""
        return f"{self.id}-1"

    @property
    def skip_field(self) -> str:
        """The field that carries a skip: choices use their own (value `SKIP`), written answers a field beside them."""
        return self.id if self.cards and self.options() is not None else f"{self.id}-skip"

    @property
    def offers_skip(self) -> bool:
        """Whether the page offers "I would rather not say"."""
        return self.skippable

    @property
    def left(self) -> tuple[str, ...]:
        """The row of results for those who would rather not say: `SKIP`; () where no page lets anybody pass without."""
        return (SKIP,) if self.offers_skip or not self.required else ()

    @property
    def boxes(self) -> Mapping[str, int]:
        """The fields that somebody writes in, and how many letters each takes."""
        return {f"{self.id}-other": OTHER_LENGTH} if any(option.other for option in self.options() or ()) else {}

    def parse(self, form: Form) -> Answer | Mistake:
        """What the person said. Never raises, whatever the form holds.

        A skip wins over everything that was chosen. Beside words it does not: only who wrote them knows which it is.
        """
        values = form.get(self.skip_field, ())
        asked = SKIP in values if self.skip_field == self.id else any(values)
        if not asked or not self.offers_skip:
            return self.read(form)
        written = [box for box in self.boxes if self.skip_field != self.id and free_words(form, box)]
        if not written:
            return skipped()
        return self.mistake(form, "words_and_skip", control=self.first_control if self.options() else written[0])

    def salvage(self, form: Form) -> Answer:
        """What is kept of a form that nobody can be asked about again: words whole, however many; else left out."""
        whole = {box: free_words(form, box) for box in self.boxes if box in form}
        given = self.parse({**form, **{box: [words[: self.boxes[box]]] for box, words in whole.items()}})
        if isinstance(given, Mistake):
            return skipped()
        if "text" in given:
            given["text"] = whole.get(self.id, given["text"])
        if "other" in given:
            given["other"] = whole.get(f"{self.id}-other", given["other"])
        return given

    def left_empty(self, form: Form, key: str) -> Answer | Mistake:
        """Nothing was chosen or written: a skip where that is allowed, else a mistake that says how to go on."""
        return self.missing(form, key) if self.required else skipped()

    def missing(self, form: Form, key: str, control: str | None = None) -> Mistake:
        """That something is missing; where the page offers "I would rather not say", in words that name it."""
        return self.mistake(form, OR_SKIP[key] if self.offers_skip else key, control)

    def mistake(self, form: Form, key: str, control: str | None = None, **params: str | int) -> Mistake:
        kept = {name: tuple(map(showable, form[name])) for name in self.fields() if name in form}
        return Mistake(key, control or self.first_control, params, kept)

    def describe(self, answer: Answer, language: str, *, easy: bool = False) -> tuple[Said, ...]:
        """The answer in words, for the check-answers page: one item a line; () when skipped.

        Chosen options come first, in the reader's language; then what the person wrote, whose language is "".
        """
        ids = {answer.get("value"), *answer.get("values", ())}
        chosen = (option.text.say(language, easy=easy) for option in self.options() or () if option.id in ids)
        written = (answer.get("other"), answer.get("text"), answer.get("name"), answer.get("reach"))
        return (*chosen, *(Said(words, "") for words in written if words))

    def free_words(self, answer: Answer) -> str:
        """The person's own words in this answer ("" if none): they become a voice, never a column of results."""
        return answer.get("text") or answer.get("other") or ""

    @property
    def takes_free_words(self) -> bool:
        return self.store == "voice" or any(option.other for option in self.options() or ())

    def columns(self) -> tuple[Column, ...]:
        """What results have tables for; () where nothing of this question is ever counted."""
        options = self.options()
        return (Column(self.id, None, options, self.several),) if self.store == "answer" and options else ()

    def placed(self, answer: Answer) -> Mapping[str, tuple[str, ...]]:
        """Where an answer counts: key of a column -> ids of its options, or `SKIP` alone. No key: says nothing."""
        if answer.get("skipped"):
            return dict.fromkeys((column.key for column in self.columns()), self.left) if self.left else {}
        return self.cells(answer) if self.store == "answer" else {}

    def cells(self, answer: Answer) -> Mapping[str, tuple[str, ...]]:
        """The same for an answer that was not skipped. Call `placed`."""
        chosen = option_ids(answer)
        return {self.id: chosen} if chosen else {}

    def chosen(self, answer: Answer) -> tuple[str, ...]:
        """Every option id in the answer, wherever it stands: what `safety` looks at."""
        return option_ids(answer)

    def on_paper(self) -> OnPaper:
        """How it is answered with a pen. Of any kind: options to tick where results count them, else lines."""
        columns, options = self.columns(), self.options() or ()
        lines = 1 if any(option.other for option in options) else 0
        if columns:
            several = any(column.is_multiple for column in columns)
            return OnPaper(tuple((column.text, column.options) for column in columns), several, lines)
        if options:
            return OnPaper(((None, options),), self.several, lines)
        return OnPaper(lines=6 if self.fields() else 0)

    def kept(self, answer: Answer) -> Answer:
        """What stays beside the response once sent: no words of the person, nothing finer than results need."""
        if "value" in answer:
            return {"value": answer["value"]}
        if "values" in answer:
            return {"values": answer["values"]}
        return skipped()

    def csv_columns(self) -> tuple[str, ...]:
        """The columns of an imported table that hold this question, its own first."""
        return (self.id, f"{self.id}.other") if any(option.other for option in self.options() or ()) else (self.id,)

    def typed(self, cells: Mapping[str, str]) -> Form:
        """The cells of these columns (none empty) as the form a page would have sent."""
        own = cells.get(self.id, "")
        values = [part.strip() for part in own.split("|")] if self.several else [own]
        return {self.id: values, f"{self.id}-other": [cells.get(f"{self.id}.other", "")]}

    def library_names(self) -> Iterator[str]:
        """The slugs of everything in the library that the question and its answers show."""
        yield from super().library_names()
        shown = (self.picture, *(option.picture for option in self.options() or ()))
        yield from (name for name in shown if name is not None)

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Every text of the question with its path below it."""
        yield "text", self.text
        if self.hint is not None:
            yield "hint", self.hint
        if self.alt is not None:
            yield "alt", self.alt
        yield from ((f"ends.{index}.say", end.say) for index, end in enumerate(self.ends))

    def bind(self, _scales: Scales, /) -> tuple[Problem, ...]:
        """Take the words of a named scale; the problems found in doing so."""
        return ()

    @model_validator(mode="after")
    def _only_closed_questions_divide(self) -> "Question":
        divides = self.store == "answer" and self.asks and self.whole
        if self.background and not divides:
            raise InconsistentError((
                Problem(("background",), worded("only a question with options can be background"), worded("remove it")),
            ))
        return described(self)

    def safety_problems(self) -> tuple[Problem, ...]:
        """`safety` must name options that exist (checked once scales are bound)."""
        known = {option.id for option in self.options() or ()}
        unknown = [name for name in self.safety if name not in known]
        if not unknown:
            return ()
        write = (
            worded("write some of: {ids}", ids=", ".join(sorted(known)))
            if known
            else worded("remove it: this kind has no options")
        )
        return (Problem(("safety",), worded("{id} is not an option of this question", id=repr(unknown[0])), write),)


T = TypeVar("T", Option, Question)


def described(thing: T) -> T:
    """The same; raises InconsistentError where a picture has no words for those who cannot see it (A17)."""
    if thing.picture is not None and thing.alt is None:
        raise InconsistentError((
            Problem(
                ("alt",), worded("is missing: a picture needs words"), worded("write what the picture shows: {en: ...}")
            ),
        ))
    if thing.picture is not None and thing.symbol is not None:
        raise InconsistentError((
            Problem(("picture",), worded("stands beside a symbol"), worded("keep one of the two")),
        ))
    return thing


def free_words(form: Form, field: str) -> str:
    """The first value of a field, cleaned; "" if it was not sent."""
    values = form.get(field, ())
    return clean(values[0]) if values else ""
