"""Walking through a definition without storing anything: the pages people see, with their answers in the address.

Only choices are carried along, never words: whatever was written stands there as "x".
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from engage.listening.surveys import showing, views
from engage.listening.surveys.flow import Flow, Origin, Sending
from engage.rules.questionnaire.answers import Answer, Mistake
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.path import path_for

END: Final = "end"
_CHOICE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FRAME: Final = {"help_href": "#main", "comfort_href": "#main", "exit_href": "#main", "home_href": ""}


class NoSender:
    """Stands where answers would be stored."""

    def is_sent(self, _submission_key: bytes) -> bool:
        """Nothing ever is."""
        return False

    def prepare(self, _sending: Sending) -> Callable[[], Origin]:
        """Never asked for."""
        raise AssertionError("a preview sends nothing")


class Try:
    """One try: `link(q=..., kept=...)` gives the address of a page of it; `opens_film`: whether its films in British
    Sign Language stand open.
    """

    def __init__(
        self, definition: Definition, kept: str, link: Callable[..., str], *, opens_film: bool = False
    ) -> None:
        self.definition, self.link, self.opens_film = definition, link, opens_film
        self.answers = read(definition, kept)
        self.flow = Flow("preview", definition, NoSender())

    def shown(self, asked: str) -> ResponseReturnValue:
        """The promise, a question, or the end."""
        if not asked:
            first = self.definition.asked[0].id
            return showing.preview_page(
                self.definition, back="", start=self.link(q=first), opens_film=self.opens_film, **_FRAME
            )
        if asked == END:
            said = path_for(self.definition, self.answers).farewell or self.definition.thanks
            return render_template("making/end.html", thanks=showing.reader().say(said), again=self.link(), **_FRAME)
        return self._question(asked, views.filled(self._asked(asked), self.answers.get(asked)))

    def answered(self, asked: str, form: Mapping[str, Sequence[str]]) -> ResponseReturnValue:
        """On to the next page, or the same one with what is wrong."""
        if asked not in self.definition:
            return redirect(self.link(), 303)
        path = path_for(self.definition, self.answers)
        question = self._asked(asked)
        given = path.parse(asked, form) if asked in path else question.parse(form)
        if isinstance(given, Mistake):
            return self._question(asked, views.wrong(question, given, showing.reader())), 422
        self.answers[asked] = given
        path = path_for(self.definition, self.answers)
        following = path.next(asked) if asked in path else path.first_unanswered()
        return redirect(self.link(q=following or END, kept=write(self.definition, self.answers)), 303)

    def _asked(self, name: str) -> Question:
        """The question as these answers make it; off the way, as it is written."""
        path = path_for(self.definition, self.answers)
        return path.question(name) if name in path else self.definition.question(name)

    def _question(self, asked: str, filled: views.Filled) -> str:
        path = path_for(self.definition, self.answers)
        kept = write(self.definition, self.answers)
        is_on_way = asked in path
        previous = path.previous(asked) if is_on_way else None
        part = path.part(asked) if is_on_way else None
        return showing.preview_question(
            self.flow,
            self._asked(asked),
            filled,
            part=(part.at, part.of, showing.reader().say(part.section.title)) if part else None,
            at=path.position(asked) if is_on_way else 1,
            of=path.about,
            back_href=self.link(q=previous, kept=kept) if previous else self.link(),
            action=self.link(q=asked, kept=kept),
            opens_film=self.opens_film,
            **_FRAME,
        )


def write(definition: Definition, answers: Mapping[str, Answer]) -> str:
    """Answers as letters of an address: `field.value.value~field.value`."""
    fields = [
        ".".join((name, *(value if _CHOICE.fullmatch(value) else "x" for value in values)))
        for question in definition.questions
        if question.id in answers
        for name, values in question.filled(answers[question.id]).items()
    ]
    return "~".join(fields)


def read(definition: Definition, kept: str) -> dict[str, Answer]:
    """The answers in such letters; whatever a question would not take is left out."""
    form: dict[str, list[str]] = {}
    for field in kept.split("~"):
        name, *values = field.split(".")
        form[name] = values
    found: dict[str, Answer] = {}
    for question in definition.questions:
        if any(name in form for name in question.fields()):
            given = question.parse(form)
            if not isinstance(given, Mistake):
                found[question.id] = given
    return found
