"""What the translation pages are given: the languages of a survey and the screens of one. Frozen."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from engage.core import languages
from engage.listening.surveys.gate_words import apart
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.freshness import Progress, State
from engage.rules.questionnaire.texts import ENGLISH
from engage.rules.questionnaire.translations import Unit, states, units
from engage.web.words import language_name

END = "end"


@dataclass(frozen=True)
class Tag:
    """A state as a tag shows it."""

    text: str
    kind: str


@dataclass(frozen=True)
class LanguageRow:
    """One language of a survey on the overview."""

    code: str
    name: str
    own_name: str
    progress: str
    state: Tag


@dataclass(frozen=True)
class Screen:
    """What stands together on one page of the survey, and what there is still to do on it."""

    key: str
    title: str
    units: tuple[Unit, ...]
    todo: int
    progress: str


def language_rows(definition: Definition, language: str) -> list[LanguageRow]:
    """The survey's languages but English."""
    return [
        LanguageRow(
            code,
            language_name(code, language),
            languages.get(code).name,
            progress_in_words(there),
            language_tag(definition, code),
        )
        for code, there in definition.translated.items()
    ]


def language_tag(definition: Definition, code: str) -> Tag:
    """Where a language stands, in the fewest words."""
    there = definition.translated[code]
    if there.is_ready:
        by_child = definition.checked.get(code) == "child"
        return Tag(_("Checked by children") if by_child else _("Checked by a speaker"), "good")
    if there.is_complete:
        return Tag(_("Not checked"), "wait")
    return Tag(_("Not finished"), "plain")


def progress_in_words(there: Progress) -> str:
    """How far a translation is, as people say it."""
    if there.is_ready:
        return str(_("Everything is translated and checked."))
    parts = []
    if there.missing:
        parts.append(_("%(done)s of %(all)s texts are translated.", done=there.of - there.missing, all=there.of))
    else:
        parts.append(_("Everything is translated."))
    if there.stale:
        parts.append(
            ngettext(
                "%(num)s needs another look: its English has changed.",
                "%(num)s need another look: their English has changed.",
                there.stale,
            )
        )
    if there.draft and there.checked:
        parts.append(
            ngettext("%(num)s was changed after the check.", "%(num)s were changed after the check.", there.draft)
        )
    elif there.draft:
        parts.append(_("Nobody has checked it."))
    return " ".join(parts)


def screens(definition: Definition, code: str) -> list[Screen]:
    """The survey's screens in order, the page after sending last."""
    grouped: dict[str, list[tuple[Unit, State]]] = {}
    for unit, state in zip(units(definition), states(definition, code), strict=True):
        grouped.setdefault(_screen_key(unit), []).append((unit, state))
    ordered = sorted(grouped.items(), key=lambda item: item[0] == END)
    return [_screen(definition, key, found) for key, found in ordered]


def _screen(definition: Definition, key: str, found: list[tuple[Unit, State]]) -> Screen:
    todo: list[State] = [state for _unit, state in found if state in {"missing", "stale"}]
    words = _screen_words(len(found), todo)
    return Screen(key, _screen_title(definition, key), tuple(unit for unit, _state in found), len(todo), words)


def _screen_words(count: int, todo: list[State]) -> str:
    stale, missing = todo.count("stale"), todo.count("missing")
    if not todo:
        return str(ngettext("%(num)s text, done", "%(num)s texts, all done", count))
    parts = [_("%(missing)s of %(all)s to translate", missing=missing, all=count)] if missing else []
    if stale:
        parts.append(_("%(stale)s of %(all)s to look at again", stale=stale, all=count))
    return ", ".join(parts)


def _screen_key(unit: Unit) -> str:
    first, *rest = unit.key.split(".")
    if unit.question_id is not None:
        return f"q-{unit.question_id}"
    return {"title": "start", "intro": "start", "thanks": END}.get(first, "-".join([first, *rest[:1]]))


def _screen_title(definition: Definition, key: str) -> str:
    if key.startswith("q-"):
        ids = [question.id for question in definition.questions]
        number = ids.index(key.removeprefix("q-")) + 1
        words = apart(definition.question(key.removeprefix("q-")).text.say(ENGLISH).text)
        return str(_("Question %(number)s: %(words)s", number=number, words=words))
    if key.startswith("scales-"):
        return str(_("Words of the scale “%(name)s”", name=key.removeprefix("scales-")))
    if key.startswith("sections-"):
        ids = [section.id for section in definition.sections]
        number = ids.index(key.removeprefix("sections-")) + 1
        words = apart(definition.sections[number - 1].title.say(ENGLISH).text)
        return f"{_('Section %(number)s', number=number)}: {words}"
    return str({"start": _("Before question 1"), END: _("After sending")}.get(key, key.replace("-", ": ", 1)))


def screen_of(found: list[Screen], key: str) -> Screen | None:
    """The screen of that key."""
    return next((screen for screen in found if screen.key == key), None)


def next_screen(found: list[Screen], key: str) -> Screen | None:
    """The next one after `key` on which something is left to do, going round once; None when nothing is."""
    at = next((number for number, screen in enumerate(found) if screen.key == key), -1)
    return next((screen for screen in (*found[at + 1 :], *found[: at + 1]) if screen.todo and screen.key != key), None)
