"""The form of one test, and the words of the register."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from engage.assurance.accessibility.kinds import Ending, Way
from engage.core import clock

WAY_LABELS = {
    Way.SCREEN_READER_PHONE: _l("A screen reader on a phone"),
    Way.SCREEN_READER_COMPUTER: _l("A screen reader on a computer"),
    Way.SWITCH: _l("One or two switches"),
    Way.VOICE_CONTROL: _l("Speaking to the device"),
    Way.MAGNIFIER: _l("Making the screen very large"),
    Way.BSL: _l("Signing in BSL"),
    Way.LEARNING_DISABILITY: _l("People with a learning disability, with easy words and pictures"),
    Way.DYSLEXIA: _l("People with dyslexia"),
    Way.YOUNGEST: _l("Children under 8, with somebody beside them"),
    Way.ANOTHER_LANGUAGE: _l("People who read another language better than English"),
    Way.RIGHT_TO_LEFT: _l("People who read from right to left"),
    Way.ON_PAPER: _l("Answering on paper"),
}
ENDING_LABELS = {
    Ending.WORKS: _l("It worked"),
    Ending.PROBLEM: _l("A problem, not mended yet"),
    Ending.MENDED: _l("A problem, mended"),
}


class AccessTestForm(FlaskForm):
    """One test by people."""

    way = SelectField(
        _l("How they used it"), choices=[SelectChoice(way.value, label) for way, label in WAY_LABELS.items()]
    )
    testers = StringField(
        _l("Who tried it"),
        [InputRequired(_l("Say how many tried it, and of what age")), Length(max=200)],
        description=_l("How many and of what age, for instance: three young people, 13 to 16. No names."),
    )
    equipment = StringField(
        _l("With what"),
        [Length(max=200)],
        description=_l("The device and the programs, with their versions."),
    )
    tested_on = DateField(
        _l("Day of the test"), [InputRequired(_l("Enter the day, for instance 27 3 2027"))], default=clock.today
    )
    ending = RadioField(
        _l("What came of it"),
        [InputRequired(_l("Choose what came of it"))],
        choices=[SelectChoice(one.value, ENDING_LABELS[one]) for one in (Ending.WORKS, Ending.PROBLEM)],
    )
    found = TextAreaField(
        _l("What they met"),
        [Length(max=2000)],
        description=_l("In plain words: anybody can read this on the public page."),
    )

    def validate_tested_on(self, field: DateField) -> None:
        """A test that is still to come says nothing."""
        if field.data and field.data > clock.today():
            raise ValidationError(_l("That day is still to come"))

    def validate_found(self, field: TextAreaField) -> None:
        """A problem that is not said cannot be mended."""
        if self.ending.data == Ending.PROBLEM and not (field.data or "").strip():
            raise ValidationError(_l("Say what the problem was"))
