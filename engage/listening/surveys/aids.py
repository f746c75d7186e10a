"""What a page of a journey shows beside its words: a film in BSL, a recording, rendered sound."""

import time
from collections.abc import Hashable
from dataclasses import dataclass

from flask import current_app, url_for

from engage.core import scope
from engage.listening.library import queries as library
from engage.listening.library.queries import ItemRow
from engage.listening.library.views import Media, media_of
from engage.rules.questionnaire.kinds.video import Video
from engage.rules.questionnaire.media import Aided

_SECONDS = 60


@dataclass(frozen=True)
class Aids:
    """What one page shows beside its words.

    `signed`: the film in BSL. `film`: the one a page is about. `recorded`: a person's reading of the page, in the
    language of whoever reads. `sounds`: where rendered sound is asked for ("" where there is none). `media`: all of
    them by slug. `key` differs whenever they do.
    """

    signed: Media | None
    film: Media | None
    recorded: Media | None
    sounds: str
    media: dict[str, Media]
    key: Hashable


def aids_of(aided: Aided, language: str) -> Aids:
    """What belongs to a question or to the page before question 1. What was withdrawn is left out at once.

    `key` differs whenever what is shown differs, for pages that are kept.
    """
    rows: dict[str, ItemRow] = library.shown(frozenset(aided.library_names()))
    media = {slug: media_of(row, language) for slug, row in rows.items()}
    sounds = sounds_of(language)
    return Aids(
        signed=media.get(aided.bsl or ""),
        film=media.get(aided.film) if isinstance(aided, Video) else None,
        recorded=media.get(aided.audio.get(language, "")),
        sounds=sounds,
        media=media,
        key=(sounds, *sorted((slug, row.sha256) for slug, row in rows.items())),
    )


def sounds_of(language: str) -> str:
    """Where sound rendered for this partnership is found; asked of the database once a minute."""
    known: dict[tuple[object, str], tuple[float, bool]] = current_app.extensions.setdefault("engage_sounds", {})
    here = (scope.current(), language)
    until, is_there = known.get(here, (0.0, False))
    if time.monotonic() >= until:
        is_there = library.has_speech(language)
        known[here] = (time.monotonic() + _SECONDS, is_there)
    return url_for("media.sounds", language="en").removesuffix("en/all.json") if is_there else ""
