"""How often something may be done, without knowing by whom (N14).

A bucket is a keyed hash of the network somebody comes from (IPv4 /24, IPv6 /48). The key is random, lives in memory
and is renewed every day, and so do the counts: nothing is written, and a restart forgets everything.
A school is one network, so what one network may do is far more than a class does at once.

Three bounds stand for each act. A network: so many in ten minutes. A partnership: as many in one minute; when that is
used up, each network still gets a few through, so that a flood from elsewhere does not shut out a child. The site: five
times as many in one minute; when that is used up, too, each network still gets a few through, so that fifty networks
shut nobody out of their sign-in. Where only wrong ones count, those few are for an hour: whoever guesses from very many
networks gets little by them. The web processes of one server count together (`shared_counts`).
"""

import hmac
import ipaddress
import secrets
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from enum import StrEnum
from math import ceil
from typing import NamedTuple, TypeVar

from flask import Flask, Request, current_app
from werkzeug.exceptions import TooManyRequests

from engage.core import clock
from engage.core.context import asked, product
from engage.settings import Settings
from engage.web.access import Door, policy_of
from engage.web.counts import Counts
from engage.web.places import place
from engage.web.shared_counts import SharedCounts

View = TypeVar("View", bound=Callable[..., object])
_TEN, _SITE, _SHARE, _HOUR = 10, 5, 200, 60
_LEAST_SHARE = 2
_OF_DEVICE = 10


class _Bound(NamedTuple):
    """How many there may be in so many minutes, counted from the first; under which key they are counted."""

    most: int
    minutes: int
    key: str


class Act(StrEnum):
    """What is counted, each for itself. Of `CODE`, `SIGN_IN` and `KEY` only what was wrong is counted."""

    START = "starts"
    ANSWER = "answers"
    UPLOAD = "uploads"
    SEND = "sends"
    CONTACT = "contacts"
    CODE = "codes"
    SIGN_IN = "sign_ins"
    KEY = "keys"
    READ = "reads"


_ONLY_WRONG = frozenset({Act.CODE, Act.SIGN_IN, Act.KEY})


class TooMany(TooManyRequests):
    """Too much of one act at once; `retry_after` is in seconds."""


