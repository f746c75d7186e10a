"""What Python's collector need not look at: all that collecting the tests made stays to the end of the run.

Most of the heap is modules and tests. Left as it is, each full collection walks all of it again, for more than a tenth
of what integration tests cost.
What the tests themselves make is collected as ever, so that a thing left open is still found and is still an error.
"""

import gc


def pytest_collection_finish() -> None:
    """Set what is there apart, and look at what is young in larger portions."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_sessionfinish() -> None:
    """Let everything go again, for the last look at what was left open."""
    gc.unfreeze()
