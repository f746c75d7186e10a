"""The kinds of questions here as types of XLSForm, each with what it loses."""

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from engage.rules.marking import worded
from engage.rules.questionnaire.kinds.agreement import Agreement
from engage.rules.questionnaire.kinds.base import Option, Question
from engage.rules.questionnaire.kinds.choice import Listed, OnScale
from engage.rules.questionnaire.kinds.consent import Consent
from engage.rules.questionnaire.kinds.date import Date
from engage.rules.questionnaire.kinds.faces import Faces
from engage.rules.questionnaire.kinds.information import Information
from engage.rules.questionnaire.kinds.multiple import Several
from engage.rules.questionnaire.kinds.number import Number
from engage.rules.questionnaire.kinds.pair import Pair
from engage.rules.questionnaire.kinds.ranking import Ranking
from engage.rules.questionnaire.kinds.single import Single
from engage.rules.questionnaire.kinds.slider import Slider
from engage.rules.questionnaire.kinds.stars import Stars
from engage.rules.questionnaire.kinds.text import LONG, SHORT, FreeText
from engage.rules.questionnaire.texts import ENGLISH


class Told(NamedTuple):
    """Something an XLSForm does not say: where it stands (a question's id, a field) and why."""

    place: str
    reason: str


@dataclass(frozen=True)
class Made:
    """One question's own cells (None: it has no row), its choices, and what is lost."""

    cells: dict[str, str] | None
    list_name: str = ""
    options: Sequence[Option] = ()
    lost: tuple[Told, ...] = ()


def row_of(question: Question) -> Made:
    """What an XLSForm can say of this question."""
    for kind, write in _WRITERS:
        if isinstance(question, kind):
            return write(question)
    typed = _PLAIN.get(question.kind)
    if typed is not None:
        reason = worded("only its type is kept")
        return Made(dict(typed), lost=(Told(question.id, reason),))
    reason = worded("an XLSForm has no {kind} question: it is left out", kind=question.kind)
    return Made(None, lost=(Told(question.id, reason),))


def _choices(question: Question) -> Made:
    options = question.options() or ()
    look = _LOOKS.get(question.kind)
    lost = [Told(question.id, look)] if look is not None else []
    if isinstance(question, Listed):
        if question.published is not None:
            lost.append(
                Told(question.id, worded("the services are those of the day it was published: nothing fills them in"))
            )
        elif question.options_from:
            lost.append(Told(question.id, worded("the partnership's services are filled in here, not in an XLSForm")))
        if question.carry is not None or question.order is not None:
            lost.append(
                Told(question.id, worded("options brought along, or in another order for each person, are not kept"))
            )
        options = (*(question.published or ()), *question.choices)
    if len(options) < 2:
        return Made(
            None, lost=(*lost, Told(question.id, worded("has fewer than two choices of its own: it is left out")))
        )
    other = options[-1] if options[-1].other else None
    plain_other = other is not None and other.id == "other" and other.text.root[ENGLISH].wording == ("Other", None)
    if any(option.other for option in options) and not (plain_other and len(options) > 1):
        lost.append(Told(question.id, worded("the box to say what is not kept: or_other has words of its own")))
        plain_other = False
    shown = options[:-1] if plain_other else options
    kind = "select_multiple" if isinstance(question, Several) else "select_one"
    if isinstance(question, Ranking):
        kind = "rank"
    cells = {"type": f"{kind} {question.id}{' or_other' if plain_other else ''}", **_limits(question, options)}
    return Made(cells, question.id, shown, tuple(lost))


def _limits(question: Question, options: Sequence[Option]) -> dict[str, str]:
    if not isinstance(question, Several):
        return {}
    parts = [f"not(selected(., '{option.id}') and count-selected(.) > 1)" for option in options if option.exclusive]
    if question.most is not None:
        parts.append(f"count-selected(.) <= {question.most}")
    return {"constraint": " and ".join(parts)} if parts else {}


def _scale(question: Question) -> Made:
    reason = worded("the look of the kind {kind} is not kept: it is a choice of one", kind=question.kind)
    return Made(
        {"type": f"select_one {question.id}"}, question.id, question.options() or (), (Told(question.id, reason),)
    )


def _consent(question: Question) -> Made:
    made = _scale(question)
    points = isinstance(question, Consent) and bool(question.statements)
    told = (Told(question.id, worded("the points that somebody agrees to are not kept")),) if points else ()
    return Made(made.cells, made.list_name, made.options, (*made.lost, *told))


def _text(question: Question) -> Made:
    if not isinstance(question, FreeText):
        return Made(None)
    cells = {"type": "text", **({"appearance": "multiline"} if question.length == "long" else {})}
    if question.most not in {SHORT, LONG}:
        cells["constraint"] = f"string-length(.) <= {question.most}"
    return Made(cells)


def _number(question: Question) -> Made:
    if not isinstance(question, Number):
        return Made(None)
    lost = [Told(question.id, worded("the bands that results count are not kept"))] if question.bands else []
    lost += [Told(question.id, worded("the unit beside the box is not kept"))] if question.unit is not None else []
    if question.decimals == 1:
        lost.append(Told(question.id, worded("how many decimals there may be is not kept")))
    cells = {"type": "decimal" if question.decimals else "integer"}
    cells["constraint"] = f". >= {question.least} and . <= {question.greatest}"
    return Made(cells, lost=tuple(lost))


def _slider(question: Question) -> Made:
    if not isinstance(question, Slider):
        return Made(None)
    parameters = f"start={question.start} end={question.end} step={question.step} tick_labelset={question.id}"
    ends = (Option(id=str(question.start), text=question.low), Option(id=str(question.end), text=question.high))
    return Made({"type": "range", "parameters": parameters}, question.id, ends)


def _date(question: Question) -> Made:
    if not isinstance(question, Date):
        return Made(None)
    year, month = (int(part) for part in question.latest.split("-"))
    last = calendar.monthrange(year, month)[1]
    lost = (Told(question.id, worded("the bands that results count are not kept")),) if question.bands else ()
    cells = {
        "type": "date",
        "constraint": f". >= date('{question.earliest}-01') and . <= date('{question.latest}-{last}')",
    }
    return Made(cells | ({"appearance": "month-year"} if question.ask == "month" else {}), lost=lost)


_WRITERS: Final[tuple[tuple[type[Question], Callable[[Question], Made]], ...]] = (
    (Single, _choices),
    (Several, _choices),
    (Ranking, _choices),
    (Pair, _choices),
    (Consent, _consent),
    (Faces, _scale),
    (Stars, _scale),
    (Agreement, _scale),
    (OnScale, _scale),
    (FreeText, _text),
    (Number, _number),
    (Slider, _slider),
    (Date, _date),
    (Information, lambda _question: Made({"type": "note"})),
)
_LOOKS: Final = {
    "pair": worded("the two large pictures are not kept: it is a choice of one"),
    "bodymap": worded("the drawing of a body is not kept: it is a choice of several"),
}
_PLAIN: Final = {
    "upload": {"type": "image"},
    "drawing": {"type": "image", "appearance": "draw"},
    "audio": {"type": "audio"},
}
