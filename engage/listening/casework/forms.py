"""Forms of casework."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from engage.core import clock
from engage.listening.casework.kinds import Outcome

OUTCOME_LABELS = {
    Outcome.UPHELD: _l("Upheld: we got it wrong"),
    Outcome.PARTLY_UPHELD: _l("Partly upheld: some of it was wrong"),
    Outcome.NOT_UPHELD: _l("Not upheld: we looked and did not find it wrong"),
    Outcome.PASSED_ON: _l("Passed on to the right people"),
    Outcome.TAKEN_UP: _l("Taken up: something will be done"),
    Outcome.NOT_TAKEN_UP: _l("Not taken up, with a reason given"),
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
