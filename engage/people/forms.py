"""Forms of people: sign in, set a password."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length


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
