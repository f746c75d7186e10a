"""F18: a key file that is missing, open, another's or damaged is refused with one sentence, never replaced."""

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engage.core import keyfile
from engage.core.keyfile import KeyFileError


def test_made_once_with_safe_permissions(tmp_path: Path) -> None:
    path = tmp_path / "home" / "key"
    made = keyfile.load_or_create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["key"]
    assert keyfile.load_or_create(path) == made
    assert {len(key) for key in made.keys.values()} == {32}
    assert (len(made.pepper), len(made.salt)) == (32, 16)


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(keyfile.load_or_create, [tmp_path / "key"] * 16))
    assert all(keys == found[0] for keys in found)


def test_a_missing_file_is_not_made_by_loading(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="is missing"):
        keyfile.load(tmp_path / "key")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601])
def test_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    keyfile.load_or_create(path)
    path.chmod(mode)
    with pytest.raises(KeyFileError, match="chmod 600"):
        keyfile.load_or_create(path)


def test_another_owner_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "key"
    keyfile.load_or_create(path)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    with pytest.raises(KeyFileError, match="another account"):
        keyfile.load(path)


def _edited(text: str) -> list[str]:
    fields = json.loads(text)
    cut_key = {**fields, "keys": {name: key[:8] for name, key in fields["keys"].items()}}
    other_current = {**fields, "current": "00000000"}
    return [text[:50], text.replace('"format": 1', '"format": 2'), "[]", "null", "{}", "\x00" * 40,
            json.dumps(cut_key), json.dumps(other_current)]  # fmt: skip


@pytest.mark.parametrize("case", range(8))
def test_damage_is_refused_in_one_sentence_and_left_as_it_is(tmp_path: Path, case: int) -> None:
    path = tmp_path / "key"
    keyfile.load_or_create(path)
    damaged = _edited(path.read_text())[case]
    path.write_text(damaged)
    with pytest.raises(KeyFileError, match="is damaged") as caught:
        keyfile.load_or_create(path)
    assert "\n" not in str(caught.value)
    assert caught.value.__suppress_context__
    assert path.read_text() == damaged


def test_every_changed_character_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "key"
    keyfile.load_or_create(path)
    text = path.read_text()
    for position, letter in enumerate(text):
        if letter.isspace():
            continue
        path.write_text(text[:position] + ("A" if letter != "A" else "B") + text[position + 1 :])
        with pytest.raises(KeyFileError):
            keyfile.load(path)


@pytest.mark.parametrize("content", ["", "\n  \n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key"
    path.touch(0o600)
    path.write_text(content)
    with pytest.raises(KeyFileError, match="is empty"):
        keyfile.load_or_create(path)
    assert path.read_text() == content


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir(mode=0o700)
    with pytest.raises(KeyFileError, match="cannot be read"):
        keyfile.load_or_create(tmp_path / "key")


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_args: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "open", no_room)
    with pytest.raises(KeyFileError, match="No space left"):
        keyfile.load_or_create(tmp_path / "key")
