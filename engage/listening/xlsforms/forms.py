"""The form that takes a workbook in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import InputRequired


class WorkbookForm(FlaskForm):
    """An XLSForm, and the survey whose promise it borrows."""

    file = FileField(
        _l("The workbook"),
        [FileRequired(_l("Choose a file"))],
        description=_l("An XLSForm, saved as .xlsx. All of it is taken, or nothing."),
    )
    like = SelectField(
        _l("A ready-made survey for the same people"),
        [InputRequired(_l("Choose a survey for the same people"))],
        description=_l(
            "An XLSForm does not say who is asked, on what lawful basis, who reads, and when somebody would have to be "
            "told: all of that is taken from this one."
        ),
    )
