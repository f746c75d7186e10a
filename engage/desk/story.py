"""What became of what somebody said, step by step: for whoever holds its receipt. Steps only, never their words."""

import uuid
from dataclasses import dataclass

from flask import abort
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.desk.rights.taking_back import Choice
from engage.listening.casework import queries as casework
from engage.listening.casework.kinds import CaseKind
from engage.safeguarding import queries as safeguarding
from engage.safeguarding import queries_apart, withdrawals
from engage.safeguarding.receipts import Line, ReceiptRow
from engage.voices import queries as voices

_WHAT = {
    CaseKind.COMPLAINT: _l("You told us that something went wrong."),
    CaseKind.COMPLIMENT: _l("You told us that something was good."),
    CaseKind.WORRY: _l("You told us about a worry."),
    CaseKind.IDEA: _l("You gave us an idea."),
}
Step = tuple[str, bool]


@dataclass(frozen=True)
class Story:
    """What it was, and the steps in words for its person, each with whether it is done."""

    what: str
    steps: tuple[Step, ...]

    def rows(self, yes: str, no: str) -> list[dict[str, object]]:
        """The steps as a list of questions and answers draws them."""
        return [{"question": step, "answers": [yes if is_done else no]} for step, is_done in self.steps]


def story_of(receipt: ReceiptRow, lines: list[Line], choice: Choice) -> Story:
    """The story of what a receipt was given for; answers 404 where its case is gone."""
    decided = _decided(receipt)
    if receipt.origin_kind == "case":
        return _case_story(receipt.origin_id, decided)
    heard = voices.list_of_origin(receipt.origin_kind, receipt.origin_id)
    steps = [(_("We have your answers"), True)]
    if choice.is_asked:
        steps = [(_("You took your answers back"), True)]
    if heard:
        steps.append((
            _("A trained person has read your words"),
            all(row.is_read for row in heard) or _is_apart(receipt),
        ))
    steps += decided
    if not choice.is_asked:
        steps.append(_counted(choice))
    steps.append((_("We wrote to you"), any(not line.is_from_person for line in lines)))
    return Story(_("You answered questions."), tuple(steps))


def _case_story(case_id: uuid.UUID, decided: list[Step]) -> Story:
    case = casework.get_case(case_id)
    if case is None:
        abort(404)
    steps = [
        (_("It arrived"), True),
        (_("We told you that we have it"), case.acknowledged_on is not None),
        *decided,
        (_("We answered you"), case.responded_on is not None),
        (_("It is finished"), case.closed_on is not None),
    ]
    return Story(str(_WHAT[case.kind]), tuple(steps))


def _decided(receipt: ReceiptRow) -> list[Step]:
    """Said without what was decided, and only where there is something to decide."""
    origin = (receipt.origin_kind, receipt.origin_id)
    if withdrawals.is_undecided(*origin):  # to look at it again later is no decision that is missing
        return [(_("A person has decided what happens next"), False)]
    return [(_("A person has decided what happens next"), True)] if withdrawals.is_decided(*origin) else []


def _is_apart(receipt: ReceiptRow) -> bool:
    """Whether all of it was decided on and is kept apart: whoever decided has read it, though it counts as unread."""
    mine = receipt.origin_id
    return mine in queries_apart.kept_apart() and mine in safeguarding.decided_on({mine})


def _counted(choice: Choice) -> Step:
    if choice.counted_on is None:
        return _("We counted everybody's answers together"), False
    day = format_date(choice.counted_on, "d MMMM yyyy")
    return _("We counted everybody's answers together on %(day)s", day=day), True
