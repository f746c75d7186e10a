"""How a comment sounds, in words. No word known is "no signal", never "neutral"; it says nothing about danger."""

from dataclasses import dataclass

from flask_babel import gettext as _

from engage.adapters.sentiment import NoSentiment, Sentiment, TextBlobSentiment

# Below this the good and the bad words about cancel out.
_CLEAR = 0.1
_BY_LANGUAGE: dict[str, Sentiment] = {"en": TextBlobSentiment()}
_SILENT = NoSentiment()


@dataclass(frozen=True)
class Sounds:
    """A signal in words, with the phrases that gave it; `shape` is an icon's name."""

    words: str
    because: str
    shape: str


def sounds(text: str, language: str) -> Sounds:
    """The signal of one comment; languages without a lexicon have none."""
    signal = _BY_LANGUAGE.get(language, _SILENT).signal(text)
    because = ", ".join(dict.fromkeys(signal.because))
    if signal.polarity is None:
        return Sounds(_("No signal"), "", "dashed")
    if signal.polarity <= -_CLEAR:
        return Sounds(_("Sounds unhappy"), because, "down")
    if signal.polarity >= _CLEAR:
        return Sounds(_("Sounds happy"), because, "up")
    return Sounds(_("Sounds mixed"), because, "half")
