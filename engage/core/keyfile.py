"""The site's key file: made once, readable by its owner alone, never guessed at.

JSON with the id of the current key, every key ever current (so that what older ones sealed still opens), a pepper and
a salt, and a checksum: a file that was cut short or edited is refused with one sentence instead of quietly opening
nothing. It belongs in no backup of the database; losing it loses every sealed text.
"""

import base64
import binascii
import hashlib
import json
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

KEY_ID_BYTES = 4
_KEY_BYTES = 32
_SALT_BYTES = 16
_FORMAT = 1
_LARGEST = 64 * 1024


class KeyFileError(Exception):
    """The key file cannot be used; the message is one sentence that says what is wrong and what to do."""


@dataclass(frozen=True, repr=False)
class KeyFile:
    """What the file holds. `keys` maps key id (4 bytes) to key (32 bytes); `current` is the id that seals."""

    current: bytes
    keys: dict[bytes, bytes]
    pepper: bytes
    salt: bytes


def load_or_create(path: Path) -> KeyFile:
    """The keys in `path`, made now if there is no such file. Two processes that start together get the same keys."""
    if not path.exists():
        _create(path)
    return load(path)


def load(path: Path) -> KeyFile:
    """The keys in `path`; raises KeyFileError where they are missing, open to others, another's, or damaged."""
    try:
        with path.open("rb") as file:
            _refuse_unsafe(path, os.fstat(file.fileno()))
            text = file.read(_LARGEST + 1)
    except FileNotFoundError:
        raise KeyFileError(
            f"The key file {path} is missing; put it back from its own safe copy: without it no stored text opens."
        ) from None
    except OSError as error:
        raise KeyFileError(f"The key file {path} cannot be read ({error.strerror}).") from None
    if not text.strip():
        raise KeyFileError(f"The key file {path} is empty; put it back from its own safe copy.")
    try:
        return _parse(text)
    except (ValueError, KeyError, TypeError, AttributeError):  # the cause may quote a key
        raise KeyFileError(f"The key file {path} is damaged; put it back from its own safe copy.") from None


def rotate(path: Path) -> KeyFile:
    """Adds a new key to `path` and makes it current; what older keys sealed stays readable."""
    old = load(path)
    key_id = _new_key_id(old.keys)
    new = KeyFile(key_id, {**old.keys, key_id: secrets.token_bytes(_KEY_BYTES)}, old.pepper, old.salt)
    draft = _write_beside(path, new)
    draft.replace(path)
    _sync_folder(path.parent)
    return new


def _refuse_unsafe(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise KeyFileError(f"The key file {path} is not an ordinary file.")
    if found.st_uid != os.geteuid():
        raise KeyFileError(f"The key file {path} belongs to another account; it must belong to the one Engage runs as.")
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise KeyFileError(f"The key file {path} is open to other accounts; close it with: chmod 600 {path}")


def _create(path: Path) -> None:
    """Writes a new file beside `path` and links it into place: it appears whole, and never over another one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key_id = _new_key_id({})
    keys = KeyFile(
        key_id,
        {key_id: secrets.token_bytes(_KEY_BYTES)},
        secrets.token_bytes(_KEY_BYTES),
        secrets.token_bytes(_SALT_BYTES),
    )
    try:
        draft = _write_beside(path, keys)
    except OSError as error:
        raise KeyFileError(f"The key file {path} cannot be made ({error.strerror}).") from None
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first; its keys count
    except OSError as error:
        raise KeyFileError(f"The key file {path} cannot be made ({error.strerror}).") from None
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def _write_beside(path: Path, keys: KeyFile) -> Path:
    """A finished, synced file with `keys` in the same folder, 0600 from its first moment."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(_render(keys))
        file.flush()
        os.fsync(file.fileno())
    return draft


def _sync_folder(folder: Path) -> None:
    """Makes the new name itself durable: without this a power cut may leave a database whose key is gone."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _new_key_id(taken: dict[bytes, bytes]) -> bytes:
    while (key_id := secrets.token_bytes(KEY_ID_BYTES)) in taken:
        pass
    return key_id


def _checksum(fields: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def _render(keys: KeyFile) -> bytes:
    fields: dict[str, object] = {
        "format": _FORMAT,
        "current": keys.current.hex(),
        "keys": {key_id.hex(): base64.b64encode(key).decode() for key_id, key in keys.keys.items()},
        "pepper": base64.b64encode(keys.pepper).decode(),
        "salt": base64.b64encode(keys.salt).decode(),
    }
    return (json.dumps({**fields, "checksum": _checksum(fields)}, indent=1) + "\n").encode()


def _parse(text: bytes) -> KeyFile:
    """Raises ValueError, KeyError, TypeError or AttributeError for anything that `_render` did not write."""
    fields = json.loads(text)
    if fields.pop("checksum") != _checksum(fields) or fields["format"] != _FORMAT:
        raise ValueError("checksum or format")
    keys = {bytes.fromhex(key_id): _decode(key, _KEY_BYTES) for key_id, key in fields["keys"].items()}
    current = bytes.fromhex(fields["current"])
    if current not in keys or any(len(key_id) != KEY_ID_BYTES for key_id in keys):
        raise ValueError("key ids")
    return KeyFile(current, keys, _decode(fields["pepper"], _KEY_BYTES), _decode(fields["salt"], _SALT_BYTES))


def _decode(text: str, length: int) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("base64") from None
    if len(data) != length:
        raise ValueError("length")
    return data
