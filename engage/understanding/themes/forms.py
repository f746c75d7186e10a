"""Forms of themes: an entry of the codebook."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from engage.understanding.themes.kinds import PICTURES

PICTURE_LABELS = {
    "speech": _l("Speech bubble"),
    "people": _l("People"),
    "family": _l("Family"),
    "home": _l("Home"),
    "school": _l("School"),
    "teacher": _l("Teacher"),
    "change": _l("One person leaves, another comes"),
    "bus": _l("Bus"),
    "street": _l("Street"),
    "park": _l("Park"),
    "phone": _l("Phone"),
    "computer": _l("Computer"),
    "health": _l("Health"),
    "police": _l("Police"),
    "shield": _l("Shield"),
    "clock": _l("Clock"),
    "door": _l("Door"),
    "moon": _l("Night"),
    "music": _l("Music"),
    "book": _l("Book"),
    "listen": _l("Listening"),
    "idea": _l("Idea"),
    "worried": _l("Worried face"),
    "happy": _l("Happy face"),
}


class ThemeForm(FlaskForm):
    """A theme of the codebook."""

    name = StringField(
        _l("Name"),
        [InputRequired(_l("Enter a name")), Length(max=80, message=_l("Use at most 80 letters"))],
        description=_l("A few words, as somebody would say it: “Night staff do not know us”."),
    )
    about = TextAreaField(
        _l("What belongs in it, and what does not"),
        [Length(max=1000, message=_l("Use at most 1,000 letters"))],
        render_kw={"rows": 3},
    )
    phrases = TextAreaField(
        _l("Phrases that suggest it"),
        [Length(max=4000, message=_l("Use at most 4,000 letters"))],
        description=_l("One on each line. A star stands for any ending: push* finds pushed and pushing."),
        render_kw={"rows": 5},
    )
    picture = SelectField(
        _l("Picture beside its answers"),
        [AnyOf(PICTURES, message=_l("Choose a picture"))],
        choices=[SelectChoice(name, PICTURE_LABELS[name]) for name in PICTURES],
    )

    def lines(self) -> list[str]:
        """The phrases, one a line."""
        return str(self.phrases.data or "").splitlines()
