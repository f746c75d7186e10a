"""Words of a definition on a page: those that fall back to another language say so to the browser (A18)."""

from collections.abc import Iterable

from babel import Locale
from flask_babel import gettext
from markupsafe import Markup

from engage.core import languages
from engage.rules.marking import in_words
from engage.rules.questionnaire.texts import Said


def shown(said: Said, language: str) -> str | Markup:
    """`said` on a page in `language`: marked with its own language and direction where it has another.

    A person's own words (whose language nobody knows) are left as they are: their place on the page says dir="auto".
    """
    if said.lang in {language, ""}:
        return said.text
    return Markup('<span lang="{}" dir="{}">{}</span>').format(said.lang, languages.direction(said.lang), said.text)


def said_in(sentence: str, language: str) -> str:
    """What a rule says (`engage.rules.marking`), in the language of the page; other words as they are."""
    return in_words(sentence, gettext, lambda part: apart(part, language))


def apart(words: str, language: str) -> str:
    """Words inside a sentence that may run from right to left: first-strong isolates keep their own order."""
    is_turned = languages.direction(language) is languages.Direction.RIGHT_TO_LEFT
    return f"\u2068{words}\u2069" if is_turned else words


def listed(words: Iterable[str], language: str) -> str:
    """Words in a row, with the comma of `language`'s script."""
    return ("، " if languages.direction(language) is languages.Direction.RIGHT_TO_LEFT else ", ").join(words)


def language_name(code: str, language: str) -> str:
    """What `language` calls the language of `code`; its English name where CLDR has none."""
    found = languages.get(code)
    return Locale.parse(found.code).get_display_name(language) or found.english_name
