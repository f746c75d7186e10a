"""Forms of answers: what was said, what came of it and why; why an answer is taken down."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from engage.answering.you_said import words
from engage.answering.you_said.kinds import Reason, Verdict
from engage.answering.you_said.service import AnswerText, problems
from engage.rules.themes import Group
from engage.understanding.themes.words import GROUPS
from engage.web import refusals

_LONG = Length(max=1200, message=_l("Use at most 1,200 letters"))
_DATE = _l("Enter a date, such as 31 3 2027")


class AnswerForm(FlaskForm):
    """An answer to a theme, as everybody will read it."""

    audience = SelectField(
        _l("Who do you answer?"),
        [InputRequired(_l("Choose who you answer"))],
        choices=[SelectChoice(group.value, label) for group, label in GROUPS.items()],
    )
    you_said = TextAreaField(
        _l("You said"),
        [
            InputRequired(_l("Say what people told you")),
            Length(max=200, message=_l("Use at most 200 letters")),
        ],
        description=_l(
            "One sentence for what many said, in their kind of words. Not a quote: nobody may be recognised."
        ),
        render_kw={"rows": 2},
    )
    verdict = RadioField(
        _l("What is the answer?"),
        [InputRequired(_l("Choose what came of it"))],
        choices=[SelectChoice(verdict.value, label) for verdict, label in words.VERDICTS.items()],
    )
    reason = RadioField(
        _l("Why not?"),
        [Optional(), AnyOf([reason.value for reason in Reason], message=_l("Choose why it was not done"))],
        choices=[SelectChoice(reason.value, label) for reason, label in words.REASONS.items()],
        validate_choice=False,
        description=_l("Only for what you did not do. A reason is always shown: pick the truest one, not the kindest."),
    )
    because = TextAreaField(
        _l("Why not, said to a 9-year-old"),
        [_LONG],
        description=_l("Short words. Own it. Do not promise what you cannot do."),
        render_kw={"rows": 4},
    )
    we_did = TextAreaField(
        _l("What you did, are doing, or will do instead"),
        [_LONG],
        description=_l("Say it to a 9-year-old. An empty line begins a new paragraph."),
        render_kw={"rows": 4},
    )
    decided_by = StringField(
        _l("Who decided, or does it?"),
        [InputRequired(_l("Say who decided")), Length(max=120, message=_l("Use at most 120 letters"))],
        description=_l("A post or a group, such as “Head of children’s social care”."),
    )
    decided_on = DateField(_l("Decided on"), [InputRequired(_l("Say when it was decided"))])
    due_on = DateField(
        _l("Done, or answered, by"),
        [Optional()],
        description=_l("If the day passes, the page says that you are late."),
    )
    look_again_on = DateField(_l("When will you look again?"), [Optional()])

    def text(self) -> AnswerText:
        """What the form says; for a form that is valid. A reason is kept only for what was not done."""
        verdict = Verdict(self.verdict.data)
        is_refusal = verdict is Verdict.DID_NOT
        return AnswerText(
            audience=Group(self.audience.data),
            you_said=" ".join(self.you_said.data.split()),
            verdict=verdict,
            decided_by=self.decided_by.data.strip(),
            decided_on=self.decided_on.data,
            we_did=_plain(self.we_did.data),
            reason=Reason(self.reason.data) if is_refusal and self.reason.data else None,
            because=_plain(self.because.data) if is_refusal else "",
            due_on=self.due_on.data,
            look_again_on=self.look_again_on.data,
        )

    def is_whole(self) -> bool:
        """Whether the form is valid and says all that its outcome asks for; what it lacks stands beside the fields."""
        is_valid = bool(self.validate_on_submit())
        if self.verdict.errors:
            return False
        fields: dict[str, Any] = {
            "answer-needs-reason": self.reason,
            "answer-needs-because": self.because,
            "answer-needs-what": self.we_did,
            "answer-needs-day": self.due_on,
        }
        reason = Reason(self.reason.data) if self.reason.data in set(Reason) else None
        lacks = problems(
            Verdict(self.verdict.data), reason, self.because.data or "", self.we_did.data or "", self.due_on.data
        )
        for problem in lacks:
            fields[problem].errors = [refusals.sentence(problem, {})]
        return is_valid and not lacks


class TakeDownForm(FlaskForm):
    """Why a published answer is taken down."""

    why = RadioField(
        _l("Why is it taken down?"),
        [InputRequired(_l("Choose why"))],
        choices=[SelectChoice(why.value, label) for why, label in words.TAKEN_DOWN.items()],
    )


def _plain(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()
