"""Forms of people: sign in, set a password, accounts, agencies, services, help numbers."""

import re

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import ColorField, DateField, PasswordField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from engage.core import clock
from engage.people.kinds import KEY_DAYS, AgencyKind, Role
from engage.rules.contrast import contrast

ROLE_LABELS = {
    Role.ADMINISTRATOR: _l("Administrator: accounts, services, help numbers"),
    Role.SURVEY_MANAGER: _l("Survey manager: opens, closes and shares surveys, makes releases"),
    Role.ANALYST: _l("Analyst: themes, answers to children, reports"),
    Role.RESPONDER: _l("Responder: reads comments, handles complaints and compliments"),
    Role.SAFEGUARDING_LEAD: _l("Safeguarding lead: decides on flags"),
    Role.ALLEGATIONS_LEAD: _l("Allegations: reads what went to the LADO"),
    Role.WHISTLEBLOWING_LEAD: _l("Whistleblowing: reads what went the protected way"),
    Role.SCRUTINEER: _l("Scrutineer: sees results, reports and the audit trail"),
    Role.VIEWER: _l("Viewer: sees results and reports"),
    Role.YOUNG_INSPECTOR: _l("Young inspector: visits and scores services"),
    Role.SUPPORTER: _l("Supporter: plans visits, publishes stars"),
}
AGENCY_LABELS = {
    AgencyKind.STATUTORY: _l("Statutory safeguarding partner"),
    AgencyKind.RELEVANT: _l("Relevant agency"),
    AgencyKind.SCHOOL: _l("School or college"),
    AgencyKind.VOLUNTARY: _l("Voluntary or faith organisation"),
}
_HEX = r"#[0-9a-f]{6}"
_COLOUR = Regexp(f"^{_HEX}$", message=_l("Choose a colour"))
ROLE_CHOICES = [SelectChoice(role.value, label) for role, label in ROLE_LABELS.items()]


def _small(colour: str | None) -> str:
    return (colour or "").strip().lower()


class _Unbound(FlaskForm):
    """A form of somebody without a session: there is no cookie to bind a token to; the Origin guard stands alone."""

    class Meta:
        csrf = False


class SignInForm(_Unbound):
    """A name and a password; both can be pasted."""

    sign_in = StringField(_l("Sign-in name"), [InputRequired(_l("Enter your sign-in name")), Length(max=120)])
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password")), Length(max=256)])


class PasswordForm(_Unbound):
    """A new password."""

    password = PasswordField(
        _l("Your new password"),
        [
            InputRequired(_l("Enter a new password")),
            Length(min=15, max=256, message=_l("Use at least 15 characters. A few words together work well")),
        ],
        description=_l("At least 15 characters. A few words together are easy to remember and hard to guess."),
    )


class AccountForm(FlaskForm):
    """A new account."""

    name = StringField(_l("Name"), [InputRequired(_l("Enter the person's name")), Length(max=120)])
    sign_in = StringField(
        _l("Sign-in name"),
        [InputRequired(_l("Enter a sign-in name")), Length(max=120)],
        description=_l("An e-mail address, or for a young inspector any name they can remember."),
    )
    roles = SelectMultipleField(
        _l("What they do here"),
        [InputRequired(_l("Choose at least one role"))],
        choices=ROLE_CHOICES,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class RolesForm(FlaskForm):
    """The roles of an account."""

    roles = SelectMultipleField(
        _l("What they do here"),
        [InputRequired(_l("Choose at least one role"))],
        choices=ROLE_CHOICES,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class AgencyForm(FlaskForm):
    """A new agency."""

    name = StringField(_l("Name of the agency"), [InputRequired(_l("Enter a name")), Length(max=120)])
    kind = RadioField(
        _l("What it is to the partnership"),
        [InputRequired(_l("Choose what it is"))],
        choices=[SelectChoice(kind.value, label) for kind, label in AGENCY_LABELS.items()],
    )


class ServiceForm(FlaskForm):
    """A new service of an agency."""

    name = StringField(_l("Name of the service"), [InputRequired(_l("Enter a name")), Length(max=120)])
    about = StringField(_l("What children use it for"), [Length(max=300)])
    agency = SelectField(_l("Who runs it"), [InputRequired(_l("Choose an agency"))])


class BrandForm(FlaskForm):
    """Two colours of a partnership's own."""

    ink = ColorField(_l("Colour of the words"), [_COLOUR], default="#ffffff", filters=[_small])
    ground = ColorField(_l("Colour behind them"), [_COLOUR], default="#0b4a48", filters=[_small])

    @property
    def ratio(self) -> float | None:
        """The contrast of what is in the form; None where that is no pair of colours."""
        pair = (self.ink.data, self.ground.data)
        return contrast(*pair) if all(re.fullmatch(_HEX, colour) for colour in pair) else None


class HelpNumberForm(FlaskForm):
    """A number to call for help."""

    name = StringField(_l("Who answers"), [InputRequired(_l("Enter who answers")), Length(max=80)])
    number = StringField(
        _l("Number"),
        [InputRequired(_l("Enter a number")), Regexp(r"^[0-9 +()]{3,20}$", message=_l("Use digits and spaces"))],
    )
    about = StringField(_l("When and how it helps"), [Length(max=200)])


class KeyForm(FlaskForm):
    """A key for a machine."""

    name = StringField(
        _l("What reads with it"),
        [InputRequired(_l("Enter a name")), Length(max=120, message=_l("Use at most 120 letters"))],
        description=_l("Such as the dashboard of the council."),
    )
    days = RadioField(
        _l("How long it works"),
        [InputRequired(_l("Choose how long it works"))],
        choices=[SelectChoice(str(days), _l("%(days)s days", days=days)) for days in KEY_DAYS],
        default=str(KEY_DAYS[-1]),
    )


class HelpNumberEditForm(HelpNumberForm):
    """The same number put right, and the day somebody rang it."""

    checked_on = DateField(_l("Last checked on"), [InputRequired(_l("Enter the day somebody rang it"))])

    def validate_checked_on(self, field: DateField) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError(gettext("That day is still to come"))
