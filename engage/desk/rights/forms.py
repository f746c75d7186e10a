"""Forms of people's rights: a period, a hold."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from engage.core.holds import LONGEST, HoldOn
from engage.rules import keeping

ON_LABELS = {
    HoldOn.SURVEY: _l("One survey"),
    HoldOn.CASE: _l("One case"),
    HoldOn.PARTNERSHIP: _l("Everything"),
}


class PeriodForm(FlaskForm):
    """How many months a kind is kept."""

    kind = SelectField(_l("What"))
    months = IntegerField(
        _l("Months"),
        [
            InputRequired(_l("Enter a number of months")),
            NumberRange(keeping.SHORTEST, keeping.LONGEST, _l("Enter between 1 and 360 months")),
        ],
    )


class HoldForm(FlaskForm):
    """What must be kept for now, and why."""

    on = SelectField(_l("What must be kept"))
    key = StringField(
        _l("Which one"),
        [Length(max=80)],
        description=_l(
            "A survey's short name as in its address, or a case's reference. Leave it empty for everything."
        ),
    )
    reason = TextAreaField(
        _l("Why"),
        [InputRequired(_l("Write why it must be kept")), Length(max=LONGEST)],
        description=_l("For instance a court, an inquiry, a police request. It is kept sealed."),
    )
