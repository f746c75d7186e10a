"""Forms of translating: who checked a language, and a translator's file."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length


class CheckedForm(FlaskForm):
    """Somebody has read the whole translation beside the English."""

    checker = RadioField(
        _l("Who has checked it?"),
        [InputRequired(_l("Choose who has checked it"))],
        choices=[
            SelectChoice("speaker", _l("Somebody who speaks the language")),
            SelectChoice("child", _l("Children or young people who speak it")),
        ],
    )
    who = StringField(
        _l("Say who"),
        [InputRequired(_l("Say who checked it")), Length(max=200)],
        description=_l("An organisation, a role or a group. Never a child's name: this is kept with the survey."),
    )


class TranslationFileForm(FlaskForm):
    """A file that a translator sent back."""

    file = FileField(
        _l("The translator's file"),
        [FileRequired(_l("Choose a file"))],
        description=_l("XLIFF (.xlf) or PO (.po). Everything in it is taken, or nothing."),
    )
