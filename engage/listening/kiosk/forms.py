"""The form of a shared tablet."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, StringField
from wtforms.validators import InputRequired, Length

from engage.core import clock


class TabletForm(FlaskForm):
    """Where it stands, until when, and whether it has a network."""

    place = StringField(
        _l("Where it stands"),
        [InputRequired(_l("Say where the tablet stands")), Length(max=80)],
        description=_l("For staff only, for instance: waiting room, The Corner."),
    )
    ends_on = DateField(
        _l("Last day"),
        [InputRequired(_l("Enter the day, for instance 27 3 2027"))],
        default=lambda: clock.today() + timedelta(weeks=2),
    )
    works_offline = BooleanField(_l("It has to work where there is no network"))
