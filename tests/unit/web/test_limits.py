"""N14: floods are throttled, schools are not, and nothing of whoever asked is kept."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Request
from werkzeug.test import EnvironBuilder

from engage.rules import codes
from engage.settings import Settings
from engage.web.limits import Act, Limiter, network_of

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SCHOOL, PLACE = "203.0.113.0/24", "larkmoor"
AMOUNTS = {act: Settings.model_fields[f"limit_{act}"].default for act in Act}
PAGES = 25


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def limiter(clock: time_machine.Traveller) -> Limiter:
    return Limiter(AMOUNTS)


@pytest.mark.parametrize("minutes", [0, 59])
def test_n14_three_hundred_pupils_of_one_school_are_never_refused(
    limiter: Limiter, clock: time_machine.Traveller, minutes: int
) -> None:
    """All in one minute, or in an hour: 300 who begin, answer 25 pages, add a photo and send; each tenth
    types their code wrong once and begins again."""
    waits = 0
    for pupil in range(300):
        for act in [Act.START, *[Act.ANSWER] * PAGES, Act.UPLOAD, Act.SEND]:
            waits += limiter.take(act, SCHOOL, PLACE)
        waits += limiter.wait(Act.CODE, SCHOOL, PLACE)
        if pupil % 10 == 0:
            limiter.count(Act.CODE, SCHOOL, PLACE)
            waits += limiter.take(Act.START, SCHOOL, PLACE)
        clock.shift(timedelta(minutes=minutes) / 300)
    assert waits == 0


def test_n14_ten_thousand_from_one_address_are_throttled(limiter: Limiter, clock: time_machine.Traveller) -> None:
    passed = 0
    for _ in range(10_000):
        passed += limiter.take(Act.SEND, "198.51.100.0/24", PLACE) == 0
        clock.shift(0.1)  # 10,000 in seventeen minutes
    assert passed <= 2 * AMOUNTS[Act.SEND]
    assert limiter.take(Act.SEND, SCHOOL, PLACE) == 0, "the next network does not feel it"


def test_n14_from_five_hundred_addresses_the_partnership_holds_and_a_child_gets_through(
    limiter: Limiter, clock: time_machine.Traveller
) -> None:
    """Ten minutes of 1,500 a minute: bounded by the partnership's minutes and the networks' few; a child who tries
    once a minute is through at the first try, and another partnership notices nothing."""
    passed, tries, elsewhere = 0, list[int](), list[int]()
    for minute in range(10):
        for turn in range(1500):
            passed += limiter.take(Act.SEND, f"10.{turn % 500 // 250}.{turn % 250}.0/24", PLACE) == 0
        tries += [limiter.take(act, f"192.0.{minute // 5}.0/24", PLACE) for act in (Act.START, Act.SEND)]
        elsewhere.append(limiter.take(Act.SEND, SCHOOL, "marshley"))
        clock.shift(60)
    assert passed <= 10 * AMOUNTS[Act.SEND] + 500 * 2 * 2
    assert tries.count(0) >= 8, "each network has at least two in ten minutes beside the partnership's minute"
    assert tries[:2] == [0, 0]
    assert elsewhere == [0] * 10


@pytest.mark.parametrize("act", list(Act))
def test_n14_two_hundred_networks_shut_nobody_out_of_the_site(act: Act, clock: time_machine.Traveller) -> None:
    """They use up the site's minute, in ten partnerships; a network that has done little gets its few through, in a
    partnership that is used up too; the hostile ones get nothing more."""
    limiter = Limiter(dict.fromkeys(Act, 60))
    hostile = [f"10.9.{network}.0/24" for network in range(200)]
    for turn in range(20):
        for number, network in enumerate(hostile):
            limiter.take(act, network, f"partnership-{(number + turn) % 10}")
    assert [network for network in hostile if limiter.wait(act, network, "another") == 0] == []
    for place in ("another", "partnership-3"):
        fresh = f"192.0.2.0/24 {place}"
        assert [limiter.take(act, fresh, place) > 0 for _ in range(3)] == [False, False, True], "two, and no more"
    clock.shift(60)
    assert limiter.take(act, fresh, "another") == 0, "with the next minute"


def test_n14_a_refusal_says_when_to_try_again(limiter: Limiter, clock: time_machine.Traveller) -> None:
    while (wait := limiter.take(Act.START, SCHOOL, PLACE)) == 0:
        pass
    assert 0 < wait <= 600
    clock.shift(wait)
    assert limiter.take(Act.START, SCHOOL, PLACE) == 0


def test_n14_wrong_codes_are_bounded_and_right_ones_are_not(limiter: Limiter) -> None:
    for _ in range(AMOUNTS[Act.CODE]):
        assert limiter.wait(Act.CODE, SCHOOL, PLACE) == 0
        limiter.count(Act.CODE, SCHOOL, PLACE)
    assert limiter.wait(Act.CODE, SCHOOL, PLACE) > 0


def test_n14_from_fifty_thousand_networks_no_code_of_a_survey_is_found_in_a_lifetime(
    clock: time_machine.Traveller,
) -> None:
    """N14: what a server lets through in an hour, of everybody and beside that of each network, measured where it is
    small; at the shipped bounds, with 500 unused codes and four servers that count apart, a code is found in decades.
    """
    few, networks, tried = 5, 300, 0
    limiter = Limiter({**AMOUNTS, Act.CODE: few})
    for _ in range(60):
        for number in range(networks):
            while limiter.wait(Act.CODE, f"network {number}", PLACE) == 0:
                limiter.count(Act.CODE, f"network {number}", PLACE)
                tried += 1
        clock.shift(timedelta(minutes=1))
    assert few * 60 < tried <= few * 5 * 60 + networks * 2
    an_hour = AMOUNTS[Act.CODE] * 5 * 60 + 50_000 * 2
    tries = len(codes.ALPHABET) ** (codes.LENGTH - 1) / 500
    assert tries / (4 * an_hour) > 24 * 365 * 50


def test_n14_every_day_the_key_is_new_and_the_counts_are_gone(limiter: Limiter, clock: time_machine.Traveller) -> None:
    before = _buckets(limiter)
    while limiter.take(Act.START, SCHOOL, PLACE) == 0:
        pass
    clock.shift(timedelta(days=1))
    assert limiter.take(Act.START, SCHOOL, PLACE) == 0
    assert before != _buckets(limiter)
    assert Limiter(AMOUNTS).take(Act.START, SCHOOL, PLACE) == 0, "and with a restart"


def _buckets(limiter: Limiter) -> set[str]:
    return {bound.key for bound in limiter._bounds(Act.START, SCHOOL, "") if "network" in bound.key}


def test_n14_no_address_is_in_the_counts(limiter: Limiter) -> None:
    limiter.take(Act.START, SCHOOL, PLACE)
    limiter.take(Act.START, "2001:db8:77::/48", PLACE)
    kept = str(limiter._counts.__dict__)
    assert "starts-of-network" in kept
    assert "203.0.113" not in kept
    assert "2001:db8" not in kept


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "network"),
    [
        ("198.51.100.7", "203.0.113.9", 0, "198.51.100.0/24"),
        ("10.0.0.2", "203.0.113.9", 1, "203.0.113.0/24"),
        ("10.0.0.2", "192.0.2.66, 203.0.113.9", 1, "203.0.113.0/24"),
        ("10.0.0.2", "203.0.113.9, 10.0.0.3", 2, "203.0.113.0/24"),
        ("10.0.0.2", "", 1, "10.0.0.0/24"),
        ("2001:db8:77:31::caa", "", 0, "2001:db8:77::/48"),
        ("::ffff:198.51.100.7", "", 0, "198.51.100.0/24"),
        ("10.0.0.2", "an odd word", 1, "unknown"),
    ],
)
def test_n14_only_trusted_front_servers_are_believed(peer: str, forwarded: str, proxies: int, network: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    environ = EnvironBuilder(headers=headers, environ_base={"REMOTE_ADDR": peer}).get_environ()
    assert network_of(Request(environ), proxies) == network
