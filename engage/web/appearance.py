"""How somebody wants pages to look and read: colours, size, letters, easy words, symbols, language. One cookie."""

from dataclasses import dataclass, fields
from urllib.parse import parse_qsl, urlencode

from engage.core import languages
from engage.core.context import asked, kept
from engage.web import cookies

CHOICES: dict[str, tuple[str, ...]] = {
    "theme": ("", "paper", "white", "cream", "dark", "contrast"),
    "size": ("", "large", "larger", "double"),
    "letters": ("", "dyslexic"),
    "words": ("", "easy"),
    "pictures": ("", "large", "off"),
    "keys": ("", "switch"),
}


@dataclass(frozen=True)
class Appearance:
    """The choices; an empty string follows the device and the partnership."""

    theme: str = ""
    size: str = ""
    letters: str = ""
    words: str = ""
    pictures: str = ""
    keys: str = ""
    language: str = ""

    @property
    def easy(self) -> bool:
        """Whether easy words are wanted."""
        return self.words == "easy"

    @property
    def symbols(self) -> bool:
        """Whether symbols are wanted beside words."""
        return self.pictures != "off"

    def to_cookie(self) -> str:
        """The choices that are not the default, as one cookie's value."""
        return urlencode({f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)})


_USUAL = Appearance()


def read(pairs: dict[str, str]) -> Appearance:
    """Choices from a form or a cookie; whatever is unknown is left out."""
    kept = {name: pairs[name] for name, allowed in CHOICES.items() if pairs.get(name) in allowed}
    chosen = pairs.get("language", "")
    return Appearance(**kept, language=chosen if chosen in languages.codes() else "")


def appearance() -> Appearance:
    """The choices of whoever asks for this page."""
    here = kept()
    if "engage_appearance" not in here:
        value = cookies.read_cookie(asked(), cookies.LOOK) or ""
        here.engage_appearance = read(dict(parse_qsl(value[:200]))) if value else _USUAL
    found: Appearance = here.engage_appearance
    return found
