"""The verbs of the bank: read what comes with the product, begin a survey from it, put a question into one."""

import uuid
from collections.abc import Sequence
from functools import cache
from itertools import count
from typing import Final

from engage import paths
from engage.core.errors import NotFound
from engage.listening.making import service as making
from engage.listening.making.queries import CopyRow
from engage.listening.surveys import queries as surveys
from engage.listening.surveys.service import ready_made
from engage.rules.questionnaire.bank import Banked, load_bank
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question

_ORDER: Final = ("children", "young", "anyone", "parents", "practitioners", "staff")


@cache
def ready_surveys() -> dict[str, Definition]:
    """Name -> definition of every ready-made survey (not the tell-us form), children's first, youngest first."""
    found = {path.stem: ready_made(path.stem) for path in sorted(paths.surveys().glob("*.yaml"))}
    surveys_only = ((name, each) for name, each in found.items() if each.purpose == "survey")
    return dict(sorted(surveys_only, key=lambda pair: (_ORDER.index(pair[1].audience), pair[1].age_min or 0)))


@cache
def questions() -> dict[str, Banked]:
    """Key -> question of the whole bank, theme by theme."""
    files = sorted((paths.surveys() / "bank").glob("*.yaml"))
    each = (banked for path in files for banked in load_bank(path.read_text(encoding="utf-8"), path.name))
    return {banked.key: banked for banked in each}


def ready(name: str) -> Definition:
    """A ready-made survey; raises NotFound."""
    if name not in ready_surveys():
        raise NotFound(name)
    return ready_surveys()[name]


def question(key: str) -> Banked:
    """A question of the bank; raises NotFound."""
    if key not in questions():
        raise NotFound(key)
    return questions()[key]


def use(name: str, by: uuid.UUID | None) -> str:
    """Begin a survey of one's own from a ready-made one; its address's last part, which nothing else has yet."""
    definition = ready(name)
    names = (name if n == 1 else f"{name}-{n}" for n in count(1))
    slug = next(candidate for candidate in names if surveys.get_survey(candidate) is None)
    making.create(slug, definition, by)
    return slug


def put_in(slug: str, revision: int, key: str, by: uuid.UUID | None) -> CopyRow:
    """Put a question of the bank into a working copy, before the questions about who somebody is.

    Raises Conflict where the copy is not at `revision` any more.
    """
    copy = making.working_copy(slug)
    return making.change(slug, revision, with_question(copy.definition, question(key).question), by)


def with_question(definition: Definition, asked: Question) -> Definition:
    """The definition with one more question, under an id that it does not have yet."""
    ids = (asked.id if n == 1 else f"{asked.id}_{n}" for n in count(1))
    free = next(candidate for candidate in ids if candidate not in definition)
    at = _last_but_background(definition.questions)
    plain = definition.model_dump(by_alias=True, exclude_defaults=True)
    new = {**asked.model_dump(by_alias=True, exclude_defaults=True), "kind": asked.kind, "id": free}
    return Definition.model_validate({**plain, "questions": [*plain["questions"][:at], new, *plain["questions"][at:]]})


def _last_but_background(asked: Sequence[Question]) -> int:
    """Where the background questions at the end begin."""
    at = len(asked)
    while at > 1 and asked[at - 1].background:
        at -= 1
    return at
