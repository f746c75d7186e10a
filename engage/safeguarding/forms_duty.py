"""The form of duty: hours, clocks, and who is told in which order."""

import uuid
from collections.abc import Sequence
from datetime import time

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from engage.people.queries import Person
from engage.rules.deadlines import Hours
from engage.safeguarding.queries_duty import LEVELS, DutyRow

_DAYS = (
    _l("Monday"),
    _l("Tuesday"),
    _l("Wednesday"),
    _l("Thursday"),
    _l("Friday"),
    _l("Saturday"),
    _l("Sunday"),
)
_MOST_MINUTES = 6000
PLACES = ("first_told", "second_told", "third_told")


def _minutes(label: object) -> IntegerField:
    bounds = NumberRange(min=1, max=_MOST_MINUTES, message=_l("Enter minutes, from 1 to 6000"))
    return IntegerField(label, [InputRequired(_l("Enter minutes, from 1 to 6000")), bounds])


def _person(label: object) -> SelectField:
    return SelectField(label, validate_choice=True)


class DutyForm(FlaskForm):
    """When somebody reads, how soon, and who is told when nobody has."""

    days = SelectMultipleField(
        _l("On which days does somebody read?"),
        [InputRequired(_l("Choose at least one day"))],
        choices=[SelectChoice(str(number), label) for number, label in enumerate(_DAYS, 1)],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    opens = TimeField(_l("From"), [InputRequired(_l("Enter a time, such as 09:00"))])
    closes = TimeField(
        _l("Until"),
        [InputRequired(_l("Enter a time, such as 17:00"))],
        description=_l("00:00 is midnight. From 00:00 until 00:00 is day and night."),
    )
    on_bank_holidays = BooleanField(_l("Also on bank holidays"))
    first_told = _person(_l("Told at once: the designated lead"))
    second_told = _person(_l("Told first when nobody has opened a flag: deputy"))
    third_told = _person(_l("Told next: second deputy"))
    step_first = _minutes(_l("Minutes until the deputy is told"))
    step_second = _minutes(_l("Minutes until the second deputy is told"))
    step_third = _minutes(_l("Minutes until everybody who decides, and the administrators, are told"))
    read_red = _minutes(_l("Read first: minutes until it is opened"))
    read_not_checked = _minutes(_l("Not checked: minutes until it is opened"))
    read_amber = _minutes(_l("Read next: minutes until it is opened"))
    decide_red = _minutes(_l("Read first: minutes until it is decided"))
    decide_not_checked = _minutes(_l("Not checked: minutes until it is decided"))
    decide_amber = _minutes(_l("Read next: minutes until it is decided"))
    follow_up_days = IntegerField(
        _l("Days until a decision is looked at again, unless another day is chosen"),
        [InputRequired(_l("Enter days, from 1 to 365")), NumberRange(min=1, max=365)],
    )

    def offer(self, able: Sequence[Person], order: Sequence[uuid.UUID]) -> "DutyForm":
        """Offer everybody who may decide; the present order is chosen while nothing was sent."""
        choices = [SelectChoice("", gettext("Nobody")), *(SelectChoice(str(one.id), one.name) for one in able)]
        for place, name in enumerate(PLACES):
            field: SelectField = self[name]
            field.choices = choices
            if not self.is_submitted():
                field.data = str(order[place]) if place < len(order) else ""
        return self

    def validate_closes(self, field: TimeField) -> None:
        if self.opens.data and field.data and field.data != time(0) and field.data <= self.opens.data:
            raise ValidationError(gettext("Choose a time after the beginning"))

    def validate_step_third(self, field: IntegerField) -> None:
        steps = [self.step_first.data, self.step_second.data, field.data]
        if None not in steps and steps != sorted(steps):
            raise ValidationError(gettext("Each step comes after the one before"))

    @property
    def order(self) -> tuple[uuid.UUID, ...]:
        """Who is told, in order."""
        return tuple(uuid.UUID(self[name].data) for name in PLACES if self[name].data)

    @property
    def duty(self) -> DutyRow:
        """What was filled in."""
        days = frozenset(int(day) for day in self.days.data)
        return DutyRow(
            hours=Hours(days, self.opens.data, self.closes.data, bool(self.on_bank_holidays.data)),
            steps=(self.step_first.data, self.step_second.data, self.step_third.data),
            read={level: self[f"read_{level.value}"].data for level in LEVELS},
            decide={level: self[f"decide_{level.value}"].data for level in LEVELS},
            follow_up_days=self.follow_up_days.data,
        )


def filled(duty: DutyRow) -> dict[str, object]:
    """What the form shows before anything is changed."""
    hours, steps = duty.hours, duty.steps
    return {
        "days": [str(day) for day in sorted(hours.days)],
        "opens": hours.opens,
        "closes": hours.closes,
        "on_bank_holidays": hours.on_bank_holidays,
        "step_first": steps[0],
        "step_second": steps[1],
        "step_third": steps[2],
        "follow_up_days": duty.follow_up_days,
        **{f"read_{level.value}": duty.read[level] for level in LEVELS},
        **{f"decide_{level.value}": duty.decide[level] for level in LEVELS},
    }
