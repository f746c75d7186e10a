"""Forms of inspections: one criterion, planning a visit, a service's no, what the team writes down."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields import StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from engage.listening.inspections.kinds import NOT_SEEN, Finding
from engage.listening.inspections.scoring import HIGHEST, LONGEST_NOTE
from engage.listening.inspections.service import LONGEST_FINDING, LONGEST_REASON
from engage.listening.inspections.words import one_line, plain

SCORES = [*(str(score) for score in range(HIGHEST + 1)), NOT_SEEN]

FEWEST = 3  # a set may ask for more; the service says so

_SHORTER = _l("Use fewer words. There is room for %(max)d letters")


class PointForm(FlaskForm):
    """One inspector's score of one criterion, with a note that may be shared."""

    level = RadioField(choices=[SelectChoice(score, score) for score in SCORES], validators=[InputRequired()])
    note = TextAreaField(filters=[plain], validators=[Optional(), Length(max=LONGEST_NOTE, message=_SHORTER)])
    share = BooleanField()

    @property
    def value(self) -> int | None:
        """The score, or None for "could not see"."""
        return None if self.level.data == NOT_SEEN else int(self.level.data)


class LockForm(FlaskForm):
    """Lock my scores; `seen` says which scores the page showed."""

    seen = HiddenField(validators=[InputRequired()])


class PlanForm(FlaskForm):
    """A visit: where, when, who, against which criteria."""

    service = SelectField(_l("Service"), validators=[InputRequired(_l("Choose a service"))])
    visit_on = DateField(
        _l("Day of the visit"),
        validators=[InputRequired(_l("Enter the day of the visit, for instance 27 3 2027"))],
    )
    criteria = SelectField(_l("Points to look for"), validators=[InputRequired(_l("Choose the points to look for"))])
    team = SelectMultipleField(
        _l("Young inspectors"),
        description=_l("At least three. Each scores alone: nobody sees a score before all have locked theirs."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def validate_team(self, field: SelectMultipleField) -> None:
        """As many as make a middle score fair."""
        if len(set(field.data or [])) < FEWEST:
            raise ValidationError(_("Choose at least %(needed)s young inspectors", needed=FEWEST))


class DeclineForm(FlaskForm):
    """Why a planned visit will not happen."""

    because = TextAreaField(
        _l("What did the service say?"),
        filters=[plain],
        description=_l("This is shown on the public page with the service's name. Name no people."),
        validators=[DataRequired(_l("Write what the service said")), Length(max=LONGEST_REASON, message=_SHORTER)],
    )


class DeclinedForm(DeclineForm):
    """A service that was asked and said no."""

    service = SelectField(_l("Service"), validators=[InputRequired(_l("Choose a service"))])
    asked_on = DateField(
        _l("Day it said no"), validators=[InputRequired(_l("Enter the day it said no, for instance 27 3 2027"))]
    )


class InspectorForm(FlaskForm):
    """One more inspector for a team."""

    inspector = SelectField(_l("Young inspector"), validators=[InputRequired(_l("Choose a young inspector"))])


class FindingForm(FlaskForm):
    """One strength, or one thing to think about."""

    kind = HiddenField(validators=[InputRequired()])
    words = StringField(
        filters=[one_line],
        validators=[DataRequired(_l("Write something first")), Length(max=LONGEST_FINDING, message=_SHORTER)],
    )

    def validate_kind(self, field: HiddenField) -> None:
        """Only the two lists there are."""
        if field.data not in set(Finding):
            raise ValidationError("kind")

    @property
    def finding(self) -> Finding:
        """Which list it belongs to."""
        return Finding(self.kind.data)
