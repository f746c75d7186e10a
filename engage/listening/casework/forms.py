"""Forms of casework."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from engage.core import clock
from engage.listening.casework.kinds import Outcome, Reply

OUTCOME_LABELS = {
    Outcome.UPHELD: _l("Upheld: we got it wrong"),
    Outcome.PARTLY_UPHELD: _l("Partly upheld: some of it was wrong"),
    Outcome.NOT_UPHELD: _l("Not upheld: we looked and did not find it wrong"),
    Outcome.PASSED_ON: _l("Passed on to the right people"),
    Outcome.TAKEN_UP: _l("Taken up: something will be done"),
    Outcome.NOT_TAKEN_UP: _l("Not taken up, with a reason given"),
}

REPLY_LABELS = {
    Reply.TELL: _l("Agree, and tell them through their own code"),
    Reply.NOT_TELL: _l("Agree, and do not tell them: it could put somebody in danger, or they have no code"),
    Reply.REFUSE: _l("Refuse"),
}


class MessageForm(FlaskForm):
    """Words to the person, read with their code."""

    words = TextAreaField(
        _l("What you say to them"),
        [InputRequired(_l("Write what you want to say")), Length(max=5000)],
        description=_l("They read it with their six picture-words. Plain, kind, no jargon; name what happens next."),
    )


class ToldForm(FlaskForm):
    """Somebody without a code was told by phone, letter or in person."""

    on = DateField(
        _l("Day you told them"),
        [InputRequired(_l("Enter the day, for instance 27 3 2027"))],
        default=clock.today,
        description=_l("They have no code to read words here. Tell them as they asked, then write down the day."),
    )


class CloseForm(FlaskForm):
    """How it ended and what was learned."""

    outcome = RadioField(_l("How did it end?"), [InputRequired(_l("Choose how it ended"))])
    learning = TextAreaField(
        _l("What was learned"),
        [Length(max=2000)],
        description=_l("One point that others can use. No names. It stands in reports."),
    )


class RegimeForm(FlaskForm):
    """The procedure a case is under."""

    regime = SelectField(_l("Procedure"))


class KeepForm(FlaskForm):
    """A case is kept to a birthday of the child it is about."""

    born = DateField(
        _l("The child's date of birth"),
        [InputRequired(_l("Enter the day, for instance 27 3 2013"))],
        description=_l("Used to find the day, and not kept."),
    )
    age = RadioField(
        _l("Keep the case until they turn"),
        [InputRequired(_l("Choose an age"))],
        choices=[SelectChoice("18", _l("18")), SelectChoice("25", _l("25, for a child in care"))],
        default="18",
    )


class AskForm(FlaskForm):
    """Why somebody has to see who a confidential case is from."""

    reason = TextAreaField(
        _l("Why do you need to know who it is?"),
        [DataRequired(_l("Write why you need to know who it is")), Length(max=2000)],
        description=_l("A second person reads it and decides."),
    )


class ReplyForm(FlaskForm):
    """What a second person says to a request. Told: the words the person reads; else why not, or why it is refused."""

    reply = RadioField(_l("What do you decide?"), [InputRequired(_l("Choose what you decide"))])
    words = TextAreaField(
        _l("What they are told, or why they are not told"),
        [Length(max=5000)],
        description=_l("Plain and kind where they read it. If you refuse, you may say why."),
    )

    def validate_words(self, words: TextAreaField) -> None:
        """Only a refusal needs no words."""
        if self.reply.data != Reply.REFUSE.value and not (words.data or "").strip():
            raise ValidationError(_l("Write what they are told, or why they are not told"))
