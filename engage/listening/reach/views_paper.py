"""What the templates for paper are given: a poster's words, and a questionnaire question by question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup

from engage.adapters.documents import paper as press
from engage.core import languages
from engage.listening.surveys import showing_how
from engage.rules.questionnaire import paper
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import OnPaper, Option, Question
from engage.rules.questionnaire.paper import Row, When
from engage.rules.questionnaire.texts import Said, Text
from engage.rules.questionnaire.translations import offer
from engage.web.drawings import drawing

_OWN = "components/drawings_symbols.html"
_FACE, _STAR = "components/face.html", "components/stars.html"
# The tints of our own drawings (see the components' style), as they are on a white page.
_TINTS = (
    ".engage-own{fill:none;stroke:#17211f;stroke-width:2.75;stroke-linecap:round;stroke-linejoin:round}"
    ".a{fill:#d7eae7}.b{fill:#ffe7ad}.c{fill:#fbdcd6}.r{fill:#f0907c}.d{fill:#fff}.e{fill:#b9d8c4}.m{fill:#ffb81c}"
    ".k{fill:#17211f;stroke:none}"
)
# The same for faces and stars; the lines alone say it where a printer has no colours.
_LINES = "g{fill:none;stroke:#17211f;stroke-width:2.75;stroke-linecap:round;stroke-linejoin:round}"
_FACES = (
    _LINES + ".s1{fill:#b9b6dc}.s2{fill:#c9cfe0}.s3{fill:#e9ddc0}.s4{fill:#fbd27a}.s5{fill:#ffb81c}"
    ".k{fill:#17211f;stroke:none}.w{fill:#fff}"
)
_STARS = _LINES + "path{fill:#ffb81c;stroke-width:1.5}"


@dataclass(frozen=True)
class Ticked:
    """One option to tick; `is_row`: its picture is a row of stars."""

    text: str
    lang: str
    picture: Markup
    is_row: bool = False


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
    """Who the paper is for: language, and one of `paper.LOOKS`."""

    language: str
    look: str

    @property
    def has_pictures(self) -> bool:
        return "symbols" in paper.LOOKS[self.look]

    def say(self, text: Text | None) -> Said:
        """Words of the definition for this paper."""
        if text is None:
            return Said("", self.language)
        return paper.said(text, self.language, easy="easy" in paper.LOOKS[self.look])

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


def _face(number: int, of: int) -> Markup:
    return _svg("0 0 64 64", _FACES, _inside(_template(_FACE).face(number, of)))


def _stars(number: int, of: int, language: str) -> Markup:
    """So many stars, from the box on: it stands to the right of them where a line begins there."""
    is_turned = languages.direction(language) is languages.Direction.RIGHT_TO_LEFT
    star, first = _inside(_template(_STAR).star(on=True)), of - number if is_turned else 0
    row = "".join(f'<g transform="translate({24 * at} 0)">{star}</g>' for at in range(first, first + number))
    return _svg("0 0 120 24", _STARS, row)


def _template(name: str) -> Any:
    return current_app.jinja_env.get_template(name).module


def _inside(svg: Markup) -> str:
    return str(svg).partition(">")[2].rpartition("</svg>")[0]


def _svg(box: str, style: str, inside: str) -> Markup:
    xmlns = 'xmlns="http://www.w3.org/2000/svg"'
    return press.picture(f'<svg {xmlns} viewBox="{box}"><style>{style}</style><g>{inside}</g></svg>')


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
            tuple((reader.say(words).text, _options(row.question, options, reader)) for words, options in asks.parts),
            asks.several,
            asks.lines,
            tuple(reader.say(label).text for label in asks.labels),
        )


def looks() -> list[tuple[str, str]]:
    """The papers there are of a survey: (look, its name)."""
    names = {
        "plain": _("Plain"),
        "large": _("Large print"),
        "symbols": _("Easy words and symbols"),
        "easy": _("Easy words"),
    }
    return [(look, str(names[look])) for look in paper.LOOKS]


def which(slug: str, look: str, language: str) -> str:
    """What stands at the end of a paper for whoever types it in, the same in every language."""
    return f"{slug} · {language} · {look}"


def printed_how(definition: Definition, reader: Reader) -> list[tuple[str, tuple[Ticked, ...]]]:
    """Who was with them, where the survey asks it, as (question, answers to tick): asked last, as on the site."""
    if not definition.asks_how:
        return []
    return [
        (title, tuple(_who(value, words, reader) for value, words in options))
        for _field, title, options in showing_how.for_a_pen()
    ]


def _who(value: str, words: str, reader: Reader) -> Ticked:
    return Ticked(words, reader.language, reader.picture(showing_how.picture_of(value)))


def _options(question: Question, options: Sequence[Option], reader: Reader) -> tuple[Ticked, ...]:
    return tuple(
        Ticked(
            *reader.say(option.text), _drawn(question, option, number, len(options), reader), question.kind == "stars"
        )
        for number, option in enumerate(options, start=1)
    )


def _drawn(question: Question, option: Option, number: int, of: int, reader: Reader) -> Markup:
    """What stands beside an option: as on the screen, a scale of faces or stars has its own drawings."""
    if reader.has_pictures and question.kind == "faces":
        return _face(number, of)
    if reader.has_pictures and question.kind == "stars":
        return _stars(number, of, reader.language)
    return reader.picture(option.symbol)


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
