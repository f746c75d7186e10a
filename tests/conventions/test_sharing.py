"""Tests that share what is dear to make run in one process, journeys wherever there is room."""

import pytest

from tests.support.sharing import part_of

DEMO = "tests/integration/test_demo.py"


@pytest.mark.parametrize(
    ("nodeid", "part"),
    [
        (f"{DEMO}::test_the_six_words_open_a_conversation", DEMO),
        (f"{DEMO}::test_it_has_what_a_partnership_has[sqlite]", DEMO),
        (f"{DEMO}::test_it_has_what_a_partnership_has[postgresql]", f"{DEMO}@postgresql"),
        (f"{DEMO}::test_nothing_about_postgresql", DEMO),
        ("tests/journeys/test_modes.py::test_a1[chromium]", "tests/journeys/test_modes.py::test_a1[chromium]"),
    ],
)
def test_what_runs_together(nodeid: str, part: str) -> None:
    assert part_of(nodeid) == part
