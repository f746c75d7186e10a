"""A file as it is sealed: what it is and its bytes, padded, so that the length of a sealed row says little about it."""

import struct

_HEAD = struct.Struct(">HI")
_SMALLEST = 32 * 1024
_STEP = 1024 * 1024


def pack(media_type: str, data: bytes) -> bytes:
    """`media_type` and `data` in one piece: 32 KB, doubled until it fits, from one MB on in whole MB."""
    kind = media_type.encode()
    plain = _HEAD.pack(len(kind), len(data)) + kind + data
    return plain.ljust(_room(len(plain)), b"\0")


def unpack(packed: bytes) -> tuple[str, bytes]:
    """What `pack` was given."""
    kind_length, data_length = _HEAD.unpack_from(packed)
    start = _HEAD.size + kind_length
    return packed[_HEAD.size : start].decode(), packed[start : start + data_length]


def _room(length: int) -> int:
    room = _SMALLEST
    while room < min(length, _STEP):
        room *= 2
    return room if length <= _STEP else -(-length // _STEP) * _STEP
