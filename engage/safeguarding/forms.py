"""Forms of triage and reading."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from engage.core import clock
from engage.safeguarding.kinds import Decision
from engage.voices.kinds import Channel, Concern
from engage.voices.queries import Narrowed

SHEET = 20
_CHOICES = {
    Decision.NO_CONCERN: _l("No concern: nobody seems to be at risk"),
    Decision.SIGNPOST: _l("Signpost: point to help, nothing further"),
    Decision.REPLY: _l("Reply: write to this person"),
    Decision.REFER: _l("Refer: pass it to children’s social care or the police"),
    Decision.EMERGENCY: _l("Emergency: 999 or the emergency duty team was called"),
    Decision.LADO: _l("LADO: it is about somebody who works or volunteers with children"),
    Decision.WHISTLEBLOWING: _l("Whistleblowing: wrongdoing that goes its own protected way"),
}


class DecisionForm(FlaskForm):
    """What the safeguarding lead decided, why, and what is said to the person where a reply can reach them."""

    decision = RadioField(
        _l("What do you decide?"),
        [InputRequired(_l("Choose what you decide"))],
        choices=[SelectChoice(decision.value, label) for decision, label in _CHOICES.items()],
    )
    note = TextAreaField(
        _l("Why, and what was done"),
        [DataRequired(_l("Write why, and what was done")), Length(max=5000)],
        description=_l("Kept sealed with the flag. If nobody can be found, write what was tried."),
    )
    message = TextAreaField(
        _l("Message to this person"),
        [Length(max=3000)],
        description=_l("They read it when they come back with their code. Short, kind words; promise no secrecy."),
    )

    follow_up = DateField(
        _l("Look at it again on"),
        [Optional()],
        description=_l("You are reminded on that day. Leave it empty where nothing more is to come."),
    )

    def without_reply(self) -> "DecisionForm":
        """The form where no reply can reach anybody."""
        self.decision.choices = [choice for choice in self.decision.choices if choice.value != Decision.REPLY]
        del self.message
        return self

    def validate_message(self, field: TextAreaField) -> None:
        if self.decision.data == Decision.REPLY and not (field.data or "").strip():
            raise ValidationError(gettext("Write the message"))

    def validate_follow_up(self, field: DateField) -> None:
        if field.data and field.data < clock.today():
            raise ValidationError(gettext("Choose a day that is still to come"))


class AboutForm(FlaskForm):
    """Which people with an account a flag is about: they and their managers see nothing of it from then on."""

    people = SelectMultipleField(
        _l("Is it about somebody with an account here?"),
        description=_l(
            "They, and everybody who manages them, cannot see this flag any more, nor that it is there. If it is about"
            " you, say so: it goes to somebody else."
        ),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


Fields = MultiDict[str, str]


@dataclass(frozen=True)
class SheetAct:
    """What a reader pressed on a sheet of opened comments: `shown` are all on it, at most twenty."""

    shown: tuple[uuid.UUID, ...]
    read: tuple[uuid.UUID, ...]
    passed_on: tuple[uuid.UUID, ...]
    all_read: bool
    and_next: bool


def sheet_act(fields: Fields) -> SheetAct:
    """Read a sheet's form; what is no id is left out."""
    pressed = fields.get("all", "")
    return SheetAct(
        shown=ids(fields.getlist("shown"))[:SHEET],
        read=ids([fields.get("read", "")]),
        passed_on=ids([fields.get("pass_on", "")]),
        all_read=bool(pressed),
        and_next=pressed == "next",
    )


def narrowed(fields: Fields, without: frozenset[uuid.UUID]) -> Narrowed:
    """What the address bar narrows the reading list to; what is unknown there is left out."""
    channel, concern, source = fields.get("channel", ""), fields.get("concern", ""), fields.get("source", "")
    return Narrowed(
        channel=Channel(channel) if channel in set(Channel) else None,
        source_key=source or None,
        concern=Concern(concern) if concern in set(Concern) else None,
        without=without,
    )


def ids(values: Iterable[str]) -> tuple[uuid.UUID, ...]:
    """The ids among what a form sent."""
    found = []
    for value in values:
        try:
            found.append(uuid.UUID(value))
        except ValueError:
            continue
    return tuple(found)
