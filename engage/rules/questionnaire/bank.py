"""Single questions that have been thought about, to put into a survey of one's own: read from YAML, found by search.

A file holds one theme: `theme`, `title`, `scales` and `questions`; each question says whom it is for (`for`, `ages`)
beside what any question says. Named scales are written out into the question, so that it stands by itself anywhere.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Final

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from engage.rules.questionnaire.definition import Audience, Definition, Intro
from engage.rules.questionnaire.kinds import AnyQuestion
from engage.rules.questionnaire.load import DefinitionError
from engage.rules.questionnaire.texts import ENGLISH, Frozen, Slug, Text
from engage.rules.questionnaire.tree import Fault, FaultyTreeError, Tree, read_tree

FRAMEWORKS: Final = ("six-steps", "nel", "salford", "calderdale", "ncb", "lundy", "hart", "inspection")
"""The first part of a tag that names a framework; the rest is its standard ("six-steps.3a")."""

_QUESTION: Final[TypeAdapter[AnyQuestion]] = TypeAdapter(AnyQuestion)
_FOR_WHOM: Final = ("for", "ages")


class _ForWhom(Frozen):
    audiences: Annotated[tuple[Audience, ...], Field(alias="for", min_length=1)]
    ages: Annotated[tuple[int, ...], Field(max_length=2)] = ()


class Banked(BaseModel):
    """One question of the bank: its theme, whom it is for (`ages`: youngest and oldest, () for grown-ups)."""

    model_config = {"frozen": True, "arbitrary_types_allowed": True}

    theme: str
    theme_title: Text
    audiences: tuple[Audience, ...]
    ages: tuple[int, ...]
    question: AnyQuestion

    @property
    def key(self) -> str:
        """Names the question in the whole bank and in addresses."""
        return f"{self.theme}-{self.question.id}".replace("_", "-")

    @property
    def frameworks(self) -> tuple[str, ...]:
        return frameworks_of(self.question.tags)


def frameworks_of(tags: Iterable[str]) -> tuple[str, ...]:
    """The frameworks that tags belong to, in the order of `FRAMEWORKS`."""
    found = {tag.partition(".")[0] for tag in tags}
    return tuple(name for name in FRAMEWORKS if name in found)


def load_bank(text: str, source_name: str) -> tuple[Banked, ...]:
    """The questions of one theme. Raises DefinitionError where something is wrong with one."""
    try:
        tree, _lines = read_tree(text)
    except FaultyTreeError as error:
        raise DefinitionError(source_name, tuple(error.faults)) from error
    if not isinstance(tree, dict) or not isinstance(tree.get("questions"), list):
        fault = Fault(1, "", "is not a theme", "begin with theme:, title: and questions:")
        raise DefinitionError(source_name, (fault,))
    try:
        return tuple(_banked(tree))
    except KeyError as error:
        raise DefinitionError(
            source_name, (Fault(1, "scale", f"there is no scale {error}", "name it under scales:"),)
        ) from error
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        raise DefinitionError(source_name, (Fault(1, place, error.errors()[0]["msg"], ""),)) from error


def _banked(tree: dict[str, Tree]) -> Iterator[Banked]:
    theme = TypeAdapter(Slug).validate_python(tree.get("theme"))
    title = Text.model_validate(tree.get("title"))
    scales = tree.get("scales")
    for entry in tree["questions"] if isinstance(tree["questions"], list) else []:
        fields = dict(entry) if isinstance(entry, dict) else {}
        whom = _ForWhom.model_validate({name: fields.pop(name) for name in _FOR_WHOM if name in fields})
        name = fields.get("scale")
        if isinstance(scales, dict) and isinstance(name, str) and name in scales:
            fields = {**fields, "scale": None, "words": scales[name]}
        elif name is not None:
            raise KeyError(name)
        asked = _QUESTION.validate_python({key: value for key, value in fields.items() if value is not None})
        yield Banked(theme=theme, theme_title=title, audiences=whom.audiences, ages=whom.ages, question=asked)


def search(
    bank: Iterable[Banked], *, words: str = "", audience: str = "", framework: str = "", theme: str = ""
) -> tuple[Banked, ...]:
    """Those that fit everything asked for ("" asks for nothing), in order; each word must begin one of theirs."""
    wanted = words.lower().split()
    return tuple(
        each
        for each in bank
        if (not audience or audience in each.audiences)
        and (not framework or framework in each.frameworks)
        and (not theme or theme == each.theme)
        and all(any(said.startswith(word) for said in _said(each)) for word in wanted)
    )


def _said(banked: Banked) -> list[str]:
    """Every word of a question that can be searched, in small letters."""
    texts = (said.root[ENGLISH] for _place, said in banked.question.texts())
    words = " ".join(f"{text.plain} {text.easy or ''}" for text in texts)
    return f"{words} {banked.theme_title.root[ENGLISH].plain} {' '.join(banked.question.tags)}".lower().split()


def by_itself(banked: Banked) -> Definition:
    """A survey of this one question, told about in as few words as there can be: for the gate, and to show it."""
    intro = Intro(
        who=_few("We ask."),
        why=_few("We want to know."),
        reads=_few("A person reads it."),
        limits=_few("We tell if a child is in danger."),
        expectation=_few("It changes one thing."),
        minutes=1,
    )
    is_for_staff = banked.audiences[0] in {"staff", "practitioners"}
    return Definition(
        survey="one-question",
        audience=banked.audiences[0],
        threshold="staff" if is_for_staff else "children",
        lawful_basis="public_task",
        age_min=banked.ages[0] if banked.ages else None,
        age_max=banked.ages[-1] if banked.ages else None,
        title=_few("One question"),
        intro=intro,
        thanks=_few("Thank you."),
        questions=(banked.question,),
    )


def _few(words: str) -> Text:
    return Text.model_validate({ENGLISH: {"plain": words, "easy": words}})
