"""What is written down of Larkmoor, read from the files under data/."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from engage.answering.you_said.kinds import Reason, Verdict
from engage.listening.casework.kinds import CaseKind, Outcome, Way
from engage.people.kinds import AgencyKind, Role
from engage.rules.themes import Group

_FOLDER = Path(__file__).with_name("data")
# Either loads plain data only; the one in C is ten times as fast, where it is there.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PAGE = "page"


class _Text(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AgencyText(_Text):
    name: str
    kind: AgencyKind


class ServiceText(_Text):
    """`agency` is a key of the place's agencies."""

    name: str
    agency: str
    about: str


class NumberText(_Text):
    """A number to call, last rung `checked` days ago."""

    name: str
    number: str
    about: str
    checked: int


class PersonText(_Text):
    role: Role
    name: str
    sign_in: str


class ImpactText(_Text):
    """What the invented data protection officer says of every survey."""

    condition: str
    necessity: str
    risks: str
    consulted: str
    signed_by: str


class PlaceText(_Text):
    """The partnership, who belongs to it and who works in it."""

    slug: str
    name: str
    short_name: str
    languages: tuple[str, ...]
    agencies: dict[str, AgencyText]
    services: dict[str, ServiceText]
    numbers: tuple[NumberText, ...]
    people: tuple[PersonText, ...]
    impact: ImpactText


class CaseText(_Text):
    """One case. Days are working days: `received` before today, the others after it was received.

    `way` is how it was told, or "page" for the form. `code`: six words were read out to the person.
    """

    kind: CaseKind
    way: Way | Annotated[str, Field(pattern=f"^{PAGE}$")]
    received: int
    words: str
    hope: str = ""
    service: str | None = None
    told_by: str | None = None
    name: str = ""
    reach: str = ""
    wants_advocate: str | None = None
    regime: str | None = None
    code: bool = False
    acknowledged: int | None = None
    answered: int | None = None
    closed: int | None = None
    outcome: Outcome | None = None
    learning: str = ""

    @property
    def has_code(self) -> bool:
        """Whether the person can come back with six words: whoever used the page, and whom they were read out to."""
        return self.code or self.way == PAGE


class NoteText(_Text):
    """A shared note: `inspector` counts from 0 in the order of the scores."""

    inspector: int
    criterion: str
    words: str


class VisitText(_Text):
    """A visit `days_ago`: one row of scores an inspector, None for "could not see". `locked`: how many have locked."""

    service: str
    days_ago: int
    scores: tuple[tuple[int | None, ...], ...]
    locked: int = 3
    notes: tuple[NoteText, ...] = ()
    strengths: tuple[str, ...] = ()
    considerations: tuple[str, ...] = ()


class DeclinedText(_Text):
    service: str
    days_ago: int
    because: str


class VisitsText(_Text):
    done: VisitText
    waiting: VisitText
    declined: DeclinedText


class AnswerText(_Text):
    """One answer to a theme; `due` and `look_again` are days from today."""

    verdict: Verdict
    audience: Group = Group.CHILDREN
    is_draft: bool = False
    you_said: str
    decided_by: str
    days_ago: int
    we_did: str = ""
    reason: Reason | None = None
    because: str = ""
    due: int | None = None
    look_again: int | None = None


class ThemeText(_Text):
    name: str
    about: str
    picture: str
    phrases: tuple[str, ...]
    answers: tuple[AnswerText, ...] = ()


class ReportText(_Text):
    """A report's title, what was written under each of its fields, and whether it is done."""

    title: str
    is_frozen: bool = False
    texts: dict[str, str]


Comments = dict[str, dict[str, tuple[str, ...]]]
"""Question id -> theme -> what people wrote; `{a|b}` in a text stands for one of several wordings."""
# Survey -> language -> file.
_COMMENTS = {
    "your-voice": {"en": "your-voice", "ar": "your-voice-ar"},
    "staff-voice": {"en": "staff-voice"},
    "parents-carers": {"en": "parents-carers"},
}
SURVEYS = tuple(_COMMENTS)


def _read(name: str) -> Any:
    return yaml.load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one


@cache
def place() -> PlaceText:
    """The partnership itself."""
    return PlaceText.model_validate(_read("place"))


@cache
def comments(survey: str) -> dict[str, Comments]:
    """What people wrote to a survey, by language."""
    return {code: TypeAdapter(Comments).validate_python(_read(name)) for code, name in _COMMENTS[survey].items()}


def cases() -> tuple[CaseText, ...]:
    """The forty cases."""
    return TypeAdapter(tuple[CaseText, ...]).validate_python(_read("cases"))


def visits() -> VisitsText:
    """The two visits and the one that was declined."""
    return VisitsText.model_validate(_read("visits"))


def themes() -> dict[str, ThemeText]:
    """The codebook by key, with its answers."""
    return TypeAdapter(dict[str, ThemeText]).validate_python(_read("themes"))


def reports() -> tuple[ReportText, ...]:
    """One report that is done and one that was started."""
    return TypeAdapter(tuple[ReportText, ...]).validate_python(_read("reports"))
