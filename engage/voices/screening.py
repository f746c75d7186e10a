"""Screening one text. It clears nothing: whatever goes wrong with the detector, the text is "not checked" (S7)."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from engage.core.logging import get_logger
from engage.voices.kinds import Concern

# Longer than any box of ours takes; only words from elsewhere can be longer, and a person reads those all the same.
MOST_CHARACTERS = 20_000
SECONDS = 2.0
# A detector that hangs keeps its thread. With this many of them hanging, nothing further is started.
MOST_AT_ONCE = 16

_log = get_logger()
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


class Finding(Protocol):
    """What a detector says about a text."""

    @property
    def concern(self) -> str: ...
    @property
    def categories(self) -> tuple[str, ...]: ...


Detector = Callable[[str, str], Finding]


@dataclass(frozen=True)
class Screened:
    """How a text is ordered for reading, and which categories of harm were seen in it."""

    concern: Concern
    categories: tuple[str, ...] = ()


NOT_CHECKED = Screened(Concern.NOT_CHECKED)


def screen(text: str, language: str, detector: Detector | None, *, seconds: float = SECONDS) -> Screened:
    """What `detector` says about `text`; without one, or if it crashes, hangs or is given too much: not checked."""
    if detector is None or len(text) > MOST_CHARACTERS or not _places.acquire(blocking=False):
        return NOT_CHECKED
    found: list[Screened] = []
    thread = threading.Thread(target=_detect, args=(text, language, detector, found), daemon=True)
    thread.start()
    thread.join(seconds)
    return found[0] if found else NOT_CHECKED


def _detect(text: str, language: str, detector: Detector, found: list[Screened]) -> None:
    try:
        finding = detector(text, language)
        found.append(Screened(Concern(finding.concern), tuple(finding.categories)))
    except Exception as error:  # noqa: BLE001 - a detector that crashes must not lose the words it was to read
        _log.error("screening-failed", error=type(error).__name__)  # no trace: it may quote the words
    finally:
        _places.release()
