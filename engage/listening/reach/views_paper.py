"""What the templates for paper are given: a poster's words, and a questionnaire question by question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup

from engage.adapters.documents import paper as press
from engage.core import languages
from engage.rules.questionnaire import paper
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import OnPaper, Option
from engage.rules.questionnaire.paper import Row, When
from engage.rules.questionnaire.texts import Said, Text
from engage.rules.questionnaire.translations import offer
from engage.web.drawings import drawing

LOOKS = ("plain", "large", "symbols", "easy")
_OWN = "components/drawings_symbols.html"
# The tints of our own drawings (see the components' style), as they are on a white page.
_TINTS = (
    ".engage-own{fill:none;stroke:#17211f;stroke-width:2.75;stroke-linecap:round;stroke-linejoin:round}"
    ".a{fill:#d7eae7}.b{fill:#ffe7ad}.c{fill:#fbdcd6}.r{fill:#f0907c}.d{fill:#fff}.e{fill:#b9d8c4}.m{fill:#ffb81c}"
    ".k{fill:#17211f;stroke:none}"
)


@dataclass(frozen=True)
class Ticked:
    """One option to tick."""

    text: str
    lang: str
    picture: Markup


@dataclass(frozen=True)
class Printed:
    """One question on paper."""

    number: int
    text: str
    hint: str
    picture: Markup
    when: tuple[str, ...]
    how: str
    parts: tuple[tuple[str, tuple[Ticked, ...]], ...]
    several: bool
    lines: int
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Reader:
    """Who the paper is for: language, and one of LOOKS."""

    language: str
    look: str

    @property
    def has_pictures(self) -> bool:
        return self.look == "symbols"

    def say(self, text: Text | None) -> Said:
        """Words of the definition for this paper."""
        if text is None:
            return Said("", self.language)
        return paper.said(text, self.language, easy=self.look in {"symbols", "easy"})

    def picture(self, name: str | None) -> Markup:
        """The drawing beside words; empty where the paper has none or the name draws nothing."""
        return picture(name) if name and self.has_pictures else Markup()


def picture(name: str) -> Markup:
    """The drawing of a symbol's name as an address that a page for paper can carry; "" where there is none."""
    own = getattr(current_app.jinja_env.get_template(_OWN).module, "SYMBOLS", {})
    if name in own:
        xmlns = 'xmlns="http://www.w3.org/2000/svg"'
        inside = f'<style>{_TINTS}</style><g class="engage-own">{own[name]}</g>'
        return press.picture(f'<svg {xmlns} viewBox="0 0 64 64">{inside}</svg>')
    drawn = str(drawing(name))
    return press.picture(drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)) if drawn else Markup()


def promise(definition: Definition, reader: Reader) -> list[tuple[str, str]]:
    """What somebody is told before question 1, as (question of theirs, answer)."""
    asked = {
        "who": _("Who is asking?"),
        "why": _("Why?"),
        "known": _("Will you know it is me?"),
        "reads": _("Who reads it, and when?"),
        "limits": _("When would you tell someone?"),
        "expectation": _("What can this not change?"),
        "after": _("What happens after?"),
    }
    return [(asked[name], reader.say(text).text) for name, text in definition.intro.texts() if name in asked]


def printed(definition: Definition, reader: Reader) -> Iterator[Printed]:
    """Every question as it is printed."""
    for row in paper.rows(definition):
        asks = row.question.on_paper()
        yield Printed(
            row.number,
            reader.say(row.question.text).text,
            reader.say(row.question.hint).text,
            reader.picture(row.question.symbol),
            _only_if(row, reader),
            _how(asks),
            tuple((reader.say(words).text, _options(options, reader)) for words, options in asks.parts),
            asks.several,
            asks.lines,
            tuple(reader.say(label).text for label in asks.labels),
        )


def _options(options: Sequence[Option], reader: Reader) -> tuple[Ticked, ...]:
    return tuple(Ticked(*reader.say(option.text), reader.picture(option.symbol)) for option in options)


def _how(asks: OnPaper) -> str:
    said = ""
    if asks.parts and asks.several:
        said = _("Tick all that are right for you.")
    elif asks.parts:
        said = _("Tick one in each list.") if len(asks.parts) > 1 else _("Tick one.")
    elif asks.lines:
        said = _("Write or draw here, as much or as little as you like.")
    return str(said)


def _only_if(row: Row, reader: Reader) -> tuple[str, ...]:
    return tuple(_when(when, reader) for when in row.when)


def _when(when: When, reader: Reader) -> str:
    options = _(" or ").join(f"“{reader.say(option).text}”" for option in when.options)
    given = {"answer": options, "number": when.number}
    sentences = {
        "chose": _("Only if you ticked %(answer)s at question %(number)s.", **given),
        "not_chose": _("Only if you did not tick %(answer)s at question %(number)s.", **given),
        "answered": _("Only if you answered question %(number)s.", **given),
        "not_answered": _("Only if you left out question %(number)s.", **given),
    }
    return str(sentences[when.how])


def languages_of(definition: Definition) -> list[str]:
    """The languages a survey can be printed in; what nobody has checked yet says so on every paper."""
    return [code for code in offer(definition, drafts=True).languages if code in languages.codes()]
