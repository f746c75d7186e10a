"""F14, N6: the sealed file gives back exactly what was put in, and no change of it goes unnoticed."""

import io
import random
from collections.abc import Iterator
from datetime import date

import pytest

from engage.core.backup import sealed
from engage.core.backup.sealed import PIECE, BackupError, Reader, Writer

KEY, DAY = bytes(range(32)), date(2026, 12, 22)


def written(entries: dict[str, list[bytes]]) -> bytes:
    file = io.BytesIO()
    writer = Writer(file, KEY, DAY)
    for name, data in entries.items():
        writer.put(name, data)
    writer.close()
    return file.getvalue()


def read(data: bytes, key: bytes = KEY) -> dict[str, bytes]:
    return {name: b"".join(some) for name, some in Reader(io.BytesIO(data), key).entries()}


@pytest.mark.parametrize("length", [0, 1, PIECE - 20, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_f14_every_length_comes_back(length: int) -> None:
    data = random.Random(length).randbytes(length)
    entries = {"first": [data], "second": [data[:5], data[5:]] if length > 5 else [], "": []}
    entries.pop("")
    found = read(written(entries))
    assert found == {name: b"".join(some) for name, some in entries.items()}


def test_f14_what_is_not_read_of_an_entry_is_passed_over() -> None:
    reader = Reader(io.BytesIO(written({"large": [bytes(2 * PIECE)], "small": [b"last"]})), KEY)
    assert [name for name, _ in reader.entries()] == ["large", "small"]


def test_n6_every_changed_byte_every_cut_and_every_other_order_is_refused() -> None:
    whole = written({"words": [b"the zanzibar lamp"]})
    for place in range(len(whole)):
        with pytest.raises(BackupError):
            read(whole[:place] + bytes([whole[place] ^ 0x20]) + whole[place + 1 :])
    for end in range(len(whole)):
        with pytest.raises(BackupError):
            read(whole[:end])
    with pytest.raises(BackupError):
        read(whole + b"\0")
    with pytest.raises(BackupError, match="another key file"):
        read(whole, bytes(32))


def test_n6_pieces_cannot_be_moved_left_out_or_taken_from_another_file() -> None:
    piece = PIECE + 29
    one, other = (written({"words": [bytes(4 * PIECE)]}) for _ in range(2))
    start = len(sealed.MAGIC) + one[len(sealed.MAGIC) :].index(b"\n") + 1
    pieces = [one[at : at + piece] for at in range(start, len(one), piece)]
    assert len(pieces) == 5

    def changed() -> Iterator[list[bytes]]:
        yield [pieces[1], pieces[0], *pieces[2:]]
        yield pieces[1:]
        yield pieces[:-1]
        yield [*pieces[:3], *pieces[4:]]
        yield [other[start : start + piece], *pieces[1:]]

    for some in changed():
        with pytest.raises(BackupError, match="damaged"):
            read(one[:start] + b"".join(some))
    assert one[start:] != other[start:], "no two files are sealed alike"