class Limiter:
    """The counts of one process, or of all that have `shared`. `amounts`: how many of each act one network may do in
    ten minutes.
    """

    def __init__(self, amounts: Mapping[Act, int], shared: SharedCounts | None = None) -> None:
        self._amounts, self._shared = amounts, shared
        self._lock = threading.Lock()
        with self._turn():
            self._renew(clock.today())

    @contextmanager
    def _turn(self) -> Generator[None]:
        """One thread of one process at a time."""
        with self._lock, self._shared.alone() if self._shared else nullcontext():
            yield

    @contextmanager
    def _today(self) -> Generator[None]:
        """The same, with the day's key."""
        with self._turn():
            if clock.today() != self._day:
                self._renew(clock.today())
            yield

    def _renew(self, day: date) -> None:
        self._day, self._key = day, self._shared.key_of(day) if self._shared else secrets.token_bytes(32)
        self._counts = self._shared or Counts()

    def take(self, act: Act, network: str, partnership: str = "") -> int:
        """Count one act if there is room for it: 0; else the seconds until it is worth trying again."""
        with self._today():
            bounds = self._bounds(act, network, partnership)
            wait = self._wait(bounds)
            if not wait:
                self._count(bounds)
            return wait

    def wait(self, act: Act, network: str, partnership: str = "") -> int:
        """As `take`, counting nothing."""
        with self._today():
            return self._wait(self._bounds(act, network, partnership))

    def count(self, act: Act, network: str, partnership: str = "") -> None:
        """Count one act that was done already."""
        with self._today():
            self._count(self._bounds(act, network, partnership))

    def take_try(self, device: str) -> bool:
        """Count one try of a browser that signed in before, whatever its network has used up; False where it has none
        left. Counted before the password is looked at: tries at the same time are tries too.
        """
        with self._today():
            return self._hit(_Bound(_OF_DEVICE, _TEN, f"tries-of-device/{self._hidden(device)}"))

    def _wait(self, bounds: Sequence[_Bound]) -> int:
        own, *shared = bounds
        full = [own] if self._is_full(own) else []
        for bound, few in zip(shared[::2], shared[1::2], strict=True):
            if self._is_full(bound) and self._is_full(few):
                full.append(bound)
        ends = [self._counts.get_expiry(bound.key) for bound in full]
        return max((max(1, ceil(end - time.time())) for end in ends), default=0)

    def _count(self, bounds: Sequence[_Bound]) -> None:
        own, *shared = bounds
        self._hit(own)
        for bound, few in zip(shared[::2], shared[1::2], strict=True):
            if not self._hit(bound):
                self._hit(few)

    def _is_full(self, bound: _Bound) -> bool:
        return self._counts.get(bound.key) >= bound.most

    def _hit(self, bound: _Bound) -> bool:
        """Count one; whether there was room for it."""
        return self._counts.incr(bound.key, bound.minutes * 60) <= bound.most

    def _hidden(self, whose: str) -> str:
        return hmac.digest(self._key, whose.encode(), "sha256").hex()

    def _bounds(self, act: Act, network: str, partnership: str) -> list[_Bound]:
        """What one network may do; then each bound that all share, followed by the few of a network beside it."""
        most = self._amounts[act]
        few, window = max(_LEAST_SHARE, most // _SHARE), _HOUR if act in _ONLY_WRONG else _TEN
        bucket = self._hidden(network)
        return [
            _Bound(most, _TEN, f"{act}-of-network/{bucket}"),
            _Bound(most, 1, f"{act}-of-partnership/{partnership}"),
            _Bound(few, _TEN, f"{act}-beside/{bucket}{partnership}"),
            _Bound(most * _SITE, 1, f"{act}-of-site"),
            _Bound(few, window, f"{act}-beside-site/{bucket}"),
        ]


def network_of(asked: Request, proxies: int) -> str:
    """The network a request comes from; behind `proxies` trusted front servers the address the outermost one saw."""
    listed = [part.strip() for line in asked.headers.getlist("X-Forwarded-For") for part in line.split(",")]
    text = listed[-proxies] if 0 < proxies <= len(listed) else asked.remote_addr or ""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    address = getattr(address, "ipv4_mapped", None) or address
    if address.version == 4:
        return f"{str(address).rpartition('.')[0]}.0/24"
    return str(ipaddress.ip_network((address, 48), strict=False))


def limited(act: Act) -> Callable[[View], View]:
    """Marks what posting to a view counts as; a view of people who are not signed in counts as ANSWER without it."""

    def mark(view: View) -> View:
        view.rate_class = act  # type: ignore[attr-defined]  # functions take any attribute
        return view

    return mark


def asks_itself(view: View) -> View:
    """Marks a view that calls `require` on its own, once it knows who needs no room in the network's count."""
    view.asks_itself = True  # type: ignore[attr-defined]  # functions take any attribute
    return view


def act_of(view: Callable[..., object]) -> Act | None:
    """What posting to `view` counts as; None for people who are signed in, and for machines."""
    policy = policy_of(view)
    if policy is None or policy.door in {Door.SIGNED_IN, Door.MACHINE, Door.KEYED}:
        return None
    act: Act = getattr(view, "rate_class", Act.ANSWER)
    return act


def require(act: Act) -> None:
    """Raises TooMany where there is no room for `act` by whoever asks. Counts it, unless only wrong ones count."""
    wait = limiter().wait(act, *_who()) if act in _ONLY_WRONG else limiter().take(act, *_who())
    if wait:
        raise TooMany(retry_after=wait)


def missed(act: Act) -> None:
    """Count one that was wrong."""
    limiter().count(act, *_who())


def take_wrong(act: Act) -> None:
    """Count one that was wrong; raises TooMany where there was no room for it any more. For what costs so little to
    look at that a right one need not wait for room.
    """
    wait = limiter().take(act, *_who())
    if wait:
        raise TooMany(retry_after=wait)


def limiter() -> Limiter:
    """The counts of this product."""
    found: Limiter = current_app.extensions["engage_limits"]
    return found


def _who() -> tuple[str, str]:
    settings: Settings = product().extensions["engage_settings"]
    found = place()
    return network_of(asked(), settings.trusted_proxies), str(found.id) if found else ""


def init_app(app: Flask, settings: Settings) -> None:
    """Count, and refuse, before a view of people who are not signed in runs."""
    app.extensions["engage_limits"] = Limiter(_amounts(settings))
    app.before_request(_enforce)


def share(app: Flask, settings: Settings, counts: SharedCounts) -> None:
    """Count together with the other web processes."""
    app.extensions["engage_limits"] = Limiter(_amounts(settings), counts)


def _amounts(settings: Settings) -> dict[Act, int]:
    return {act: getattr(settings, f"limit_{act}") for act in Act}


def _enforce() -> None:
    request = asked()
    view = product().view_functions.get(request.endpoint or "")
    act = act_of(view) if view is not None and request.method == "POST" else None
    if act is None or getattr(view, "asks_itself", False):
        return
    has_files = act is Act.ANSWER and request.mimetype == "multipart/form-data"
    require(Act.UPLOAD if has_files else act)
