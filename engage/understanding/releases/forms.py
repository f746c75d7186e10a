"""Forms of results: how many people there are, whose people are another survey's too, who sees exact numbers."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from engage.rules.disclosure.overlap import Relation
from engage.understanding.releases.queries_known import Known
from engage.understanding.releases.service_known import LARGEST
from engage.understanding.releases.service_restricted import LONGEST_PURPOSE, Wish


@dataclass(frozen=True)
class Divided:
    """One way to divide people, as the form asks about it: its column's key and its groups in words by their id."""

    key: str
    title: str
    groups: Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """The fields of one way to divide people: a number for each group, who counted them, and when."""

    about: Divided
    numbers: Mapping[str, Field]
    source: Field
    day: Field


class KnownForm:
    """How many people there are, one part after the other. `is_valid` fills the errors of the fields."""

    def __init__(self, parts: Sequence[Divided], known: Mapping[tuple[str, str], Known], threshold: int) -> None:
        self.form = _class_of(parts, threshold)(data=_data(parts, known))
        self.parts = [_part(self.form, place, about) for place, about in enumerate(parts)]

    def is_valid(self) -> bool:
        """Whether it was sent and every part with a number says whose it is."""
        is_whole: bool = self.form.validate_on_submit()
        for part in self.parts:
            if any(field.data is not None for field in part.numbers.values()):
                is_whole = _needs(part.source, _("Write who counted them")) and is_whole
                is_whole = _needs(part.day, _("Enter the day they were counted")) and is_whole
        return is_whole

    @property
    def known(self) -> list[Known]:
        """What was entered."""
        return [
            Known(part.about.key, option, field.data, part.source.data.strip(), part.day.data)
            for part in self.parts
            for option, field in part.numbers.items()
            if field.data is not None
        ]


def _class_of(parts: Sequence[Divided], threshold: int) -> type[FlaskForm]:
    fields: dict[str, Field] = {}
    too_small = _("Enter at least %(least)s, or leave it empty: smaller groups are not shown", least=threshold)
    for place, part in enumerate(parts):
        for number, label in enumerate(part.groups.values()):
            checks = [Optional(), NumberRange(threshold, LARGEST, too_small)]
            fields[f"n-{place}-{number}"] = IntegerField(label, checks)
        fields[f"source-{place}"] = StringField(_("Who counted them"), [Optional(), Length(max=200)])
        fields[f"day-{place}"] = DateField(_("Counted on"), [Optional()])
    return type("KnownTotalsForm", (FlaskForm,), fields)


def _part(form: FlaskForm, place: int, about: Divided) -> Part:
    numbers = {option: form[f"n-{place}-{number}"] for number, option in enumerate(about.groups)}
    return Part(about, numbers, form[f"source-{place}"], form[f"day-{place}"])


def _data(parts: Sequence[Divided], known: Mapping[tuple[str, str], Known]) -> dict[str, object]:
    data: dict[str, object] = {}
    for place, part in enumerate(parts):
        for number, option in enumerate(part.groups):
            one = known.get((part.key, option))
            if one is not None:
                data |= {f"n-{place}-{number}": one.people}
                data |= {f"source-{place}": one.source, f"day-{place}": one.counted_on}
    return data


def _needs(field: Field, words: str) -> bool:
    if not field.data or not str(field.data).strip():
        field.errors = [*field.errors, words] if field.errors else [words]
        return False
    return True


RELATIONS = {
    Relation.SAME: _l("The same people answered both"),
    Relation.WITHIN: _l("Everybody who answered this survey also answered the other"),
    Relation.AROUND: _l("Everybody who answered the other also answered this survey"),
    Relation.APART: _l("Nobody answered both"),
}


class OverlapForm(FlaskForm):
    """Which survey the same people answer in, and in what way."""

    other = SelectField(_l("The same people answer as in"))
    relation = RadioField(
        _l("Who they are"),
        [InputRequired(_l("Choose who they are"))],
        choices=[SelectChoice(relation.value, label) for relation, label in RELATIONS.items()],
    )

    def with_others(self, titles: Mapping[uuid.UUID, str]) -> "OverlapForm":
        """The surveys to choose from, in words by id."""
        self.other.choices = [SelectChoice(str(survey_id), title) for survey_id, title in titles.items()]
        return self


class MultiCheckboxField(SelectMultipleField):
    """Several of a list, each with a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RestrictedForm(FlaskForm):
    """Who is to see exact numbers, what for, and to which day."""

    readers = MultiCheckboxField(_l("Who may read them"))
    purpose = TextAreaField(
        _l("What for"),
        [InputRequired(_l("Write what the exact numbers are for")), Length(max=LONGEST_PURPOSE)],
        description=_l("What is to be worked out that rounded numbers cannot show. It is kept sealed."),
    )
    ends_on = DateField(
        _l("To which day"),
        [InputRequired(_l("Enter the day they end"))],
        description=_l("At most a year from now. The day after, the numbers are deleted."),
    )

    def with_people(self, names: Mapping[uuid.UUID, str]) -> "RestrictedForm":
        """Who may be named, in words by id."""
        self.readers.choices = [SelectChoice(str(account_id), name) for account_id, name in names.items()]
        return self

    @property
    def wish(self) -> Wish:
        """What was asked for."""
        readers = frozenset(uuid.UUID(one) for one in self.readers.data or ())
        return Wish(readers, self.purpose.data, self.ends_on.data)
