"""The form with which staff add to the library: one file, its words in each language, and who said yes."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from engage.core import languages
from engage.listening.library.kinds import ItemKind
from engage.listening.library.service import NewItem
from engage.rules.questionnaire.signed import SIGNED

_MOST_WORDS = 20_000
WORDS_LABELS = {
    ItemKind.PICTURE: _l("What the picture shows, in words"),
    ItemKind.SOUND: _l("What is said, word for word"),
    ItemKind.FILM: _l("What is signed or said, word for word"),
}
FILE_HINTS = {
    ItemKind.PICTURE: _l("PNG, JPEG or WebP. It is drawn anew, without what a camera writes into it."),
    ItemKind.SOUND: _l("MP3, M4A, WebM, Ogg or WAV, at most 8 MB. Only its sound is kept."),
    ItemKind.FILM: _l("MP4 or WebM, at most 32 MB. Only picture and sound are kept."),
}


class ItemForm(FlaskForm):
    """What all kinds need."""

    title = StringField(
        _l("Name"),
        [InputRequired(_l("Enter a name")), Length(max=80, message=_l("Use at most 80 letters"))],
        description=_l("Staff find it by this name. People who answer do not see it."),
    )
    file = FileField(_l("File"), [FileRequired(_l("Choose a file"))])
    permitted_by = StringField(
        _l("Who said yes to showing it"),
        [InputRequired(_l("Say who agreed that it may be shown")), Length(max=200)],
        description=_l("Whoever is seen or heard in it, or drew it; for a child also who looks after them."),
    )

    def new_item(self, kind: ItemKind) -> NewItem:
        """What was handed in."""
        words = {name.removeprefix("words_"): field.data or "" for name, field in self._parts("words_")}
        captions = {
            name.removeprefix("captions_"): field.data.read().decode("utf-8", "replace")
            for name, field in self._parts("captions_")
            if field.data
        }
        language = self["language"].data if "language" in self else ""
        data = self.file.data.read()
        return NewItem(self.title.data, kind, data, words, self.permitted_by.data, language, captions)

    def _parts(self, start: str) -> list[tuple[str, StringField]]:
        return [(name, field) for name, field in self._fields.items() if name.startswith(start)]


def item_form(kind: ItemKind, codes: Sequence[str]) -> ItemForm:
    """The form for one kind, with a box for each language of the partnership (`codes`)."""

    class Form(ItemForm):
        """One kind, these languages."""

    names = {code: languages.get(code).english_name for code in codes}
    for code, name in names.items():
        needed = [InputRequired(_l("Write it in words"))] if code == languages.DEFAULT else []
        label = f"{WORDS_LABELS[kind]} ({name})"
        setattr(Form, f"words_{code}", TextAreaField(label, [*needed, Length(max=_MOST_WORDS)]))
    if kind is ItemKind.FILM:
        for code, name in names.items():
            label = str(_l("Captions in %(language)s (a WebVTT file)", language=name))
            setattr(Form, f"captions_{code}", FileField(label))
    if kind is not ItemKind.PICTURE:
        spoken = [(SIGNED, _l("British Sign Language"))] if kind is ItemKind.FILM else []
        choices = [SelectChoice(code, name) for code, name in (*spoken, *names.items())]
        Form.language = SelectField(_l("Language that is signed or spoken"), choices=choices)
    return Form()
