"""Forms of surveys: the dates that are promised when one is opened."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.validators import InputRequired


class OpenForm(FlaskForm):
    """Until when people can answer, and by when they are told what was heard."""

    closes_on = DateField(
        _l("Last day to answer"),
        [InputRequired(_l("Enter the last day"))],
        description=_l("The survey closes by itself at the end of this day."),
    )
    tell_by = DateField(
        _l("Day by which we say what we heard"),
        [InputRequired(_l("Enter the day by which people are told"))],
        description=_l("Everybody who answers is shown this date. It is a promise."),
    )
