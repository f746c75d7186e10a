"""Forms of reports: start one, write and choose, freeze."""

import uuid
from collections.abc import Iterable, Sequence
from functools import cache

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from engage.assurance.reports.kinds import KINDS, LONGEST, LONGEST_TITLE
from engage.assurance.reports.queries import ReportRow

_PREFIX = "text_"


class StartForm(FlaskForm):
    """What a new report is about."""

    title = StringField(
        _l("What is it about?"),
        [DataRequired(_l("Write what the report is about")), Length(max=LONGEST_TITLE)],
        description=_l("The priority area, such as “Feeling safe online”."),
    )


class FreezeForm(FlaskForm):
    """The one question before freezing; the revision is the one that was looked at."""

    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


def _ticks(label: object, hint: object) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        choices=[],
        description=hint,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class EditForm(FlaskForm):
    """What people write and choose; the texts of each section are added by `edit_form`."""

    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    title = StringField(
        _l("What it is about"), [DataRequired(_l("Write what the report is about")), Length(max=LONGEST_TITLE)]
    )
    period = StringField(
        _l("Period it covers"),
        [Length(max=LONGEST_TITLE)],
        description=_l("Such as “April 2026 to March 2027”. Left empty, the dates of the results stand there."),
    )
    releases = _ticks(_l("Results"), _l("Frozen releases whose tables go in."))
    themes = _ticks(_l("Themes"), _l("With their frozen numbers, released words and published answers."))
    lessons = _ticks(_l("Learning points"), _l("From closed complaints, compliments, worries and ideas."))

    def offer(
        self, releases: Sequence[SelectChoice], themes: Sequence[SelectChoice], lessons: Sequence[SelectChoice]
    ) -> None:
        """Set what can be chosen."""
        self.releases.choices = list(releases)
        self.themes.choices = list(themes)
        self.lessons.choices = list(lessons)

    def text(self, key: str) -> TextAreaField:
        """The field of one of the sections' texts."""
        return self[f"{_PREFIX}{key}"]

    def texts(self) -> dict[str, str]:
        """What was written: key of the field -> text, with the period."""
        names = [name for name in self.data if name.startswith(_PREFIX)]
        written = {name.removeprefix(_PREFIX): str(self.data[name] or "") for name in names}
        return {**written, "period": str(self.period.data or "")}

    def written(self) -> dict[str, str]:
        """All of its texts, with the title."""
        return self.texts() | {"title": str(self.title.data or "")}


@cache
def edit_form(key: str) -> type[EditForm]:
    """The form of a kind of report: one text area for each of its texts."""
    kind = KINDS[key]
    areas = {
        f"{_PREFIX}{field.key}": TextAreaField(
            field.label,
            [Length(max=LONGEST, message=_l("This is too long. Shorten it to %(max)d characters"))],
            description=field.hint,
        )
        for field in kind.fields
    }
    return type(f"{kind.key.title()}Form", (EditForm,), areas)


def kept(row: ReportRow) -> dict[str, object]:
    """What the form shows of a report as it is kept."""
    return {
        "revision": row.revision,
        "title": row.title,
        "period": row.texts.get("period", ""),
        "releases": [str(one) for one in row.releases],
        "themes": [str(one) for one in row.themes],
        "lessons": [str(one) for one in row.lessons],
        **{f"{_PREFIX}{key}": text for key, text in row.texts.items()},
    }


def ids(chosen: Iterable[str] | None) -> tuple[uuid.UUID, ...]:
    """The ids that were ticked."""
    return tuple(uuid.UUID(one) for one in chosen or ())
