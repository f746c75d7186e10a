"""N6: a sealed file's length says little about the file."""

import pytest

from engage.core.packing import pack, unpack

MB = 1024 * 1024


@pytest.mark.parametrize("length", [0, 1, 100, 32 * 1024, 300_000, MB, 3 * MB + 1])
def test_what_was_packed_comes_out_again(length: int) -> None:
    data = bytes(range(256)) * (length // 256) + b"x" * (length % 256)
    assert unpack(pack("image/png", data)) == ("image/png", data)


def test_n6_lengths_fall_into_few_steps() -> None:
    assert {len(pack("image/jpeg", b"x" * length)) for length in (0, 10, 20_000, 32_000)} == {32 * 1024}
    assert {len(pack("image/jpeg", b"x" * length)) for length in range(1_100_000, 2_000_000, 90_000)} == {2 * MB}
