"""Screening one text. It clears nothing: whatever goes wrong with the detector, the text is "not checked" (S7)."""

import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from engage.core.logging import get_logger
from engage.rules import screening as rules
from engage.rules.screening import Screening
from engage.voices.kinds import CONCERN_ORDER, Concern

# A short text costs the lists a few thousandths of a second at most: it is not worth a thread of its own.
SHORT = 1_000
# The lists stop themselves after two seconds; this is for one that does not.
SECONDS = 3.0
# A detector that hangs keeps its thread. With this many of them hanging, nothing further is started.
MOST_AT_ONCE = 16
# Why a person is needed although no worrying word was found: another language or script, letters nobody can read.
NEEDS_PERSON = "needs_person"
# How a file is named after it: the first part of its media type, where that says something to a reader.
FILE_KINDS = frozenset({"image", "audio"})
OTHER_FILE = "file"
LOST_FILE = "lost"

_log = get_logger()
_places = threading.BoundedSemaphore(MOST_AT_ONCE)

Detector = Callable[[str, str], Screening]


@dataclass(frozen=True)
class Screened:
    """How a text is ordered for reading; the kinds of harm seen in it, gravest first, then why a person is needed."""

    concern: Concern
    categories: tuple[str, ...] = ()


NOT_CHECKED = Screened(Concern.NOT_CHECKED)


def with_files(screened: Screened, media_types: Collection[str], *, lost: bool = False) -> Screened:
    """The same with files beside the words: nothing looks into a picture or listens, so a person must.

    `lost`: there was one that could not be opened.
    """
    concern = min(screened.concern, Concern.AMBER, key=CONCERN_ORDER.__getitem__)
    kinds = {media_type.partition("/")[0] for media_type in media_types}
    needs = [f"{NEEDS_PERSON}:{kind if kind in FILE_KINDS else OTHER_FILE}" for kind in sorted(kinds)]
    if lost:
        needs.append(f"{NEEDS_PERSON}:{LOST_FILE}")
    return Screened(concern, (*screened.categories, *needs))


def detect(text: str, language: str) -> Screening:
    """The product's own detector: the shipped lists."""
    return rules.screen(text, language)


def screen(text: str, language: str, detector: Detector | None = None, *, seconds: float = SECONDS) -> Screened:
    """What the detector says about `text`; not checked if it crashes, is given too much, or
    needs more than `seconds` for a long one.
    """
    chosen = detector or detect
    if chosen is detect:
        build_lists()
    if len(text) > rules.LONGEST_TEXT:
        return NOT_CHECKED
    if len(text) <= SHORT:
        return _asked(chosen, text, language)
    return _asked_in_time(chosen, text, language, seconds)


@cache
def build_lists() -> None:
    """Reading the lists for the first time takes long; it must not make the first text "not checked"."""
    with suppress(Exception):
        detect("", "en")


def _asked_in_time(detector: Detector, text: str, language: str, seconds: float) -> Screened:
    if not _places.acquire(blocking=False):
        return NOT_CHECKED
    found: list[Screened] = []

    def run() -> None:
        try:
            found.append(_asked(detector, text, language))
        finally:
            _places.release()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    return found[0] if found else NOT_CHECKED


def _asked(detector: Detector, text: str, language: str) -> Screened:
    try:
        finding = detector(text, language)
        needs = (reason for reason in finding.reasons if reason.startswith(f"{NEEDS_PERSON}:"))
        return Screened(Concern(finding.level), (*finding.categories, *needs))
    except Exception as error:  # noqa: BLE001 - a detector that crashes must not lose the words it was to read
        _log.error("screening-failed", error=type(error).__name__)  # no trace: it may quote the words
        return NOT_CHECKED
