"""What the page of a question that takes files is given: its limits, and the files that were added so far."""

import uuid
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from engage.adapters.media import taking
from engage.listening.surveys import files
from engage.listening.surveys.journey import Journey
from engage.listening.surveys.links import Links
from engage.rules.questionnaire.answers import Answer
from engage.rules.questionnaire.kinds.attached import Attached
from engage.rules.questionnaire.kinds.audio import Audio
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.kinds.drawing import Drawing


@dataclass(frozen=True)
class Attach:
    """What may be given: names of kinds, what a file control offers, how many, how large, how long (0: no sound)."""

    takes: tuple[str, ...]
    accept: str
    most: int
    most_mb: int
    seconds: int = 0


@dataclass(frozen=True)
class KeptFile:
    """One file that was added: its id, its address for whoever added it, and what it is called on the page."""

    id: str
    href: str
    name: str
    is_picture: bool


def attach_view(question: Question) -> Attach | None:
    """What may be given in answer to this question; None where it takes no files."""
    if not isinstance(question, Attached):
        return None
    accept = ",".join(taking.ACCEPT[kind] for kind in question.takes)
    most_mb = min(taking.most_mb(kind) for kind in question.takes)
    return Attach(question.takes, accept, question.most_files, most_mb, question.most_seconds or 0)


def kept_files(journey: Journey, question_id: str, links: Links) -> tuple[KeptFile, ...]:
    """The files that were added to the answer so far, in order."""
    ids = (journey.answer_to(question_id) or {}).get("attachments", ())
    return tuple(
        KeptFile(
            each,
            links.to("file", question=question_id, file=str(uuid.UUID(each))),
            _("What you added") if len(ids) == 1 else _("File %(number)s", number=number),
            _is_picture(journey, question_id, each),
        )
        for number, each in enumerate(ids, start=1)
    )


def _is_picture(journey: Journey, question_id: str, file_id: str) -> bool:
    """Whether a file can be shown. What it is stands inside its seal: opened only where it may be something else."""
    question = journey.flow.definition.question(question_id)
    if isinstance(question, Attached) and "pdf" not in question.takes:
        return question.takes == ("photo",)
    file = files.open_file(journey.flow.key, journey.secret, uuid.UUID(file_id))
    return file is not None and file.media_type.startswith("image/")


def given(question: Question, answer: Answer) -> tuple[str, ...]:
    """The files of an answer, as one line of the check page; () without any."""
    many = len(answer.get("attachments", ()))
    return (added(question, many),) if many else ()


def added(question: Question, many: int) -> str:
    """So many files, as somebody who checks their answers reads it: called what the question asked for."""
    if isinstance(question, Drawing):
        return str(_("Your drawing"))
    if isinstance(question, Audio):
        return str(_("Your recording"))
    if isinstance(question, Attached) and question.takes == ("photo",):
        return str(ngettext("One photo that you added", "%(num)s photos that you added", many))
    return str(ngettext("One file that you added", "%(num)s files that you added", many))
