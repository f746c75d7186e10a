"""How the tests are shared out between processes.

A file stays together, for what its tests share is made once a process; its PostgreSQL half is a part of its own, for
changing databases is dear and all that ask one come one after the other. Journeys share nothing but the browser, which
each process has: they go one by one, and last, so that both processes end at nearly the same time.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

_SECOND = "postgresql"


class ByFile(LoadScopeScheduling):
    """Files, halves of files, single journeys; in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return part_of(nodeid)


def part_of(nodeid: str) -> str:
    """What runs in one process with the test `nodeid`."""
    file, _, test = nodeid.partition("::")
    if file.startswith("tests/journeys/"):
        return nodeid
    return f"{file}@{_SECOND}" if _SECOND in test.partition("[")[2] else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Share out by file, whatever `--dist` says."""
    return ByFile(config, log)
