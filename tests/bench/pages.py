"""T1, T4, T5 and T10: what a question page, an answer, a sending and a whole journey cost beside their floors."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.bench.measure import Line, Work, percentile, take_turns
from tests.bench.servers import Floor, Product, expect, floor_answers, sheet
from tests.support.visitor import Reply, Visitor

GETS, POSTS, SENDS, JOURNEYS = 100, 60, 10, 5
CLIENTS, EACH = 4, 60
_FORM = {"safe_home": "4"}
# Peers took 344 ms a journey on another machine. What the floors cost there (us; by one sync worker, so by what threads
# add to them) says how much slower or faster this one is; the smaller of the two is believed.
_PEERS = 344.0
_THERE = {"floor page": 351 * 2352 / 1564, "floor answers": 955 * 819 / 612}


@dataclass
class Waiting:
    """People at the check page, walked there before the clock is read."""

    product: Product
    people: list[tuple[Visitor, Reply]] = field(default_factory=list)

    def fill(self) -> None:
        said = sheet()
        for _ in range(SENDS):
            visitor = self.product.visitor()
            self.people.append((visitor, visitor.walk(said, visitor.start())))

    def send(self) -> None:
        for visitor, check in self.people:
            expect(visitor.send(check), 303)
            visitor.leave()
        self.people.clear()


def _repeat(times: int, act: Callable[[], object]) -> Callable[[], None]:
    def go() -> None:
        for _ in range(times):
            act()

    return go


def _works(product: Product, floor: Floor, raw: Floor) -> Iterator[Work]:
    mine, theirs = product.visitor(), floor.visitor()
    first = mine.start()
    token, their_token = mine.ask(first).token, theirs.ask("/question").token
    form, answer = {"csrf_token": token, **_FORM}, {"csrf_token": their_token, "q": "3"}
    whole = floor_answers(their_token)
    fresh = product.visitor()  # has started and answered nothing
    fresh.start()
    waiting = Waiting(product)
    ours, others = product.processes, floor.processes
    yield Work("page", GETS, ours, _repeat(GETS, lambda: expect(fresh.ask(first), 200)))
    yield Work("floor page", GETS, others, _repeat(GETS, lambda: expect(theirs.ask("/question"), 200)))
    yield Work("answer", POSTS, ours, _repeat(POSTS, lambda: expect(mine.ask(first, form), 303)))
    yield Work("floor answer", POSTS, others, _repeat(POSTS, lambda: expect(theirs.ask("/question", answer), 303)))
    yield Work("send", SENDS, ours, waiting.send, waiting.fill)
    yield Work("floor answers", POSTS, others, _repeat(POSTS, lambda: expect(theirs.ask("/answers", whole), 303)))
    yield Work("journey", JOURNEYS, ours, _repeat(JOURNEYS, lambda: _journey(product)))
    yield Work("floor journey", JOURNEYS, others, _repeat(JOURNEYS, lambda: _floor_journey(floor)))
    yield from _raw_works(raw)


def _raw_works(raw: Floor) -> Iterator[Work]:
    visitor, bare = raw.visitor(), floor_answers("")
    page = _repeat(POSTS, lambda: expect(visitor.ask("/question"), 200))
    yield Work("raw page", POSTS, raw.processes, page)
    answer = _repeat(POSTS, lambda: expect(visitor.ask("/question", {"q": "3"}), 303))
    yield Work("raw answer", POSTS, raw.processes, answer)
    yield Work("raw answers", POSTS, raw.processes, _repeat(POSTS, lambda: expect(visitor.ask("/answers", bare), 303)))
    yield Work("raw journey", JOURNEYS, raw.processes, _repeat(JOURNEYS, lambda: _floor_journey(raw)))


def _journey(product: Product) -> None:
    visitor = product.visitor()
    expect(visitor.ask(visitor.survey), 200)
    sent = expect(visitor.send(visitor.walk(sheet(), visitor.start())), 303)
    expect(visitor.ask(sent.location), 200)
    visitor.leave()


def _floor_journey(floor: Floor) -> None:
    """Twelve pages, twelve answers kept, then all of them as rows: the same walk without what it is for."""
    visitor = floor.visitor()
    for _ in range(12):
        token = expect(visitor.ask("/question"), 200).token
        expect(visitor.ask("/question", {"csrf_token": token, "q": "3"}), 303)
    expect(visitor.ask("/answers", floor_answers(token)), 303)
    visitor.leave()


def measure(product: Product, floor: Floor, raw: Floor) -> list[Line]:
    """The lines of T1, T4 and T10, and the same beside nothing but WSGI and SQL."""
    found = take_turns(list(_works(product, floor, raw)))

    def line(what: str, one: str, other: str, must: str, stretch: str = "") -> Line:
        ratio = f"{found[one] / found[other]:.2f}x"
        return Line(what, f"{found[one]:.0f} us", f"{found[other]:.0f} us", ratio, must, stretch)

    journey = found["journey"] / 1000
    slower = min(found[floor] / there for floor, there in _THERE.items())
    peers = f"1/{_PEERS * slower / journey:.1f}"
    return [
        line("T1 send 12 answers, voices, screening / 12 rows by hand", "send", "floor answers", "2.0x", "1.4x"),
        line("T1 keep one answer, sealed / one JSON row by hand", "answer", "floor answer", "2.0x", "1.4x"),
        line("T4 question page / the same by hand in Jinja", "page", "floor page", "2.0x", "1.4x"),
        line("T10 journey of 12 pages / 12 floor pages and answers", "journey", "floor journey", "-"),
        Line(
            f"T10 the same / {_PEERS:.0f} ms of peers x {slower:.1f}, this machine beside theirs",
            f"{journey:.1f} ms",
            f"{_PEERS * slower:.0f} ms",
            peers,
            "1/10",
            "1/25",
        ),
        line("   send / raw WSGI and SQL", "send", "raw answers", "-"),
        line("   keep one answer / raw WSGI and SQL", "answer", "raw answer", "-"),
        line("   question page / raw WSGI", "page", "raw page", "-"),
        line("   journey of 12 pages / raw WSGI and SQL", "journey", "raw journey", "-"),
    ]


def tails(product: Product, floor: Floor) -> list[Line]:
    """T5: how much longer the slowest of a hundred wait than the one in the middle, with four answering at once."""
    first = product.visitor().start()
    mine = _together(lambda: _answering(product.visitor(), first))
    theirs = _together(lambda: _floor_answering(floor.visitor()))
    low, high = percentile(mine, 0.5) * 1000, percentile(mine, 0.99) * 1000
    floor_low, floor_high = percentile(theirs, 0.5) * 1000, percentile(theirs, 0.99) * 1000
    return [
        Line(
            "T5 answer, 4 at once: p50 / p99",
            f"{low:.1f} / {high:.1f} ms",
            f"{floor_low:.1f} / {floor_high:.1f} ms",
            f"{high / low:.1f}x (floor {floor_high / floor_low:.1f}x)",
            "3x, 100 ms",
            "2x, 70 ms",
        )
    ]


def _answering(visitor: Visitor, first: str) -> Callable[[], Reply]:
    visitor.start()
    form = {"csrf_token": visitor.ask(first).token, **_FORM}
    return lambda: visitor.ask(first, form)


def _floor_answering(visitor: Visitor) -> Callable[[], Reply]:
    form = floor_answers(visitor.ask("/question").token)
    return lambda: visitor.ask("/answers", form)


def _together(begin: Callable[[], Callable[[], Reply]]) -> list[float]:
    """Seconds of each request of four people at once."""
    seconds: list[float] = []

    def work(act: Callable[[], Reply]) -> None:
        for _ in range(EACH):
            began = time.perf_counter()
            expect(act(), 303)
            seconds.append(time.perf_counter() - began)

    threads = [threading.Thread(target=work, args=(begin(),)) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds
