"""The form that takes a workbook in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField


class WorkbookForm(FlaskForm):
    """An XLSForm, and the survey whose promise it borrows."""

    file = FileField(
        _l("The workbook"),
        [FileRequired(_l("Choose a file"))],
        description=_l("An XLSForm, saved as .xlsx. All of it is taken, or nothing."),
    )
    like = SelectField(
        _l("Borrow the first and last pages from"),
        description=_l("An XLSForm does not say who asks, who reads, and when somebody would have to be told."),
    )
