"""Words rendered as sound: by another program where it is there, kept small, joined, and named as pages name them."""

import hashlib
import io
import shutil
import stat
import struct
import wave
from pathlib import Path

import pytest

from engage.adapters import speech
from engage.adapters.speech import EspeakSpeech, NoSpeech
from engage.rules.speech import speech_key
from engage.settings import Settings


def pcm(samples: list[int]) -> bytes:
    """A WAV file as espeak-ng writes one: 16 bit, one channel."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, speech.RATE, 0, "NONE", ""))
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return made.getvalue()


def program(folder: Path, sound: bytes) -> Path:
    """A program that notes how it was called and answers with `sound`."""
    (folder / "sound.wav").write_bytes(sound)
    made = folder / "speak"
    made.write_text(f'#!/bin/sh\necho "$@" > {folder}/called\ncat > {folder}/words\ncat {folder}/sound.wav\n')
    made.chmod(made.stat().st_mode | stat.S_IXUSR)
    return made


def test_a13_words_go_in_on_standard_input_and_come_out_half_the_size(tmp_path: Path) -> None:
    """A13: never as an argument, so no words can be taken for an option of the program."""
    voice = EspeakSpeech(str(program(tmp_path, pcm([0, 1000, -1000, 32_767, -32_768] * 200))))
    sound = voice.say("--version; rm -rf /", "en")
    assert sound is not None
    assert (tmp_path / "words").read_text() == "--version; rm -rf /"
    assert "rm" not in (tmp_path / "called").read_text()
    assert "-v en-gb" in (tmp_path / "called").read_text()
    assert struct.unpack_from("<HHIIHH", sound, 20) == (7, 1, speech.RATE, speech.RATE, 1, 8)
    assert len(sound) == 58 + 1000
    assert sound[58:63] == bytes([0xFF, 0xCE, 0x4E, 0x80, 0x00])


def test_sounds_are_joined_with_a_pause(tmp_path: Path) -> None:
    one = EspeakSpeech(str(program(tmp_path, pcm([100] * 50)))).say("Hello", "en")
    assert one is not None
    both = speech.joined([one, one])
    assert struct.unpack_from("<I", both, 54)[0] == len(both) - 58 == 100 + speech.RATE // 2
    assert struct.unpack_from("<I", both, 4)[0] == len(both) - 8


def test_what_cannot_be_read_is_silent(tmp_path: Path) -> None:
    """No voice for the language, no words, no program, a program that fails: no sound, and nothing raises."""
    voice = EspeakSpeech(str(program(tmp_path, b"not a sound")))
    assert voice.say("Soo dhowow", "so") is None
    assert voice.say("  ", "en") is None
    assert voice.say("Hello", "en") is None
    assert EspeakSpeech(str(tmp_path / "none")).say("Hello", "en") is None
    assert NoSpeech().say("Hello", "en") is None


def test_the_program_is_used_where_it_is_installed(tmp_path: Path) -> None:
    made = program(tmp_path, b"")
    assert isinstance(speech.from_settings(Settings(speech_program=str(made))), EspeakSpeech)
    for missing in ("", "no-such-program-here"):
        assert isinstance(speech.from_settings(Settings(speech_program=missing)), NoSpeech)


def test_a_key_is_what_a_browser_works_out() -> None:
    """The first half of SHA-256 over language, line feed and the words with single spaces."""
    expected = hashlib.sha256(b"en\nHow safe do you feel?").hexdigest()[:32]
    assert speech_key("en", "How  safe\ndo you feel? ") == expected
    assert speech_key("ar", "How safe do you feel?") != expected


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
@pytest.mark.parametrize("language", sorted(speech.VOICES))
def test_the_real_program_reads_every_language_we_say_it_reads(language: str) -> None:
    sound = speech.from_settings(Settings()).say("1 2 3", language)
    assert sound is not None
    assert len(sound) > speech.RATE // 2
