"""Captions of a film: WebVTT is read cue by cue and written anew, so that nothing but times and words is ever served.

Source of the format: W3C, WebVTT: The Web Video Text Tracks Format. Styles, regions, notes, cue settings and markup
inside a cue are left out; players place plain cues where they can be read.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

MOST_CUES: Final = 2000
_STAMP: Final = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES: Final = re.compile(rf"^{_STAMP}[ \t]+-->[ \t]+{_STAMP}(?:[ \t].*)?$")
_MARKUP: Final = re.compile(r"<[^>]*>")
_SKIPPED: Final = ("NOTE", "STYLE", "REGION")


class CaptionsError(ValueError):
    """The captions cannot be used: `line` (from 1) and why (`not_webvtt`, `no_cues`, `bad_time`, `no_words`)."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line = line
        self.why = why


class Cue(NamedTuple):
    """Words shown from `start` until `end` (milliseconds)."""

    start: int
    end: int
    words: str


def read_captions(text: str) -> tuple[Cue, ...]:
    """The cues of a WebVTT file, in order; raises CaptionsError where it is none or a time goes backwards."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"^WEBVTT(?:[ \t]|$)", lines[0]):
        raise CaptionsError(1, "not_webvtt")
    cues = tuple(_cues(lines))
    if not 1 <= len(cues) <= MOST_CUES:
        raise CaptionsError(len(lines), "no_cues")
    return cues


def _cues(lines: list[str]) -> Iterator[Cue]:
    for number, block in _blocks(lines):
        if block[0].startswith(_SKIPPED):
            continue
        at = next((index for index, line in enumerate(block[:2]) if "-->" in line), None)
        if at is None:
            raise CaptionsError(number, "bad_time")
        times = _TIMES.match(block[at])
        start, end = (_milliseconds(times, first) for first in (1, 5)) if times else (0, 0)
        if end <= start:
            raise CaptionsError(number + at, "bad_time")
        words = "\n".join(_MARKUP.sub("", line).strip() for line in block[at + 1 :]).replace("-->", "").strip()
        if not words:
            raise CaptionsError(number + at, "no_words")
        yield Cue(start, end, words)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """(number of its first line, lines) of every block after the head, which ends with the first empty line."""
    block: list[str] = []
    in_head = True
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
            continue
        if block and not in_head:
            yield number - len(block), block
        in_head, block = False, []


def _milliseconds(times: re.Match[str], first: int) -> int:
    hours, minutes, seconds, rest = (int(times.group(first + n) or 0) for n in range(4))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def write_captions(cues: tuple[Cue, ...]) -> str:
    """A WebVTT file of these cues and nothing else."""
    parts = (f"{_stamp(cue.start)} --> {_stamp(cue.end)}\n{_escaped(cue.words)}\n" for cue in cues)
    return "WEBVTT\n\n" + "\n".join(parts)


def _stamp(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"


def _escaped(words: str) -> str:
    return re.sub(r"&(?!amp;|lt;|gt;|nbsp;|lrm;|rlm;)", "&amp;", words).replace("<", "&lt;")
