"""Which words of a survey are read aloud by sound that this site renders, and rendering what is missing.

Rendered by the worker, never by a page: a child's visit starts no program. Only words that everybody may read are ever
rendered; the six words of a receipt and what people write are read by their own device or not at all.
"""

from collections.abc import Iterable, Iterator, Mapping

from flask_babel import force_locale, gettext, ngettext

from engage.adapters.speech import Speech, joined
from engage.core.transaction import transaction
from engage.listening.library import queries as library
from engage.listening.library import service
from engage.listening.surveys import queries
from engage.rules.marking import to_translate
from engage.rules.questionnaire.answers import MISTAKES
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.kinds.choice import Listed
from engage.rules.questionnaire.kinds.stars import Stars
from engage.rules.questionnaire.texts import ENGLISH
from engage.rules.speech import speech_key

MOST_AT_ONCE = 120
"""Texts rendered in one run of the job: about twelve seconds."""

# What the pages of a journey say themselves, whatever the survey.
_PAGES = (
    to_translate("Before you start"),
    to_translate("You can miss any question. You can stop when you want. There are no wrong answers."),
    to_translate("You do not have to do this."),
    to_translate("Who is asking?"),
    to_translate("Why?"),
    to_translate("Will you know it is me?"),
    to_translate("Who reads it, and when?"),
    to_translate("When would you tell someone?"),
    to_translate("What can this not change?"),
    to_translate("How long does it take?"),
    to_translate("What happens after?"),
    to_translate("Nobody can see your answers until you send them."),
    to_translate("This is not for emergencies."),
    to_translate("If you want help now, go to Help now."),
    to_translate("I would rather not say"),
    to_translate("Who reads this"),
    to_translate("No rating"),
    to_translate("There is a problem"),
    to_translate("Check your answers"),
    to_translate("You can change any of them. Nobody can see them until you send them."),
    to_translate("We have your answers"),
    to_translate("Your six picture-words"),
    to_translate("What happens next"),
)


def words_of(definition: Definition) -> Iterator[tuple[str, str]]:
    """(language, words) of everything a survey and its pages say, in every language it has."""
    for _question, _place, text in definition.texts():
        yield from ((language, words) for language, _easy, words in text.all() if "{" not in words)
    for question in definition.questions:
        if isinstance(question, Listed):
            yield from ((ENGLISH, option.text.say(ENGLISH).text) for option in question.published or ())
        if isinstance(question, Stars):
            for stars, option in enumerate(question.options(), start=1):
                yield from ((language, _stars(language, stars, words)) for language, _easy, words in option.text.all())
    for language in definition.languages:
        yield from ((language, words) for words in _own_words(language, definition.intro.minutes))


def _own_words(language: str, minutes: int) -> list[str]:
    plain = [*_PAGES, *(words for words in MISTAKES.values() if "{" not in words)]
    with force_locale(language):
        about = ngettext(
            "About %(num)s minute. Take as long as you like.",
            "About %(num)s minutes. Take as long as you like.",
            minutes,
        )
        return [*(gettext(words) for words in plain), about]


def _stars(language: str, stars: int, words: str) -> str:
    with force_locale(language):
        return str(ngettext("%(num)s star - %(word)s", "%(num)s stars - %(word)s", stars, word=words))


def render(speech: Speech, most: int = MOST_AT_ONCE) -> int:
    """Render what open surveys say and nobody has rendered yet, at most `most` texts; drop what none says any more.

    Gives how many were rendered. Works without a transaction while the program runs; keeps all in one short one.
    """
    if not speech.languages:
        return 0
    wanted: dict[str, dict[str, str]] = {}
    for row in queries.list_open():
        if row.version is not None:
            for language, words in words_of(queries.definition_of(row.version.id)):
                wanted.setdefault(language, {})[speech_key(language, words)] = words
    rendered = 0
    for language in sorted(wanted.keys() & speech.languages):
        missing = _missing(language, wanted[language])
        sounds = _said(speech, language, dict(list(missing.items())[: most - rendered]))
        rendered += len(sounds)
        with transaction():
            service.keep_speech(language, sounds)
            service.drop_speech(language, wanted[language])
    return rendered


def _missing(language: str, wanted: Mapping[str, str]) -> dict[str, str]:
    there = set(library.spoken_keys(language))
    return {key: words for key, words in wanted.items() if key not in there}


def _said(speech: Speech, language: str, missing: Mapping[str, str]) -> dict[str, bytes]:
    said = ((key, speech.say(words, language)) for key, words in missing.items())
    return {key: sound for key, sound in said if sound is not None}


def is_one_sound(question: Question) -> bool:
    """Whether the question says the same to everybody: one that names earlier answers cannot be joined beforehand."""
    return not any("{" in words for _place, text in question.texts() for _language, _easy, words in text.all())


def question_words(question: Question, language: str, *, easy: bool) -> list[tuple[str, str]]:
    """(language, words) of a question as it is read: what it asks, its hint, each of its answers."""
    texts = [question.text, question.hint, *(option.text for option in question.options() or ())]
    said = [text.say(language, easy=easy) for text in texts if text is not None]
    return [(each.lang, each.text) for each in said]


def intro_words(definition: Definition, language: str, *, easy: bool) -> list[tuple[str, str]]:
    """(language, words) of the promise before question 1."""
    said = [text.say(language, easy=easy) for _name, text in definition.intro.texts()]
    return [(each.lang, each.text) for each in said]


def together(words: Iterable[tuple[str, str]]) -> bytes | None:
    """One sound of all these words, from what was rendered; None where some of them has none."""
    pieces: list[bytes] = []
    for language, text in words:
        key = speech_key(language, text)
        sound = library.spoken(language, [key]).get(key)
        if sound is None:
            return None
        pieces.append(sound)
    return joined(pieces) if pieces else None
