"""Forms of themes: an entry of the codebook, words prepared for showing, why a quote is refused, known names."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError

from engage.rules.redaction import Finding, PlaceKind
from engage.understanding.themes.kinds import LONGEST_NAME, PICTURES
from engage.understanding.themes.words import REFUSALS

PICTURE_LABELS = {
    "speech": _l("Speech bubble"),
    "people": _l("People"),
    "family": _l("Family"),
    "home": _l("House"),
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
# D7: people who know a child can recognise how it writes; more than this is a fingerprint.
MOST_WORDS = 25
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
# Signs that are not written, lines inside a line, and signs that turn round how what follows is read.
_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# What a browser shows where a page may not carry a sign; it stays refused until somebody takes it out.
_STAND_IN = "\ufffd"
_NOT_FOR_A_PAGE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


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


class QuoteForm(FlaskForm):
    """Words for showing. `seen` remembers which places the page pointed at, so that a tick means those."""

    words = TextAreaField(
        _l("The words that would be shown"),
        [InputRequired(_l("Enter the words")), Length(max=600, message=_l("Use at most 600 letters"))],
        description=_l("Take out names and places. Shorten. Never change what it means."),
        render_kw={"rows": 5},
    )
    theme = SelectField(_l("Beside which theme?"), [InputRequired(_l("Choose a theme"))])
    is_paraphrase = BooleanField(_l("These are our words for what was said, not the person’s own"))
    looked = BooleanField(_l("I looked at every place pointed out, and nobody can be recognised by it"))
    keep_long = BooleanField(_l("It has to be this long"))
    seen = HiddenField()

    def is_long(self) -> bool:
        """Whether these are more of a person's own words than should be shown."""
        return not self.is_paraphrase.data and len((self.words.data or "").split()) > MOST_WORDS

    def is_kept(self, findings: Sequence[Finding]) -> bool:
        """Whether the form may be kept: valid, and every warning looked at as it stands now."""
        is_valid = bool(self.validate_on_submit())
        if findings and not (self.looked.data and self.seen.data == self.mark(findings)):
            self.looked.errors = [_("Look at the places pointed out, then tick that you did")]
            is_valid = False
        if self.is_long() and not self.keep_long.data:
            self.keep_long.errors = [
                _(
                    "This is more than %(most)s words. Shorten it, say it in your words, or tick that it stays.",
                    most=MOST_WORDS,
                )
            ]
            is_valid = False
        return is_valid

    def mark(self, findings: Sequence[Finding]) -> str:
        """A short mark of the places pointed out in these words."""
        text = self.words.data or ""
        parts = "\n".join(f"{one.kind} {text[one.start : one.end]}" for one in findings)
        return hashlib.sha256(parts.encode()).hexdigest()[:16]


class RefusalForm(FlaskForm):
    """Why a quote is not shown."""

    refusal = RadioField(
        _l("Why is it not shown?"),
        [InputRequired(_l("Choose why"))],
        choices=[SelectChoice(refusal.value, label) for refusal, label in REFUSALS.items()],
    )


def _check_lines(_form: FlaskForm, field: TextAreaField) -> None:
    lines = _LINE_ENDS.split(field.data or "")
    field.data = "\n".join(_NOT_FOR_A_PAGE.sub(_STAND_IN, line) for line in lines)
    for number, line in enumerate(lines, start=1):
        if len(line.strip()) > LONGEST_NAME:
            raise ValidationError(_("Line %(line)s has more than %(most)s letters", line=number, most=LONGEST_NAME))
        if any(unicodedata.category(sign) in _UNSEEN or sign in _TURNS or sign == _STAND_IN for sign in line):
            raise ValidationError(_("Line %(line)s has a sign that cannot be seen, such as a tab", line=number))


def _box(label: object) -> TextAreaField:
    return TextAreaField(label, [_check_lines], description=_l("One on each line."), render_kw={"rows": 8})


class NamesForm(FlaskForm):
    """The whole list. A field is called as its kind is."""

    school = _box(_l("Schools"))
    home = _box(_l("Children’s homes"))
    street = _box(_l("Streets"))
    person = _box(_l("Staff and other people"))
    other = _box(_l("Other places"))
    seen = HiddenField()

    def names(self) -> dict[PlaceKind, list[str]]:
        """Each kind with its names, each once, as they were written."""
        return {kind: list(dict.fromkeys(self._lines(kind))) for kind in PlaceKind}

    def _lines(self, kind: PlaceKind) -> list[str]:
        stripped = (line.strip() for line in _LINE_ENDS.split(self[kind.value].data or ""))
        return [line for line in stripped if line]
