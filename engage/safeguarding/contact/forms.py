"""The form with which somebody asks to be contacted, and the one that says how it ended."""

import uuid
from datetime import UTC, datetime

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from engage.safeguarding.contact.queries import Hours, Narrowed
from engage.safeguarding.contact.words import MISTAKEN, OUTCOMES

_OFF = {"autocomplete": "off"}


class ContactForm(FlaskForm):
    """Who wants to be contacted, and how. It is bound to no cookie: the Origin guard stands alone."""

    class Meta:
        csrf = False

    key = HiddenField()
    name = StringField(
        _l("What is your name?"),
        [DataRequired(_l("Write a name we can ask for")), Length(max=120)],
        description=_l("A first name is enough."),
        render_kw=_OFF,
    )
    reach = StringField(
        _l("How can we reach you?"),
        [DataRequired(_l("Write a phone number, an email or where we can find you")), Length(max=300)],
        description=_l("A phone number or an email. You can also name a person at your school we can ask."),
        render_kw=_OFF,
    )
    safe = StringField(
        _l("When is it safe to reach you?"),
        [Length(max=300)],
        description=_l("Is there a time when nobody else listens or looks at your phone?"),
        render_kw=_OFF,
    )
    about = TextAreaField(
        _l("What is it about?"),
        [Length(max=3000)],
        description=_l("You do not have to say."),
        render_kw=_OFF,
    )
    agrees = BooleanField(
        _l("Yes, you may use this to contact me"), [DataRequired(_l("Tick the box if we may contact you"))]
    )


class OutcomeForm(FlaskForm):
    """How a request ended, and what was done."""

    outcome = RadioField(
        _l("How did it end?"),
        [InputRequired(_l("Choose how it ended"))],
        choices=[SelectChoice(outcome.value, label) for outcome, label in OUTCOMES.items()],
    )
    note = TextAreaField(
        _l("What was done"),
        [DataRequired(_l("Write what was done")), Length(max=5000)],
        description=_l("Kept sealed. If nobody could be reached, write what was tried."),
    )


class UnrealForm(FlaskForm):
    """Why those that are ticked are not real requests: one reason for all of them."""

    reason = TextAreaField(
        _l("Why they are not real requests"),
        [DataRequired(_l("Write why they are not real requests")), Length(max=5000)],
        description=_l("Kept sealed with each of them. A request can be opened again if it was real after all."),
    )


def narrowed(fields: MultiDict[str, str], without: frozenset[uuid.UUID], strange: Hours) -> Narrowed:
    """What the address bar narrows the queue to; what is unknown there is left out, and so is an hour that is not
    strange: no request by name is seen to have come in the hour of somebody's anonymous answers.
    """
    said = _hour(fields.get("hour", ""))
    state = fields.get("state", "")
    return Narrowed(
        is_urgent=True if fields.get("words") else None,
        is_opened={"new": False, "opened": True}.get(state),
        hours=[each for each in strange if each[0] == said],
        without=without,
    )


def _hour(said: str) -> datetime | None:
    try:
        return datetime.strptime(said, "%Y%m%dT%H").replace(tzinfo=UTC)
    except ValueError:
        return None


class AboutForm(FlaskForm):
    """Which people with an account a request is about: they and their managers see nothing of it from then on."""

    people = SelectMultipleField(
        _l("Is it about somebody with an account here?"),
        description=_l(
            "They, and everybody who manages them, cannot see this request any more, nor that it is there. If it is"
            " about you, say so: it goes to somebody else."
        ),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    mistaken = RadioField(
        _l("If you take somebody off: why is it not about them?"),
        description=_l("It is written down with your name. They can see the request from then on."),
        choices=[SelectChoice(reason.value, label) for reason, label in MISTAKEN.items()],
        validate_choice=False,
    )
