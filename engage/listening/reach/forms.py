"""Forms of reach: who may answer and when, a batch of codes, who is invited and when they are written to."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from engage.core import languages
from engage.listening.ballots.kinds import Entry
from engage.listening.ballots.service import LONGEST_NAME, MOST
from engage.listening.surveys.service import LARGEST_QUOTA, QUOTA_STEP, SMALLEST_QUOTA

ENTRIES = {
    Entry.OPEN: _l("Anybody with the link"),
    Entry.CODES: _l("Only people with a code from a card, once each"),
    Entry.BOTH: _l("Anybody with the link, and people with a code"),
}
_TENS = _l("Enter 20, 30, 40 and so on, or leave it empty")


class EntryForm(FlaskForm):
    """Who may begin, and how many at most."""

    entry = RadioField(
        _l("Who may answer"), choices=[SelectChoice(entry.value, words) for entry, words in ENTRIES.items()]
    )
    quota = IntegerField(
        _l("Thank people and stop after this many answers"),
        [
            Optional(),
            NumberRange(SMALLEST_QUOTA, LARGEST_QUOTA, _TENS),
        ],
        description=_l("20, 30, 40 and so on, or empty for no limit. How many there are now is never shown."),
    )

    def validate_quota(self, field: IntegerField) -> None:
        """Whole tens."""
        if field.data is not None and field.data % QUOTA_STEP:
            raise ValidationError(_TENS)


class DatesForm(FlaskForm):
    """The days that are kept by themselves."""

    opens_on = DateField(_l("First day to answer"), [InputRequired(_l("Enter the first day"))])
    closes_on = DateField(
        _l("Last day to answer"),
        [InputRequired(_l("Enter the last day"))],
        description=_l("It closes by itself at midnight in London at the end of this day."),
    )
    tell_by = DateField(
        _l("Day by which we say what we heard"),
        [InputRequired(_l("Enter the day by which people are told"))],
        description=_l("A promise to everybody who has answered: move it later only for a good reason."),
    )


class BatchForm(FlaskForm):
    """A batch of codes to draw."""

    count = IntegerField(
        _l("How many cards"),
        [
            InputRequired(_l("Enter how many cards you need")),
            NumberRange(1, MOST, _l("Enter a number between 1 and 500. For more, make a second batch")),
        ],
    )
    for_whom = StringField(
        _l("Who they are for"),
        [DataRequired(_l("Write who they are for")), Length(max=LONGEST_NAME)],
        description=_l("For example “Year 9 at one school”. Name a group, never a person."),
    )
    expires_on = DateField(
        _l("Last day the codes work"),
        [InputRequired(_l("Enter the last day"))],
        description=_l("Whoever has started by then can still finish while the survey is open."),
    )


_DAYS = {
    "14": _l("14 days before the last day"),
    "7": _l("7 days before the last day"),
    "3": _l("3 days before the last day"),
    "1": _l("The day before the last day"),
}


class InviteForm(FlaskForm):
    """Addresses to add, one a line."""

    people = TextAreaField(
        _l("Add addresses, one a line"),
        [DataRequired(_l("Write at least one address")), Length(max=60_000)],
        description=_l("Only the address, or a name, a comma and the address: Youth Centre, hello@example.org"),
    )

    language = SelectField(_l("Write to them in"), choices=(), default="")

    def __init__(self, offered: Sequence[str], **values: Any) -> None:
        """`offered`: the languages people can be written to in."""
        super().__init__(**values)
        self.language.choices = [
            SelectChoice("", _l("All languages of the survey, one after the other")),
            *(SelectChoice(code, languages.get(code).name) for code in offered),
        ]

    def wrong(self, lines: Sequence[int]) -> str:
        """Which lines are no addresses, in words."""
        return str(_("This is no address: line %(lines)s", lines=", ".join(map(str, lines[:20]))))


class PlanForm(FlaskForm):
    """When everybody on the list is written to."""

    at_open = BooleanField(_l("When the survey opens"))
    days_before = SelectMultipleField(
        _l("And before it closes"),
        choices=[SelectChoice(day, words) for day, words in _DAYS.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(),
    )
