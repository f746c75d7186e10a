"""Forms of making: what a new survey needs first."""

import re

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from engage.listening.surveys import queries as surveys
from engage.listening.surveys.service import RESERVED
from engage.listening.surveys.views_manage import AUDIENCES

_SLUG_MOST = 50


class NewSurveyForm(FlaskForm):
    """A title and who is asked."""

    title = StringField(
        _l("Title"),
        [InputRequired(_l("Write a title")), Length(max=120, message=_l("Write at most 120 letters"))],
        description=_l("What people see first, for instance “Your school days”."),
    )
    audience = SelectField(
        _l("Who is asked"), choices=[SelectChoice(value, words) for value, words in AUDIENCES.items()]
    )
    age_min = IntegerField(_l("Youngest age"), [Optional(), NumberRange(3, 25, _l("Write an age from 3 to 25"))])
    age_max = IntegerField(_l("Oldest age"), [Optional(), NumberRange(3, 25, _l("Write an age from 3 to 25"))])

    def validate_age_max(self, field: IntegerField) -> None:
        """The oldest is not younger than the youngest."""
        if field.data is not None and self.age_min.data is not None and field.data < self.age_min.data:
            raise ValidationError(_l("The oldest age is below the youngest"))


def free_slug(title: str) -> str:
    """A name for the address, from the title, that no survey has yet."""
    letters = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:_SLUG_MOST].strip("-") or "survey"
    base = f"{letters}-survey" if letters in RESERVED else letters
    slug, count = base, 1
    while surveys.get_survey(slug) is not None:
        count += 1
        slug = f"{base}-{count}"
    return slug
