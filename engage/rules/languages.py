"""What languages are called in English: what staff read wherever a rule speaks of one."""

from functools import cache

from babel import Locale, UnknownLocaleError


@cache
def english_name(code: str) -> str:
    """The English name of a language by its tag ("ar" -> "Arabic"); the tag itself where nobody has named it."""
    if code == "bfi":  # the CLDR names no sign language
        return "British Sign Language"
    try:
        return Locale.parse(code.replace("-", "_")).get_display_name("en") or code
    except (ValueError, UnknownLocaleError):
        return code
