"""Which claims of the product are shown by the tests that just ran: the record that pages render from (C3).

With `--prove` (as `make test` runs) the record is written at the end: a claim is in it when all its tests ran and
passed. A claim of which a test failed or was skipped leaves it; one whose tests did not all run stays as it was.
"""

import json
from collections import defaultdict
from collections.abc import Mapping

import pytest

from engage.web import claims
from engage.web.claims import CLAIMS, RECORD


class Proving:
    """Collects how each test ended, whichever worker ran it."""

    def __init__(self) -> None:
        self.ends: defaultdict[str, set[str]] = defaultdict(set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of one test; a test of several parameters is one test."""
        if report.when == "call" or report.outcome != "passed":
            self.ends[report.nodeid.split("[", 1)[0]].add(report.outcome)

    def pytest_sessionfinish(self) -> None:
        """Write what is proven now."""
        before = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
        after = record(before, self.ends)
        if after != before:
            RECORD.write_text(json.dumps(after, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            claims.proven.cache_clear()


def record(before: Mapping[str, str], ends: Mapping[str, set[str]]) -> dict[str, str]:
    """The record after a run: `ends` are the outcomes of each test, by node id without parameters."""
    after = {}
    for claim in CLAIMS:
        outcomes = [ends.get(test, set()) for test in claim.tests]
        is_proven = all(outcome == {"passed"} for outcome in outcomes)
        is_open = all(outcome <= {"passed"} for outcome in outcomes) and before.get(claim.id) == claim.digest
        if is_proven or is_open:
            after[claim.id] = claim.digest
    return after


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--prove`: write the record."""
    parser.addoption("--prove", action="store_true", help="write which claims of the product the tests have shown")


def pytest_configure(config: pytest.Config) -> None:
    """Only where all workers' reports arrive."""
    if config.getoption("--prove") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Proving(), "proving")
