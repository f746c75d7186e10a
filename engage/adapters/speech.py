"""Words read aloud by a program on this machine (espeak-ng), for devices that have no voice of their own.

It sounds like a machine and is a fallback only. It runs as a separate process (its licence is GPL-3), gets the words on
its standard input and asks nothing of the network. Sound is kept as WAV with 8-bit mu-law samples (ITU-T G.711), which
every browser plays: half the size, and pieces can be joined without coding anything anew.
"""

import shutil
import struct
import subprocess
from array import array
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, Protocol

from engage.settings import Settings

MEDIA_TYPE: Final = "audio/wav"
RATE: Final = 22_050
"""Samples a second, as espeak-ng gives them."""

VOICES: Final[Mapping[str, str]] = {
    **{code: code for code in ("ar", "cy", "pl", "ro", "uk", "ur")},
    "en": "en-gb",
}
"""Language -> voice. There is none for Somali: its words stay silent rather than be read as another language."""

_TIMEOUT_SECONDS: Final = 20
_WORDS_A_MINUTE: Final = "140"
_HEAD: Final = 58
_PAUSE: Final = b"\xff" * (RATE // 2)  # half a second of silence


class Speech(Protocol):
    """Something that reads aloud."""

    @property
    def languages(self) -> frozenset[str]:
        """The languages it can read."""
        ...

    def say(self, text: str, language: str) -> bytes | None:
        """`text` as a WAV file; None where it could not be read."""
        ...


class NoSpeech:
    """Nothing on this machine reads aloud: pages offer the device's own voices and recordings."""

    languages: frozenset[str] = frozenset()

    def say(self, text: str, language: str) -> bytes | None:
        """Nothing."""
        return None


class EspeakSpeech:
    """espeak-ng, found at `program`."""

    languages = frozenset(VOICES)

    def __init__(self, program: str) -> None:
        self._program = program

    def say(self, text: str, language: str) -> bytes | None:
        """One run of the program for one text (about a tenth of a second)."""
        if language not in VOICES or not text.strip():
            return None
        command = [self._program, "-v", VOICES[language], "-s", _WORDS_A_MINUTE, "--stdin", "--stdout"]
        try:
            done = subprocess.run(  # noqa: S603 - no shell; the words go in on standard input, never as an argument
                command, input=text.encode(), capture_output=True, check=True, timeout=_TIMEOUT_SECONDS
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return _kept(done.stdout)


def from_settings(settings: Settings) -> Speech:
    """The program that the settings name, where it is installed."""
    found = shutil.which(settings.speech_program) if settings.speech_program else None
    return EspeakSpeech(found) if found else NoSpeech()


def joined(sounds: Sequence[bytes]) -> bytes:
    """Several kept sounds one after another with a pause between, as one file."""
    return _file(_PAUSE.join(sound[_HEAD:] for sound in sounds))


def _kept(wav: bytes) -> bytes | None:
    """16-bit samples of a WAV file (its lengths may be wrong: it was written to a pipe) as a mu-law file."""
    start = wav.find(b"data") + 8
    if not wav.startswith(b"RIFF") or start < 8 or struct.unpack_from("<H", wav, 34)[0] != 16:
        return None
    samples = array("H")
    samples.frombytes(wav[start : start + (len(wav) - start) // 2 * 2])
    return _file(bytes(map(_table().__getitem__, samples)))


def _file(samples: bytes) -> bytes:
    form = struct.pack("<4sIHHIIHHH", b"fmt ", 18, 7, 1, RATE, RATE, 1, 8, 0)
    fact = struct.pack("<4sII", b"fact", 4, len(samples))
    data = struct.pack("<4sI", b"data", len(samples)) + samples
    return struct.pack("<4sI4s", b"RIFF", 4 + len(form) + len(fact) + len(data), b"WAVE") + form + fact + data


@cache
def _table() -> bytes:
    """For each 16-bit sample (as an unsigned number) its mu-law byte."""
    return bytes(_mu_law(value - 65_536 if value > 32_767 else value) for value in range(65_536))


def _mu_law(sample: int) -> int:
    """One sample by the rule of G.711: a sign, eight ranges that double in width, sixteen steps in each."""
    sign, size = (0x80, -sample) if sample < 0 else (0, sample)
    size = min(size, 32_635) + 132
    step = size.bit_length() - 8
    return ~(sign | step << 4 | size >> step + 3 & 0x0F) & 0xFF
