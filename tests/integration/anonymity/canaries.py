"""What gives somebody away, made so that it can be found again: and every form of it that a place could hold."""

import base64
import hashlib
import ipaddress
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MARK = "kestrel7731"
TEXT = f"Mr Canary hits me {MARK}text"
CONTACT = f"{MARK}contact"
HEADERS = {
    "User-Agent": f"{MARK}agent/77.31",
    "Accept-Language": f"en, x-{MARK}tongue",
    "Referer": f"https://{MARK}referrer.example/from",
    "X-Forwarded-For": "2001:db8:77:31::ca7, 198.51.100.231",
    "X-Real-Ip": "2001:db8:77:31::ca8",
    "Forwarded": 'for="[2001:db8:77:31::ca9]"',
    "Cookie": f"{MARK}cookie={MARK}crumb",
}
ADDRESSES = ("2001:db8:77:31::ca7", "2001:db8:77:31::ca8", "2001:db8:77:31::ca9", "198.51.100.231")
PEER = "2001:db8:77:31::caa"


@dataclass(frozen=True)
class Canary:
    """One thing that must be nowhere, under a name that a failing test may print."""

    name: str
    value: bytes
    is_key: bool = False
    """Whether its hash would do as much harm: one that can be guessed, or that a cookie still holds."""

    def forms(self) -> dict[str, bytes]:
        """The value as it is, coded, and hashed in the ways that need no key."""
        digests = [hashlib.new(kind, self.value) for kind in ("md5", "sha1", "sha256")] if self.is_key else []
        wide = self.value.decode(errors="ignore").encode("utf-16-le")
        found = {
            "as it is": self.value,
            "capitals": self.value.upper(),
            "wide": wide if len(wide) > 8 else self.value,
            "hex": self.value.hex().encode(),
            "base64": base64.b64encode(self.value).rstrip(b"=")[:-1],
        }
        for digest in digests:
            found[digest.name] = digest.digest()
            found[f"{digest.name} in hex"] = digest.hexdigest().encode()
        return found


def of_request(*, peer: str = PEER, secrets: Iterable[bytes] = (), moments: Iterable[str] = ()) -> list[Canary]:
    """The canaries of everything sent with `HEADERS`: words, addresses (written and packed), cookies, moments."""
    words = {"the browser": "agent", "the language": "tongue", "the page before": "referrer", "a cookie": "crumb"}
    found = [Canary(name, f"{MARK}{tail}".encode()) for name, tail in words.items()]
    found += [Canary("the words", f"{MARK}text".encode()), Canary("the way to reach them", CONTACT.encode())]
    for address in (*ADDRESSES, peer):
        packed = ipaddress.ip_address(address)
        found += [Canary(f"the address {address}", each.encode(), True) for each in {address, packed.exploded}]
        if packed.version == 6:  # four bytes are somewhere in any megabyte
            found.append(Canary(f"the address {address}, packed", packed.packed, True))
    found += [Canary("the answering secret", secret, True) for secret in secrets]
    return found + [Canary("the moment", moment.encode()) for moment in moments]


def hits(canaries: Iterable[Canary], places: Mapping[str, bytes] | Iterator[tuple[str, bytes]]) -> list[str]:
    """Where anything of them was found, in words: "NAME (FORM) in PLACE". [] is what is wanted."""
    wanted = [(canary.name, form, value) for canary in canaries for form, value in canary.forms().items()]
    found = []
    for place, data in places.items() if isinstance(places, Mapping) else places:
        found += [f"{name} ({form}) in {place}" for name, form, value in wanted if value in data]
    return found


def files_below(*folders: Path, since: float = 0) -> Iterator[tuple[str, bytes]]:
    """Every file below `folders` that was changed after `since` (epoch seconds), and all it holds, free pages too."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.stat().st_mtime >= since:
                yield str(path.relative_to(folder.parent)), path.read_bytes()
