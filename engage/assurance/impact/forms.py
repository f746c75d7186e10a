"""The form of an assessment."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from engage.assurance.impact.content import RESIDUAL
from engage.core import clock
from engage.listening.surveys.service_impact import LONGEST

_SAY = [InputRequired(_l("Write something here")), Length(max=LONGEST)]


class ImpactForm(FlaskForm):
    """What only people can say, and who signed."""

    condition = TextAreaField(
        _l("Condition for special category data (article 9)"),
        _SAY,
        description=_l("Which one, and why; or that nothing of that kind is asked. Words may always hold some."),
    )
    necessity = TextAreaField(
        _l("Why is each thing asked, and could less do?"), _SAY, description=_l("Name what you left out.")
    )
    risks = TextAreaField(_l("What could go wrong for children in this survey?"), _SAY)
    consulted = TextAreaField(
        _l("Which children and others were asked about it, and what changed?"),
        _SAY,
        description=_l("No names. If nobody was asked, say why."),
    )
    residual = RadioField(
        _l("Risk that is left"),
        [InputRequired(_l("Choose how much risk is left"))],
        choices=[SelectChoice(value, label) for value, label in RESIDUAL.items()],
    )
    signed_by = StringField(
        _l("Signed by"),
        [InputRequired(_l("Say who signed")), Length(max=200)],
        description=_l("The data protection officer, or whoever may decide for them."),
    )
    signed_on = DateField(_l("On"), [InputRequired(_l("Enter the day"))], default=clock.today)
